"""One of everything that a page can list, for Aino of the web tests, so that each page can open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from django.db.models import Model

from tests.unit.web import plan_rows
from tests.unit.web.rows import AT, MONTH, TODAY, YEAR, Scene
from tests.unit.web.wellbeing_rows import add_answered, add_round
from valinta.audit.actions import Note, record
from valinta.catalogue.models import ReferencePrice, VoucherValue
from valinta.clients.models import Client, Interest, Invitation
from valinta.ledger.kinds import AccountKind
from valinta.ledger.posting import open_account
from valinta.messages.models import Attachment, Message, Thread
from valinta.needs.models import EligibilityCheck, Need
from valinta.orders.models import Cancellation, Order, Rating
from valinta.plans.models import PlanLine, Signature
from valinta.programmes.models import Phase, Rulebook
from valinta.visits.models import Correction, Visit
from valinta.wishes.models import Basket, BasketLine, RequestStep, TrayRequest

M = TypeVar("M", bound=Model)
LATER = AT + timedelta(days=30)


def copies(row: M, count: int, **changes: Callable[[int], object]) -> list[M]:
    """So many more rows like this one; `changes` give what differs, by the number of the copy."""
    names = [one.attname for one in row._meta.concrete_fields if not one.primary_key]
    kept = {name: getattr(row, name) for name in names if name not in changes}
    manager = type(row)._default_manager
    return list(
        manager.bulk_create(
            type(row)(**kept, **{name: give(n) for name, give in changes.items()})
            for n in range(1, count + 1)
        )
    )


def first(model: type[M]) -> M:
    """The first row there is."""
    return model._default_manager.order_by("pk")[0]


def one_of_each(world: Scene) -> None:
    """What the cast of the web tests lacks: a row of each kind."""
    world.users["aino"].refresh_from_db()
    world.programme.terms |= {"prompts": plan_rows.PROMPTS}
    world.programme.save()
    _programme(world)
    _plans(world)
    _orders(world)
    _talk(world)
    _wishes(world)
    _people(world)
    add_round(world, world.aino, 1)
    add_answered(world, world.aino, 2)
    _left(world)
    note = Note("write_message", "thread", 1, client_id=plan_rows.place(world).client_id)
    record(organiser_id=world.organiser.pk, by_id=world.users["leena"].pk, at=LATER, notes=[note])


def _programme(world: Scene) -> None:
    own = {"organiser": world.organiser}
    rulebook = Rulebook.objects.get()
    rulebook.parameters |= {"report_within_days": 5, "report_late_with_reason_days": 30}
    rulebook.save()
    Phase.objects.create(
        **own,
        programme=world.programme,
        code="auki",
        status="trial",
        names={"fi": "auki", "sv": "öppet", "en": "open"},
        valid=YEAR,
    )
    for code in world.offers:
        plan_rows.price(world, code, 3200)
    priced = {**own, "service": world.services["ulkoilu"], "band": world.band, "valid": YEAR}
    VoucherValue.objects.create(**priced, cents=2500, source="koe", assumed=True)
    ReferencePrice.objects.create(
        **priced, kind="reference", cents=3000, source="koe", assumed=True
    )


def _plans(world: Scene) -> None:
    offered = plan_rows.offered_voucher(world)
    account = open_account(organiser_id=world.organiser.pk, kind=AccountKind.VOUCHER)
    copies(
        offered,
        1,
        account_id=lambda _: account,
        state=lambda _: "accepted",
        valid=lambda _: (YEAR[1], date(2022, 9, 1)),
    )
    plan_rows.versions(world, 1, world.users["aino"])
    place = plan_rows.place(world)
    plan = place.plans.get(state="in_force")
    plan_rows.comments(plan, world.users["leena"], 1)
    Signature.objects.create(
        organiser=world.organiser,
        plan=plan,
        signer="client",
        signed_at=AT,
        signed_by_id=world.users["aino"].pk,
    )
    Need.objects.create(
        organiser=world.organiser,
        assessment=place.assessments.get(),
        service=world.services["kotihoito"],
        quantity_hundredths=1200,
    )
    EligibilityCheck.objects.create(
        organiser=world.organiser,
        enrolment=place,
        leg="age",
        met=True,
        ground="Ikä.",
        checked_at=AT,
    )


def _left(world: Scene) -> None:
    """An earlier programme that Onni has left, with the plan of how his needs are met instead."""
    place = plan_rows.place(world, "onni")
    account = open_account(organiser_id=world.organiser.pk, kind=AccountKind.FUNDING)
    former = copies(
        world.programme, 1, code=lambda _: "entinen", funding_account_id=lambda _: account
    )[0]
    left = copies(
        place,
        1,
        programme_id=lambda _: former.pk,
        state=lambda _: "withdrawn",
        ended_on=lambda _: TODAY,
        consent_withdrawn_at=lambda _: LATER,
    )[0]
    plan = copies(
        place.plans.get(state="in_force"),
        1,
        enrolment_id=lambda _: left.pk,
        state=lambda _: "draft",
    )[0]
    line = PlanLine.objects.filter(plan__enrolment=place)[0]
    copies(line, 1, plan_id=lambda _: plan.pk)


def aino(world: Scene) -> Client:
    """The client whose pages the tour opens."""
    assert world.aino is not None
    return world.aino


def waiting(world: Scene) -> Visit:
    """Aino's visit that waits for her answer."""
    assert world.waiting is not None
    return world.waiting


def first_order(world: Scene) -> Order:
    """Aino's order of home care, the one that the tour visits."""
    return Order.objects.filter(enrolment=plan_rows.place(world)).order_by("pk")[0]


def _orders(world: Scene) -> None:
    one = first_order(world)
    one.pattern = [{"weekday": 1, "starts": "09:00", "minutes": 60, "band": "arki"}]
    one.save()
    own = {"organiser": world.organiser, "order": one}
    Cancellation.objects.create(
        **own, served_on=TODAY + timedelta(days=2), cancelled_at=LATER, in_time=True
    )
    Rating.objects.create(**own, stars=4, given_at=LATER)
    Correction.objects.create(
        organiser=world.organiser,
        visit=waiting(world),
        cents=-5,
        cause="price",
        reason="Hinta oli väärä.",
        known_at=LATER,
    )


def _talk(world: Scene) -> None:
    own = {"organiser": world.organiser}
    thread = Thread.objects.create(
        **own, client=aino(world), route="case_manager", subject="Asia", opened_at=AT, last_at=AT
    )
    message = Message.objects.create(
        **own,
        thread=thread,
        side="client",
        words="Hei",
        written_at=AT,
        written_by=world.users["aino"],
    )
    Attachment.objects.create(
        **own, message=message, name="a.pdf", kind="application/pdf", size=3, content=b"abc"
    )


def _wishes(world: Scene) -> None:
    own = {"organiser": world.organiser, "client": world.aino, "enrolment": plan_rows.place(world)}
    for state in ("draft", "wish"):
        basket = Basket.objects.create(
            **own, name=state, state=state, made_at=AT, wished_at=AT if state == "wish" else None
        )
        BasketLine.objects.create(
            organiser=world.organiser,
            basket=basket,
            service=world.services["ulkoilu"],
            offer=world.offers["ulkoilu"],
            quantities={"arki": 100},
            each_month=True,
            first_month=MONTH[0],
            months=1,
        )
    asked = TrayRequest.objects.create(
        **own, kind="service", words="Hieronta", state="received", asked_at=AT
    )
    RequestStep.objects.create(
        organiser=world.organiser, request=asked, state="received", taken_at=AT
    )


def _people(world: Scene) -> None:
    place = plan_rows.place(world)
    Invitation.objects.create(
        organiser=world.organiser, client=aino(world), name="Eeva Esimerkki",
        kind="supporter_close", scope=["see"], ends_on=date(2021, 1, 1),
        code_digest="0" * 64, invited_at=AT, expires_at=AT + timedelta(days=90),
    )  # fmt: skip
    own = {"organiser": world.organiser, "programme": world.programme}
    Interest.objects.create(
        **own,
        municipality=place.municipality,
        target_group=place.target_group,
        state="received",
        name="Greta Exempel",
        phone="040 123 4567",
        language="sv",
        form_key="00000000-0000-4000-8000-000000000000",
        came_at=LATER,
    )
