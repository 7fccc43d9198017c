"""One of everything that the provider portal's pages list: Helmi's company, seen by its admin."""

from __future__ import annotations

from datetime import date, timedelta

from tests.unit.web import rows
from tests.unit.web.casework_rows import PACKS
from tests.unit.web.page_rows import LATER, aino, copies, first_order
from tests.unit.web.rows import AT, Scene
from valinta.api.models import ApiClient
from valinta.api.scopes import Scope
from valinta.demo.identities import business_id, iban
from valinta.messages.models import Attachment, Message, Thread
from valinta.orders.assigning import Assignment
from valinta.organisers import tenancy
from valinta.programmes.models import Rulebook
from valinta.programmes.pack import read_pack
from valinta.programmes.pack_terms import GROUNDS, as_json
from valinta.providers.models import (
    AccountChange,
    Application,
    ApplicationLine,
    Evidence,
    Passport,
    PassportPaper,
    Provider,
    Unit,
    Worker,
)
from valinta.settlements.models import Payment, Run, RunVisit, Statement, StatementLine
from valinta.users.models import User
from valinta.visits.checks import Check, Drawing
from valinta.visits.codes import Code
from valinta.visits.files import VisitFile
from valinta.visits.models import Batch, Correction, RefusedLine, StartedVisit, Visit

SINCE = (date(2018, 1, 1), None)
CUT_OFF = date(2020, 11, 16)


def company_of(world: Scene) -> Provider:
    """Helmi's company, whose pages the tour opens."""
    return world.offers["kotihoito"].approval.provider


def company_of_each(world: Scene) -> None:
    """A row of each kind that a company's pages list."""
    _rulebook()
    _people(world)
    _order(world)
    _lines(world)
    _talk(world)
    _statement(world)
    _account(world)
    with tenancy.scope([world.organiser.pk], world.users["helmi"].pk):
        _application(world)


def _rulebook() -> None:
    """What a real rulebook has for companies: notice, days to answer, the settlement's days."""
    (real, *_others) = read_pack(PACKS / "kainuu").rulebooks
    for one in Rulebook.objects.all():
        one.parameters = as_json(real.parameters, without=GROUNDS) | one.parameters
        one.save()


def _people(world: Scene) -> None:
    """Helmi keeps two companies; Hanna works for the first and serves Aino."""
    own = company_of(world)
    hanna = rows.user(world, "hanna", "Hanna Hoivaaja", "provider")
    other = world.offers["suihkuapu"].approval.provider
    for company, user, level in (
        (own, world.users["helmi"], "admin"),
        (own, hanna, "worker"),
        (other, world.users["helmi"], "admin"),
    ):
        Worker.objects.create(provider=company, user=user, level=level, valid=SINCE)
    Unit.objects.create(provider=own, name="Pohjoinen", valid=SINCE)
    Assignment.objects.create(
        organiser=world.organiser, provider=own, client=aino(world), user=hanna, valid=SINCE,
        made_at=AT,
    )  # fmt: skip
    voice = User.objects.create(username="system-1", display_name="Ohjelma", is_active=False)
    ApiClient.objects.create(
        organiser=world.organiser, provider=own, user=voice, name="Ohjelma", identifier="vc_1",
        scopes=list(Scope), secret_digest="0" * 64, made_at=AT, ends_on=date(2021, 6, 1),
    )  # fmt: skip


def _order(world: Scene) -> None:
    """An order waits for an answer, another is over, and a visit goes on."""
    one = first_order(world)
    copies(one, 1, state=lambda _: "placed", placed_at=lambda _: LATER)
    copies(
        one, 1, state=lambda _: "declined", closed_at=lambda _: LATER,
        close_reason=lambda _: "Ei vapaata aikaa.",
    )  # fmt: skip
    StartedVisit.objects.create(
        organiser=world.organiser, provider=company_of(world), order=one,
        user_id=world.users["helmi"].pk, reference="going-on", started_at=LATER, kept_at=LATER,
    )  # fmt: skip


def _lines(world: Scene) -> None:
    """A table that was sent, with a line that was refused."""
    batch = Batch.objects.create(
        organiser=world.organiser, provider=company_of(world), door="csv", received_at=LATER,
        received_by_id=world.users["helmi"].pk, finished_at=LATER, refused=1,
    )  # fmt: skip
    RefusedLine.objects.create(
        organiser=world.organiser, batch=batch, line=1, reference="r-1",
        code=Code.UNREADABLE, facts={}, sent={"served_on": "2020-11-17"},
    )  # fmt: skip

    file = Batch.objects.create(
        organiser=world.organiser, provider=company_of(world), door="file", received_at=LATER
    )
    VisitFile.objects.create(
        organiser=world.organiser, provider=company_of(world), programme=world.programme,
        batch=file, name="käynnit.csv", kind="csv", sha256="5" * 64, bytes_sent=0, bytes_kept=0,
        lines=0, state="done", moved_at=LATER,
    )  # fmt: skip


def _talk(world: Scene) -> None:
    own = {"organiser": world.organiser}
    thread = Thread.objects.create(
        **own, client=aino(world), provider=company_of(world), route="provider", subject="Avain",
        opened_at=AT, last_at=AT,
    )  # fmt: skip
    message = Message.objects.create(
        **own, thread=thread, side="client", words="Missä avain on?", written_at=AT,
        written_by=world.users["aino"],
    )  # fmt: skip
    Attachment.objects.create(
        **own, message=message, name="c.pdf", kind="application/pdf", size=3, content=b"abc"
    )


def settled(world: Scene, number: int, cut_off: date = CUT_OFF) -> Statement:
    """A run that was paid, with the company's statement of nothing yet."""
    run = Run.objects.create(
        organiser=world.organiser, programme=world.programme, cut_off_on=cut_off,
        execute_on=cut_off + timedelta(days=2), state="sent", prepared_at=LATER, prepared_by_id=1,
        approved_at=LATER, approved_by_id=2, sent_at=LATER,
    )  # fmt: skip
    made = Statement.objects.create(
        organiser=world.organiser, run=run, provider=company_of(world), visits=1,
        work_cents=4825, correction_cents=0, carried_in_cents=0, payment_cents=4825,
        carried_out_cents=0,
    )  # fmt: skip
    Payment.objects.create(
        organiser=world.organiser, statement=made, state="paid",
        creditor_name=made.provider.name, iban=made.provider.iban, bic=made.provider.bic,
        reference=f"RF{number:020d}", cents=4825, answered_at=LATER,
    )  # fmt: skip
    return made


def _statement(world: Scene) -> None:
    """The first visit of the month is paid, corrected, and was drawn for a check."""
    statement = settled(world, 1)
    paid = Visit.objects.filter(order=first_order(world), state="confirmed").order_by("served_on")
    line_of(world, statement, paid[0])
    RunVisit.objects.create(visit=paid[0], run=statement.run, organiser=world.organiser)
    corrected = Correction.objects.create(
        organiser=world.organiser, visit=paid[0], cents=-5, cause="price",
        reason="Hinta oli väärä.", known_at=LATER,
    )  # fmt: skip
    statement.run.runcorrection_set.create(correction=corrected, organiser=world.organiser)
    drawing = Drawing.objects.create(organiser=world.organiser, drawn_at=AT, seed="koe")
    Check.objects.create(
        organiser=world.organiser, provider=company_of(world), drawing=drawing, visit=paid[0],
        chance=1, number=0, by_gap=False, risks=[],
    )  # fmt: skip


def line_of(world: Scene, statement: Statement, visit: Visit) -> StatementLine:
    """The line of a statement that pays for one visit."""
    return StatementLine.objects.create(
        organiser=world.organiser, statement=statement, order=visit.order,
        service=visit.order.service, band=visit.band, price_cents=visit.price_cents, visits=1,
        quantity_hundredths=visit.quantity_hundredths, cents=visit.payable_cents,
    )  # fmt: skip


def _account(world: Scene) -> None:
    """A change of the bank account waits for a second person."""
    AccountChange.objects.create(
        organiser=world.organiser, provider=company_of(world), iban=iban(2), asked_at=LATER,
        asked_by_id=world.users["hanna"].pk,
    )  # fmt: skip


def _application(world: Scene) -> None:
    """Helmi applies for one more company, with a paper; the passport keeps another."""
    helmi, own = world.users["helmi"], {"organiser": world.organiser}
    number = business_id(4_900_000)
    draft = Application.objects.create(
        **own, programme=world.programme, applicant=helmi, state="draft", business_id=number,
        name="Helmi Toinen Oy", sector="private", founded_year=2019, started_at=AT,
    )  # fmt: skip
    ApplicationLine.objects.create(
        **own, application=draft, service_code="kotihoito", prices={"arki": 3300}
    )
    paper = {
        "condition": "insurance", "name": "vakuutus.pdf", "content_type": "application/pdf",
        "content": b"%PDF-1.4 x", "sha256": "4" * 64, "issued_on": AT.date(),
        "valid_until": date(2021, 12, 1),
    }  # fmt: skip
    Evidence.objects.create(**own, **paper, application=draft, handed_at=AT)
    passport = Passport.objects.create(business_id=number, keeper=helmi, kept_at=AT)
    PassportPaper.objects.create(**paper, passport=passport, kept_at=AT)
