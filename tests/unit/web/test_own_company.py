"""Nobody decides for another that money goes to the company they work for."""

from __future__ import annotations

from collections.abc import Callable, Sized
from contextlib import AbstractContextManager

import pytest

from tests.unit.web.conftest import signed_in
from tests.unit.web.rows import TODAY, Scene
from valinta.clients.models import Mandate
from valinta.orders.actions import accept_order
from valinta.orders.models import Order
from valinta.organisers import tenancy
from valinta.providers.access import OwnCompany, must_not_profit
from valinta.providers.levels import Level
from valinta.providers.models import Worker
from valinta.users.actor import Actor, actor_of, system
from valinta.users.holdings import cover
from valinta.users.permissions import Role
from valinta.visits.actions import confirm_visit, dispute_visit
from valinta.visits.models import Visit
from valinta.web import clock

Counting = Callable[[int], AbstractContextManager[Sized]]


def works_for(world: Scene, key: str, provider_id: int) -> None:
    """The person works for the provider from today, with a provider's role."""
    user = world.users[key]
    Worker.objects.create(
        provider_id=provider_id, user=user, level=Level.ADMIN, valid=(TODAY, None)
    )
    where = world.organiser.pk
    cover(user=user, organiser_id=where, role=Role.PROVIDER, starts_on=TODAY, ends_on=None)


@pytest.fixture
def order(world: Scene) -> Order:
    """Aino's order, from the provider for which her representative Kaisa works."""
    one = Order.objects.filter(client=world.aino, visit=world.waiting).get()
    works_for(world, "kaisa", one.provider_id)
    return one


def check(world: Scene, order: Order, by: Actor) -> None:
    at = clock.now(world.organiser)
    must_not_profit(client=order.client, provider_id=order.provider_id, by=by, at=at)


def actor(world: Scene, key: str) -> Actor:
    return actor_of(world.users[key].pk, TODAY)


def test_a_representative_does_not_order_from_their_own_company(world: Scene, order: Order) -> None:
    with pytest.raises(OwnCompany, match="choose another provider"):
        check(world, order, actor(world, "kaisa"))


def test_other_companies_are_open_to_the_representative(world: Scene, order: Order) -> None:
    others = Order.objects.filter(client=world.aino).exclude(provider_id=order.provider_id)
    assert others
    for one in others:
        check(world, one, actor(world, "kaisa"))


def test_the_client_and_the_organisers_workers_choose_freely(world: Scene, order: Order) -> None:
    for key in ("aino", "leena"):
        works_for(world, key, order.provider_id)
        check(world, order, actor(world, key))
    check(world, order, system(world.organiser.pk))


def test_who_only_looks_may_work_for_the_provider(world: Scene, order: Order) -> None:
    Mandate.objects.filter(client=world.aino).update(scope=["see"])
    check(world, order, actor(world, "kaisa"))


def test_a_job_or_a_mandate_that_has_ended_holds_nobody_back(world: Scene, order: Order) -> None:
    Mandate.objects.filter(client=world.aino).update(ended_at=clock.now(world.organiser))
    check(world, order, actor(world, "kaisa"))
    Mandate.objects.filter(client=world.aino).update(ended_at=None)
    with pytest.raises(OwnCompany):
        check(world, order, actor(world, "kaisa"))
    Worker.objects.filter(user=world.users["kaisa"]).update(valid=(TODAY.replace(day=1), TODAY))
    check(world, order, actor(world, "kaisa"))


def test_the_database_is_asked_once_and_only_about_a_representative(
    world: Scene, order: Order, django_assert_num_queries: Counting
) -> None:
    client, provider_id, at = order.client, order.provider_id, clock.now(world.organiser)
    aino, leena = actor(world, "aino"), actor(world, "leena")
    helmi, kaisa = actor(world, "helmi"), actor(world, "kaisa")
    with django_assert_num_queries(0):
        for by in (aino, leena, helmi, system(world.organiser.pk)):
            must_not_profit(client=client, provider_id=provider_id, by=by, at=at)
    with django_assert_num_queries(1), pytest.raises(OwnCompany):
        must_not_profit(client=client, provider_id=provider_id, by=kaisa, at=at)


def test_a_representative_does_not_accept_the_order_for_the_company(
    world: Scene, order: Order
) -> None:
    Order.objects.filter(pk=order.pk).update(state="placed")
    order.refresh_from_db()
    at = clock.now(world.organiser)
    with pytest.raises(OwnCompany):
        accept_order(order=order, by=actor(world, "kaisa"), at=at)
    works_for(world, "helmi", order.provider_id)
    assert accept_order(order=order, by=actor(world, "helmi"), at=at).state == "accepted"


def test_a_representative_disputes_but_does_not_confirm_the_companys_visit(
    world: Scene, order: Order
) -> None:
    at, kaisa = clock.now(world.organiser), actor(world, "kaisa")
    with pytest.raises(OwnCompany):
        confirm_visit(visit_id=world.waiting.pk, by=kaisa, at=at)
    disputed = dispute_visit(visit_id=world.waiting.pk, reason="Kesken.", by=kaisa, at=at)
    assert disputed.state == "disputed"


def test_the_page_says_why_and_what_to_do_and_changes_nothing(world: Scene, order: Order) -> None:
    kaisa = signed_in(world, "kaisa")
    kaisa.cookies["django_language"] = "en"
    answer = kaisa.post(f"/my/visits/{world.waiting.pk}/confirm/")
    assert answer.status_code == 403
    text = answer.content.decode()
    assert "You work for this provider" in text
    assert "let the person decide themselves" in text
    with tenancy.scope([world.organiser.pk]):
        assert Visit.objects.get(pk=world.waiting.pk).state == "accepted"
    aino = signed_in(world, "aino")
    assert aino.post(f"/my/visits/{world.waiting.pk}/confirm/").status_code == 302
