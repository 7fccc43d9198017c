"""Settings. Everything that differs between installations comes from the environment."""

from __future__ import annotations

import os
from pathlib import Path

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
    "valinta.organisers",
    "valinta.audit",
    "valinta.users",
    "valinta.ledger",
    "valinta.programmes",
    "valinta.clients",
    "valinta.providers",
    "valinta.catalogue",
    "valinta.needs",
    "valinta.plans",
    "valinta.budgets",
    "valinta.orders",
    "valinta.visits",
    "valinta.settlements",
    "valinta.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "valinta.web.middleware.headers",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "valinta.web.middleware.acting",
    "valinta.web.middleware.Guard",
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

LANGUAGES = [("fi", "suomi"), ("sv", "svenska"), ("en", "English")]
LANGUAGE_CODE = "fi"
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Helsinki"

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "var" / "static"
STATICFILES_DIRS: list[Path] = []
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = not DEMO and os.environ.get("VALINTA_PLAIN_HTTP") != "1"
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "valinta.web.errors.form_too_old"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
