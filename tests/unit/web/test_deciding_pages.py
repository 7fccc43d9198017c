"""Pages of plans, decisions, letters and claims: who sees what, and how much they ask for."""

from __future__ import annotations

from datetime import date, timedelta

from django.test import Client as Browser

from tests.unit.web import plan_rows, rows
from tests.unit.web.conftest import signed_in
from tests.unit.web.rows import AT, Scene
from tests.unit.web.test_decisions_page import ended
from tests.unit.web.test_plan_page import queries, text_of
from valinta.organisers import tenancy
from valinta.plans.models import (
    Claim,
    Decision,
    DecisionPower,
    DecisionProposal,
    Delivery,
    ServicePlan,
)
from valinta.plans.power_actions import version_of_powers
from valinta.users.models import Holding


def english(world: Scene, key: str) -> Browser:
    browser = signed_in(world, key)
    browser.cookies["django_language"] = "en"
    return browser


def proposal(world: Scene, key: str) -> DecisionProposal:
    """A refusal that Leena has prepared for the client."""
    return DecisionProposal.objects.create(
        organiser=world.organiser,
        enrolment=plan_rows.place(world, key),
        kind="refuse",
        state="prepared",
        monthly_cents=0,
        grounds="Koe",
        prepared_at=AT,
        prepared_by_id=world.users["leena"].pk,
        valid=(date(2020, 11, 1), None),
    )


def others(world: Scene, count: int) -> list[str]:
    """So many more clients, by the key of their user."""
    keys = [f"muu{number}" for number in range(count)]
    for number, key in enumerate(keys):
        rows.user(world, key, f"Muu{number} Mallinen", "client")
        rows.client(world, key, f"0101{number:02d}-9{number:02d}X", date(1950, 1, 1))
    return keys


def test_thirty_proposals_take_as_many_queries_as_one(world: Scene) -> None:
    browser, path = english(world, "paavo"), "/casework/proposals/"
    with tenancy.scope([world.organiser.pk]):
        proposal(world, "aino")
    browser.get(path)
    few = queries(lambda: browser.get(path))
    with tenancy.scope([world.organiser.pk]):
        for key in others(world, 29):
            proposal(world, key)
    assert queries(lambda: browser.get(path)) == few
    assert text_of(browser.get(path)).count("refusal") == 30


def test_the_list_says_whether_the_readers_power_reaches_and_who_else_can(world: Scene) -> None:
    with tenancy.scope([world.organiser.pk]):
        waiting = proposal(world, "aino")
        DecisionProposal.objects.filter(pk=waiting.pk).update(monthly_cents=200_00)
        rows.user(world, "johtaja", "Jaana Johtaja", "decision_maker")
        for key, limit in (("paavo", 100_00), ("johtaja", None)):
            DecisionPower.objects.create(
                organiser=world.organiser,
                user=world.users[key],
                monthly_limit_cents=limit,
                given_at=AT,
                valid=(date(2020, 1, 1), None),
            )
    assert "above it; can: Jaana Johtaja" in text_of(
        english(world, "paavo").get("/casework/proposals/")
    )
    assert "reaches" in text_of(english(world, "johtaja").get("/casework/proposals/"))


def test_another_organisers_proposals_and_letters_are_not_in_the_lists(
    world: Scene, elsewhere: Scene
) -> None:
    with tenancy.scope([elsewhere.organiser.pk]):
        proposal(elsewhere, "onni")
        letter(elsewhere, "onni")
    for path in ("/casework/proposals/", "/casework/letters/"):
        assert "Onni" in text_of(english(elsewhere, "paavo").get(path))
        assert "Onni" not in text_of(english(world, "paavo").get(path))


def letter(world: Scene, key: str) -> Delivery:
    """A letter of the client's decision in the print queue."""
    made = Decision.objects.filter(enrolment=plan_rows.place(world, key))[0]
    return Delivery.objects.create(
        organiser=world.organiser,
        decision=made,
        way="post",
        language="fi",
        queued_at=AT,
        queued_by_id=world.users["leena"].pk,
    )


def test_thirty_letters_take_as_many_queries_as_one(world: Scene) -> None:
    browser, path = english(world, "leena"), "/casework/letters/"
    with tenancy.scope([world.organiser.pk]):
        letter(world, "aino")
    browser.get(path)
    few = queries(lambda: browser.get(path))
    with tenancy.scope([world.organiser.pk]):
        ended(world, 29)
        for made in Decision.objects.filter(state="ended"):
            Delivery.objects.create(
                organiser=world.organiser, decision=made, way="post", language="fi", queued_at=AT,
                queued_by_id=world.users["leena"].pk,
            )  # fmt: skip
    assert queries(lambda: browser.get(path)) == few
    assert text_of(browser.get(path)).count("Print (PDF)") == 30


def test_thirty_decisions_with_claims_take_as_many_queries_as_one(world: Scene) -> None:
    browser, path = english(world, "leena"), f"/casework/clients/{world.aino.pk}/decisions/"
    with tenancy.scope([world.organiser.pk]):
        claim(world, Decision.objects.get(enrolment__client=world.aino))
    browser.get(path)
    few = queries(lambda: browser.get(path))
    with tenancy.scope([world.organiser.pk]):
        ended(world, 29)
        for made in Decision.objects.filter(enrolment__client=world.aino, state="ended"):
            claim(world, made)
    assert queries(lambda: browser.get(path)) == few
    assert text_of(browser.get(path)).count("Claim ") >= 30


def claim(world: Scene, made: Decision) -> Claim:
    return Claim.objects.create(
        organiser=world.organiser,
        decision=made,
        state="received",
        way="portal",
        words="Koe",
        made_by_id=world.users["aino"].pk,
        received_at=AT + timedelta(days=3),
        received_on=(AT + timedelta(days=3)).date(),
    )


def test_thirty_versions_of_the_plan_take_as_many_queries_as_two(world: Scene) -> None:
    browser, path = english(world, "leena"), f"/casework/clients/{world.aino.pk}/plan/"
    with tenancy.scope([world.organiser.pk]):
        plan_rows.comments(plan_rows.draft(world), world.users["leena"], 1)
    browser.get(path)
    few = queries(lambda: browser.get(path))
    with tenancy.scope([world.organiser.pk]):
        for _ in range(28):
            plan = plan_rows.draft(world)
            plan_rows.comments(plan, world.users["leena"], 1)
        ServicePlan.objects.filter(pk=plan.pk).exclude(state="in_force").update(state="draft")
    assert queries(lambda: browser.get(path)) == few


def test_a_case_manager_alone_decides_nothing(world: Scene) -> None:
    """With both hats a person still does not decide on what they prepared."""
    with tenancy.scope([world.organiser.pk]):
        waiting = proposal(world, "aino")
        Holding.objects.create(
            organiser=world.organiser,
            user=world.users["leena"],
            role="decision_maker",
            valid=(date(2018, 1, 1), None),
        )
    page = f"/casework/clients/{world.aino.pk}/decisions/"
    browser = english(world, "leena")
    assert "Decide to refuse" not in text_of(browser.get(page))
    answer = browser.post(f"{page}proposals/{waiting.pk}/decide/")
    assert answer.status_code == 422
    assert "You prepared this yourself" in answer.content.decode()
    with tenancy.scope([world.organiser.pk]):
        waiting.refresh_from_db()
        assert waiting.state == "prepared"


def test_the_office_gives_a_power_and_ends_it(world: Scene) -> None:
    rows.user(world, "toimi", "Toini Toimisto", "office")
    browser, path = english(world, "toimi"), f"/office/{world.programme.pk}/people/powers/"
    assert "No powers are kept yet" in text_of(browser.get(path))
    with tenancy.scope([world.organiser.pk]):
        version = version_of_powers(world.organiser.pk)
    sent = {
        "user": world.users["paavo"].pk, "limit": "1500", "starts_on": "2020-11-19",
        "version": version,
    }  # fmt: skip
    wrong = browser.post(f"{path}give/", {**sent, "user": world.users["leena"].pk})
    assert wrong.status_code == 422
    given = browser.post(f"{path}give/", sent)
    assert given.status_code == 302, given.content.decode()
    assert "€1,500.00" in text_of(browser.get(path))
    with tenancy.scope([world.organiser.pk]):
        held = DecisionPower.objects.get()
    browser.post(f"{path}{held.pk}/end/")
    assert "No powers are kept yet" in text_of(browser.get(path))
