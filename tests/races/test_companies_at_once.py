"""A company's orders, units, account and approvals, by several people at the same moment."""

from __future__ import annotations

from datetime import date

import pytest

from tests import applicants
from tests.cast import Stage, open_stage
from tests.company_pages import Company, company, hired
from tests.races.crowd import all_at_once, kinds
from tests.unit.processes.changing import stage_of
from tests.unit.providers.test_applications import entry
from valinta.catalogue.models import Service
from valinta.demo.identities import iban
from valinta.orders.actions import accept_order, decline_order
from valinta.orders.models import Order
from valinta.orders.unit_actions import give_to_unit
from valinta.organisers import tenancy
from valinta.plans.states import Way
from valinta.processes.approve_application import Approved, approve_application
from valinta.processes.close_unit import close_unit
from valinta.processes.verify_books import verify_books
from valinta.providers.account_actions import (
    ask_account_change,
    confirm_account_change,
    withdraw_account_change,
)
from valinta.providers.company_actions import open_unit
from valinta.providers.deciding_actions import judge_evidence
from valinta.providers.levels import Level
from valinta.providers.models import AccountChange, Application, Approval, Provider, Worker
from valinta.providers.states import ApplicationState
from valinta.shared.periods import Period
from valinta.users.actor import Actor, actor_of

pytestmark = pytest.mark.race
ON = date(2019, 3, 1)


def people(stage: Stage) -> tuple[Company, Actor, Actor]:
    """A company, its administrator and its office."""
    one = company(stage)
    admin, office = (actor_of(one.people[at].pk, stage.on) for at in (Level.ADMIN, Level.OFFICE))
    return one, admin, office


def placed(one: Company, name: str = "Aino") -> Order:
    stage = one.stage
    client = stage.client(name, municipality="Hyvinkää")
    stage.grant(client, {"cleaning": (Way.BUDGET, 40_00, False)})
    return stage.order(
        client, stage.offer(one.provider, "cleaning", "30.00"), 20_00, accepted=False
    )


def test_an_order_is_accepted_or_declined_and_never_both(fresh_database: str) -> None:
    stage = stage_of()
    one, admin, office = people(stage)
    order = placed(one)
    before = stage.left(order.client)

    def accept() -> Order:
        return accept_order(order=Order.objects.get(pk=order.pk), by=admin, at=stage.now)

    def decline() -> Order:
        mine = Order.objects.get(pk=order.pk)
        return decline_order(order=mine, reason="Ei ehditä.", by=office, at=stage.now)

    results = all_at_once(stage.organiser.pk, [accept, decline] * 2)
    assert kinds(results) == {"Order": 1, "ForbiddenTransition": 3}
    order.refresh_from_db()
    assert (stage.left(order.client) > before) == (order.state == "declined")
    assert verify_books() == []


def test_an_order_given_to_a_unit_that_is_closed_is_open_in_no_closed_unit(
    fresh_database: str,
) -> None:
    stage = stage_of()
    one, admin, office = people(stage)
    order = placed(one)
    where = stage.organiser.pk
    unit = open_unit(
        provider=one.provider, organiser_id=where, name="Pohjoinen", by=admin, at=stage.now
    )

    def give() -> Order:
        return give_to_unit(order=order, unit=unit, by=office, at=stage.now)

    def close() -> object:
        return close_unit(unit=unit, organiser_id=where, ends_on=stage.on, by=admin, at=stage.now)

    results = all_at_once(where, [give, close])
    order.refresh_from_db()
    is_open_there = order.unit_id is not None and order.unit is not None
    assert not is_open_there or order.unit.valid.upper is None
    assert kinds(results) in (
        {"Order": 1, "UnitInUse": 1},
        {"Unit": 1, "NotAUnitHere": 1},
    )


def test_of_two_who_ask_for_another_account_one_does_and_it_is_confirmed_or_taken_back(
    fresh_database: str,
) -> None:
    stage = stage_of()
    one, admin, _office = people(stage)
    second = actor_of(hired(stage, one.provider, Level.ADMIN, "Toinen").pk, stage.on)
    where = stage.organiser.pk

    def ask(number: int, by: Actor) -> AccountChange:
        return ask_account_change(
            provider=one.provider, organiser_id=where, iban=iban(number), by=by, at=stage.now
        )

    results = all_at_once(where, [lambda: ask(501, admin), lambda: ask(502, second)])
    assert kinds(results) == {"AccountChange": 1, "ChangeUnderWay": 1}
    change = AccountChange.objects.get()
    other = second if change.asked_by_id == admin.user_id else admin
    results = all_at_once(
        where,
        [
            lambda: confirm_account_change(change=change, by=other, at=stage.now),
            lambda: withdraw_account_change(change=change, by=other, at=stage.now),
            lambda: confirm_account_change(change=change, by=other, at=stage.now),
        ],
    )
    change.refresh_from_db()
    assert change.withdrawn_at is not None
    assert kinds(results)["AccountChange"] in (1, 2)
    one.provider.refresh_from_db()
    assert one.provider.iban != change.iban


def test_a_new_company_approved_by_two_organisers_at_once_is_one_company(
    fresh_database: str,
) -> None:
    stages = [open_stage("siun-sote", on=ON), open_stage("keusote", on=ON)]
    asked = [_ready(stage) for stage in stages]

    def approve(stage: Stage, made: Application, code: str) -> Application:
        with tenancy.scope([stage.organiser.pk]):
            return approve_application(
                application=made, approved=Approved([code], None, Period(stage.on)), appeal={},
                by=stage.staff.office.actor, at=stage.now,
            )  # fmt: skip

    jobs = [
        lambda stage=stage, ready=ready: approve(stage, *ready)
        for stage, ready in zip(stages, asked, strict=True)
    ]
    results = all_at_once(stages[0].organiser.pk, jobs)
    # The second is told that the company is registered by now, and approves it as it is.
    assert kinds(results) == {"Application": 1, "RegisteredMeanwhile": 1}
    for (made, _), again in zip(asked, jobs, strict=True):
        if Application.objects.get(pk=made.pk).state == ApplicationState.SENT:
            again()
    company_made = Provider.objects.get(business_id=asked[0][0].business_id)
    assert Worker.objects.filter(provider=company_made, level=Level.ADMIN).count() == 1
    for stage in stages:
        with tenancy.scope([stage.organiser.pk]):
            assert Approval.objects.filter(provider=company_made).count() == 1


def _ready(stage: Stage) -> tuple[Application, str]:
    """An application of the same new company that can be approved, and its service."""
    with tenancy.scope([stage.organiser.pk]):
        service = Service.objects.filter(programme=stage.programme).order_by("pk")[0]
        made = applicants.sent(stage, "Koti Oy", applicants.first_price(stage, service.code, 1000))
        made.business_id = applicants.business_id(5_900_013)
        made.save(update_fields=["business_id"])
        for one in made.evidence.all():
            judge_evidence(evidence=one, accepted=True, by=stage.staff.office.actor, at=stage.now)
        entry(stage, made)
        return made, service.code
