"""The world that is measured: one pack, its staff and tray, and a client granted by real verbs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from valinta.budgets.models import Pot
from valinta.catalogue.models import Offer, Service
from valinta.clients.actions import register_client
from valinta.clients.models import Client, Enrolment
from valinta.demo.identities import identity_code
from valinta.demo.month import moment
from valinta.demo.people import Person, Staff, hire, person
from valinta.demo.tray import Tray, fill_tray
from valinta.needs.actions import LegAnswer, NeedStated, assess_needs, record_eligibility
from valinta.organisers import tenancy
from valinta.plans.actions import LineChosen, sign_plan, write_plan
from valinta.plans.states import Signer, Way
from valinta.processes.allocate_budget import allocate_budget
from valinta.processes.enrol_client import enrol_client
from valinta.processes.grant_budget import Granted, grant_budget
from valinta.processes.load_programme import load_pack
from valinta.programmes.models import Programme
from valinta.programmes.pack.reader import read_pack
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.actor import Actor, system
from valinta.users.permissions import Role

PACK = Path(__file__).resolve().parents[1] / "programmes" / "keusote"
SERVICE = "home-care"
MONTH = Period(date(2019, 3, 1), date(2019, 4, 1))
ORDERED_AT = moment(date(2019, 3, 1), 9)
REPORTED_AT = moment(date(2019, 3, 29), 9)
SETTLED_AT = moment(date(2019, 4, 20), 9)


@dataclass(frozen=True, slots=True)
class World:
    """What every measurement starts from. `clerk` may do everything: the system's own work."""

    url: str
    programme: Programme
    staff: Staff
    tray: Tray
    service: Service
    offer: Offer
    client: Client
    enrolment: Enrolment
    granted: Granted
    pot: Pot
    clerk: Actor


def build(url: str) -> World:
    """Load the pack and bring one client to a budget. Leaves the organiser in scope."""
    programme = load_pack(pack=read_pack(PACK), at=moment(date(2019, 1, 2), 8)).programme
    tenancy.enter([programme.organiser_id], None)
    staff = hire(programme.organiser, programme.language)
    tray = fill_tray(programme, staff, Period(date(2019, 1, 7), None), ORDERED_AT, 1)
    service = Service.objects.get(programme=programme, code=SERVICE)
    own = person(programme.organiser, "Mitta Mallinen", Role.CLIENT, programme.language)
    client, enrolment = _enrol(programme, own, staff)
    granted = _grant(enrolment, own, staff, service)
    assert granted.budget is not None
    offer = Offer.objects.select_related("approval__provider", "service").get(
        pk=tray.offers[SERVICE][0].pk
    )
    return World(
        url,
        programme,
        staff,
        tray,
        service,
        offer,
        client,
        enrolment,
        granted,
        granted.budget.pots.get(service=None),
        system(programme.organiser_id),
    )


def _enrol(programme: Programme, own: Person, staff: Staff) -> tuple[Client, Enrolment]:
    manager = staff.case_managers[0]
    at = moment(date(2019, 2, 4), 9)
    town = programme.municipalities.filter(valid__contains=at.date()).order_by("id")[0]
    born = date(1940, 5, 4)
    client = register_client(
        organiser_id=programme.organiser_id,
        given_name="Mitta",
        family_name="Mallinen",
        identity_code=identity_code(born, 900),
        born_on=born,
        language="fi",
        municipality_code=town.code,
        user=own.user,
        case_manager=manager.user,
        by=manager.actor,
        at=at,
    )
    groups = [
        one.code
        for one in programme.target_groups.order_by("id")
        if one.municipality_codes is None or town.code in one.municipality_codes
    ]
    outcome = enrol_client(
        client=client,
        programme=programme,
        target_group=groups[0],
        consent_items=[item["code"] for item in programme.terms.get("consent", [])],
        by=manager.actor,
        at=at,
    )
    return client, outcome.enrolment


def _grant(enrolment: Enrolment, own: Person, staff: Staff, service: Service) -> Granted:
    manager = staff.case_managers[0]
    at = moment(date(2019, 2, 11), 9)
    asked = enrolment.programme.terms.get("eligibility", [])
    record_eligibility(
        enrolment=enrolment,
        legs=[leg["code"] for leg in asked],
        answers=[
            LegAnswer(leg["code"], True, "Mittausta varten.", next(iter(leg["acts"]), ""))
            for leg in asked
        ],
        by=manager.actor,
        at=at,
    )
    assessment = assess_needs(
        enrolment=enrolment,
        participants=[{"role": "client"}],
        goals=["Kotona asuminen"],
        needs=[NeedStated(service, 2000)],
        by=manager.actor,
        at=at,
    )
    allocation = allocate_budget(assessment=assessment, by=manager.actor, at=at)
    line = LineChosen(service, Way.BUDGET, 2000, Money(allocation.total_cents))
    plan = write_plan(
        enrolment=enrolment,
        allocation=allocation,
        lines=[line],
        support_plan=None,
        by=manager.actor,
        at=at,
    )
    sign_plan(plan=plan, signer=Signer.CLIENT, by=own.actor, at=at)
    signed = sign_plan(plan=plan, signer=Signer.WORKER, by=manager.actor, at=at)
    return grant_budget(plan=signed, period=MONTH, by=staff.decision_maker.actor, at=at)
