"""A real Chromium against the real site, on a copy of the stage that a module names."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from tests.browser.hands import Hand, Keys, Pointer
from tests.browser.site import Site
from tests.browser.stages import Build, Stages
from tests.unit.web import rows, scene
from valinta.organisers import tenancy


def cast_on_stage() -> rows.Scene:
    """The cast of the web tests, for good."""
    tenant = rows.organiser("esimerkki", "0112038-9", "Esimerkin sote", "Exempels välfärd")
    with tenancy.scope([tenant.pk]):
        return scene.set_scene(tenant)


@pytest.fixture(scope="session")
def stages(database_template: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Stages]:
    """The stages of this worker."""
    with django_db_blocker.unblock():
        kept = Stages(database_template)
        yield kept
        kept.close()


@pytest.fixture
def build() -> Build:
    """What is on the stage; a module with another stage has a fixture of this name."""
    return cast_on_stage


@pytest.fixture
def on_stage(
    build: Build, stages: Stages, settings: Settings, django_db_blocker: DjangoDbBlocker
) -> Iterator[Any]:
    """What `build` gives, in a database of the test's own."""
    settings.DEMO = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    with django_db_blocker.unblock(), stages.copied(build) as value:
        yield value


@pytest.fixture
def fresh_database(on_stage: Any) -> str:
    """What the live server works on: the copy of the stage."""
    return os.environ["DATABASE_URL"]


@pytest.fixture
def contexts(chromium: Browser, live_server: LiveServer) -> Iterator[Callable[..., BrowserContext]]:
    """Makes windows of the browser, by the words of Playwright's `new_context`."""
    opened: list[BrowserContext] = []

    def new(width: int = 1180, height: int = 900, **more: Any) -> BrowserContext:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            locale="fi-FI",
            reduced_motion="reduce",
            base_url=live_server.url,
            **more,
        )
        context.set_default_timeout(15_000)
        opened.append(context)
        return context

    yield new
    for context in opened:
        context.close()


@pytest.fixture
def window(contexts: Callable[..., BrowserContext]) -> BrowserContext:
    """A window 1180 pixels wide."""
    return contexts()


@pytest.fixture
def site(on_stage: Any, live_server: LiveServer, window: BrowserContext) -> Site:
    """The site in a window of its own."""
    return Site(live_server.url, window, on_stage)


@pytest.fixture(params=["desktop", "phone", "keyboard"])
def hand(request: pytest.FixtureRequest, site: Site) -> Hand:
    """How a journey is walked: with a pointer, wide or 360 pixels, or with the keyboard alone."""
    if request.param == "phone":
        site.wide(360, 740)
    return Keys(site.page) if request.param == "keyboard" else Pointer()
