"""The test frame: each worker has a database of its own, copied from one that was migrated once.

Most tests take `db` (or `@pytest.mark.django_db`): a transaction that is rolled back. Tests with
threads, processes, real commits or a live server take `fresh_database`: a whole database for one
test. Emptying tables between tests is out of the question, because the ledger refuses it.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo

import pytest
from django.conf import settings as site_settings
from django.db import connections
from django.template import Context
from django.template.base import Template
from django.utils import timezone
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker
from whitenoise.middleware import WhiteNoiseMiddleware

from tests import databases
from tests.chromium import executable
from valinta.config import translations
from valinta.config.database import django_settings
from valinta.config.starting_schema import bring_up_to_date

# The machine is shared and slow at times; what counts is the answer, not the milliseconds.
settings.register_profile(
    "valinta", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("valinta")

POOL_FOR_RACES = 40


def pytest_configure(config: pytest.Config) -> None:
    # Slow on purpose in earnest; the tests sign in hundreds of times.
    site_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if not hasattr(config, "workerinput"):
        translations.compile_catalogues()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and (marker.kwargs.get("transaction") or marker.args[:1] == (True,)):
            raise pytest.UsageError(
                f"{item.nodeid}: transaction=True empties tables, and the ledger refuses that."
                " Take the fixture fresh_database instead."
            )


@contextmanager
def django_at(url: str, *, pool: int | None = None) -> Iterator[str]:
    """Point both aliases, and processes that tests start, to another database for a while.

    `pool` sets how many connections `default` may open at a time.
    """
    before = os.environ["DATABASE_URL"]
    pools = connections.settings["default"]["OPTIONS"]["pool"]
    size = pools["max_size"]
    _point(url, pool or size)
    try:
        yield url
    finally:
        _point(before, size)


def _point(url: str, pool: int) -> None:
    os.environ["DATABASE_URL"] = url
    connections["default"].close()
    connections["default"].close_pool()
    connections["owner"].close()
    connections.settings["default"]["OPTIONS"]["pool"]["max_size"] = pool
    for alias in ("default", "owner"):
        # The wrappers of all threads hold this same dictionary.
        connections.settings[alias]["NAME"] = django_settings(url)["NAME"]


def _migrate(url: str) -> None:
    with django_at(url):
        bring_up_to_date()


@pytest.fixture(scope="session")
def database_template(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> str:
    """The name of the template that has been migrated and holds no rows of a tenant."""
    with django_db_blocker.unblock():
        return databases.template(
            os.environ["DATABASE_URL"], databases.migrations_key(), build=_migrate
        )


@pytest.fixture(scope="session")
def django_db_setup(database_template: str) -> Iterator[None]:
    """Take the place of pytest-django's own: copy this worker's database from the template."""
    url = os.environ["DATABASE_URL"]
    with databases.copied(url, database_template) as own, django_at(own):
        yield


@pytest.fixture
def fresh_database(
    request: pytest.FixtureRequest, database_template: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """A database for this test alone, with real commits; gives its URL.

    Threads get connections from a pool that lets 40 in at once; processes find DATABASE_URL set.
    """
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        raise pytest.UsageError(f"{request.node.nodeid}: take db or fresh_database, not both.")
    with (
        django_db_blocker.unblock(),
        databases.copied(os.environ["DATABASE_URL"], database_template) as url,
        django_at(url, pool=POOL_FOR_RACES),
    ):
        yield url


@pytest.fixture
def transactional_db(fresh_database: str) -> None:
    """What pytest-django asks for by this name."""


@pytest.fixture
def live_server(fresh_database: str) -> Iterator[LiveServer]:
    """The site over HTTP on a free port, on a database of its own; `.url` is where."""
    server = LiveServer("localhost")
    yield server
    server.stop()


# A test browser stays off the network and draws without a graphics card.
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser for the tests of this worker; each test opens a context of its own in it."""
    path = executable()
    if path is None:
        pytest.fail("No Chromium starts here. `make test` installs one or says how.")
    # Playwright keeps an event loop in this thread, and Django would refuse its own work beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        # A process of root may not use Chromium's own sandbox.
        browser = playwright.chromium.launch(
            executable_path=path, chromium_sandbox=os.geteuid() != 0, args=QUIET
        )
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(autouse=True, scope="session")
def evening() -> Iterator[None]:
    """The site's clock begins at six in the evening, whenever the tests are run.

    Tests let things happen in the daytime of the demo's day, and pages read them after that.
    """
    real = timezone.localtime
    ahead = real().replace(hour=18, minute=0) - real()

    def localtime(value: datetime | None = None, zone: tzinfo | None = None) -> datetime:
        return real() + ahead if value is None else real(value, zone)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "localtime", localtime)
        yield


@pytest.fixture(autouse=True, scope="session")
def static_files_found_once() -> Iterator[None]:
    """Every test browser begins with middleware of its own; the static files are the same for all.

    To look for them anew took longer than most pages.
    """
    found: dict[object, dict[str, object]] = {}
    look = WhiteNoiseMiddleware.__init__

    def begin(self: WhiteNoiseMiddleware, get_response: object = None) -> None:
        key = (site_settings.STATIC_ROOT, site_settings.WHITENOISE_USE_FINDERS)
        if key not in found:
            look(self, get_response)
            found[key] = dict(vars(self))
        vars(self).update(found[key], get_response=get_response)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "__init__", begin)
        yield


@pytest.fixture(autouse=True, scope="session")
def contexts_of_whole_pages(django_test_environment: None) -> Iterator[None]:
    """Tests read what a page was given, not each of its parts: copying that for every part of every
    page took a good deal of the time of the tests.
    """
    inside = threading.local()
    noting: Callable[[Template, Context], str] = vars(Template)["_render"]

    def render(self: Template, context: Context) -> str:
        if getattr(inside, "a_page", False):
            return str(self.nodelist.render(context))
        inside.a_page = True
        try:
            return noting(self, context)
        finally:
            inside.a_page = False

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        yield
