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
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import connection

from valinta.budgets.actions import accept_voucher
from valinta.budgets.models import Pot
from valinta.catalogue.actions import make_offer
from valinta.catalogue.models import Offer, Service
from valinta.clients.actions import register_client
from valinta.clients.models import Client, Enrolment
from valinta.clients.states import EnrolmentState
from valinta.demo.identities import business_id, iban, identity_code
from valinta.demo.people import Person, Staff, hire, person
from valinta.ledger.models import Account
from valinta.needs.actions import LegAnswer, NeedStated, assess_needs, record_eligibility
from valinta.needs.models import Allocation
from valinta.orders.actions import accept_order
from valinta.orders.models import Order, OrderKind
from valinta.organisers import tenancy
from valinta.organisers.models import Organiser
from valinta.plans.actions import LineChosen, sign_plan, write_plan, write_support_plan
from valinta.plans.models import ServicePlan
from valinta.plans.states import Signer, Way
from valinta.processes.allocate_budget import allocate_budget
from valinta.processes.enrol_client import Outcome, enrol_client
from valinta.processes.grant_budget import Granted, grant_budget
from valinta.processes.load_programme import load_pack
from valinta.processes.place_order import place_order
from valinta.processes.settle_period import send_payments, settle_period
from valinta.processes.take_in_visits import Taken, take_in_visits
from valinta.programmes.models import Municipality, Programme
from valinta.programmes.pack import read_pack
from valinta.providers.actions import approve_provider, register_provider
from valinta.providers.models import Provider, Sector, Worker
from valinta.settlements.actions import approve_run, mark_paid
from valinta.settlements.models import Payment, Run
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.actor import Actor
from valinta.users.permissions import Role
from valinta.visits.models import Visit

PACKS = Path(__file__).parents[1] / "programmes"
LOCAL = ZoneInfo("Europe/Helsinki")
_SERIAL = count(1)

Lines = Mapping[str, tuple[Way, int, bool]]
"""By service code: the way it is met, hundredths of its unit in a month, whether mandatory."""


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of local time."""
    return datetime.combine(day, time(hour, minute), tzinfo=LOCAL)


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
class Stage:
    """One organiser with one programme, its staff, and the day it is."""

    programme: Programme
    organiser: Organiser
    staff: Staff
    on: date
    people: dict[int, Person] = field(default_factory=dict)
    workers: dict[int, Person] = field(default_factory=dict)
    _references: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def now(self) -> datetime:
        """Ten in the morning of the stage's day."""
        return moment(self.on, 10)

    @property
    def manager(self) -> Actor:
        """The clients' case manager."""
        return self.staff.case_managers[0].actor

    def scope(self) -> AbstractContextManager[None]:
        """See only this organiser's rows, also in another thread or connection."""
        return tenancy.scope([self.organiser.pk])

    def actor(self, client: Client) -> Actor:
        """The client as someone who does things."""
        return self.people[client.pk].actor

    def worker(self, provider: Provider) -> Actor:
        """The provider's worker as someone who does things."""
        return self.workers[provider.pk].actor

    def service(self, code: str) -> Service:
        """A service of the tray."""
        return self.programme.services.get(code=code)

    # Clients, from the first contact to a decision in force.

    def client(self, given: str, *, municipality: str = "", born_on: date | None = None) -> Client:
        """A made-up person of the municipality (its Finnish name; else the first in the pack)."""
        number = next(_SERIAL)
        born = born_on or date(1931 + number % 60, number % 12 + 1, number % 28 + 1)
        user = person(
            self.organiser, f"{given} Esimerkki", Role.CLIENT, self.programme.language, f"-{number}"
        )
        client = register_client(
            organiser_id=self.organiser.pk,
            given_name=given,
            family_name="Esimerkki",
            identity_code=identity_code(born, 900 + number % 100),
            born_on=born,
            language=self.programme.language,
            municipality_code=self._municipality(municipality).code,
            user=user.user,
            case_manager=self.staff.case_managers[0].user,
            by=self.manager,
            at=self.now,
        )
        self.people[client.pk] = user
        return client

    def _municipality(self, name: str) -> Municipality:
        towns = self.programme.municipalities.order_by("id")
        return towns.get(names__fi=name) if name else towns[0]

    def join(
        self, client: Client, *, group: str = "", consent: Iterable[str] = ("all",)
    ) -> Outcome:
        """Enrol the client, or queue them when the quota is full."""
        items = [item["code"] for item in self.programme.terms.get("consent", [])]
        return enrol_client(
            client=client,
            programme=self.programme,
            target_group=group or self._group(client),
            consent_items=items if tuple(consent) == ("all",) else list(consent),
            by=self.manager,
            at=self.now,
        )

    def _group(self, client: Client) -> str:
        for group in self.programme.target_groups.order_by("id"):
            codes = group.municipality_codes
            if codes is None or client.municipality_code in codes:
                return str(group.code)
        raise LookupError(f"No target group for municipality {client.municipality_code}.")

    def enrolment(self, client: Client) -> Enrolment:
        """The client's place in the programme that is not over, made when there is none."""
        over = [EnrolmentState.ENDED, EnrolmentState.WITHDRAWN]
        held = Enrolment.objects.filter(client=client, programme=self.programme)
        return held.exclude(state__in=over).first() or self.join(client).enrolment

    def answer_legs(self, client: Client, **no: str) -> list[str]:
        """Answer yes to each leg of eligibility, except `leg_code="ground"`; gives those unmet."""
        refused = {leg.replace("_", "-"): ground for leg, ground in no.items()}
        legs = [leg["code"] for leg in self.programme.terms.get("eligibility", [])]
        return record_eligibility(
            enrolment=self.enrolment(client),
            legs=legs,
            answers=[
                LegAnswer(leg, leg not in refused, refused.get(leg, "Keskustelu kotona."))
                for leg in legs
            ],
            by=self.manager,
            at=self.now,
        )

    def assess(
        self, client: Client, lines: Lines, points: Mapping[str, int] | None = None
    ) -> Allocation:
        """Assess the needs of the lines and turn them into a sum for a month.

        `points` by service code are for programmes that count in points (5 when not given).
        """
        assessment = assess_needs(
            enrolment=self.enrolment(client),
            participants=[{"role": "client"}, {"role": "case_manager"}],
            goals=["Pärjään kotona"],
            needs=[
                NeedStated(self.service(code), quantity, mandatory, (points or {}).get(code, 5))
                for code, (_, quantity, mandatory) in lines.items()
            ],
            by=self.manager,
            at=self.now,
        )
        return allocate_budget(assessment=assessment, by=self.manager, at=self.now)

    def plan(self, client: Client, allocation: Allocation, lines: Lines) -> ServicePlan:
        """A service plan from the allocation and the client's own support plan, signed by both."""
        support = write_support_plan(
            enrolment=self.enrolment(client),
            sections={"wishes": "Haluan asua kotona."},
            helpers=[],
            by=self.actor(client),
            at=self.now,
        )
        plan = write_plan(
            enrolment=self.enrolment(client),
            allocation=allocation,
            lines=[
                LineChosen(
                    line.service,
                    lines[line.service.code][0],
                    line.quantity_hundredths,
                    Money(line.cents),
                    line.mandatory,
                )
                for line in allocation.lines.select_related("service").order_by("number")
            ],
            support_plan=support,
            by=self.manager,
            at=self.now,
        )
        sign_plan(plan=plan, signer=Signer.CLIENT, by=self.actor(client), at=self.now)
        return sign_plan(plan=plan, signer=Signer.WORKER, by=self.manager, at=self.now)

    def grant(
        self,
        client: Client,
        lines: Lines,
        *,
        period: Period | None = None,
        points: Mapping[str, int] | None = None,
        accept: bool = True,
    ) -> Granted:
        """The whole way to a decision: joining, eligibility, assessment, plan, signatures.

        The period is three calendar months from the stage's, within the programme's phases.
        Vouchers are accepted by the client unless `accept` is false.
        """
        if not self.enrolment(client).eligibility.exists():
            self.answer_legs(client)
        plan = self.plan(client, self.assess(client, lines, points), lines)
        granted = grant_budget(
            plan=plan,
            period=period or self.months(3),
            by=self.staff.decision_maker.actor,
            at=self.now,
        )
        for voucher in granted.vouchers if accept else ():
            accept_voucher(voucher=voucher, by=self.actor(client), at=self.now)
        return granted

    def months(self, number: int = 1) -> Period:
        """So many calendar months from the stage's own, cut at the end of the last phase."""
        start = self.on.replace(day=1)
        year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
        end = date(year, month + 1, 1)
        return Period(start, min(end, self.open_days().ends_on or end))

    # Providers and what they offer.

    def provider(self, name: str, *, sector: Sector = Sector.PRIVATE) -> Provider:
        """A made-up provider, approved for the programme, with a worker."""
        number = next(_SERIAL)
        provider = register_provider(
            business_id=business_id(7_000_000 + (self.programme.pk % 400) * 7_000 + number % 500 * 13),
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
        Worker.objects.create(provider=provider, user=made.user, valid=(date(2015, 1, 1), None))
        self.workers[provider.pk] = made
        return provider

    def open_days(self) -> Period:
        """From the stage's month to the end of the programme's last phase."""
        ends = [phase.valid.upper for phase in self.programme.phases.all()]
        return Period(self.on.replace(day=1), None if None in ends else max(ends))

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
        if answer.code is not None:
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
