"""A small stage for tests: a programme from its pack, made-up people, and the verbs in short form.

    stage = open_stage("keusote", on=date(2019, 3, 1))
    aino = stage.client("Aino", municipality="Hyvinkää")
    stage.grant(aino, {"cleaning": (Way.BUDGET, 10_00, False)})
    offer = stage.offer(stage.provider("Kotiapu"), "cleaning", "30.60")
    order = stage.order(aino, offer, 8_00)
    visit = stage.report(order, date(2019, 3, 4), 2_00)
    run = stage.settle(cut_off_on=date(2019, 4, 1))
    stage.pay(run, folder)

All of it goes through the real processes and actions, and gives back the real model objects.
Quantities are hundredths of the service's unit, prices are text in euros. `stage.on` is the day on
which things happen; set it to move the clock. Several stages can be open in one test: each adds
its organiser to what the connection sees; `with stage.scope():` narrows it to one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

from django.db import connection

from tests.cast_clients import SERIAL, Casework, moment
from valinta.budgets.models import Pot
from valinta.catalogue.actions import make_offer
from valinta.catalogue.models import Offer
from valinta.clients.models import Client
from valinta.demo.identities import business_id, iban
from valinta.demo.people import Person, hire, person
from valinta.ledger.models import Account
from valinta.orders.actions import accept_order
from valinta.orders.models import Order, OrderKind
from valinta.organisers import tenancy
from valinta.processes.load_programme import load_pack
from valinta.processes.place_order import place_order
from valinta.processes.settle_period import send_payments, settle_period
from valinta.processes.take_in_visits import Taken, take_in_visits
from valinta.programmes.pack import read_pack
from valinta.providers.actions import approve_provider, register_provider
from valinta.providers.levels import Level
from valinta.providers.models import Provider, Sector, Worker
from valinta.settlements.actions import approve_run, mark_paid
from valinta.settlements.models import Payment, Run
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.actor import Actor
from valinta.users.permissions import Role
from valinta.visits.models import Visit

PACKS = Path(__file__).parents[1] / "programmes"
__all__ = ["PACKS", "Stage", "moment", "open_stage"]


def open_stage(pack: str | Path, *, on: date) -> Stage:
    """Load a pack (its code under programmes/, or a folder) and hire the organiser's staff."""
    folder = PACKS / pack if isinstance(pack, str) else pack
    programme = load_pack(pack=read_pack(folder), at=moment(on, 8)).programme
    organiser = programme.organiser
    tenancy.enter({organiser.pk, *_in_scope()}, None)
    return Stage(programme, organiser, hire(organiser, programme.language), on)


def _in_scope() -> Iterable[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT valinta_organisers()")
        row = cursor.fetchone()
    return row[0] if row else ()


@dataclass
class Stage(Casework):
    """The whole stage: its people, and providers, orders, visits and money."""

    workers: dict[int, Person] = field(default_factory=dict)
    _references: Iterator[int] = field(default_factory=lambda: count(1))

    def worker(self, provider: Provider) -> Actor:
        """The provider's worker as someone who does things."""
        return self.workers[provider.pk].actor

    def provider(self, name: str, *, sector: Sector = Sector.PRIVATE) -> Provider:
        """A made-up provider, approved for the programme, with a worker."""
        number = next(SERIAL)
        provider = register_provider(
            business_id=business_id(1_000_000 + number * 13),
            name=name,
            sector=sector,
            founded_year=2015,
            languages=[self.programme.language],
            iban=iban(number),
            postal_address={"street": "Esimerkkitie", "building_number": "1", "postcode": "00000",
                            "town": "ESIMERKKILÄ", "country": "FI"},
        )  # fmt: skip
        return self.approve(provider)

    def approve(self, provider: Provider) -> Provider:
        """Approve a provider, for instance one that works for another organiser too."""
        registers = self.programme.terms.get("providers", {}).get("registers", [])
        approve_provider(
            provider=provider,
            programme=self.programme,
            period=self.open_days(),
            register=registers[0]["code"] if registers else "national",
            register_number=f"R-{provider.pk}",
            rulebook_accepted_at=self.now,
            by=self.staff.office.actor,
            at=self.now,
        )
        made = person(
            self.organiser, f"{provider.name}, toimisto", Role.PROVIDER,
            self.programme.language, f"-{provider.pk}",
        )  # fmt: skip
        Worker.objects.create(
            provider=provider, user=made.user, level=Level.ADMIN, valid=(date(2015, 1, 1), None)
        )
        self.workers[provider.pk] = made
        return provider

    def offer(self, provider: Provider, service: str, price: str | Mapping[str, str]) -> Offer:
        """The provider's offer: a price in euros for the service's first band, or by band."""
        bands = self.programme.terms["service_bands"][service]
        prices = {bands[0]: price} if isinstance(price, str) else price
        return make_offer(
            approval=provider.approvals.get(programme=self.programme),
            service=self.service(service),
            prices={band: Money.of(euros) for band, euros in prices.items()},
            period=self.open_days(),
            by=self.staff.office.actor,
            at=self.now,
        )

    # Orders, visits, money.

    def order(
        self,
        client: Client,
        offer: Offer,
        quantity: int,
        *,
        period: Period | None = None,
        kind: OrderKind = OrderKind.PERIOD,
        band: str = "",
        accepted: bool = True,
    ) -> Order:
        """The client orders so many hundredths a month (in all when one-off), for this month."""
        order = place_order(
            enrolment=self.enrolment(client),
            offer=offer,
            kind=kind,
            period=period or self.months(),
            quantities={band: quantity},
            by=self.actor(client),
            at=self.now,
        )
        if accepted:
            accept_order(order=order, by=self.worker(order.provider), at=self.now)
        return order

    def report_lines(
        self,
        provider: Provider,
        lines: Iterable[Mapping[str, object]],
        *,
        at: datetime | None = None,
        dry_run: bool = False,
    ) -> Taken:
        """The provider sends lines as they are; gives what became of each."""
        return take_in_visits(
            programme=self.programme,
            provider=provider,
            lines=lines,
            by=self.worker(provider),
            at=at or self.now,
            dry_run=dry_run,
        )

    def line(
        self, order: Order, day: date, quantity: int = 1_00, band: str = ""
    ) -> dict[str, object]:
        """One line as a provider would send it, with a reference of its own."""
        return {
            "order": order.pk,
            "reference": f"{order.pk}-{next(self._references)}",
            "served_on": day,
            "quantity": f"{quantity / 100:.2f}",
            "band": band,
        }

    def report(self, order: Order, day: date, quantity: int = 1_00, *, band: str = "") -> Visit:
        """The provider reports a visit on the morning after it, and it is taken in."""
        taken = self.report_lines(
            order.provider,
            [self.line(order, day, quantity, band)],
            at=moment(day + timedelta(days=1)),
        )
        answer = taken.answers[0]
        if answer.code is not None or answer.visit_id is None:
            raise AssertionError(f"The visit was answered {answer.outcome}: {answer.code}.")
        return Visit.objects.get(pk=answer.visit_id)

    def settle(self, cut_off_on: date) -> Run:
        """Prepare the run for days before the cut-off, once silence counts as a yes."""
        late = moment(cut_off_on + timedelta(days=30))
        return settle_period(
            programme=self.programme, cut_off_on=cut_off_on, by=self.staff.preparer.actor, at=late
        )

    def pay(self, run: Run, folder: Path) -> bytes:
        """Another person approves; the file goes to the folder; the bank pays all. The file."""
        at = run.prepared_at + timedelta(hours=3)
        approved = approve_run(run=run, by=self.staff.approver.actor, at=at)
        path = send_payments(run=approved, folder=folder, by=self.staff.approver.actor, at=at)
        for payment in Payment.objects.filter(statement__run=run).order_by("id"):
            mark_paid(payment=payment, by=self.staff.preparer.actor, at=at + timedelta(days=1))
        return path.read_bytes() if path else b""

    def left(self, client: Client, service: str | None = None, on: date | None = None) -> Money:
        """What the client's free pot, or the one kept for a service, holds for the day's month."""
        pots = Pot.objects.filter(
            budget__enrolment__client=client, valid__contains=on or self.on
        ).order_by("-id")
        own = pots.filter(service__code=service) if service else pots.filter(service=None)
        return Money(Account.objects.get(pk=own[0].account_id).balance_cents)
