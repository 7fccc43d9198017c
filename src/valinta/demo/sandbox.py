"""A sandbox for a real company: a programme's twin, with made-up clients who order from it.

It is an organiser of its own, so what happens there can touch nobody else's rows; its names say
what it is, it is in no public list, and it pays nothing.
"""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from django.db import transaction

from valinta.catalogue.actions import make_offer
from valinta.clients.models import Client
from valinta.demo.clients import Lived, take_in_client
from valinta.demo.month import moment, order_services
from valinta.demo.people import Person, Staff, hire
from valinta.demo.tray import Tray, asked_prices
from valinta.orders.actions import BudgetSpent
from valinta.orders.models import OrderKind
from valinta.organisers import tenancy
from valinta.organisers.models import Organiser
from valinta.plans.models import PlanLine
from valinta.plans.states import Way
from valinta.processes.load_programme import load_programme
from valinta.processes.place_order import place_order
from valinta.programmes.models import Programme
from valinta.programmes.pack.schema import Pack
from valinta.programmes.pack.twin import twin
from valinta.programmes.pack_terms import organiser_columns
from valinta.providers.actions import approve_provider
from valinta.providers.levels import Level
from valinta.providers.models import Provider, Worker
from valinta.shared.periods import Period
from valinta.users.actor import Actor, system
from valinta.users.holdings import cover
from valinta.users.models import User
from valinta.users.permissions import Role

CLIENTS = 3


class NobodyAtTheCompany(LookupError):
    """The company has no administrator, so nobody could open its sandbox."""


@transaction.atomic
def open_sandbox(*, pack: Pack, company: Provider, today: date) -> Organiser:
    """Open the pack's sandbox for a company; done again, it adds nothing.

    The company's people get the provider's role there. Two of three made-up clients have orders
    that are accepted, the third has some that wait for an answer. Raises NobodyAtTheCompany, and
    ProgrammeClosed when the programme is not open on the day.
    """
    copy = twin(pack)
    columns = organiser_columns(copy)
    organiser, is_new = Organiser.objects.get_or_create(
        code=columns.pop("code"), defaults={**columns, "sandbox": True, "demo_today": today}
    )
    by, opening = system(organiser.pk), moment(today.replace(day=1) - timedelta(days=20), 9)
    programme = load_programme(pack=copy, by=by, at=opening).programme
    with tenancy.scope([organiser.pk]):
        staff = hire(organiser, programme.language) if is_new else _staff(organiser)
        if not company.approvals.filter(organiser=organiser).exists():
            people = _let_in(programme, company, opening)
            tray = _offers(programme, company, people, opening, by)
            _clients(programme, staff, tray, today)
    return organiser


def _staff(organiser: Organiser) -> Staff:
    """The staff that was hired when the sandbox was opened first."""

    def one(role: Role, mark: str = "") -> Person:
        user = User.objects.get(username=f"{organiser.code}.{role}{mark}")
        return Person(user, Actor(user.pk, frozenset({(organiser.pk, role)})))

    return Staff(
        case_managers=(one(Role.CASE_MANAGER, "1"), one(Role.CASE_MANAGER, "2")),
        decision_maker=one(Role.DECISION_MAKER),
        preparer=one(Role.FINANCE_PREPARER),
        approver=one(Role.FINANCE_APPROVER),
        office=one(Role.OFFICE),
    )


def _let_in(programme: Programme, company: Provider, at: datetime) -> Person:
    """Approve the company, and give its people their role; gives one of its administrators."""
    workers = Worker.objects.filter(provider=company, valid__contains=at.date())
    admin = workers.filter(level=Level.ADMIN).select_related("user").order_by("pk").first()
    if admin is None:
        raise NobodyAtTheCompany("The company needs an administrator before it gets a sandbox.")
    organiser = programme.organiser
    registers = programme.terms.get("providers", {}).get("registers", [])
    approve_provider(
        provider=company,
        programme=programme,
        period=Period(at.date()),
        register=registers[0]["code"] if registers else "national",
        register_number=f"SANDBOX-{company.pk}",
        rulebook_accepted_at=at,
        by=system(organiser.pk),
        at=at,
    )
    for one in workers.select_related("user"):
        cover(
            user=one.user,
            organiser_id=organiser.pk,
            role=Role.PROVIDER,
            starts_on=at.date(),
            ends_on=None,
        )
    roles = frozenset({(organiser.pk, Role.PROVIDER)})
    return Person(admin.user, Actor(admin.user_id, roles))


def _offers(
    programme: Programme, company: Provider, people: Person, at: datetime, by: Actor
) -> Tray:
    """The company offers everything that has a price, at the reference price."""
    approval = company.approvals.get(programme=programme)
    offers = {}
    for service in programme.services.order_by("pk"):
        prices = asked_prices(service, at.date())
        if prices:
            period = Period(at.date())
            offer = make_offer(
                approval=approval, service=service, prices=prices, period=period, by=by, at=at
            )
            offers[service.code] = [offer]
    return Tray({company.pk: people}, offers)


def _clients(programme: Programme, staff: Staff, tray: Tray, today: date) -> None:
    """Made-up clients, each with a budget or voucher of this month and the next."""
    chance = random.Random(f"{programme.organiser.code}")
    month = Period.month(today.year, today.month)
    after = Period.month(month.ends_on.year, month.ends_on.month) if month.ends_on else month
    period = Period(month.starts_on, after.ends_on)
    start = moment(month.starts_on - timedelta(days=16), 10)
    towns = list(programme.municipalities.filter(valid__contains=start.date()).order_by("pk"))
    first = Client.objects.filter(organiser=programme.organiser).count()
    for turn in range(CLIENTS):
        lived = take_in_client(
            programme=programme,
            staff=staff,
            tray=tray,
            number=first + turn,
            municipality=towns[turn % len(towns)],
            chance=chance,
            start=start,
            grant_period=period,
        )
        if lived is None:
            continue
        at = moment(month.starts_on - timedelta(days=3), 11)
        if turn + 1 < CLIENTS:
            order_services(lived, tray, period, chance, at)
        else:
            _order_and_wait(lived, tray, period, at)


def _order_and_wait(lived: Lived, tray: Tray, period: Period, at: datetime) -> None:
    """Order a unit of each service, and leave the answer to the company."""
    lines = PlanLine.objects.filter(
        plan=lived.granted.decision.plan, way__in=[Way.BUDGET, Way.VOUCHER]
    )
    for line in lines.select_related("service").order_by("pk"):
        for offer in tray.offers.get(line.service.code, ()):
            try:
                place_order(
                    enrolment=lived.enrolment,
                    offer=offer,
                    kind=OrderKind.PERIOD,
                    period=period,
                    quantities={"": 100},
                    by=lived.person.actor,
                    at=at,
                )
            except BudgetSpent:
                continue
