"""Under the address of an office's own programme, nothing of another programme or organiser is."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client as Browser
from django.urls import resolve, reverse
from pytest_django import Settings

from tests.permissions import addresses
from tests.permissions.cast import Side
from tests.permissions.conftest import Two
from valinta.audit.models import Entry
from valinta.programmes.models import Programme
from valinta.users.models import User
from valinta.web.routes import ROUTES

OFFICE = [
    name
    for name, route in ROUTES.items()
    if name.startswith("office:") and route.about and name != "office:home"
]
# What belongs to the organiser and is the same under each of its programmes.
OF_THE_ORGANISER = {
    "power_id", "entry_id", "holding_id", "invitation_id", "reception_id",
}  # fmt: skip


@pytest.fixture(autouse=True)
def demo(settings: Settings) -> None:
    """The demo's clock: each organiser's people live on their own day."""
    settings.DEMO = True


def named(name: str, side: Side) -> dict[str, object]:
    """What the address of an example names."""
    return dict(resolve(addresses.address(name, side)).kwargs)


def things(name: str, side: Side) -> list[str]:
    return [key for key in named(name, side) if key.endswith("_id") and key != "programme_id"]


def opened(side: Side, address: str, method: str) -> tuple[int, list[str]]:
    user_id, browser = side.users["office"], Browser()
    with transaction.atomic():
        browser.force_login(User.objects.get(pk=user_id))
        with side.scope():
            last = Entry.objects.order_by("-pk").values_list("pk", flat=True)[0]
        status = browser.generic(method, address).status_code
        with side.scope():
            new = Entry.objects.filter(pk__gt=last, by_id=user_id).order_by("pk")
            verbs = list(new.values_list("verb", flat=True))
        transaction.set_rollback(True)
    return status, verbs


def _not_there(side: Side, address: str) -> None:
    answers = {}
    for method in ("GET", "POST"):
        status, verbs = opened(side, address, method)
        answers[method] = status
        assert status in (404, 405), (method, address, status)
        assert verbs == (["refused"] if status == 404 else []), (method, address, verbs)
    assert 404 in answers.values(), address


@pytest.mark.parametrize("name", OFFICE)
def test_another_organisers_programme_is_not_there(name: str, two: Two) -> None:
    address = reverse(name, kwargs=named(name, two.there))
    _not_there(two.here, address)


@pytest.mark.parametrize("name", OFFICE)
def test_another_organisers_thing_is_not_there_under_ones_own_programme(
    name: str, two: Two
) -> None:
    keys = things(name, two.there)
    if not keys:
        assert set(named(name, two.there)) <= {"programme_id", "kind", "language", "key"}
        return
    for number in (named(name, two.there)[keys[0]], 10**12):
        there = {"programme_id": two.here.programme.pk, keys[0]: number}
        _not_there(two.here, reverse(name, kwargs=there))


@pytest.mark.parametrize("name", OFFICE)
def test_a_thing_of_one_programme_is_not_there_under_the_organisers_other(
    name: str, two: Two
) -> None:
    keys = [key for key in things(name, two.here) if key not in OF_THE_ORGANISER]
    if not keys:
        return
    number = named(name, two.here)[keys[0]]
    with two.here.scope():
        other = Programme.objects.get(pk=two.here.programme.pk)
        other.pk, other.code = None, f"{other.code}-2"
        other.save()
    there = {"programme_id": other.pk, keys[0]: number}
    _not_there(two.here, reverse(name, kwargs=there))
