"""What comes to the office from outside, one of each: packs, imports, applications, messages."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from tests.unit.web.casework_rows import PACKS, actor
from tests.unit.web.page_rows import LATER, aino
from tests.unit.web.rows import AT, TODAY, YEAR, Scene
from valinta.messages.models import Attachment, Message, Thread
from valinta.processes.import_sheets import KINDS, try_import
from valinta.processes.preview_pack import keep_draft
from valinta.programmes.models import FundingShare, LetterText, PackLoad
from valinta.programmes.pack import read_pack
from valinta.programmes.pack_terms import content_of
from valinta.providers.models import (
    Application,
    ApplicationLine,
    Approval,
    Clarification,
    Evidence,
    RegisterEntry,
    Suspension,
)

APPLICANT = "4567890-8"


def one_of_each_file(world: Scene) -> None:
    """A row of each kind."""
    _talk(world)
    _applications(world)
    _programme(world)


def _talk(world: Scene) -> None:
    own = {"organiser": world.organiser}
    thread = Thread.objects.create(
        **own, client=aino(world), route="office", subject="Kysymys", opened_at=AT, last_at=AT
    )
    message = Message.objects.create(
        **own, thread=thread, side="client", words="Hei", written_at=AT,
        written_by=world.users["aino"],
    )  # fmt: skip
    Attachment.objects.create(
        **own, message=message, name="b.pdf", kind="application/pdf", size=3, content=b"abc"
    )


def _applications(world: Scene) -> None:
    own = {"organiser": world.organiser}
    approval = Approval.objects.order_by("pk")[0]
    facts = {
        **own, "programme": world.programme, "sector": "private", "founded_year": 2012,
        "register": "national-register", "rulebook": approval.rulebook,
        "rulebook_accepted_at": AT, "started_at": AT, "sent_at": LATER,
        "decide_by": date(2021, 1, 4),
    }  # fmt: skip
    asked = Application.objects.create(
        **facts, state="sent", business_id=APPLICANT, name="Uusi Apu Oy", register_number="7",
        contact={"email": "uusi@example.com", "phone": "040 1234567", "name": "Ulla Uusi"},
        postal_address={"street": "Kuja 1", "postcode": "05800", "town": "Hyvinkää"},
    )  # fmt: skip
    taken = Application.objects.create(
        **facts, state="approved", business_id=approval.provider.business_id, approval=approval,
        name=approval.provider.name, register_number="1", decided_at=LATER,
        decided_by_id=world.users["oili"].pk,
    )  # fmt: skip
    for one in (asked, taken):
        ApplicationLine.objects.create(
            **own, application=one, service_code="kotihoito", prices={"arki": 3300},
            approved=True if one is taken else None,
        )  # fmt: skip
        Evidence.objects.create(
            **own, application=one, condition="insurance", name="vakuutus.pdf",
            content_type="application/pdf", content=b"%PDF-1.4 x", sha256="2" * 64,
            issued_on=AT.date(), valid_until=date(2020, 12, 1), handed_at=AT,
        )  # fmt: skip
        Clarification.objects.create(
            **own, application=one, questions="Mikä vakuutus?", asked_at=AT,
            answer_by=TODAY, answer="Tässä.", answered_at=LATER,
        )  # fmt: skip
    RegisterEntry.objects.create(
        **own, register="organiser-register", keeper="organiser", business_id=APPLICANT,
        name="Uusi Apu Oy", number="12", state="registered", noted_at=AT,
        noted_by_id=world.users["oili"].pk, valid=(YEAR[0], None),
    )  # fmt: skip
    Suspension.objects.create(
        **own, approval=approval, starts_on=AT.date(), reason="Laskut.", begun_at=AT,
        ended_at=LATER, end_words="Selvitetty.",
    )  # fmt: skip


def _programme(world: Scene) -> None:
    office = actor(world, "oili")
    PackLoad.objects.create(
        organiser=world.organiser, programme=world.programme, sha256="3" * 64,
        content=content_of(read_pack(PACKS / "kainuu")), loaded_at=AT,
    )  # fmt: skip
    keep_draft(programme=world.programme, files=_pack(), by=office, at=LATER)
    text = f"{';'.join(one.titles['fi'] for one in KINDS['prices'].columns)}\n{FAULTY}"
    try_import(programme=world.programme, kind="prices", data=text.encode(), by=office, at=LATER)
    FundingShare.objects.create(
        organiser=world.organiser, programme=world.programme, source="state", share=8000,
        names={"fi": "valtio", "sv": "staten", "en": "the state"}, valid=YEAR,
    )  # fmt: skip
    LetterText.objects.create(
        organiser=world.organiser, programme=world.programme, kind="decision", language="fi",
        key="intro", text="", starts_on=TODAY + timedelta(days=1), written_at=LATER,
    )  # fmt: skip


FAULTY = "x;x;x;x;x;x;x\n"


@cache
def _pack() -> dict[str, str]:
    """A real pack, as if it were the scene's own."""
    folder = PACKS / "kainuu"
    files = {one.name: one.read_text() for one in folder.iterdir() if one.suffix == ".yaml"}
    files["programme.yaml"] = (
        files["programme.yaml"]
        .replace("\ncode: kainuu\n", "\ncode: kokeilu\n")
        .replace("\n  code: kainuu\n", "\n  code: esimerkki\n")
    )
    return files
