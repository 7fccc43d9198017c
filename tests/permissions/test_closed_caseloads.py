"""With closed caseloads another worker's client is not there: on no page, under no address."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import Settings

from tests.permissions import addresses
from tests.permissions.cast import Side
from tests.permissions.conftest import Two
from tests.permissions.personal import found_in
from tests.permissions.routes import TABLE
from valinta.audit.models import Entry
from valinta.clients.models import Client
from valinta.demo.people import person
from valinta.organisers.models import Organiser
from valinta.users.models import User
from valinta.users.permissions import Role
from valinta.web.access import OWNERS
from valinta.web.routes import ROUTES

# Asking to open another worker's client is what the page is for.
BREAKS_THE_GLASS = "casework:opening"
OF_NO_CLIENT = {"", "interest", "cover"}
ABOUT_A_CLIENT = [
    name
    for name, route in ROUTES.items()
    if name.startswith("casework:") and route.about not in OF_NO_CLIENT and name != BREAKS_THE_GLASS
]
LISTS = [
    name
    for name, route in ROUTES.items()
    if name.startswith("casework:") and not route.about and TABLE[name][0] == "GET"
]
# Things of a client that an address of casework names beside the client.
OF_ANOTHER = [name for name in ABOUT_A_CLIENT if ROUTES[name].about != "client"]


@pytest.fixture(autouse=True)
def demo(settings: Settings) -> None:
    """The demo's clock: each organiser's people live on their own day."""
    settings.DEMO = True


@pytest.fixture
def newcomer(two: Two) -> Iterator[User]:
    """A case manager without clients, where caseloads are closed."""
    here = two.here
    with here.scope():
        Organiser.objects.filter(pk=here.organiser.pk).update(closed_caseload=True)
        Client.objects.filter(case_manager=None).update(case_manager=here.users["case manager"])
        made = person(here.organiser, "Uusi Ohjaaja", Role.CASE_MANAGER, "fi", "-new")
    yield made.user


def opened(user: User, side: Side, address: str, method: str) -> tuple[int, list[tuple[str, str]]]:
    """The status, and verb and kind of each row that this left in the log."""
    browser = Browser()
    with transaction.atomic():
        browser.force_login(user)
        with side.scope():
            last = Entry.objects.order_by("-pk").values_list("pk", flat=True)[0]
        status = browser.generic(method, address).status_code
        with side.scope():
            new = Entry.objects.filter(pk__gt=last, by_id=user.pk)
            rows = list(new.values_list("verb", "subject_kind"))
        transaction.set_rollback(True)
    return status, rows


@pytest.mark.parametrize("name", ABOUT_A_CLIENT)
def test_another_workers_client_is_not_there_and_the_attempt_is_noted(
    name: str, two: Two, newcomer: User
) -> None:
    address = addresses.address(name, two.here)
    answers = {}
    for method in ("GET", "POST"):
        status, rows = opened(newcomer, two.here, address, method)
        # 405: the page has no such method, whoever asks.
        answers[method] = status
        expected = [("refused", "client")] if status == 404 else []
        assert (status in (404, 405), rows) == (True, expected), (method, status, rows)
    assert 404 in answers.values()


@pytest.mark.parametrize("name", LISTS)
def test_no_list_names_another_workers_client(name: str, two: Two, newcomer: User) -> None:
    with two.here.scope():
        people = list(Client.objects.all())
    words = {one.full_name for one in people} | {one.identity_code for one in people}
    words |= {f"{one.family_name}, {one.given_name}" for one in people}
    browser = Browser()
    browser.force_login(newcomer)
    for query in ("", "?all=1", "?whose=all", "?whose=everyone"):
        answer = browser.get(f"{reverse(name)}{query}")
        assert answer.status_code in (200, 403), (name, answer.status_code)
        assert not found_in(answer.content.decode(), words), (name, query)


@pytest.mark.parametrize("name", OF_ANOTHER)
def test_a_thing_of_another_client_is_not_there_under_ones_own_clients_address(
    name: str, two: Two
) -> None:
    about = ROUTES[name].about
    here, key = two.here, f"{about.replace(' ', '_')}_id"
    model, path = OWNERS[about.replace(" ", "_")]
    with here.scope():
        other = Client.objects.exclude(pk=here.client_id).order_by("pk")[0].pk
        Client.objects.update(case_manager=here.users["case manager"])
        of_one = model._default_manager.filter(**{path: here.client_id}).order_by("pk")[0].pk
    with two.there.scope():
        elsewhere = model._default_manager.order_by("pk")[0].pk
    who = "decision maker" if name.startswith("casework:decisions_claim_") else "case manager"
    who = "decision maker" if name == "casework:decisions_decide" else who
    who = "case manager" if ROUTES[name].needs == "make_claims" else who
    user = User.objects.get(pk=here.users[who])
    for number, client in ((of_one, other), (elsewhere, here.client_id), (10**9, other)):
        address = reverse(name, kwargs={"client_id": client, key: number})
        answers = set()
        for method in ("GET", "POST"):
            status, rows = opened(user, here, address, method)
            if status != 405:
                answers.add(status)
                refused = [kind for verb, kind in rows if verb == "refused"]
                assert refused == [about.replace(" ", "_")], (address, method, status, rows)
        assert answers == {404}, address
