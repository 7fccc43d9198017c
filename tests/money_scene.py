"""A small programme for tests about money: three services, four providers, made-up clients.

The programme's own rows are written here, so that every figure is plain to see; all that happens
in it goes through the real verbs. `home` is bought by budget for 30.00 an hour, `care` is a
subjective right for 20.00, `clean` is bought by voucher: the price is 30.00, the value 25.00. The
day is 20 March 2019, and budgets run from February to April.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from valinta.budgets.actions import accept_voucher
from valinta.catalogue.actions import make_offer
from valinta.catalogue.models import Offer, Service, TimeBand, VoucherValue
from valinta.clients.actions import register_client
from valinta.clients.models import Client, Enrolment
from valinta.demo.identities import business_id, iban, identity_code
from valinta.demo.people import Person, Staff, hire, person
from valinta.ledger.kinds import AccountKind
from valinta.ledger.models import Account
from valinta.ledger.posting import open_account
from valinta.needs.actions import NeedStated, assess_needs
from valinta.orders.actions import accept_order
from valinta.orders.models import Order, OrderKind
from valinta.organisers import tenancy
from valinta.organisers.models import Organiser
from valinta.plans.actions import LineChosen, sign_plan, write_plan
from valinta.plans.states import Signer, Way
from valinta.processes.allocate_budget import allocate_budget
from valinta.processes.enrol_client import enrol_client
from valinta.processes.grant_budget import Granted, grant_budget
from valinta.processes.inform_of_voucher import inform_of_voucher
from valinta.processes.place_order import place_order
from valinta.processes.take_in_visits import Taken, take_in_visits
from valinta.processes.verify_books import verify_books
from valinta.programmes.models import (
    AllocationRule,
    FundingShare,
    Municipality,
    Phase,
    Programme,
    Rulebook,
    TargetGroup,
)
from valinta.providers.actions import approve_provider, register_provider
from valinta.providers.models import Provider, ProviderAccount, Sector
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.actor import Actor, system
from valinta.users.permissions import Role

LOCAL = ZoneInfo("Europe/Helsinki")
OPEN = Period(date(2019, 1, 1), date(2020, 1, 1))
TERM = Period(date(2019, 2, 1), date(2019, 5, 1))
MARCH = Period(date(2019, 3, 1), date(2019, 4, 1))
TODAY = date(2019, 3, 20)
NOW = datetime(2019, 3, 20, 12, 0, tzinfo=LOCAL)
EARLIER = datetime(2019, 1, 21, 9, 0, tzinfo=LOCAL)
PRICES = {"home": 3000, "care": 2000, "clean": 3000}
EVENING = {"home": 3600, "care": 2400, "clean": 3600}
VALUES = {"day": 2500, "evening": 4000}


@dataclass(frozen=True, slots=True)
class Scene:
    """The programme and its people. Offers are keyed `service-letter`, as in `home-a`."""

    programme: Programme
    staff: Staff
    system: Actor
    services: dict[str, Service]
    offers: dict[str, Offer]
    providers: dict[str, Provider]


@dataclass(frozen=True, slots=True)
class Member:
    """An enrolled client, the person they are, and what was granted to them."""

    client: Client
    person: Person
    enrolment: Enrolment
    granted: Granted


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line of a plan: hundredths of an hour in a month, and the money for it in cents."""

    service: str
    monthly_cents: int
    quantity: int = 1000
    mandatory: bool = False


def on(day: int, hour: int = 8, minute: int = 0, month: int = 3) -> datetime:
    """A moment of local time in 2019."""
    return datetime(2019, month, day, hour, minute, tzinfo=LOCAL)


def open_organiser(code: str = "scene", number: int = 1) -> Organiser:
    """The tenant; enter its tenancy scope before `set_scene`."""
    return Organiser.objects.create(
        code=code,
        name_fi="Mallikunta",
        name_sv="Modellkommunen",
        business_id=business_id(1_500_000 + number * 13),
        ovt="003712345671",
        einvoice_operator_name="Malli",
        einvoice_operator_code="MALLI",
        scanning_address=["Malli"],
        paying_iban="FI2112345600000785",
        paying_bic="NDEAFIHH",
    )


def set_scene(organiser: Organiser, number: int = 1) -> Scene:
    """The programme with its staff, providers a-d and their offers. No client yet."""
    programme = _programme(organiser)
    staff = hire(organiser, "fi")
    services = {code: _service(programme, code) for code in PRICES}
    _voucher_values(programme, services["clean"])
    providers = {letter: _provider(number * 10 + place) for place, letter in enumerate("abcd")}
    offers = {}
    for letter, provider in providers.items():
        approval = approve_provider(
            provider=provider,
            programme=programme,
            period=OPEN,
            register="national",
            register_number="R-1",
            rulebook_accepted_at=EARLIER,
            by=staff.office.actor,
            at=EARLIER,
        )
        for code, service in services.items():
            prices = {"day": Money(PRICES[code]), "evening": Money(EVENING[code])}
            offers[f"{code}-{letter}"] = make_offer(
                approval=approval,
                service=service,
                prices=prices,
                period=OPEN,
                by=staff.office.actor,
                at=EARLIER,
            )
    return Scene(programme, staff, system(organiser.pk), services, offers, providers)


def _programme(organiser: Organiser) -> Programme:
    names = {"fi": "Malli", "sv": "Modell", "en": "Model"}
    programme = Programme.objects.create(
        organiser=organiser,
        code="model",
        names=names,
        funding_account_id=open_account(organiser_id=organiser.pk, kind=AccountKind.FUNDING),
    )
    own = {"organiser": organiser, "programme": programme}
    days = (OPEN.starts_on, OPEN.ends_on)
    Phase.objects.create(**own, code="trial", status="trial", names=names, valid=days)
    Municipality.objects.create(
        **own, code="106", names=names, population=1, population_year=2018, valid=days
    )
    TargetGroup.objects.create(**own, code="all", names=names)
    Rulebook.objects.create(
        **own,
        version="1",
        approved_on=OPEN.starts_on,
        approved_by_body="hallitus",
        parameters={
            "report_within_days": 5,
            "report_late_with_reason_days": 30,
            "confirm_window_days": 14,
            "dispute_window_days": 30,
            "price_change_notice_days": 30,
            "settlement_cycle": "month",
            "sample_rate_percent": "2",
            "sample_max_gap_visits": 200,
            "sample_more_percent_new_provider": "4",
            "sample_new_provider_days": 90,
            "sample_more_percent_price_at_ceiling": "2",
            "sample_more_percent_no_times": "2",
            "sample_more_percent_no_code": "1",
            "visit_files_kept_days": 90,
            "notice_period_days": 14,
            "cancel_notice_hours": 24,
            "payment_days_after_approval": 7,
        },
        valid=days,
    )
    for source, share in (("state", 8000), ("own", 2000)):
        FundingShare.objects.create(**own, source=source, names=names, share=share, valid=days)
    AllocationRule.objects.create(
        **own,
        model="hours_x_unit_cost",
        parameters={"unit_cents": dict(PRICES)},
        valid=days,
    )
    for code in ("day", "evening", "night"):
        TimeBand.objects.create(**own, code=code, names=names, rule={})
    return programme


def _service(programme: Programme, code: str) -> Service:
    right = code == "care"
    return Service.objects.create(
        organiser=programme.organiser,
        programme=programme,
        code=code,
        names={"fi": code, "sv": code, "en": code},
        unit="hour",
        legal_basis={"act": "social-welfare-act"},
        duty="subjective" if right else "universal",
        fee_type="free_by_law" if right else "service_fee",
        can_be_mandatory=code == "home",
        instruments=["voucher"] if code == "clean" else ["budget"],
        ways=[],
    )


def _voucher_values(programme: Programme, service: Service) -> None:
    for band, cents in VALUES.items():
        VoucherValue.objects.create(
            organiser=programme.organiser,
            service=service,
            band=programme.bands.get(code=band),
            cents=cents,
            source="test",
            assumed=True,
            valid=(OPEN.starts_on, OPEN.ends_on),
        )


def _provider(number: int) -> Provider:
    return register_provider(
        business_id=business_id(7_100_000 + number * 13),
        name=f"Malliyritys {number} Oy",
        sector=Sector.PRIVATE,
        founded_year=2010,
        languages=["fi"],
        iban=iban(500 + number),
        postal_address={"town": "Hyvinkää", "postcode": "05800", "country": "FI"},
    )


def join(scene: Scene, number: int, wanted: list[Wanted], period: Period = TERM) -> Member:
    """Bring a client from enrolment to money in force; vouchers are accepted."""
    programme, manager = scene.programme, scene.staff.case_managers[0]
    user = person(programme.organiser, f"Malli {number}", Role.CLIENT, "fi", f"m{number}")
    born = date(1940 + number // 100, 1, 1)
    client = register_client(
        organiser_id=programme.organiser_id,
        given_name="Malli",
        family_name=f"Esimerkki {number}",
        identity_code=identity_code(born, 900 + number % 100),
        born_on=born,
        language="fi",
        municipality_code="106",
        user=user.user,
        case_manager=manager.user,
        by=manager.actor,
        at=EARLIER,
    )
    enrolment = enrol_client(
        client=client,
        programme=programme,
        target_group="all",
        consent_items=[],
        by=manager.actor,
        at=EARLIER,
    ).enrolment
    granted = grant(scene, enrolment, user, wanted, period)
    return Member(client, user, enrolment, granted)


def grant(
    scene: Scene, enrolment: Enrolment, user: Person, wanted: list[Wanted], period: Period = TERM
) -> Granted:
    """Assess, plan, sign and decide; the vouchers are accepted by the client."""
    manager, services = scene.staff.case_managers[0].actor, scene.services
    assessment = assess_needs(
        enrolment=enrolment,
        participants=[{"role": "client"}],
        goals=["Asun kotona"],
        needs=[
            NeedStated(
                services[one.service],
                one.quantity,
                one.mandatory,
                reason="Sovittu." if one.mandatory else "",
            )
            for one in wanted
        ],  # fmt: skip
        by=manager,
        at=EARLIER,
    )
    allocation = allocate_budget(assessment=assessment, by=manager, at=EARLIER)
    plan = write_plan(
        enrolment=enrolment,
        allocation=allocation,
        lines=[
            LineChosen(
                services[one.service],
                Way.VOUCHER if one.service == "clean" else Way.BUDGET,
                one.quantity,
                Money(one.monthly_cents),
                one.mandatory,
            )
            for one in wanted
        ],
        support_plan=None,
        by=manager,
        at=EARLIER,
    )
    sign_plan(plan=plan, signer=Signer.CLIENT, by=user.actor, at=EARLIER)
    plan = sign_plan(plan=plan, signer=Signer.WORKER, by=manager, at=EARLIER)
    granted = grant_budget(
        plan=plan, period=period, by=scene.staff.decision_maker.actor, at=EARLIER
    )
    for voucher in granted.vouchers:
        inform_of_voucher(voucher=voucher, language="fi", by=user.actor, at=EARLIER)
        accept_voucher(voucher=voucher, by=user.actor, at=EARLIER)
    return granted


def order(
    scene: Scene,
    member: Member,
    offer: str = "home-a",
    quantity: int = 1000,
    period: Period = MARCH,
    kind: OrderKind = OrderKind.PERIOD,
    band: str = "",
) -> Order:
    """Place an order for hundredths of an hour in each month, and have the provider accept it."""
    placed = place_order(
        enrolment=member.enrolment,
        offer=scene.offers[offer],
        kind=kind,
        period=period,
        quantities={band: quantity},
        by=member.person.actor,
        at=on(1, 6) - timedelta(days=10),
    )
    return accept_order(order=placed, by=scene.system, at=on(1, 7) - timedelta(days=10))


def line(order: Order, reference: str, day: int = 18, **more: object) -> dict[str, object]:
    """A good line: one hour on a day of March, without times."""
    made: dict[str, object] = {
        "order": order.pk,
        "reference": reference,
        "served_on": date(2019, 3, day),
        "quantity": "1.00",
        "band": "",
    }
    return made | more


def report(
    scene: Scene,
    lines: list[dict[str, object]],
    provider: str = "a",
    at: datetime = NOW,
    dry_run: bool = False,
    chunk: int = 20_000,
) -> Taken:
    """Send lines in the name of a provider."""
    return take_in_visits(
        programme=scene.programme,
        provider=scene.providers[provider],
        lines=lines,
        by=scene.system,
        at=at,
        dry_run=dry_run,
        chunk=chunk,
    )


def balance(account_id: int) -> int:
    """What is in an account now, in cents."""
    return Account.objects.get(pk=account_id).balance_cents


def owed(scene: Scene, provider: str = "a") -> int:
    """What the organiser owes the provider now, in cents."""
    account = ProviderAccount.objects.get(
        organiser_id=scene.programme.organiser_id, provider=scene.providers[provider]
    )
    return balance(account.payable_id)


def held(order: Order) -> int:
    """What the order's slices hold now, in cents."""
    return sum(balance(hold) for hold in order.slices.values_list("hold_id", flat=True))


def faults() -> list[str]:
    """What `valinta verify` finds, as text; empty when the books are in order."""
    return [f"{found.check.says}: {found.places}" for found in verify_books()]


def enter_scene(code: str = "scene") -> Scene:
    """Make the organiser, enter its scope for the rest of the test, and set the scene."""
    organiser = open_organiser(code)
    tenancy.enter([organiser.pk], None)
    return set_scene(organiser)
