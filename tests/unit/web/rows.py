"""Rows for the web tests, with real transfers: every figure on a page follows from the ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password

from valinta.audit.actions import Note, record
from valinta.budgets.models import Budget, Pot, Voucher
from valinta.catalogue.models import Offer, Service, TimeBand
from valinta.clients.models import Client, Enrolment
from valinta.ledger.kinds import AccountKind, CauseKind, TransferKind
from valinta.ledger.posting import Posting, open_account, post
from valinta.needs.models import Allocation, AllocationLine, Assessment
from valinta.orders.models import Order, Slice
from valinta.organisers.models import Organiser
from valinta.plans.models import Decision, PlanLine, ServicePlan
from valinta.programmes.models import AllocationRule, Municipality, Programme, Rulebook, TargetGroup
from valinta.providers.models import Approval, Provider
from valinta.shared.money import Money
from valinta.users.models import Holding, User
from valinta.visits.models import Batch, Visit

TODAY = date(2020, 11, 19)
MONTH = (date(2020, 11, 1), date(2020, 12, 1))
YEAR = (date(2020, 9, 1), date(2021, 9, 1))
AT = datetime(2020, 9, 24, 9, 0, tzinfo=UTC)
WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
SERVICES = ("kotihoito", "suihkuapu", "ulkoilu", "siivous", "sairaanhoito")
PASSWORD = "metsäpolku-47-lumi"


@dataclass
class Scene:
    """What the tests refer to. `organiser` is entered as the tenancy scope by whoever builds it."""

    organiser: Organiser
    programme: Programme
    band: TimeBand
    funding: int
    users: dict[str, User] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    offers: dict[str, Offer] = field(default_factory=dict)
    aino: Client | None = None
    onni: Client | None = None
    waiting: Visit | None = None


def organiser(code: str, business_id: str, fi: str, sv: str) -> Organiser:
    """A tenant; made before any scope names it."""
    return Organiser.objects.create(
        code=code,
        name_fi=fi,
        name_sv=sv,
        business_id=business_id,
        ovt="003701120389",
        einvoice_operator_name="Esimerkkioperaattori",
        einvoice_operator_code="003721291126",
        scanning_address=["PL 1"],
        paying_iban="FI2112345600000785",
        paying_bic="NDEAFIHH",
        demo_today=TODAY,
    )


@cache
def _hashed() -> str:
    # Hashing is slow on purpose: once is enough for a cast whose password is the same.
    return make_password(PASSWORD)


def user(scene: Scene, key: str, name: str, role: str, language: str = "fi") -> User:
    """A demo user with one role."""
    one = User(
        username=f"{key}-{scene.organiser.pk}",
        display_name=name,
        language=language,
        made_for_demo=True,
        password=_hashed(),
    )
    one.save()
    Holding.objects.create(
        organiser=scene.organiser, user=one, role=role, valid=(date(2018, 1, 1), None)
    )
    scene.users[key] = one
    return one


def programme(tenant: Organiser) -> Scene:
    funding = open_account(organiser_id=tenant.pk, kind=AccountKind.FUNDING)
    programme = Programme.objects.create(
        organiser=tenant,
        code="kokeilu",
        names={"fi": "Kokeilu", "sv": "Försök", "en": "Trial"},
        funding_account_id=funding,
        terms={"service_bands": {code: ["arki"] for code in SERVICES}},
    )
    band = TimeBand.objects.create(
        organiser=tenant,
        programme=programme,
        code="arki",
        names={"fi": "arki", "sv": "vardag", "en": "weekday"},
        rule=[{"weekdays": WEEK, "from_minute": 420, "to_minute": 1320, "holidays": True}],
    )
    return Scene(tenant, programme, band, funding)


def people(scene: Scene) -> None:
    user(scene, "aino", "Aino Esimerkki", "client")
    user(scene, "onni", "Onni Mallinen", "client", "sv")
    user(scene, "kaisa", "Kaisa Esimerkki", "representative")
    user(scene, "leena", "Leena Mäki", "case_manager")
    user(scene, "paavo", "Paavo Päättäjä", "decision_maker")
    user(scene, "helmi", "Helmi Hoivaaja", "provider")


def tray(scene: Scene) -> None:
    rulebook = Rulebook.objects.create(
        organiser=scene.organiser,
        programme=scene.programme,
        version="1",
        approved_on=YEAR[0],
        approved_by_body="hallitus",
        parameters={
            "confirm_window_days": 14,
            "dispute_window_days": 30,
            "cancel_notice_hours": 24,
            "notice_period_days": 14,
        },
        valid=(YEAR[0], None),
    )
    for code, unit, fi, sv, en, provider, number in (
        ("kotihoito", "visit", "Kotihoito", "Hemvård", "Home care", "Hoiva Helmi Oy", "0112038-9"),
        ("suihkuapu", "visit", "Suihkuapu", "Duschhjälp", "Shower help", "Apu ry", "1234567-1"),
        ("ulkoilu", "visit", "Ulkoilu", "Utevistelse", "Outdoors", "Naapuriapu osk", "2345678-2"),
        ("siivous", "hour", "Siivous", "Städning", "Cleaning", "Kiilto Oy", "3456789-3"),
        ("sairaanhoito", "visit", "Kotisairaanhoito", "Hemsjukvård", "Home nursing", "", ""),
    ):
        names = {"fi": fi, "sv": sv, "en": en}
        scene.services[code] = Service.objects.create(
            organiser=scene.organiser,
            programme=scene.programme,
            code=code,
            names=names,
            unit=unit,
            legal_basis={},
            duty="universal",
            fee_type="own_payment",
            can_be_mandatory=True,
            instruments=["budget", "voucher"],
        )
        if provider:
            scene.offers[code] = _offer(scene, rulebook, code, provider, number)


def _offer(scene: Scene, rulebook: Rulebook, code: str, name: str, number: str) -> Offer:
    provider, _ = Provider.objects.get_or_create(
        business_id=number,
        defaults={"name": name, "sector": "private", "founded_year": 2015, "iban": "FI01"},
    )
    approval = Approval.objects.create(
        organiser=scene.organiser,
        programme=scene.programme,
        provider=provider,
        rulebook=rulebook,
        rulebook_accepted_at=AT,
        register="ytj",
        register_number="1",
        approved_at=AT,
        valid=(YEAR[0], None),
    )
    return Offer.objects.create(
        organiser=scene.organiser,
        approval=approval,
        service=scene.services[code],
        valid=(YEAR[0], None),
    )


def client(
    scene: Scene, key: str, code: str, born_on: date, **more: Any
) -> tuple[Client, Enrolment]:
    """An enrolled client of Leena's with the name of the user of the key."""
    given, family = scene.users[key].display_name.split()
    one = Client.objects.create(
        organiser=scene.organiser,
        user=scene.users[key],
        given_name=given,
        family_name=family,
        identity_code=code,
        born_on=born_on,
        municipality_code="106",
        case_manager=scene.users["leena"],
        **more,
    )
    municipality, _ = Municipality.objects.get_or_create(
        organiser=scene.organiser,
        programme=scene.programme,
        code="106",
        defaults={
            "names": {"fi": "Hyvinkää", "sv": "Hyvinge", "en": "Hyvinkää"},
            "population": 46463,
            "population_year": 2018,
            "valid": (date(2018, 1, 1), None),
        },
    )
    group, _ = TargetGroup.objects.get_or_create(
        organiser=scene.organiser,
        programme=scene.programme,
        code="ikaihmiset",
        defaults={"names": {"fi": "Ikäihmiset", "sv": "Äldre", "en": "Older people"}},
    )
    enrolment = Enrolment.objects.create(
        organiser=scene.organiser,
        client=one,
        programme=scene.programme,
        municipality=municipality,
        target_group=group,
        state="enrolled",
        applied_at=AT - timedelta(days=30),
        started_on=date(2020, 9, 3),
        consent_given_at=AT - timedelta(days=21),
    )
    return one, enrolment


def decision(scene: Scene, enrolment: Enrolment, lines: list[dict[str, Any]]) -> Decision:
    """An assessment, a plan with these lines, and a decision in force."""
    money = sum(line["monthly_cents"] for line in lines)
    assessment = Assessment.objects.create(
        organiser=scene.organiser,
        enrolment=enrolment,
        state="completed",
        goals=["Kirjastoon joka viikko", "Asun kotona"],
        started_at=AT - timedelta(days=14),
        completed_at=AT - timedelta(days=14),
    )
    rule, _ = AllocationRule.objects.get_or_create(
        organiser=scene.organiser,
        programme=scene.programme,
        model="hours_x_unit_cost",
        defaults={"parameters": {}, "valid": (YEAR[0], None)},
    )
    allocation = Allocation.objects.create(
        organiser=scene.organiser,
        assessment=assessment,
        rule=rule,
        total_cents=money,
        made_at=AT - timedelta(days=14),
    )
    plan = ServicePlan.objects.create(
        organiser=scene.organiser,
        enrolment=enrolment,
        version=1,
        state="in_force",
        allocation=allocation,
        written_at=AT - timedelta(days=7),
    )
    for number, line in enumerate(lines, start=1):
        PlanLine.objects.create(organiser=scene.organiser, plan=plan, **line)
        AllocationLine.objects.create(
            organiser=scene.organiser,
            allocation=allocation,
            number=number,
            service=line["service"],
            explanation="hours",
            quantity_hundredths=line["quantity_hundredths"],
            unit_cents=line["monthly_cents"] * 100 // line["quantity_hundredths"],
            cents=line["monthly_cents"],
        )
    return Decision.objects.create(
        organiser=scene.organiser,
        enrolment=enrolment,
        plan=plan,
        state="in_force",
        monthly_cents=money,
        legal_basis=[],
        made_at=AT,
        valid=YEAR,
    )


def budget(scene: Scene, made: Decision) -> Budget:
    """A budget in force on the decision."""
    return Budget.objects.create(
        organiser=scene.organiser,
        enrolment=made.enrolment,
        decision=made,
        state="in_force",
        monthly_cents=made.monthly_cents,
        valid=YEAR,
    )


def pot(scene: Scene, of: Budget, cents: int, service: Service | None = None) -> Pot:
    """A pot of November with money granted to it."""
    account = open_account(organiser_id=scene.organiser.pk, kind=AccountKind.POT)
    made = Pot.objects.create(
        organiser=scene.organiser,
        budget=of,
        service=service,
        account_id=account,
        granted_cents=cents,
        valid=MONTH,
    )
    transfer(scene, TransferKind.GRANT, scene.funding, account, cents, f"grant:pot:{made.pk}")
    return made


def transfer(
    scene: Scene, kind: TransferKind, debit: int, credit: int, cents: int, key: str
) -> None:
    """Move money, if any."""
    if cents:
        posting = Posting(kind, debit, credit, Money(cents), CauseKind.DECISION, 1, key)
        post(organiser_id=scene.organiser.pk, postings=[posting], by_id=None, at=AT)


def order(
    scene: Scene,
    enrolment: Enrolment,
    code: str,
    source: Pot | Voucher,
    cents: int,
    quantity: int,
    **more: Any,
) -> Slice:
    """An accepted order for November that holds its money."""
    offer = scene.offers[code]
    values: dict[str, Any] = {
        "kind": "period",
        "state": "accepted",
        "valid": (MONTH[0], date(2021, 1, 1)),
        "placed_by_id": scene.users["kaisa"].pk,
    }
    made = Order.objects.create(
        organiser=scene.organiser,
        enrolment=enrolment,
        client=enrolment.client,
        offer=offer,
        service=offer.service,
        provider=offer.approval.provider,
        placed_at=AT + timedelta(days=20),
        **(values | more),
    )
    hold = open_account(organiser_id=scene.organiser.pk, kind=AccountKind.HOLD)
    part = Slice.objects.create(
        organiser=scene.organiser,
        order=made,
        pot=source if isinstance(source, Pot) else None,
        voucher=source if isinstance(source, Voucher) else None,
        source_id=source.account_id,
        hold_id=hold,
        quantity_hundredths=quantity,
        reserved_cents=cents,
        valid=MONTH,
    )
    transfer(scene, TransferKind.RESERVE, source.account_id, hold, cents, f"reserve:{part.pk}")
    note = Note("place_order", "order", made.pk, "", "placed", client_id=enrolment.client_id)
    record(
        organiser_id=scene.organiser.pk,
        by_id=made.placed_by_id,
        at=made.placed_at,
        notes=[note],
    )
    return part


def visits(
    scene: Scene, part: Slice, cents: int, count: int, self_pay: int = 0, state: str = "confirmed"
) -> list[Visit]:
    """Visits on the days before today, captured from the hold; the latest is on the day before."""
    batch = Batch.objects.create(
        organiser=scene.organiser, provider=part.order.provider, door="form", received_at=AT
    )
    payable = open_account(organiser_id=scene.organiser.pk, kind=AccountKind.PAYABLE)
    made = []
    for number in range(count):
        served_on = TODAY - timedelta(days=count - number)
        begins = datetime(served_on.year, served_on.month, served_on.day, 7, 0, tzinfo=UTC)
        visit = Visit.objects.create(
            organiser=scene.organiser,
            batch=batch,
            order=part.order,
            slice=part,
            provider=part.order.provider,
            client=part.order.client,
            band=scene.band,
            reference=f"{part.pk}-{number}-{state}",
            served_on=served_on,
            started_at=begins,
            ended_at=begins + timedelta(hours=1),
            quantity_hundredths=100,
            price_cents=cents + self_pay,
            payable_cents=cents,
            self_pay_cents=self_pay,
            state=state,
            recorded_at=begins + timedelta(hours=3),
            decided_at=None if state == "accepted" else begins + timedelta(hours=5),
            reason="kukaan ei tullut" if state == "disputed" else "",
        )
        key = f"capture:{visit.pk}"
        transfer(scene, TransferKind.CAPTURE, part.hold_id, payable, cents, key)
        made.append(visit)
    return made
