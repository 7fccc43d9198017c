"""The work list and decisions: what is to be prepared, who may decide on it, what came back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.unit.web import casework_rows, plan_rows, rows
from tests.unit.web.casework_rows import actor, colleague, enter, pk_of
from tests.unit.web.conftest import signed_in
from tests.unit.web.rows import AT, TODAY, Scene
from valinta.plans.models import (
    Decision,
    DecisionPower,
    DecisionProposal,
    ServicePlan,
    Signature,
)
from valinta.web.casework.work_kinds import Kind
from valinta.web.casework.work_list import Due, Sieve, Whose, work_list

NOW = AT.replace(year=2020, month=11, day=19)


@pytest.fixture
def scene(world: Scene, elsewhere: Scene) -> Scene:
    for one in (world, elsewhere):
        enter(one)
        casework_rows.with_terms(one)
    enter(world)
    rows.user(world, "johtaja", "Jaana Johtaja", "decision_maker")
    enter(elsewhere)
    rows.user(elsewhere, "johtaja", "Jenny Johtaja", "decision_maker")
    enter(world)
    return world


def waits(scene: Scene, key: str, whose: Whose = Whose.ALL) -> list[Due]:
    enter(scene)
    return work_list(actor(scene, key), Sieve(whose, Kind.DECISION_WAITS), TODAY).rows


def marks(scene: Scene, key: str, whose: Whose = Whose.ALL) -> list[str]:
    rows = waits(scene, key, whose)
    assert {one.client_id for one in rows} <= {pk_of(scene.aino)}
    return [one.mark for one in rows]


def signed_plan(scene: Scene) -> ServicePlan:
    """A new version of Aino's plan that both sides signed ten days ago."""
    plan = plan_rows.draft(scene)
    for signer, key, days in (("client", "aino", 11), ("worker", "leena", 10)):
        Signature.objects.create(
            organiser=scene.organiser, plan=plan, signer=signer,
            signed_at=NOW - timedelta(days=days), signed_by_id=scene.users[key].pk,
        )  # fmt: skip
    ServicePlan.objects.filter(pk=plan.pk).update(state="signed")
    return plan


def proposal(scene: Scene, plan: ServicePlan | None, **more: Any) -> DecisionProposal:
    values: dict[str, Any] = {
        "kind": "grant" if plan else "refuse",
        "plan": plan,
        "state": "prepared",
        "monthly_cents": 500_00,
        "prepared_at": NOW - timedelta(days=2),
        "prepared_by_id": scene.users["leena"].pk,
        "grounds": "Koe",
        "valid": (date(2020, 12, 1), None),
    }
    return DecisionProposal.objects.create(
        organiser=scene.organiser, enrolment=plan_rows.place(scene), **(values | more)
    )


def power(scene: Scene, key: str, limit: int | None, **more: Any) -> None:
    values: dict[str, Any] = {"given_at": AT, "valid": (date(2020, 1, 1), None)}
    DecisionPower.objects.create(
        organiser=scene.organiser, user=scene.users[key], monthly_limit_cents=limit,
        **(values | more),
    )  # fmt: skip


def came_back(one: DecisionProposal, scene: Scene, by: str) -> None:
    DecisionProposal.objects.filter(pk=one.pk).update(
        state="returned",
        answered_at=NOW,
        answered_by_id=scene.users[by].pk,
        return_reason="Puuttuu",
    )


def test_a_signed_plan_waits_to_be_prepared_until_there_is_a_decision(scene: Scene) -> None:
    assert marks(scene, "leena") == []
    plan = signed_plan(scene)
    (row,) = waits(scene, "leena")
    assert (row.mark, row.subject_id) == ("", plan.pk)
    # The pack gives fourteen days from the last signature.
    assert (row.since, row.due_on) == (NOW - timedelta(days=10), TODAY + timedelta(days=4))
    Decision.objects.create(
        organiser=scene.organiser, enrolment=plan.enrolment, plan=plan, state="refused",
        monthly_cents=0, legal_basis=[], grounds="Koe", made_at=NOW, valid=(TODAY, None),
    )  # fmt: skip
    assert marks(scene, "leena") == []


def test_what_is_prepared_is_due_for_who_has_the_power_and_the_others_see_with_whom(
    scene: Scene, elsewhere: Scene
) -> None:
    plan = signed_plan(scene)
    made = proposal(scene, plan)
    power(scene, "paavo", 499_99)
    power(scene, "johtaja", 500_00)
    (row,) = waits(scene, "leena")
    assert (row.mark, row.subject_id, row.cents) == ("with_maker", made.pk, 500_00)
    assert row.due_on == TODAY + timedelta(days=4), "counted from the signatures"
    assert marks(scene, "paavo") == ["with_maker"]
    assert marks(scene, "johtaja") == ["decide"]
    for key in ("leena", "johtaja"):
        assert waits(elsewhere, key) == []


def test_without_powers_the_role_is_enough_but_not_for_who_prepared_it(scene: Scene) -> None:
    proposal(scene, signed_plan(scene), prepared_by_id=scene.users["johtaja"].pk)
    assert marks(scene, "paavo") == ["decide"]
    assert marks(scene, "johtaja") == ["with_maker"]
    assert marks(scene, "leena") == ["with_maker"]


def test_a_power_counts_on_its_days_and_without_a_limit_for_any_sum(scene: Scene) -> None:
    proposal(scene, signed_plan(scene), monthly_cents=99_999_00)
    power(scene, "paavo", None, valid=(date(2020, 1, 1), TODAY))
    power(scene, "johtaja", None, valid=(TODAY, None))
    assert marks(scene, "paavo") == ["with_maker"], "the power ended yesterday"
    assert marks(scene, "johtaja") == ["decide"]


def test_what_one_may_decide_is_among_ones_own_work_whoevers_client_it_is_about(
    scene: Scene,
) -> None:
    proposal(scene, signed_plan(scene))
    assert marks(scene, "paavo", Whose.MINE) == ["decide"]
    power(scene, "johtaja", None)
    assert marks(scene, "paavo", Whose.MINE) == []
    assert marks(scene, "paavo", Whose.COVER) == []
    colleague(scene)
    assert marks(scene, "lauri", Whose.MINE) == []
    assert marks(scene, "leena", Whose.MINE) == ["with_maker"]


def test_a_decided_proposal_is_gone(scene: Scene) -> None:
    plan = signed_plan(scene)
    made = proposal(scene, plan)
    decision = Decision.objects.create(
        organiser=scene.organiser, enrolment=plan.enrolment, plan=plan, state="refused",
        monthly_cents=0, legal_basis=[], grounds="Koe", made_at=NOW, valid=(TODAY, None),
    )  # fmt: skip
    DecisionProposal.objects.filter(pk=made.pk).update(
        state="decided", decision=decision, answered_at=NOW, answered_by_id=scene.users["paavo"].pk
    )
    for key in ("leena", "paavo", "johtaja"):
        assert marks(scene, key) == []


def test_what_came_back_is_the_case_managers_again(scene: Scene) -> None:
    plan = signed_plan(scene)
    came_back(proposal(scene, plan), scene, by="paavo")
    assert marks(scene, "leena") == ["returned"] == marks(scene, "leena", Whose.MINE)
    came_back(proposal(scene, plan), scene, by="leena")
    assert marks(scene, "leena") == [""], "who prepared it took it back"
    proposal(scene, plan)
    assert marks(scene, "leena") == ["with_maker"]


def test_a_refusal_that_came_back_waits_until_something_new_is_prepared(scene: Scene) -> None:
    came_back(proposal(scene, None, monthly_cents=0), scene, by="paavo")
    (row,) = waits(scene, "leena")
    assert (row.mark, row.due_on) == ("returned", TODAY + timedelta(days=14))
    proposal(scene, None, monthly_cents=0)
    assert marks(scene, "leena") == ["with_maker"]
    assert marks(scene, "paavo") == ["decide"]


def test_the_page_says_it_in_words(scene: Scene) -> None:
    proposal(scene, signed_plan(scene))
    for key, words in (("leena", "It is with someone"), ("paavo", "you can make it")):
        browser = signed_in(scene, key)
        browser.cookies["django_language"] = "en"
        text = browser.get("/casework/work/?kind=decision_waits").content.decode()
        assert words in text and "/decisions/" in text
