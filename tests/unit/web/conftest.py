"""Two organisers with the same cast, and browsers of theirs that need no network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client as Browser
from pytest_django import Settings

from tests.cast import Stage
from tests.order_pages import Reader, order_stage, reader
from tests.unit.web import rows, scene
from valinta.organisers import tenancy
from valinta.plans.states import Way


@pytest.fixture
def world(db: None, settings: Settings) -> Iterator[rows.Scene]:
    """The cast of one organiser, with its tenancy scope entered, in the demo."""
    settings.DEMO = True
    tenant = rows.organiser("esimerkki", "0112038-9", "Esimerkin sote", "Exempels välfärd")
    with tenancy.scope([tenant.pk]):
        yield scene.set_scene(tenant)


@pytest.fixture
def elsewhere(world: rows.Scene) -> rows.Scene:
    """The same cast at another organiser, so that a leak would have something to leak."""
    tenant = rows.organiser("toinen", "2345678-2", "Toinen sote", "Andra välfärden")
    with tenancy.scope([tenant.pk]):
        return scene.set_scene(tenant)


@pytest.fixture
def stage(db: None, settings: Settings) -> Stage:
    """A stage whose clients order through the pages, in the demo."""
    settings.DEMO = True
    return order_stage()


@pytest.fixture
def aino(stage: Stage) -> Reader:
    """Aino with her pages open and 20 hours of home care in her month."""
    aino = stage.client("Aino")
    stage.grant(aino, {"home-care": (Way.BUDGET, 20_00, False)})
    return reader(stage, aino)


def signed_in(world: rows.Scene, key: str) -> Browser:
    """A browser in which this person of the cast has signed in."""
    browser = Browser()
    browser.force_login(world.users[key])
    return browser
