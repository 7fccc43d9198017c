"""Clients of the demo: from first contact to a decision in force, each through the real verbs."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from valinta.budgets.actions import accept_voucher
from valinta.catalogue.models import Service
from valinta.clients.actions import register_client
from valinta.clients.models import Client, Enrolment
from valinta.clients.states import EnrolmentState
from valinta.demo.identities import identity_code
from valinta.demo.names import FAMILY, GIVEN, SAID
from valinta.demo.people import Person, Staff, person
from valinta.demo.plans import own_words, talk_over
from valinta.demo.tray import Tray
from valinta.needs.actions import LegAnswer, NeedStated, assess_needs, record_eligibility
from valinta.needs.models import Allocation
from valinta.plans.actions import LineChosen, sign_plan, write_plan, write_support_plan
from valinta.plans.states import Signer, Way
from valinta.processes.allocate_budget import allocate_budget
from valinta.processes.enrol_client import enrol_client
from valinta.processes.grant_budget import Granted, grant_budget
from valinta.processes.inform_of_voucher import inform_of_voucher
from valinta.programmes.models import Municipality, Programme
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.permissions import Role


@dataclass(frozen=True, slots=True)
class Lived:
    """A client of the demo: the person, the place in the programme, and what was granted."""

    client: Client
    person: Person
    manager: Person
    enrolment: Enrolment
    granted: Granted


_QUANTITY = {"hour": (800, 2000), "visit": (400, 1000), "day": (300, 800)}
_GOALS = {
    "fi": ["Pärjään kotona", "Tapaan ihmisiä joka viikko"],
    "sv": ["Jag klarar mig hemma", "Jag träffar människor varje vecka"],
}


def take_in_client(
    *,
    programme: Programme,
    staff: Staff,
    tray: Tray,
    number: int,
    municipality: Municipality,
    chance: random.Random,
    start: datetime,
    grant_period: Period,
) -> Lived | None:
    """Bring one made-up client from interest to a budget or voucher; None when queued."""
    manager = staff.case_managers[number % 2]
    client, user = _person(programme, number, municipality, manager, start)
    group = _group(programme, municipality)
    outcome = enrol_client(
        client=client,
        programme=programme,
        target_group=group,
        consent_items=[item["code"] for item in programme.terms.get("consent", [])],
        by=manager.actor,
        at=start,
    )
    if outcome.enrolment.state != EnrolmentState.ENROLLED:
        return None
    enrolment = outcome.enrolment
    allocation = _assess(enrolment, manager, tray, chance, start + timedelta(days=4))
    granted = _plan_and_decide(
        enrolment, allocation, manager, user, staff, grant_period, start + timedelta(days=9)
    )
    for voucher in granted.vouchers:
        at, language = start + timedelta(days=11), client.language
        inform_of_voucher(voucher=voucher, language=language, by=user.actor, at=at)
        accept_voucher(voucher=voucher, by=user.actor, at=at)
    return Lived(client, user, manager, enrolment, granted)


def _person(
    programme: Programme, number: int, town: Municipality, manager: Person, at: datetime
) -> tuple[Client, Person]:
    language = programme.language
    # Another first name in each programme, so that nobody is taken for somebody else.
    shift = number + sum(map(ord, programme.code)) * 7
    given = GIVEN[language][shift % 20]
    family = FAMILY[language][(shift * 7 + shift // 20) % 10]
    user = person(programme.organiser, f"{given} {family}", Role.CLIENT, language, str(number))
    born = date(1931 + number * 3 % 40, number % 12 + 1, number * 5 % 28 + 1)
    client = register_client(
        organiser_id=programme.organiser_id,
        given_name=given,
        family_name=family,
        identity_code=identity_code(born, 900 + number % 100),
        born_on=born,
        language=language,
        municipality_code=town.code,
        user=user.user,
        case_manager=manager.user,
        by=manager.actor,
        at=at,
    )
    return client, user


def _group(programme: Programme, town: Municipality) -> str:
    for group in programme.target_groups.order_by("id"):
        if group.municipality_codes is None or town.code in group.municipality_codes:
            return str(group.code)
    raise LookupError(f"The pack has no target group for municipality {town.code}.")


def _assess(
    enrolment: Enrolment, manager: Person, tray: Tray, chance: random.Random, at: datetime
) -> Allocation:
    legs = enrolment.programme.terms.get("eligibility", [])
    record_eligibility(
        enrolment=enrolment,
        legs=[leg["code"] for leg in legs],
        answers=[
            LegAnswer(
                leg["code"],
                True,
                SAID[enrolment.programme.language]["ground"],
                next(iter(leg["acts"]), ""),
            )
            for leg in legs
        ],
        by=manager.actor,
        at=at,
    )
    assessment = assess_needs(
        enrolment=enrolment,
        participants=[{"role": "client"}, {"role": "case_manager"}],
        goals=_GOALS[enrolment.programme.language],
        needs=_needs(enrolment.programme, tray, chance),
        by=manager.actor,
        at=at,
    )
    return allocate_budget(assessment=assessment, by=manager.actor, at=at)


def _needs(programme: Programme, tray: Tray, chance: random.Random) -> list[NeedStated]:
    """Two to four services of the tray; the first that may be mandatory is made so."""
    offered = [one for one in programme.services.order_by("id") if one.code in tray.offers]
    bought = [one for one in offered if _way(one) in (Way.BUDGET, Way.VOUCHER)]
    # Services that fill whole days or months are one to a client: nobody lives in two homes.
    long = [one for one in bought if one.unit not in _QUANTITY]
    short = [one for one in bought if one.unit in _QUANTITY]
    chosen = chance.sample(short, min(len(short), chance.randint(2, 3)))
    if long and chance.random() < 0.4:
        chosen.append(chance.choice(long))
    rule = programme.allocation.order_by("id").first()
    by_points = rule is not None and rule.model == "points_x_euro"
    marked = next((one for one in chosen if one.can_be_mandatory), None)
    needs = []
    for service in sorted(chosen, key=lambda one: one.pk):
        low, high = _QUANTITY.get(service.unit, (100, 100))
        quantity = chance.randrange(low, high + 1, 50)
        needs.append(
            NeedStated(
                service,
                100 if by_points else quantity,
                mandatory=service is marked,
                points=chance.randint(2, 6) if by_points else None,
                reason=SAID[programme.language]["mandatory"] if service is marked else "",
            )
        )
    return needs


def _way(service: Service) -> Way:
    """The way the demo's clients choose: budget or voucher, as the service allows."""
    for way in (Way.BUDGET, Way.VOUCHER):
        if way in service.ways:
            return way
    return Way.OWN_SERVICE


def _plan_and_decide(
    enrolment: Enrolment,
    allocation: Allocation,
    manager: Person,
    user: Person,
    staff: Staff,
    period: Period,
    at: datetime,
) -> Granted:
    talked_at = at - timedelta(days=1)
    support = write_support_plan(
        enrolment=enrolment,
        sections=own_words(enrolment.programme.language, enrolment.pk),
        helpers=[],
        by=user.actor,
        at=talked_at,
    )
    plan = write_plan(
        enrolment=enrolment,
        allocation=allocation,
        lines=_lines(allocation),
        support_plan=support,
        by=manager.actor,
        at=talked_at,
    )
    talk_over(plan, user, manager, talked_at)
    sign_plan(plan=plan, signer=Signer.CLIENT, by=user.actor, at=at)
    signed = sign_plan(plan=plan, signer=Signer.WORKER, by=manager.actor, at=at)
    return grant_budget(plan=signed, period=period, by=staff.decision_maker.actor, at=at)


def _lines(allocation: Allocation) -> Sequence[LineChosen]:
    return [
        LineChosen(
            line.service,
            _way(line.service),
            max(line.quantity_hundredths, 100),
            Money(line.cents),
            line.mandatory,
        )
        for line in allocation.lines.select_related("service").order_by("number")
    ]
