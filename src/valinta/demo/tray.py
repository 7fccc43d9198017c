"""Providers of the demo, approved for a programme, with offers and prices near the reference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from valinta.catalogue.actions import make_offer
from valinta.catalogue.models import Offer, ReferencePrice, Service, VoucherValue
from valinta.demo.identities import business_id, iban
from valinta.demo.names import COMPANIES, FAMILY, SAID
from valinta.demo.pages import areas_of, be_busy, introduce, languages_of
from valinta.demo.people import Person, Staff, person
from valinta.programmes.models import Programme
from valinta.providers.actions import approve_provider, register_provider
from valinta.providers.levels import Level
from valinta.providers.models import Approval, Provider, Sector, Worker
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.permissions import Role

# How many of a programme's services have four providers in the demo.
COMPARED = 8


@dataclass(frozen=True, slots=True)
class Tray:
    """The providers with a worker each, and the offers by service code."""

    workers: dict[int, Person]
    offers: dict[str, list[Offer]]


def fill_tray(
    programme: Programme, staff: Staff, period: Period, at: datetime, number: int
) -> Tray:
    """Approve providers for the programme; each service gets offers where prices are known.

    `number` keeps the made-up business ids of one programme apart from another's. The play goes on
    with two offers for each service; the first services get two more, to be compared.
    """
    approvals = [
        _approve(programme, staff, period, at, name, Sector(sector), number * 100 + index)
        for index, (name, sector) in enumerate(COMPANIES)
        if _admitted(programme, sector)
    ]
    workers = {
        approval.provider_id: _admin(programme, approval.provider, index)
        for index, approval in enumerate(approvals)
    }
    for approval in approvals[:1]:
        # One company has people of each level.
        _works(programme, approval.provider, "office", Level.OFFICE)
        _works(programme, approval.provider, "worker", Level.WORKER)
    for approval in approvals:
        introduce(approval, staff, at)
    offers: dict[str, list[Offer]] = {}
    for index, service in enumerate(programme.services.order_by("id")):
        prices = asked_prices(service, period.starts_on)
        if not prices:
            continue
        for turn in range(4 if index < COMPARED else 2):
            # Each provider is a little cheaper, so that there is something to compare.
            asked = {band: cents.share(100 - 4 * turn) for band, cents in prices.items()}
            offer = make_offer(
                approval=approvals[(index * 2 + turn) % len(approvals)],
                service=service,
                prices=asked,
                period=period,
                by=staff.office.actor,
                at=at,
            )
            be_busy(offer, index * 2 + turn, staff, at)
            if turn < 2:
                offers.setdefault(service.code, []).append(offer)
    return Tray(workers, offers)


def _admitted(programme: Programme, sector: str) -> bool:
    sectors = programme.terms.get("providers", {}).get("sectors")
    return not sectors or sector in sectors


def _approve(
    programme: Programme,
    staff: Staff,
    period: Period,
    at: datetime,
    name: str,
    sector: Sector,
    number: int,
) -> Approval:
    town = programme.municipalities.order_by("id").first()
    members = programme.municipalities.filter(valid__contains=at.date()).order_by("id")
    names = FAMILY[programme.language]
    provider = register_provider(
        business_id=business_id(7_000_000 + number * 13),
        name=name.format(names[number // 100 * 3 % len(names)]),
        sector=sector,
        founded_year=2012 + number % 7,
        languages=languages_of(number % 100, programme.language),
        iban=iban(number),
        postal_address={
            "street": "Esimerkkitie",
            "building_number": str(number % 90 + 1),
            "postcode": "00000",
            "town": town.names["fi"] if town else "Esimerkkilä",
            "country": "FI",
        },
    )
    registers = programme.terms.get("providers", {}).get("registers", [])
    return approve_provider(
        provider=provider,
        programme=programme,
        period=period,
        register=registers[0]["code"] if registers else "national",
        register_number=f"R-{number}",
        rulebook_accepted_at=at,
        municipality_codes=areas_of(number % 100, [one.code for one in members]),
        by=staff.office.actor,
        at=at,
    )


def _admin(programme: Programme, provider: Provider, index: int) -> Person:
    return _works(programme, provider, "admin", Level.ADMIN, str(index))


def _works(
    programme: Programme, provider: Provider, post: str, level: Level, mark: str = ""
) -> Person:
    """Somebody of the company: their demo name says the company and their post."""
    made = person(
        programme.organiser,
        f"{provider.name}, {SAID[programme.language][post]}",
        Role.PROVIDER,
        programme.language,
        mark or f"-{post}",
    )
    Worker.objects.create(
        provider=provider, user=made.user, level=level, valid=(date(2015, 1, 1), None)
    )
    return made


def asked_prices(service: Service, on: date) -> dict[str, Money]:
    """The reference price by band, else the voucher's value: what a demo provider asks at most."""
    known: dict[str, Money] = {}
    for value in VoucherValue.objects.filter(service=service, valid__contains=on):
        known[value.band.code] = Money(value.cents)
    rows = ReferencePrice.objects.filter(service=service, valid__contains=on)
    for row in rows.order_by("-kind").select_related("band"):
        known[row.band.code] = Money(row.cents)
    return known
