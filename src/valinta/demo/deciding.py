"""Decisions of the demo on their way: powers, a proposal, letters sent and to post, a claim."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from valinta.demo.clients import Lived
from valinta.demo.names import STAFF
from valinta.demo.people import Person, Staff, person
from valinta.plans.actions import LineChosen, sign_plan, write_plan
from valinta.plans.claim_actions import make_claim
from valinta.plans.delivery_actions import send_letter
from valinta.plans.moving import Scan
from valinta.plans.power_actions import give_power
from valinta.plans.proposal_actions import prepare_decision
from valinta.plans.signing_actions import record_signature
from valinta.plans.states import ClaimWay, DeliveryWay, Signer, Way
from valinta.programmes.models import Programme
from valinta.programmes.ranges import as_period
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.permissions import Role

LIMIT = Money(10_000_00)
_WORDS = {
    "fi": "Tarvitsen enemmän apua kuin päätöksessä luvataan. Pyydän katsomaan asian uudelleen.",
    "sv": "Jag behöver mer hjälp än vad beslutet lovar. Jag ber att saken ses över på nytt.",
}
_CHIEF = {"fi": "Johtaja", "sv": "Direktör"}


def let_decisions_go_on(
    programme: Programme, lived: Sequence[Lived], staff: Staff, at: datetime
) -> None:
    """Powers for two deciders, and the last clients of the play at a step each."""
    _powers(programme, staff, at)
    _claim(lived[-1], at)
    _letters(lived[-2], at)
    _proposal(lived[-3], at)


def _powers(programme: Programme, staff: Staff, at: datetime) -> None:
    language = programme.language
    names = STAFF[language]
    chief: Person = person(
        programme.organiser, f"{names[-1]} {_CHIEF[language]}", Role.DECISION_MAKER, language, "2"
    )
    period = Period(at.date() - timedelta(days=40))
    for one, limit in ((staff.decision_maker, LIMIT), (chief, None)):
        give_power(
            organiser_id=programme.organiser_id,
            user=one.user,
            monthly_limit=limit,
            period=period,
            by=staff.office.actor,
            at=at,
        )


def _claim(one: Lived, at: datetime) -> None:
    decision = one.granted.decision
    send_letter(
        decision=decision,
        claim=None,
        way=DeliveryWay.PORTAL,
        language=one.client.language,
        by=one.manager.actor,
        at=at - timedelta(days=6),
    )
    make_claim(
        decision=decision,
        words=_WORDS[one.client.language],
        way=ClaimWay.PORTAL,
        received_on=at.date(),
        scan=None,
        by=one.person.actor,
        at=at,
    )


def _letters(one: Lived, at: datetime) -> None:
    for way in (DeliveryWay.PORTAL, DeliveryWay.POST):
        send_letter(
            decision=one.granted.decision,
            claim=None,
            way=way,
            language=one.client.language,
            by=one.manager.actor,
            at=at - timedelta(hours=3),
        )


def _proposal(one: Lived, at: datetime) -> None:
    """A new version with the same needs, signed on paper, put before who decides."""
    old = one.granted.decision.plan
    if old is None:
        return
    lines = [
        LineChosen(
            line.service,
            Way(line.way),
            line.quantity_hundredths,
            Money(line.monthly_cents),
            line.mandatory,
        )
        for line in old.lines.select_related("service").order_by("pk")
    ]
    plan = write_plan(
        enrolment=one.enrolment,
        allocation=old.allocation,
        lines=lines,
        support_plan=old.support_plan,
        by=one.manager.actor,
        at=at,
    )
    record_signature(
        plan=plan,
        signer=Signer.CLIENT,
        name=one.client.full_name,
        signed_on=at.date(),
        archive_mark="K 12/2019",
        scan=Scan("allekirjoitus.pdf", "application/pdf", b"%PDF-1.7\n%demo"),
        by=one.manager.actor,
        at=at,
    )
    signed = sign_plan(plan=plan, signer=Signer.WORKER, by=one.manager.actor, at=at)
    month = Period.month(at.year, at.month)
    ends_on = as_period(one.granted.decision.valid).ends_on
    if month.ends_on is None or ends_on is None:
        return
    last = max(ends_on, Period.month(month.ends_on.year, month.ends_on.month).ends_on or ends_on)
    prepare_decision(
        plan=signed,
        period=Period(month.ends_on, last),
        income_tested_cents={},
        ends_orders=[],
        grounds="",
        by=one.manager.actor,
        at=at,
    )
