"""Each source of the work list: not yet due, due, done and gone; never at another organiser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.unit.web import casework_rows, plan_rows, rows, wellbeing_rows
from tests.unit.web.casework_rows import actor, enter, person, pk_of
from tests.unit.web.rows import AT, TODAY, Scene
from valinta.clients.models import Client, Enrolment, Interest, Mandate
from valinta.ledger.kinds import AccountKind, TransferKind
from valinta.ledger.posting import open_account
from valinta.messages.actions import note_glance, open_thread, write_message
from valinta.messages.states import Route
from valinta.needs.models import Assessment
from valinta.orders.models import Order, Slice
from valinta.plans.models import Decision, ServicePlan, Signature
from valinta.programmes.models import Quota, TargetGroup
from valinta.visits.checks import Check, Drawing
from valinta.visits.models import Visit
from valinta.web.casework.work_kinds import Kind
from valinta.web.casework.work_list import Due, Sieve, Whose, work_list
from valinta.web.casework.work_words import address, when, why
from valinta.wishes.models import TrayRequest

NOW = AT.replace(year=2020, month=11, day=19)
Look = Callable[[Kind, Client | None], list[Due]]


@pytest.fixture
def scene(world: Scene, elsewhere: Scene) -> Scene:
    for one in (world, elsewhere):
        enter(one)
        casework_rows.with_terms(one)
    enter(world)
    return world


@pytest.fixture
def look(scene: Scene, elsewhere: Scene) -> Look:
    """What is due of a kind for a client, after looking that the other organiser sees none of it.

    For None: for whom no client is made yet.
    """

    def at(where: Scene, kind: Kind) -> list[Due]:
        enter(where)
        return work_list(actor(where, "leena"), Sieve(Whose.ALL, kind), TODAY).rows

    def seen(kind: Kind, client: Client | None) -> list[Due]:
        here, there = at(scene, kind), at(elsewhere, kind)
        whose = [(one.client_id, one.subject_id) for one in there]
        assert not set(whose) & {(one.client_id, one.subject_id) for one in here}
        assert all(why(one) and address(one) and when(one) is not None for one in here)
        enter(scene)
        pk = client.pk if client else None
        return [one for one in here if one.client_id == pk and one.kind is kind]

    return seen


def due_days(scene: Scene, **days: Any) -> None:
    scene.programme.terms["casework"]["due"] |= days
    scene.programme.save()


def with_budget(scene: Scene, cents: int) -> tuple[Client, Enrolment, int]:
    """A new client with so much in the month's pot; and the account of the pot."""
    client, place = person(scene, 7, "leena")
    line = {
        "service": scene.services["kotihoito"],
        "way": "budget",
        "quantity_hundredths": 1000,
        "monthly_cents": cents,
        "mandatory": False,
    }
    made = rows.pot(scene, rows.budget(scene, rows.decision(scene, place, [line])), cents)
    return client, place, made.account_id


@pytest.mark.parametrize(
    ("kind", "state"), [(Kind.DISPUTE, "disputed"), (Kind.REVIEW, "in_review")]
)
def test_a_visit_is_due_while_it_waits_for_a_person(
    scene: Scene, look: Look, kind: Kind, state: str
) -> None:
    assert look(kind, scene.aino) == []
    mine = Visit.objects.filter(client=scene.aino)
    mine.exclude(state="confirmed").update(state=state, reason="ei tullut", decided_at=AT)
    (row,) = look(kind, scene.aino)
    assert (row.n, row.since) == (1, AT)
    mine.filter(state=state).update(state="confirmed")
    assert look(kind, scene.aino) == []


def test_a_drawn_visit_is_due_until_somebody_has_looked_into_it(scene: Scene, look: Look) -> None:
    visit = Visit.objects.filter(client=scene.aino).order_by("pk")[0]
    drawing = Drawing.objects.create(organiser=scene.organiser, drawn_at=AT, seed="koe")
    assert look(Kind.CHECK, scene.aino) == []
    check = Check.objects.create(
        organiser=scene.organiser, provider_id=visit.provider_id, drawing=drawing, visit=visit,
        chance=1, number=0, by_gap=False, risks=[],
    )  # fmt: skip
    (row,) = look(Kind.CHECK, scene.aino)
    assert (row.n, row.since, row.subject_id) == (1, AT, check.pk)
    assert address(row).endswith(f"/review/checks/?client={scene.aino.pk}")
    Check.objects.filter(pk=check.pk).update(found="right", found_at=AT)
    assert look(Kind.CHECK, scene.aino) == []


def test_an_order_is_due_while_the_money_does_not_reach_at_a_new_price(
    scene: Scene, look: Look
) -> None:
    client, place, _pot = with_budget(scene, 300_00)
    part = rows.order(scene, place, "kotihoito", client_pot(place), 290_00, 2000)
    assert look(Kind.ORDER_SHORT, client) == []
    Slice.objects.filter(pk=part.pk).update(lacking_cents=12_00)
    (row,) = look(Kind.ORDER_SHORT, client)
    assert (row.n, row.cents, row.due_on) == (1, 12_00, TODAY)
    Order.objects.filter(pk=part.order_id).update(state="ended", closed_at=AT)
    assert look(Kind.ORDER_SHORT, client) == []


def test_money_that_runs_out_is_due_from_the_packs_day_until_there_is_more(
    scene: Scene, look: Look
) -> None:
    client, place, pot = with_budget(scene, 300_00)
    part = rows.order(scene, place, "kotihoito", client_pot(place), 290_00, 2000)
    assert look(Kind.MONEY_SHORT, client) == [], "what an order holds is not spent"
    rows.visits(scene, part, 28_00, 10)
    (row,) = look(Kind.MONEY_SHORT, client)
    # 280 of 300 euros in 18 days: 20 euros last a day and a bit.
    assert (row.cents, row.due_on) == (20_00, TODAY + timedelta(days=1))
    due_days(scene, pace_after_days=19)
    assert look(Kind.MONEY_SHORT, client) == [], "too early in the month to say"
    due_days(scene, pace_after_days=14)
    rows.transfer(scene, TransferKind.GRANT, scene.funding, pot, 300_00, "grant:more")
    assert look(Kind.MONEY_SHORT, client) == []


def client_pot(place: Enrolment) -> Any:
    return place.budgets.get().pots.get()


def test_unused_money_is_due_at_the_months_end_until_it_is_used(scene: Scene, look: Look) -> None:
    client, place, _pot = with_budget(scene, 300_00)
    assert look(Kind.MONEY_UNUSED, client) == [], "eleven days are left"
    due_days(scene, month_end_days=12, unused_percent="50")
    (row,) = look(Kind.MONEY_UNUSED, client)
    assert (row.cents, row.due_on) == (300_00, date(2020, 11, 30))
    rows.order(scene, place, "kotihoito", client_pot(place), 150_01, 1000)
    assert look(Kind.MONEY_UNUSED, client) == []


def test_a_decision_that_ends_is_due_for_the_packs_days_until_there_is_a_new_one(
    scene: Scene, look: Look
) -> None:
    ends = date(2021, 9, 1)
    due_days(scene, decision_notice_days=(ends - TODAY).days - 1)
    assert look(Kind.DECISION_ENDS, scene.aino) == []
    due_days(scene, decision_notice_days=(ends - TODAY).days)
    (row,) = look(Kind.DECISION_ENDS, scene.aino)
    assert row.due_on == date(2021, 8, 31)
    old = Decision.objects.get(enrolment__client=scene.aino)
    Decision.objects.create(
        organiser=scene.organiser, enrolment=old.enrolment, plan=old.plan, state="in_force",
        monthly_cents=1, legal_basis=[], made_at=NOW, valid=(ends, date(2022, 9, 1)),
    )  # fmt: skip
    assert look(Kind.DECISION_ENDS, scene.aino) == []


def test_an_assessment_is_due_when_it_is_late_until_it_is_ready(scene: Scene, look: Look) -> None:
    client, place = person(scene, 7, "leena")
    place.started_on = TODAY - timedelta(days=29)
    place.save()
    assert look(Kind.ASSESSMENT, client) == []
    place.started_on = TODAY - timedelta(days=30)
    place.save()
    assert [row.mark for row in look(Kind.ASSESSMENT, client)] == ["not_started"]
    begun = Assessment.objects.create(
        organiser=scene.organiser, enrolment=place, state="started",
        started_at=NOW - timedelta(days=29),
    )  # fmt: skip
    assert look(Kind.ASSESSMENT, client) == []
    Assessment.objects.filter(pk=begun.pk).update(started_at=NOW - timedelta(days=30))
    assert [row.mark for row in look(Kind.ASSESSMENT, client)] == ["started"]
    Assessment.objects.filter(pk=begun.pk).update(state="completed", completed_at=NOW)
    assert look(Kind.ASSESSMENT, client) == []


def test_a_draft_waits_for_whose_signature_it_lacks(scene: Scene, look: Look) -> None:
    assert look(Kind.SIGNATURE, scene.aino) == []
    plan = plan_rows.draft(scene)
    (row,) = look(Kind.SIGNATURE, scene.aino)
    assert (row.mark, row.due_on) == ("both", date(2020, 11, 3) + timedelta(days=14))
    Signature.objects.create(
        organiser=scene.organiser, plan=plan, signer="worker", signed_at=NOW,
        signed_by_id=scene.users["leena"].pk,
    )  # fmt: skip
    assert [row.mark for row in look(Kind.SIGNATURE, scene.aino)] == ["client"]
    ServicePlan.objects.filter(pk=plan.pk).update(state="signed")
    assert look(Kind.SIGNATURE, scene.aino) == []


def test_a_message_is_due_until_it_is_read_or_answered(scene: Scene, look: Look) -> None:
    assert scene.aino is not None
    assert look(Kind.MESSAGE, scene.aino) == []
    thread = open_thread(
        client=scene.aino, route=Route.CASE_MANAGER, subject="Aika", words="Käykö?",
        by=actor(scene, "aino"), at=NOW,
    )  # fmt: skip
    (row,) = look(Kind.MESSAGE, scene.aino)
    assert (row.subject_id, row.due_on) == (thread.pk, TODAY + timedelta(days=3))
    enter(scene)
    later = NOW + timedelta(minutes=1)
    note_glance(thread=thread, by=actor(scene, "leena"), at=later)
    assert look(Kind.MESSAGE, scene.aino) == []
    for minutes, key in ((2, "aino"), (3, "leena")):
        enter(scene)
        at = NOW + timedelta(minutes=minutes)
        write_message(thread=thread, words="Hei", by=actor(scene, key), at=at)
        assert bool(look(Kind.MESSAGE, scene.aino)) is (key == "aino")


def test_a_client_of_nobody_is_due_until_somebody_takes_them(scene: Scene, look: Look) -> None:
    client, place = person(scene, 7, None)
    assert [row.subject_id for row in look(Kind.NOBODY, client)] == [place.pk]
    Client.objects.filter(pk=client.pk).update(case_manager=scene.users["leena"])
    assert look(Kind.NOBODY, client) == []
    Client.objects.filter(pk=client.pk).update(case_manager=None)
    place.state, place.ended_on = "ended", TODAY
    place.save()
    assert look(Kind.NOBODY, client) == [], "nothing is due for one whose place is over"


def test_who_came_forward_is_due_until_they_are_answered(scene: Scene, look: Look) -> None:
    _, place = person(scene, 7, "leena")
    came = Interest.objects.create(
        organiser=scene.organiser, programme=scene.programme, municipality=place.municipality,
        state="received", name="Tulija", phone="040", language="fi", form_key=uuid4(),
        came_at=NOW - timedelta(days=9),
    )  # fmt: skip
    (row,) = look(Kind.INTEREST, None)
    assert (row.newcomer, row.is_late) == (came, True)
    Interest.objects.filter(pk=came.pk).update(state="contacted", came_at=NOW)
    (row,) = look(Kind.INTEREST, None)
    assert not row.is_late and row.due_on == TODAY + timedelta(days=7)
    Interest.objects.filter(pk=came.pk).update(state="closed", closed_at=NOW)
    assert look(Kind.INTEREST, None) == []


def test_a_place_is_due_for_the_first_in_the_queue_when_there_is_one(
    scene: Scene, look: Look
) -> None:
    client, place = person(scene, 7, "leena")
    second, behind = person(scene, 8, "leena")
    for number, one in enumerate((place, behind)):
        one.state, one.started_on = "queued", None
        one.applied_at = NOW - timedelta(days=10 - number)
        one.save()
    assert look(Kind.PLACE, client) and look(Kind.PLACE, second), "no quota binds"
    quota = Quota.objects.create(
        organiser=scene.organiser, programme=scene.programme, municipality_code="106",
        places=2, valid=(date(2020, 1, 1), None),
    )  # fmt: skip
    assert look(Kind.PLACE, client) == [], "Aino and Onni have both places"
    Quota.objects.filter(pk=quota.pk).update(places=3)
    assert look(Kind.PLACE, client) and look(Kind.PLACE, second) == []
    place.state, place.started_on = "enrolled", TODAY
    place.save()
    assert look(Kind.PLACE, client) == [] == look(Kind.PLACE, second)


def test_a_groups_own_quota_goes_first_and_a_towns_is_shared_by_its_groups(
    scene: Scene, look: Look
) -> None:
    other = TargetGroup.objects.create(
        organiser=scene.organiser, programme=scene.programme, code="nuoret", names={"fi": "Nuoret"}
    )
    old, first = person(scene, 7, "leena")
    young, next_one = person(scene, 8, "leena")
    for number, one in enumerate((first, next_one)):
        one.state, one.started_on = "queued", None
        one.applied_at = NOW - timedelta(days=10 - number)
        one.save()
    next_one.target_group = other
    next_one.save()
    town = {"organiser": scene.organiser, "programme": scene.programme, "municipality_code": "106"}
    whole = Quota.objects.create(**town, places=3, valid=(date(2020, 1, 1), None))
    assert look(Kind.PLACE, old) and look(Kind.PLACE, young) == [], "one place for the town"
    Quota.objects.create(
        **town, target_group_code="nuoret", places=1, valid=(date(2020, 1, 1), None)
    )
    assert look(Kind.PLACE, old) and look(Kind.PLACE, young)
    Quota.objects.filter(pk=whole.pk).update(places=2)
    assert look(Kind.PLACE, old) == [] and look(Kind.PLACE, young)


def test_a_mandate_that_ends_is_due_for_the_packs_days_until_there_is_a_new_one(
    scene: Scene, look: Look
) -> None:
    mandate = Mandate.objects.get(client=scene.aino, user=scene.users["kaisa"])
    for days, is_due in ((31, False), (30, True), (1, True), (0, False)):
        mandate.valid = (date(2020, 9, 3), TODAY + timedelta(days=days))
        mandate.save()
        assert bool(look(Kind.MANDATE_ENDS, scene.aino)) is is_due
    mandate.valid = (date(2020, 9, 3), TODAY + timedelta(days=5))
    mandate.save()
    (row,) = look(Kind.MANDATE_ENDS, scene.aino)
    assert row.due_on == TODAY + timedelta(days=4)
    later = (TODAY + timedelta(days=5), None)
    Mandate.objects.create(
        organiser=scene.organiser, client_id=pk_of(scene.aino), user=mandate.user,
        kind=mandate.kind, scope=mandate.scope, valid=later,
    )  # fmt: skip
    assert look(Kind.MANDATE_ENDS, scene.aino) == []


def test_a_request_for_the_tray_is_due_until_it_is_answered(scene: Scene, look: Look) -> None:
    assert look(Kind.REQUEST, scene.aino) == []
    asked = TrayRequest.objects.create(
        organiser=scene.organiser, client_id=pk_of(scene.aino),
        enrolment=plan_rows.place(scene), kind="service", words="Hieronta", state="received",
        asked_at=NOW,
    )  # fmt: skip
    (row,) = look(Kind.REQUEST, scene.aino)
    assert (row.subject_id, row.due_on) == (asked.pk, TODAY + timedelta(days=14))
    TrayRequest.objects.filter(pk=asked.pk).update(state="found", answer="Löytyi.")
    assert look(Kind.REQUEST, scene.aino) == []


def test_wellbeing_questions_are_due_while_their_days_last(scene: Scene, look: Look) -> None:
    asked = wellbeing_rows.add_round(scene, scene.aino, opens_on=TODAY + timedelta(days=1))
    assert look(Kind.WELLBEING, scene.aino) == []
    asked.opens_on = TODAY
    asked.save()
    assert look(Kind.WELLBEING, scene.aino)
    asked.opens_on = TODAY - timedelta(days=10)
    asked.save()
    (row,) = look(Kind.WELLBEING, scene.aino)
    assert row.due_on == date(2020, 12, 10)
    asked.closes_on = TODAY
    asked.save()
    assert look(Kind.WELLBEING, scene.aino) == []
    asked.closes_on, asked.state = date(2020, 12, 11), "skipped"
    asked.save()
    assert look(Kind.WELLBEING, scene.aino) == []


def test_nothing_is_due_for_one_who_has_died(scene: Scene, look: Look) -> None:
    client, _place = person(scene, 7, None)
    assert look(Kind.NOBODY, client)
    Client.objects.filter(pk=client.pk).update(died_on=TODAY)
    assert look(Kind.NOBODY, client) == []


def test_an_account_without_a_pot_is_no_money_of_anybody(scene: Scene, look: Look) -> None:
    client, _place = person(scene, 7, "leena")
    open_account(organiser_id=scene.organiser.pk, kind=AccountKind.POT)
    due_days(scene, month_end_days=30)
    assert look(Kind.MONEY_UNUSED, client) == []
