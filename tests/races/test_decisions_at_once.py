"""Decisions, applications, powers, files and the end of a programme by several people at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from tests import applicants
from tests.cast import Stage
from tests.permissions.cast_programme import files_of
from tests.races.crowd import TIMEOUT, all_at_once, kinds, wait_until_someone_waits
from tests.unit.processes.changing import MARCH_JUNE, begin, live_on, stage_of
from tests.unit.providers.test_applications import entry
from valinta.budgets.models import Budget
from valinta.catalogue.models import Offer, Service
from valinta.clients.models import Client
from valinta.demo.identities import identity_code
from valinta.demo.people import Person, person
from valinta.orders.models import Order
from valinta.plans.models import Decision, DecisionProposal, ServicePlan
from valinta.plans.power_actions import give_power
from valinta.plans.proposal_actions import prepare_decision, return_proposal
from valinta.plans.states import DecisionState, ProposalState, Way
from valinta.processes.approve_application import (
    Approved,
    approve_application,
)
from valinta.processes.decide_proposal import decide_proposal
from valinta.processes.end_programme import end_programme
from valinta.processes.import_sheets import take_import, try_import
from valinta.processes.preview_pack import keep_draft, take_draft
from valinta.processes.record_death import record_death
from valinta.processes.verify_books import verify_books
from valinta.providers.deciding_actions import judge_evidence
from valinta.providers.models import Application, Approval, Provider
from valinta.providers.suspending_actions import suspend_approval
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.permissions import Role

pytestmark = pytest.mark.race
LINES = {"cleaning": (Way.BUDGET, 20_00, False)}


def signed(stage: Stage, name: str = "Aino") -> tuple[Client, ServicePlan]:
    client = stage.client(name, municipality="Hyvinkää")
    stage.answer_legs(client)
    return client, stage.plan(client, stage.assess(client, LINES), LINES)


def prepared(stage: Stage, plan: ServicePlan) -> DecisionProposal:
    return prepare_decision(
        plan=plan, period=MARCH_JUNE, income_tested_cents={}, ends_orders=[], grounds="",
        by=stage.manager, at=stage.now,
    )  # fmt: skip


def second_decider(stage: Stage) -> Person:
    return person(
        stage.organiser, "Toinen Päättäjä", Role.DECISION_MAKER, stage.programme.language, "-2"
    )


def at_once(stage: Stage, *jobs: Callable[[], Any]) -> list[Any]:
    return all_at_once(stage.organiser.pk, jobs)


def test_one_form_sent_four_times_makes_one_proposal_and_one_decision(fresh_database: str) -> None:
    stage = stage_of()
    _, plan = signed(stage)
    results = at_once(stage, *[lambda: prepared(stage, plan)] * 4)
    assert kinds(results) == {"DecisionProposal": 1, "ProposalWaits": 3}
    proposal = DecisionProposal.objects.get()
    by = stage.staff.decision_maker.actor, second_decider(stage).actor

    def decide(number: int) -> Decision:
        return decide_proposal(proposal=proposal, by=by[number % 2], at=stage.now)

    results = at_once(stage, *[lambda n=n: decide(n) for n in range(4)])
    assert kinds(results) == {"Decision": 1, "NotPrepared": 3}
    assert Decision.objects.count() == Budget.objects.count() == 1
    assert verify_books() == []


def test_a_decision_is_made_or_the_proposal_taken_back_and_never_both(fresh_database: str) -> None:
    stage = stage_of()
    for number in range(4):
        _, plan = signed(stage, f"Aino{number}")
        proposal = prepared(stage, plan)
        results = at_once(
            stage,
            lambda p=proposal: decide_proposal(
                proposal=p, by=stage.staff.decision_maker.actor, at=stage.now
            ),
            lambda p=proposal: return_proposal(
                proposal=p, reason="Puuttuu", by=stage.manager, at=stage.now
            ),
        )
        assert kinds(results)["NotPrepared"] == 1, results
        proposal.refresh_from_db()
        made = Decision.objects.filter(plan=plan).count()
        assert (proposal.state, made) in (
            (ProposalState.DECIDED, 1), (ProposalState.RETURNED, 0),
        )  # fmt: skip
    assert verify_books() == []


def test_nothing_is_granted_to_who_is_recorded_as_dead_at_the_same_time(
    fresh_database: str,
) -> None:
    stage = stage_of()
    for number in range(4):
        client, plan = signed(stage, f"Aino{number}")
        proposal = prepared(stage, plan)
        results = at_once(
            stage,
            lambda p=proposal: decide_proposal(
                proposal=p, by=stage.staff.decision_maker.actor, at=stage.now
            ),
            lambda c=client: record_death(
                client=c, on=stage.on, reason="Omainen", by=stage.manager, at=stage.now
            ),
        )
        assert set(kinds(results)) <= {"Decision", "Change", "ClientHasDied"}, results
    assert verify_books() == []


def test_a_provider_is_suspended_once(fresh_database: str) -> None:
    stage = stage_of()
    _, order = begin(stage)
    approval = Approval.objects.get(pk=order.offer.approval_id)
    results = at_once(
        stage,
        *[
            lambda: suspend_approval(
                approval=approval, starts_on=stage.on, reason="Selvitys",
                by=stage.staff.office.actor, at=stage.now,
            )
        ]
        * 4,
    )  # fmt: skip
    assert kinds(results) == {"Suspension": 1, "SuspendedAlready": 3}


def test_a_programme_ends_once_and_no_order_is_left(fresh_database: str) -> None:
    stage = stage_of("keusote", date(2019, 11, 1))
    aino, order = begin(stage, period=Period(date(2019, 11, 1), date(2020, 1, 1)))
    live_on(stage, date(2019, 12, 31))
    office = stage.staff.office.actor
    results = at_once(
        stage, *[lambda: end_programme(programme=stage.programme, by=office, at=stage.now)] * 3
    )
    assert kinds(results) == {"ClosingReport": 3}
    assert Decision.objects.filter(state=DecisionState.IN_FORCE).count() == 0
    assert ServicePlan.objects.filter(enrolment__client=aino).count() == 2
    assert Order.objects.count() == 1
    assert verify_books() == []


def test_an_application_is_approved_once_with_one_offer(fresh_database: str) -> None:
    stage = stage_of("siun-sote", date(2019, 3, 1))
    services = Service.objects.filter(programme=stage.programme).order_by("pk")
    prices = applicants.first_price(stage, services[0].code, 1000)
    made = applicants.sent(stage, "Koti Oy", prices)
    office = stage.staff.office.actor
    for one in made.evidence.all():
        judge_evidence(evidence=one, accepted=True, by=office, at=stage.now)
    entry(stage, made)
    approved = Approved([services[0].code], None, Period(stage.on))

    def approve() -> Application:
        return approve_application(
            application=made, approved=approved, appeal={}, by=office, at=stage.now
        )

    results = at_once(stage, *[approve] * 4)
    assert kinds(results) == {"Application": 1, "NotWaiting": 3}
    assert Approval.objects.count() == Offer.objects.count() == 1


def ready(stage: Stage) -> Application:
    """An application of a new company for the first service, with everything in order."""
    service = Service.objects.filter(programme=stage.programme).order_by("pk")[0]
    made = applicants.sent(stage, "Koti Oy", applicants.first_price(stage, service.code, 1000))
    for one in made.evidence.all():
        judge_evidence(evidence=one, accepted=True, by=stage.staff.office.actor, at=stage.now)
    return made


def test_a_new_company_that_two_offices_approve_at_once_is_one_and_the_second_is_told(
    fresh_database: str,
) -> None:
    stages = [stage_of(code, date(2019, 3, 1)) for code in ("siun-sote", "keusote")]
    company = ""
    applications = []
    for stage in stages:
        with stage.scope():
            made = ready(stage)
            company = company or made.business_id
            made.business_id = company
            made.save(update_fields=["business_id"])
            entry(stage, made)
            applications.append(made)

    def approve(number: int) -> Application:
        stage, made = stages[number], applications[number]
        codes = list(made.lines.values_list("service_code", flat=True))
        return approve_application(
            application=made,
            approved=Approved(codes, None, Period(stage.on)),
            appeal={},
            by=stage.staff.office.actor,
            at=stage.now,
        )

    is_written = threading.Event()

    def first() -> Application:
        with stages[0].scope(), transaction.atomic():
            made = approve(0)
            is_written.set()
            wait_until_someone_waits()
            return made

    def second() -> Application:
        assert is_written.wait(TIMEOUT)
        with stages[1].scope():
            return approve(1)

    results = all_at_once(stages[0].organiser.pk, [first, second])
    assert kinds(results) == {"Application": 1, "RegisteredMeanwhile": 1}, results
    assert Provider.objects.filter(business_id=company).count() == 1
    with stages[1].scope():
        assert not Approval.objects.filter(provider__business_id=company).exists()
        approve(1)
    for stage in stages:
        with stage.scope():
            assert Approval.objects.get(provider__business_id=company).offers.count() == 1


def test_powers_given_at_once_end_in_one(fresh_database: str) -> None:
    stage = stage_of()
    user, office = stage.staff.decision_maker.user, stage.staff.office.actor

    def give(euros: int) -> Any:
        return give_power(
            organiser_id=stage.organiser.pk, user=user, monthly_limit=Money(euros * 100),
            period=Period(stage.on), by=office, at=stage.now,
        )  # fmt: skip

    results = at_once(stage, *[lambda n=n: give(n) for n in (100, 200, 300)])
    assert kinds(results) == {"DecisionPower": 3}
    assert user.decision_powers.filter(valid__contains=stage.on).count() == 1


def test_a_file_is_taken_in_once_and_a_pack_too(fresh_database: str) -> None:
    stage = stage_of()
    office = stage.staff.office.actor
    head = "identity_code;given_name;family_name;language;municipality"
    data = f"{head}\n{identity_code(date(1944, 5, 6), 998)};Koe;Koe;fi;Hyvinkää\n".encode()
    run = try_import(programme=stage.programme, kind="clients", data=data, by=office, at=stage.now)
    results = at_once(
        stage, *[lambda: take_import(run=run, good_only=True, by=office, at=stage.now)] * 3
    )
    assert kinds(results) == {"ImportRun": 1, "ImportClosed": 2}
    assert Client.objects.count() == 1
    files = files_of(stage.programme)
    draft = keep_draft(programme=stage.programme, files=files, by=office, at=stage.now)
    results = at_once(stage, *[lambda: take_draft(draft=draft, by=office, at=stage.now)] * 3)
    assert kinds(results) == {"Loaded": 1, "AlreadyTaken": 2}
