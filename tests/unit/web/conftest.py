"""Two organisers with the same cast, and browsers of theirs that need no network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client as Browser
from pytest_django import Settings

from tests.unit.web import rows, scene
from valinta.organisers import tenancy


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


def signed_in(world: rows.Scene, key: str) -> Browser:
    """A browser in which this person of the cast has signed in."""
    browser = Browser()
    browser.force_login(world.users[key])
    return browser
