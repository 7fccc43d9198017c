"""A thing of another client is not there under one's own address, whatever its number."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import reverse
from pytest_django import Settings

from tests.permissions.conftest import Two
from tests.permissions.routes import TABLE
from tests.tour import THINGS
from valinta.audit.models import Entry
from valinta.users.permissions import ROLES, Role
from valinta.web.routes import ROUTES

# Pages whose address names a client and a thing of theirs.
NAMES = [name for name, route in ROUTES.items() if f"{route.about}_id" in THINGS]
# A company's pages name the company, and are tried by `routes_of_providers`.
NAMES = [name for name in NAMES if not name.startswith("provider:")]
NAMES = [name for name in NAMES if ROUTES[name].about != "visit"]

# What only the client does.
OWN = {"client:take_back", "client:withdraw_invitation"}


@pytest.fixture(autouse=True)
def demo(settings: Settings) -> None:
    """The demo's clock: each organiser's people live on their own day."""
    settings.DEMO = True


def _of_others(name: str, two: Two) -> list[int]:
    """Numbers of such things of clients here and elsewhere, and one that nothing has."""
    model, path = THINGS[f"{ROUTES[name].about}_id"]
    found = [10**9]
    for side in two.both:
        with side.scope():
            rows = model._default_manager.order_by("pk")
            if side is two.here:
                rows = rows.exclude(**{path: side.client_id})
            found += [row.pk for row in rows[:1]]
    return found


def _readers(name: str) -> tuple[str, ...]:
    if name.startswith("casework:"):
        does = ROUTES[name].needs in ROLES[Role.CASE_MANAGER].permissions
        return ("case manager",) if does else ("decision maker",)
    return ("client", "representative") if name not in OWN else ("client",)


def _opened(who: str, address: str, method: str, two: Two) -> tuple[int, list[str]]:
    side = two.here
    browser = two.browser(side.users[who])
    with transaction.atomic():
        status = browser.generic(method, address).status_code
        with side.scope():
            rows = Entry.objects.filter(
                pk__gt=two.last_entry, by_id=side.users[who], verb="refused"
            )
            kinds = list(rows.values_list("subject_kind", flat=True))
        transaction.set_rollback(True)
    return status, kinds


def test_each_kind_of_thing_that_an_address_names_is_tried() -> None:
    assert {ROUTES[name].about for name in NAMES} == {key.removesuffix("_id") for key in THINGS} - {
        "visit"
    }  # whose address names no client


@pytest.mark.parametrize("name", NAMES)
def test_a_thing_of_another_client_is_not_there_under_ones_own_address(name: str, two: Two) -> None:
    about = ROUTES[name].about
    more = {"number": 1} if name == "client:wellbeing_question" else {}
    others = _of_others(name, two)
    assert len(others) > 1
    for who in _readers(name):
        for number in others:
            named = {"client_id": two.here.client_id, f"{about}_id": number}
            address = reverse(name, kwargs=named | more)
            status, refused = _opened(who, address, TABLE[name][0], two)
            assert (status, refused) == (404, [about]), (who, address)
