"""Every address of the site, opened by every person there is: one table of what they get."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import Settings

from tests.permissions.cast import Side
from tests.permissions.conftest import Two
from tests.permissions.test_verbs import PEOPLE
from valinta.audit.models import Entry
from valinta.users.models import User
from valinta.visits.models import Visit
from valinta.visits.states import VisitState
from valinta.web.routes import ROUTES

# Strangers are people of the other organiser, whose page is asked for by its number here.
STRANGERS = ["client", "representative", "case manager", "decision maker", "provider"]
EVERYONE = ["anonymous", *(who for who in PEOPLE if who != "system")]
EVERYONE += [f"{who} elsewhere" for who in STRANGERS]

CLIENTS = {"client", "another client", "client elsewhere"}
ACTING = {who for who in EVERYONE if who.startswith("representative")}
SEES = {"client", "representative", "representative who may only see"}
CASEWORK = {"case manager", "decision maker"}
CONFIRMS = {"case manager", "case manager elsewhere"}


def _all(status: int) -> dict[str, int]:
    return dict.fromkeys(EVERYONE, status)


def _only(opened: dict[str, int]) -> dict[str, int]:
    """Whoever is not named has no permission for the page; the unknown are asked to sign in."""
    return _all(403) | {"anonymous": 302} | opened


def _of(people: set[str], status: int) -> dict[str, int]:
    return dict.fromkeys(people, status)


TABLE: dict[str, tuple[str, dict[str, int]]] = {
    "public:front": ("GET", _all(200)),
    "public:sign_in": ("GET", _all(200)),
    "public:demo_sign_in": ("POST", _all(404)),
    "public:sign_out": ("POST", _all(302)),
    "public:language": ("POST", _all(302)),
    "client:start": ("GET", _only(_of(CLIENTS | ACTING, 200))),
    "client:home": ("GET", _only(_of(CLIENTS | ACTING, 404) | _of(SEES, 200))),
    # A mandate to confirm without one to see opens no page: the visit is not there.
    "client:confirm": (
        "POST",
        _only(_of(CLIENTS | ACTING | CONFIRMS, 404) | _of({"client", "representative"}, 302)),
    ),
    "client:dispute": (
        "GET",
        _only(_of(CLIENTS | ACTING | CONFIRMS, 404) | _of({"client", "representative"}, 200)),
    ),
    "casework:clients": (
        "GET",
        _only(_of(CASEWORK | {f"{who} elsewhere" for who in CASEWORK}, 200)),
    ),
    "casework:client": (
        "GET",
        _only(_of({f"{who} elsewhere" for who in CASEWORK}, 404) | _of(CASEWORK, 200)),
    ),
}
each_route = pytest.mark.parametrize("name", TABLE)


@pytest.fixture(autouse=True)
def demo(settings: Settings) -> None:
    """The demo's clock: each organiser's people live on their own day."""
    settings.DEMO = True


def _names(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _names(pattern.url_patterns, space)
        else:
            yield f"{prefix}{pattern.name}"


def _address(name: str, side: Side) -> str:
    if ROUTES[name].about == "client":
        return reverse(name, kwargs={"client_id": side.client_id})
    if ROUTES[name].about == "visit":
        with side.scope():
            waiting = Visit.objects.filter(client_id=side.client_id, state=VisitState.ACCEPTED)
            return reverse(name, kwargs={"visit_id": waiting.order_by("pk")[0].pk})
    return reverse(name)


def _side(who: str, two: Two) -> tuple[Side, str]:
    return (two.there, who.removesuffix(" elsewhere")) if "elsewhere" in who else (two.here, who)


def _opened(who: str, name: str, two: Two) -> tuple[int, set[str]]:
    """The status that the person gets, and the verbs that this left in the audit log."""
    side, key = _side(who, two)
    address = _address(name, two.here)
    browser = Browser()
    with transaction.atomic():
        if key != "anonymous":
            browser.force_login(User.objects.get(pk=side.users[key]))
        with side.scope():
            last = Entry.objects.order_by("-pk").values_list("pk", flat=True)[0]
        status = browser.generic(TABLE[name][0], address).status_code
        with side.scope():
            new = Entry.objects.filter(pk__gt=last, by_id=side.users.get(key, 0))
            verbs = set(new.values_list("verb", flat=True))
        transaction.set_rollback(True)
    return status, verbs


def test_every_address_of_the_site_is_in_this_table() -> None:
    assert set(_names(get_resolver().url_patterns)) == set(TABLE) == set(ROUTES)


@each_route
def test_each_person_gets_what_the_table_says(name: str, two: Two) -> None:
    got = {who: _opened(who, name, two)[0] for who in EVERYONE}
    assert got == TABLE[name][1]


@pytest.mark.parametrize("name", [name for name in TABLE if ROUTES[name].about])
def test_looking_and_being_refused_both_leave_a_row(name: str, two: Two) -> None:
    done = {"client:confirm": "confirm_visit", "client:dispute": "read"}.get(name, "read")
    for who, status in TABLE[name][1].items():
        if status in (200, 404) or (status == 302 and who != "anonymous"):
            expected = "refused" if status == 404 else done
            assert _opened(who, name, two) == (status, {expected}), who
