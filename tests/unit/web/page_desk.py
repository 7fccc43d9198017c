"""One of everything that the casework and office pages list, for the people of the web tests."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from functools import cache
from typing import Any

from tests.unit.web import casework_rows, plan_rows, rows
from tests.unit.web.casework_rows import PACKS
from tests.unit.web.page_desk_files import one_of_each_file
from tests.unit.web.page_rows import LATER, aino, copies, first, first_order, waiting
from tests.unit.web.rows import AT, TODAY, YEAR, Scene
from valinta.catalogue.models import Price
from valinta.clients.models import (
    AccessGrant,
    Contact,
    Cover,
    HandOver,
    Mending,
    Reception,
)
from valinta.demo.identities import identity_code
from valinta.messages.models import Message, Thread
from valinta.needs.models import (
    Assessment,
    AssessmentSave,
    ConsentPoint,
    InstrumentResult,
)
from valinta.orders.models import Change, Moving, Order
from valinta.organisers.models import Organiser
from valinta.plans.models import (
    Claim,
    Decision,
    DecisionPower,
    DecisionProposal,
    Delivery,
    Paper,
)
from valinta.programmes.models import Phase, Quota
from valinta.programmes.pack import read_pack
from valinta.programmes.pack_terms import terms_of
from valinta.users.models import RoleInvitation

BEFORE = AT - timedelta(days=1)
BORN = date(1938, 4, 5)


def desk_of_each(world: Scene) -> None:
    """A row of each kind that workers' pages list, and the workers who open them."""
    _workers(world)
    _terms_in(world)
    _caseload(world)
    _dispute(world)
    _joining(world)
    _queue(world)
    _deciding(world)
    _letters(world)
    _changes(world)
    _people(world)
    one_of_each_file(world)


@cache
def _terms() -> dict[str, Any]:
    return terms_of(read_pack(PACKS / "kainuu"))


def _terms_in(world: Scene) -> None:
    """What a real programme has for its workers: days, conditions, registers, instruments."""
    kept = ("prompts", "service_bands", "measures", "instruments")
    own = {name: said for name, said in _terms().items() if name not in kept}
    world.programme.terms |= deepcopy(own)
    world.programme.save()


def _workers(world: Scene) -> None:
    rows.user(world, "oili", "Oili Ojala", "office")
    casework_rows.colleague(world)
    rows.user(world, "pirjo", "Pirjo Päätös", "decision_maker")


def _caseload(world: Scene) -> None:
    own: dict[str, Organiser] = {"organiser": world.organiser}
    leena, lauri, paavo = (world.users[key] for key in ("leena", "lauri", "paavo"))
    Cover.objects.create(
        **own, user=lauri, covered_by=leena, valid=(TODAY, date(2021, 1, 1)), made_at=AT
    )
    HandOver.objects.create(
        **own, client=aino(world), given_by=lauri, from_user=lauri, to_user=leena,
        words="Muutto.", handed_at=AT,
    )  # fmt: skip
    Mending.objects.create(
        **own, client=aino(world), version=1, changes={"phone": ["", "040 555 0101"]},
        reason="Uusi numero.", mended_at=AT, mended_by=leena,
    )  # fmt: skip
    AccessGrant.objects.create(
        **own, client=aino(world), user=lauri, scope="pages", reason="Sijainen sairastui.",
        valid=(TODAY, TODAY + timedelta(days=1)), opened_at=AT,
    )  # fmt: skip
    AccessGrant.objects.create(
        **own, client=aino(world), user=paavo, scope="contact", reason="Kirje palasi takaisin.",
        valid=(TODAY, TODAY + timedelta(days=1)), opened_at=AT,
    )  # fmt: skip
    Contact.objects.create(
        **own, client=aino(world), kind="call", purpose="follow-up", minutes=15,
        happened_at=LATER, with_whom="Aino", words="Arki sujuu.",
        logged_at=LATER, logged_by=leena,
    )  # fmt: skip


def _dispute(world: Scene) -> None:
    """A visit of Aino's is disputed, and it is talked about."""
    visit = waiting(world)
    disputed = copies(
        visit, 1, reference=lambda _: "disputed", state=lambda _: "disputed",
        reason=lambda _: "Kukaan ei tullut.", decided_at=lambda _: LATER,
    )[0]  # fmt: skip
    thread = Thread.objects.create(
        organiser=world.organiser, client=aino(world), route="visit", visit=disputed,
        provider_id=visit.provider_id, subject="Käynti", opened_at=LATER, last_at=LATER,
    )  # fmt: skip
    Message.objects.create(
        organiser=world.organiser, thread=thread, side="client", words="Kukaan ei tullut.",
        written_at=LATER, written_by=world.users["aino"],
    )  # fmt: skip


def _joining(world: Scene) -> None:
    own = {"organiser": world.organiser}
    place = plan_rows.place(world)
    ConsentPoint.objects.create(
        **own, enrolment=place, item="voluntary", text="Osallistuminen on vapaaehtoista.",
        language="fi", given_by="client", gone_at=AT, gone_by_id=world.users["leena"].pk,
    )  # fmt: skip
    open_one = Assessment.objects.create(
        **own, enrolment=place, state="started", goals=["Kirjastoon"], started_at=AT, version=2
    )
    AssessmentSave.objects.create(
        **own, assessment=open_one, version=2, changes={"notes": ["", "Hei"]}, saved_at=AT,
        saved_by_id=world.users["leena"].pk,
    )  # fmt: skip
    InstrumentResult.objects.create(
        **own, enrolment=place, instrument="rava", version="1", done_on=AT.date(),
        done_by="Sanna Hoitaja", scores={"index": "2.10"}, taken_in_at=AT,
    )  # fmt: skip
    before = (YEAR[0].replace(year=2019), YEAR[0])
    copies(first(Phase), 1, code=lambda _: "ennen", valid=lambda _: before)
    Quota.objects.create(
        **own, programme=world.programme, municipality_code="106", places=40, valid=YEAR
    )


def _queue(world: Scene) -> None:
    """Jouni waits for a place."""
    rows.user(world, "jouni", "Jouni Jonottaja", "client")
    _client, place = rows.client(world, "jouni", identity_code(BORN, 957), BORN)
    place.state, place.started_on = "queued", None
    place.save()


def _deciding(world: Scene) -> None:
    """A plan that waits for its decision, a paper, a power, and claims on the decision."""
    own = {"organiser": world.organiser}
    place, leena = plan_rows.place(world), world.users["leena"].pk
    plan = place.plans.get(state="in_force")
    signed = copies(plan, 1, version=lambda _: 50, state=lambda _: "signed")[0]
    copies(plan.lines.order_by("pk")[0], 1, plan_id=lambda _: signed.pk)
    DecisionProposal.objects.create(
        **own, enrolment=place, kind="grant", plan=signed, state="prepared",
        monthly_cents=plan.allocation.total_cents, prepared_at=AT, prepared_by_id=leena,
        valid=(date(2020, 12, 1), YEAR[1]),
    )  # fmt: skip
    Paper.objects.create(
        **own, enrolment=place, name="allekirjoitus.pdf", content_type="application/pdf",
        content=b"%PDF-1.4 x", sha256="0" * 64, kept_at=AT, kept_by_id=leena,
    )  # fmt: skip
    for key, limit in (("paavo", None), ("pirjo", 100_00)):
        DecisionPower.objects.create(
            **own, user=world.users[key], monthly_limit_cents=limit, given_at=BEFORE,
            given_by_id=world.users["oili"].pk, valid=(YEAR[0], None),
        )  # fmt: skip


def _letters(world: Scene) -> None:
    own = {"organiser": world.organiser}
    decision = Decision.objects.get(enrolment=plan_rows.place(world))
    leena, pirjo = world.users["leena"].pk, world.users["pirjo"].pk
    said = {
        **own, "decision": decision, "way": "paper", "made_by_id": leena,
        "words": "Tunteja on liian vähän.", "received_at": LATER, "received_on": LATER.date(),
        "due_on": LATER.date(),
    }  # fmt: skip
    Claim.objects.create(**said, state="received", paper=first(Paper))
    Claim.objects.create(
        **said, state="answered", outcome="upheld", answer="Päätös pysyy.", body="Jaosto",
        answered_at=LATER, answered_by_id=pirjo,
    )  # fmt: skip
    Delivery.objects.create(
        **own, decision=decision, way="post", language="fi", queued_at=AT, queued_by_id=leena
    )


def _changes(world: Scene) -> None:
    """Aino was away, one of her orders lost its provider; Elli's death was noted.

    Another provider offers what was lost.
    """
    own = {"organiser": world.organiser}
    lost, other = world.offers["kotihoito"], world.offers["suihkuapu"]
    offer = copies(lost, 1, approval_id=lambda _: other.approval_id)[0]
    price = Price.objects.filter(offer=lost).order_by("pk")[0]
    copies(price, 1, offer_id=lambda _: offer.pk)
    leena = world.users["leena"].pk
    Change.objects.create(
        **own, client=aino(world), enrolment=plan_rows.place(world), kind="interruption",
        starts_on=TODAY, ends_on=TODAY + timedelta(days=20), reason="Sairaalassa.",
        facts={"kind": "hospital", "absence": None, "days": {}, "parts": {}},
        made_at=LATER, made_by_id=leena,
    )  # fmt: skip
    ended = copies(
        first_order(world), 1, state=lambda _: "ended", closed_at=lambda _: LATER,
        close_reason=lambda _: "Tuottaja lopetti.",
    )[0]  # fmt: skip
    moving(world, ended)
    rows.user(world, "elli", "Elli Esimerkki", "client")
    elli, place = rows.client(world, "elli", identity_code(BORN, 955), BORN, died_on=TODAY)
    Change.objects.create(
        **own, client=elli, enrolment=place, kind="death", starts_on=TODAY,
        facts={"access": {}, "orders": []}, made_at=LATER, made_by_id=leena,
    )  # fmt: skip


def moving(world: Scene, order: Order) -> Moving:
    """The order ended because its provider was lost; the client has not chosen another."""
    return Moving.objects.create(
        organiser=world.organiser, order=order, client_id=order.client_id,
        ends_on=date(2020, 11, 30), was_until=date(2021, 1, 1), reason="Tuottaja lopetti.",
        begun_at=LATER,
    )  # fmt: skip


def _people(world: Scene) -> None:
    own = {"organiser": world.organiser}
    RoleInvitation.objects.create(
        **own, name="Uuno Uusi", role="case_manager", starts_on=TODAY, code_digest="1" * 64,
        invited_at=LATER, invited_by=world.users["oili"],
        expires_at=LATER + timedelta(days=90),
    )  # fmt: skip
    Reception.objects.create(
        **own, municipality_code="106", user=world.users["leena"], valid=(YEAR[0], None)
    )
