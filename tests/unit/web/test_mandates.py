"""What a mandate may be, and how far it reaches: scope by scope."""

from __future__ import annotations

from collections.abc import Callable, Sized
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest

from tests.unit.web.conftest import signed_in
from tests.unit.web.rows import TODAY, Scene
from valinta.clients.actions import end_mandate, give_mandate
from valinta.clients.mandates import (
    MandateExists,
    MandateForOneself,
    MandateWithoutSight,
    TooMuchForSupporter,
    UnknownMandate,
    checked_scope,
)
from valinta.clients.models import Client, Mandate
from valinta.clients.states import MandateScope
from valinta.orders.models import Order
from valinta.organisers import tenancy
from valinta.plans.actions import WrongCapacity, sign_plan, write_support_plan
from valinta.plans.models import ServicePlan
from valinta.plans.states import Signer
from valinta.shared.periods import Period
from valinta.users.actor import Actor, actor_of
from valinta.users.models import Holding, User
from valinta.users.permissions import Role
from valinta.visits.models import Visit
from valinta.web import clock

S = MandateScope
WEEK = Period(TODAY, TODAY + timedelta(days=7))


def actor(world: Scene, key: str) -> Actor:
    return actor_of(world.users[key].pk, TODAY)


def let(world: Scene, scope: list[str], kind: str = "authorised") -> None:
    """Kaisa has this mandate of Aino's, and no other."""
    Mandate.objects.filter(client=world.aino).update(scope=scope, kind=kind)


@pytest.mark.parametrize(
    ("kind", "scope", "refusal"),
    [
        ("cousin", ["see"], UnknownMandate),
        ("authorised", ["see", "everything"], UnknownMandate),
        ("authorised", [], MandateWithoutSight),
        ("authorised", ["order"], MandateWithoutSight),
        ("supporter_expert", ["see_budget", "write"], MandateWithoutSight),
        ("authorised", ["see_plan", "order"], MandateWithoutSight),
        ("authorised", ["see_plan", "confirm"], MandateWithoutSight),
        ("authorised", ["see_budget", "plan"], MandateWithoutSight),
        ("supporter_close", ["see", "order"], TooMuchForSupporter),
        ("supporter_expert", ["see_plan", "plan"], TooMuchForSupporter),
        ("supporter_worker", ["see", "confirm"], TooMuchForSupporter),
    ],
)
def test_a_mandate_that_cannot_be_is_refused(
    kind: str, scope: list[str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        checked_scope(kind, scope)


@pytest.mark.parametrize(
    ("kind", "scope"),
    [
        ("supporter_expert", ["see_plan", "write"]),
        ("supporter_close", ["see_budget"]),
        ("supporter_worker", ["see", "write"]),
        ("guardian", ["see", "plan", "order", "confirm"]),
        ("authorised", ["see_budget", "confirm", "order", "see_plan", "plan"]),
    ],
)
def test_a_mandate_that_can_be_keeps_its_scopes_in_order(kind: str, scope: list[str]) -> None:
    assert checked_scope(kind, scope) == sorted(scope)


def test_nobody_gives_a_mandate_to_themselves_or_to_the_client(world: Scene) -> None:
    at = clock.now(world.organiser)
    for key in ("aino", "leena"):
        with pytest.raises(MandateForOneself):
            give_mandate(
                client=world.aino,
                user=world.users[key],
                kind="authorised",
                scope=["see"],
                period=WEEK,
                by=actor(world, "leena"),
                at=at,
            )


def test_a_second_mandate_waits_until_the_first_is_taken_back(world: Scene) -> None:
    at, by = clock.now(world.organiser), actor(world, "aino")
    given = {"client": world.aino, "user": world.users["kaisa"], "kind": "authorised"}
    with pytest.raises(MandateExists):
        give_mandate(**given, scope=["see"], period=WEEK, by=by, at=at)
    end_mandate(mandate=Mandate.objects.get(client=world.aino), by=by, at=at)
    again = give_mandate(**given, scope=["see_plan"], period=WEEK, by=by, at=at)
    assert again.scope == ["see_plan"]


@pytest.mark.parametrize(
    ("scope", "home", "money"),
    [(["see"], True, True), (["see_budget"], False, True), (["see_plan", "write"], False, False)],
)
def test_a_narrow_scope_shows_its_part_and_no_more(
    scope: list[str], home: bool, money: bool, world: Scene
) -> None:
    let(world, scope)
    kaisa = actor(world, "kaisa")
    assert Client.objects.visible_to(kaisa).filter(pk=world.aino.pk).exists() is home
    assert Client.objects.visible_to(kaisa, *[S(one) for one in scope]).exists()
    assert Order.objects.visible_to(kaisa).exists() is money
    assert Visit.objects.visible_to(kaisa).exists() is money
    status = signed_in(world, "kaisa").get(f"/my/{world.aino.pk}/").status_code
    assert status == (200 if home else 404)


def test_who_helps_to_write_writes_and_never_signs(world: Scene) -> None:
    let(world, ["see_plan", "write"], "supporter_expert")
    at, kaisa = clock.now(world.organiser), actor(world, "kaisa")
    enrolment = world.aino.enrolments.get()
    written = write_support_plan(enrolment=enrolment, sections={}, helpers=[], by=kaisa, at=at)
    assert written.written_by_id == kaisa.user_id
    plan = ServicePlan.objects.get(enrolment=enrolment)
    ServicePlan.objects.filter(pk=plan.pk).update(state="draft")
    plan.refresh_from_db()
    for signer in (Signer.REPRESENTATIVE, Signer.CLIENT):
        with pytest.raises((WrongCapacity, PermissionError)):
            sign_plan(plan=plan, signer=signer, by=kaisa, at=at)
    let(world, ["see_plan"], "supporter_expert")
    with pytest.raises(PermissionError):
        write_support_plan(enrolment=enrolment, sections={}, helpers=[], by=kaisa, at=at)


def test_a_daughter_with_a_full_mandate_acts_for_her_father_and_for_her_neighbour(
    world: Scene,
) -> None:
    """Two people at once: each page says for whom, what she may, and until when."""
    let(world, ["see", "plan", "order", "confirm"])
    Mandate.objects.create(
        organiser=world.organiser,
        client=world.onni,
        user=world.users["kaisa"],
        kind="supporter_close",
        scope=["see"],
        valid=(TODAY, None),
    )
    kaisa = signed_in(world, "kaisa")
    kaisa.cookies["django_language"] = "en"
    people = kaisa.get("/my/").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert people.index("Aino Esimerkki") < people.index("Onni Mallinen")
    assert "31 Dec 2020" in people
    assert "until it is taken back" in people
    for one, name in ((world.aino, "Aino"), (world.onni, "Onni")):
        page = kaisa.get(f"/my/{one.pk}/").content.decode()
        assert f"You are acting for <strong>{name}" in page
    aino = kaisa.get(f"/my/{world.aino.pk}/").content.decode()
    assert "Your permission is in force until" in aino
    assert kaisa.post(f"/my/visits/{world.waiting.pk}/confirm/").status_code == 302


def test_the_people_page_asks_the_database_as_often_for_one_as_for_thirty(
    world: Scene, django_assert_max_num_queries: Callable[[int], AbstractContextManager[Sized]]
) -> None:
    kaisa = signed_in(world, "kaisa")
    for number in range(30):
        one = Client.objects.create(
            organiser=world.organiser,
            given_name=f"Nro{number:02d}",
            family_name="Mallinen",
            identity_code=f"010150-9{number:02d}X",
            born_on=date(1950, 1, 1),
            municipality_code="106",
        )
        Mandate.objects.create(
            organiser=world.organiser,
            client=one,
            user=world.users["kaisa"],
            kind="supporter_close",
            scope=["see"],
            valid=(TODAY, None),
        )
    with django_assert_max_num_queries(16) as counted:
        assert kaisa.get("/my/people/").status_code == 200
    many = len(counted)
    with tenancy.scope([world.organiser.pk]):
        Mandate.objects.exclude(client=world.aino).delete()
    with django_assert_max_num_queries(16) as counted:
        kaisa.get("/my/people/")
    assert len(counted) == many


def test_another_organisers_mandate_opens_nothing_here(world: Scene, elsewhere: Scene) -> None:
    kaisa_there = elsewhere.users["kaisa"]
    page = signed_in(elsewhere, "kaisa").get("/my/people/").content.decode()
    assert f"/my/{world.aino.pk}/" not in page
    assert f"/my/{elsewhere.aino.pk}/" in page
    with tenancy.scope([world.organiser.pk]):
        Mandate.objects.create(
            organiser=world.organiser,
            client=world.onni,
            user=User.objects.get(pk=kaisa_there.pk),
            kind="authorised",
            scope=["see"],
            valid=(TODAY, None),
        )
    # A mandate without a role at the organiser opens nothing.
    answer = signed_in(elsewhere, "kaisa").get(f"/my/{world.onni.pk}/")
    assert answer.status_code == 404
    with tenancy.scope([world.organiser.pk]):
        Holding.objects.create(
            organiser=world.organiser,
            user=kaisa_there,
            role=Role.REPRESENTATIVE,
            valid=(TODAY, None),
        )
    assert signed_in(elsewhere, "kaisa").get(f"/my/{world.onni.pk}/").status_code == 200
