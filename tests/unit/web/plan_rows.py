"""More rows for the pages on plans and vouchers: a draft, comments, an offered voucher, prices."""

from __future__ import annotations

from datetime import date, timedelta

from tests.unit.web.rows import AT, YEAR, Scene, transfer
from valinta.budgets.models import Voucher, VoucherUnit
from valinta.catalogue.models import Offer, Price
from valinta.clients.models import Enrolment, Mandate
from valinta.ledger.kinds import AccountKind, TransferKind
from valinta.ledger.posting import open_account
from valinta.plans.models import Decision, PlanComment, PlanLine, ServicePlan, SupportPlan
from valinta.providers.models import Approval, Provider
from valinta.users.models import User

PROMPTS = [
    {
        "code": "who-i-am",
        "question": {"fi": "Kuka minä olen?", "sv": "Vem är jag?", "en": "Who am I?"},
        "hint": {"fi": "Mistä pidät?", "sv": "Vad tycker du om?", "en": "What do you like?"},
        "easy": {"fi": "Kerro, kuka olet.", "sv": "Berätta vem du är."},
    },
    {
        "code": "hope",
        "question": {"fi": "Mitä toivon?", "sv": "Vad hoppas jag?", "en": "What do I hope?"},
        "hint": None,
        "easy": {"fi": "Kerro, mitä toivot.", "sv": "Berätta vad du hoppas."},
    },
]


def prompts(scene: Scene) -> None:
    """Give the programme two prompts."""
    scene.programme.terms = {"prompts": PROMPTS}
    scene.programme.save()


def place(scene: Scene, key: str = "aino") -> Enrolment:
    """The client's place in the programme."""
    return Enrolment.objects.get(client__user=scene.users[key])


def draft(scene: Scene, lines: int = 1, key: str = "aino") -> ServicePlan:
    """A new version of the client's plan as a draft, with so many lines met by the organiser."""
    enrolment = place(scene, key)
    old = enrolment.plans.order_by("-version")[0]
    plan = ServicePlan.objects.create(
        organiser=scene.organiser,
        enrolment=enrolment,
        version=old.version + 1,
        state="draft",
        allocation=old.allocation,
        written_at=AT + timedelta(days=40),
        written_by_id=scene.users["leena"].pk,
    )
    services = list(scene.services.values())
    for number in range(lines):
        PlanLine.objects.create(
            organiser=scene.organiser,
            plan=plan,
            service=services[number % len(services)],
            way="own_service",
            quantity_hundredths=100,
            monthly_cents=0,
        )
    return plan


def comments(plan: ServicePlan, by: User, count: int, written_as: str = "worker") -> None:
    """So many comments on the plan."""
    PlanComment.objects.bulk_create(
        PlanComment(
            organiser_id=plan.organiser_id,
            plan=plan,
            text=f"Huomio {number}",
            written_as=written_as,
            written_at=AT + timedelta(days=41, minutes=number),
            written_by_id=by.pk,
        )
        for number in range(count)
    )


def versions(scene: Scene, count: int, by: User) -> None:
    """So many finished versions of Aino's support plan."""
    enrolment = place(scene)
    for number in range(count):
        SupportPlan.objects.create(
            organiser=scene.organiser,
            enrolment=enrolment,
            version=enrolment.support_plans.count() + 1,
            sections={"who-i-am": f"Olen Aino, kerran {number}."},
            helpers=[],
            written_at=AT + timedelta(days=number),
            written_by_id=by.pk,
            finished_at=AT + timedelta(days=number),
        )


def supporter(scene: Scene, scope: list[str]) -> Mandate:
    """Kaisa's mandate for Aino, narrowed to the scope."""
    mandate = Mandate.objects.get(user=scene.users["kaisa"])
    mandate.scope = sorted(scope)
    mandate.save()
    return mandate


def offered_voucher(scene: Scene, code: str = "ulkoilu", **service: object) -> Voucher:
    """A voucher offered to Aino: twenty visits a month at 25.00 euros each; line by voucher."""
    enrolment = place(scene)
    plan = enrolment.plans.get(state="in_force")
    thing = scene.services[code]
    for name, value in service.items():
        setattr(thing, name, value)
    thing.save()
    PlanLine.objects.filter(plan=plan, service=thing).update(way="voucher")
    account = open_account(organiser_id=scene.organiser.pk, kind=AccountKind.VOUCHER)
    voucher = Voucher.objects.create(
        organiser=scene.organiser,
        enrolment=enrolment,
        decision=Decision.objects.get(enrolment=enrolment),
        service=thing,
        state="offered",
        account_id=account,
        quantity_hundredths=24000,
        granted_cents=600000,
        valid=YEAR,
    )
    VoucherUnit.objects.create(
        organiser=scene.organiser, voucher=voucher, band=scene.band, cents=2500
    )
    key = f"grant:v:{voucher.pk}"
    transfer(scene, TransferKind.GRANT, scene.funding, account, 600000, key)
    return voucher


def price(scene: Scene, code: str, cents: int) -> Price:
    """A price of the service's one offer."""
    return _price(scene, scene.offers[code], cents)


def providers(scene: Scene, code: str, count: int, cents: int) -> None:
    """So many more providers that offer the service, each a cent dearer than the one before."""
    rulebook = scene.offers[code].approval.rulebook
    for number in range(count):
        provider = Provider.objects.create(
            business_id=f"{8_000_000 + number}-1",
            name=f"Apu {number:02d} Oy",
            sector="private",
            founded_year=2015,
            iban="FI01",
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
            valid=(date(2020, 9, 1), None),
        )
        offer = Offer.objects.create(
            organiser=scene.organiser,
            approval=approval,
            service=scene.services[code],
            valid=(date(2020, 9, 1), None),
        )
        _price(scene, offer, cents + number)


def _price(scene: Scene, offer: Offer, cents: int) -> Price:
    return Price.objects.create(
        organiser=scene.organiser,
        offer=offer,
        band=scene.band,
        cents=cents,
        valid=(date(2020, 9, 1), None),
        known_at=AT,
    )
