"""Settings. Everything that differs between installations comes from the environment."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from valinta.config import database

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = Path(__file__).resolve().parents[1]

# The demo signs people in by a click, so it may only be switched on by the demo command.
DEMO = os.environ.get("VALINTA_DEMO") == "1"
DEBUG = False
DEMO_KEY = "demo-key-for-made-up-people-only"
SECRET_KEY = os.environ.get("VALINTA_SECRET_KEY", "")
if not SECRET_KEY:
    if os.environ.get("VALINTA_SERVING") == "1" and not DEMO:
        raise ImproperlyConfigured("Set VALINTA_SECRET_KEY to a long random text before serving.")
    SECRET_KEY = DEMO_KEY
if DEMO and os.environ.get("VALINTA_SECRET_KEY"):
    raise ImproperlyConfigured("VALINTA_DEMO=1 does not go with VALINTA_SECRET_KEY: demo only.")

ALLOWED_HOSTS = os.environ.get("VALINTA_HOSTS", "127.0.0.1 localhost testserver").split()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_cotton.apps.SimpleAppConfig",
    # Its tables and functions only; the jobs are in `valinta.jobs`.
    "procrastinate.contrib.django",
    "valinta.organisers",
    "valinta.audit",
    "valinta.users",
    "valinta.ledger",
    "valinta.programmes",
    "valinta.clients",
    "valinta.providers",
    "valinta.catalogue",
    "valinta.needs",
    "valinta.wishes",
    "valinta.plans",
    "valinta.budgets",
    "valinta.orders",
    "valinta.visits",
    "valinta.settlements",
    "valinta.messages",
    "valinta.evaluation",
    "valinta.web",
    "valinta.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # The token of a form is masked anew in each answer, so compression does not give it away.
    "django.middleware.gzip.GZipMiddleware",
    "valinta.web.middleware.headers",
    "valinta.web.full_stops.once",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "valinta.web.languages.by_address",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "valinta.web.typed_words.without_control_characters",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "valinta.web.middleware.acting",
    "valinta.api.door.frame",
    "valinta.web.guard.Guard",
]

ROOT_URLCONF = "valinta.config.urls"
WSGI_APPLICATION = "valinta.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "valinta.web.context.frame",
            ],
        },
    }
]

DATABASE_URL = os.environ.get("DATABASE_URL", database.PLACEHOLDER)
_owner = database.django_settings(DATABASE_URL)
# The application works as a role that owns nothing, so row-level security binds it; only
# migrations use the owner.
DATABASES = {
    "default": {
        **_owner,
        "OPTIONS": {
            **_owner["OPTIONS"],
            # Django's own `assume_role` asks its pool for a connection while the pool is making
            # one, and waits for ever; as a start option the role holds before the first statement.
            "options": f"{_owner['OPTIONS'].get('options', '')} -c role=valinta_app"
            # What is planned once is planned for all values, not tried anew with each.
            " -c plan_cache_mode=force_generic_plan".strip(),
            "pool": {"min_size": 1, "max_size": 4},
            # Only for what `run_planned` runs. A pooler between that mixes sessions is no choice
            # here anyway: the tenancy scope is a setting of the session.
            "prepare_threshold": 5,
        },
        "DISABLE_SERVER_SIDE_CURSORS": False,
        "TEST": {"MIRROR": None},
    },
    "owner": {**_owner},
}
DATABASE_ROUTERS = ["valinta.config.routers.OwnerMigrates"]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "users.User"
LOGIN_URL = "/sign-in/"

_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name")},
    },
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
# For how many days the code of an invitation and the code of a letter work, and for how many
# minutes a letter's code opens the pages at a time.
INVITATION_DAYS = int(os.environ.get("VALINTA_INVITATION_DAYS", "14"))
ACCESS_CODE_DAYS = int(os.environ.get("VALINTA_ACCESS_CODE_DAYS", "90"))
ACCESS_CODE_MINUTES = int(os.environ.get("VALINTA_ACCESS_CODE_MINUTES", "60"))
# How many proxies of one's own stand before the site; each adds the caller's address.
PROXIES = int(os.environ.get("VALINTA_PROXIES", "0"))

LANGUAGES = [("fi", "suomi"), ("sv", "svenska"), ("en", "English")]
LANGUAGE_CODE = "fi"
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Helsinki"

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "var" / "static"
STATICFILES_DIRS: list[Path] = []
# A site that serves collects its files first; tests and tools read them where they are.
COLLECTED = os.environ.get("VALINTA_COLLECTED") == "1"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "valinta.web.bundling.Bundled"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not COLLECTED
WHITENOISE_AUTOREFRESH = False
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = not DEMO and os.environ.get("VALINTA_PLAIN_HTTP") != "1"
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "valinta.web.errors.form_too_old"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# How long a client's one-time visit code is good.
VISIT_CODE_MINUTES = 30

# For how many days a form of someone who came forward is kept after it was closed, by the day from
# which that holds: long enough to answer questions about it. VALINTA_INTEREST_KEPT_DAYS gives other
# days, for example "2017-01-01:180 2027-01-01:90".
INTEREST_KEPT_DAYS = {
    start: int(days)
    for start, _, days in (
        one.partition(":")
        for one in os.environ.get("VALINTA_INTEREST_KEPT_DAYS", "2017-01-01:180").split()
    )
}
# The fewest seconds in which a person fills that form in.
INTEREST_FORM_SECONDS = 3

# Where e-mails go: a server as smtp://user:password@host:port (smtps:// from the first word on),
# or, where none is named, files under var/mail.
_mail = urlsplit(os.environ.get("VALINTA_SMTP", ""))
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = ROOT / "var" / "mail"
if _mail.hostname:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname, _mail.port or (465 if _mail.scheme == "smtps" else 587)
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = (
        unquote(_mail.username or ""),
        unquote(_mail.password or ""),
    )
    EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.scheme == "smtps", _mail.scheme == "smtp"
    EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("VALINTA_MAIL_FROM", "valinta@localhost")

# For each system of a provider: how many requests a minute, and how large one may be in bytes.
API_REQUESTS_A_MINUTE = int(os.environ.get("VALINTA_API_REQUESTS", "600"))
API_LARGEST_REQUEST = int(os.environ.get("VALINTA_API_LARGEST_REQUEST", str(32 * 1024 * 1024)))
FILE_UPLOAD_HANDLERS = [
    "valinta.web.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# How many bytes a file of visits may have, from the page and by the API.
VISIT_FILE_LARGEST = int(os.environ.get("VALINTA_VISIT_FILE_LARGEST", str(512 * 1024 * 1024)))
# Networks of one's own that webhooks may be sent to, as 10.0.0.0/8; http is allowed to these.
WEBHOOK_NETWORKS = os.environ.get("VALINTA_WEBHOOK_NETWORKS", "").split()

# The modules that hold jobs (`valinta.jobs.registry.job`), for whoever works.
JOB_MODULES = [
    "valinta.api.sending",
    "valinta.api.tidying",
    "valinta.processes.answer_in_time",
    "valinta.processes.change_accounts",
    "valinta.processes.draw_checks",
    "valinta.processes.end_withdrawn",
    "valinta.processes.hold_new_prices",
    "valinta.processes.take_in_file",
    "valinta.processes.tell_companies",
    "valinta.processes.tidy_visit_files",
]
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""

# The public register of companies is asked here. Empty: it is not asked, and pages say so.
COMPANY_REGISTER = os.environ.get("VALINTA_COMPANY_REGISTER", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
