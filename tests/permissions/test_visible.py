"""What each person sees in lists, by the first lock alone: both organisers are in scope here."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model

from tests.permissions.cast import Side
from tests.permissions.conftest import Two
from tests.permissions.test_verbs import PEOPLE
from valinta.clients.models import Client
from valinta.orders.models import Order
from valinta.organisers import tenancy
from valinta.providers.models import Approval
from valinta.settlements.models import Run
from valinta.users.actor import Actor
from valinta.visits.models import Visit

SEEN_THROUGH = {Client, Order, Visit, Approval, Run}
SEE_ALL_CLIENTS = {"case manager", "decision maker", "system"}
SEE_THE_CLIENT = {"client", "representative", "representative who may only see"}
SEE_RUNS = {"finance preparer", "finance approver", "office", "system"}


def clients_of(who: str, side: Side) -> set[int]:
    """Whom the person should see."""
    everyone = {one.client.pk for one in side.played.lived}
    if who in SEE_ALL_CLIENTS:
        return everyone
    if who in SEE_THE_CLIENT:
        return {side.client_id}
    if who == "another client":
        return {pk for pk in everyone if _user(pk) == side.users[who]}
    return set()


def _user(client_id: int) -> int | None:
    return Client.objects.get(pk=client_id).user_id


def orders_of(who: str, side: Side) -> set[int]:
    own = Order.objects.filter(organiser=side.organiser)
    if "provider" in who:
        mine = {"provider": True, "another provider": False}[who]
        first = Order.objects.get(pk=side.order_id).provider_id
        workers = side.played.tray.workers
        works_for = next(pk for pk, one in workers.items() if one.user.pk == side.users[who])
        assert (works_for == first) is mine
        return _pks(own.filter(provider_id=works_for))
    return _pks(own.filter(client_id__in=clients_of(who, side)))


def _pks(rows: Any) -> set[int]:
    return set(rows.values_list("pk", flat=True))


def seen(model: type[Model], actor: Actor) -> set[int]:
    """The keys of the model's rows that the actor sees."""
    manager: Any = model._default_manager
    return _pks(manager.all().visible_to(actor))


@pytest.fixture
def open_two(two: Two) -> Any:
    """Both organisers, with the database's own lock open to both."""
    with tenancy.scope([side.organiser.pk for side in two.both]):
        yield two


def test_every_queryset_that_narrows_by_actor_is_looked_at() -> None:
    narrowing = {
        model for model in apps.get_models() if hasattr(model._default_manager.all(), "visible_to")
    }
    assert narrowing == SEEN_THROUGH


@pytest.mark.parametrize("who", PEOPLE)
def test_each_person_sees_the_clients_orders_and_visits_that_are_theirs(
    who: str, open_two: Two
) -> None:
    for side in open_two.both:
        actor = side.actor(who)
        orders = orders_of(who, side)
        assert seen(Client, actor) == clients_of(who, side)
        assert seen(Order, actor) == orders
        assert seen(Visit, actor) == _pks(Visit.objects.filter(order__in=orders))
        runs = _pks(Run.objects.filter(organiser=side.organiser))
        assert seen(Run, actor) == (runs if who in SEE_RUNS else set())
        assert seen(Approval, actor) == _pks(Approval.objects.filter(organiser=side.organiser))


def test_there_is_something_to_see_for_each_who_sees_something(open_two: Two) -> None:
    for side in open_two.both:
        for who in ("client", "another client", "representative", "case manager", "provider"):
            assert orders_of(who, side), (side.organiser.code, who)
        assert Visit.objects.filter(client_id=side.client_id).exists()


def test_an_actor_without_a_day_acts_for_nobody(open_two: Two) -> None:
    dated = open_two.here.actor("representative")
    undated = Actor(dated.user_id, dated.roles)
    assert seen(Client, dated) == {open_two.here.client_id}
    assert seen(Client, undated) == set()


def test_a_client_who_works_elsewhere_is_a_client_here(open_two: Two) -> None:
    """Hats of two organisers on one head: each counts only for its own organiser."""
    here, there = open_two.both
    client, manager = here.actor("client"), there.actor("case manager")
    both = Actor(client.user_id, client.roles | manager.roles, client.days | manager.days)
    assert seen(Client, both) == {here.client_id} | clients_of("case manager", there)
