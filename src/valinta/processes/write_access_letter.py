"""A letter with a code that opens the client's own pages without electronic identification."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, cast

from babel.dates import format_date
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.timezone import localtime

from valinta.audit.actions import Note, record
from valinta.clients.codes import digest, new_code
from valinta.clients.models import AccessCode, Client
from valinta.integrations.letters.letter import Bullets, Facts, Heading, Letter, Paragraph
from valinta.integrations.letters.render import render_letter
from valinta.processes.access_letter_words import WORDS
from valinta.users.actor import Actor
from valinta.users.holdings import cover
from valinta.users.models import User
from valinta.users.permissions import Permission, Role

DOOR = "access"
Language = Literal["fi", "sv", "en"]


@dataclass(frozen=True, slots=True)
class AccessLetter:
    """What is kept of the code, and the letter (PDF/UA): the only place where the code stands."""

    code: AccessCode
    pdf: bytes


@transaction.atomic
def write_access_letter(
    *, client: Client, address: str = "", by: Actor, at: datetime
) -> AccessLetter:
    """Make a code for the client and the letter that tells it, in the client's language.

    `address` is where the code is typed; without it the letter says how to find the page.
    A code of an earlier letter stops working. A client who is not a user becomes one, without a
    password: only the letter's code signs them in.
    """
    by.must(Permission.ENROL_CLIENTS, client.organiser_id)
    locked = (
        Client.objects.select_for_update(no_key=True, of=("self",))
        .select_related("organiser", "case_manager", "user")
        .get(pk=client.pk)
    )
    _make_user(locked, at)
    locked.access_codes.filter(ended_at=None).update(ended_at=at)
    code = new_code()
    made = AccessCode.objects.create(
        organiser_id=locked.organiser_id,
        client=locked,
        code_digest=digest(DOOR, code),
        made_at=at,
        made_by_id=by.user_id,
        expires_at=at + timedelta(days=settings.ACCESS_CODE_DAYS),
    )
    note = Note("write_access_letter", "access_code", made.pk, "", "made", client_id=locked.pk)
    record(organiser_id=locked.organiser_id, by_id=by.user_id, at=at, notes=[note])
    return AccessLetter(made, render_letter(_letter(made, locked, code, address)))


def _make_user(client: Client, at: datetime) -> None:
    if client.user is None:
        client.user = User.objects.create(
            username=f"client-{uuid.uuid4()}",
            display_name=client.full_name,
            language=client.language,
            password=make_password(None),
        )
        client.save(update_fields=["user"])
    cover(
        user=client.user,
        organiser_id=client.organiser_id,
        role=Role.CLIENT,
        starts_on=at.date(),
        ends_on=None,
    )


def _letter(made: AccessCode, client: Client, code: str, address: str) -> Letter:
    language = cast("Language", client.language if client.language in WORDS else "fi")
    words = WORDS[language]
    last_on = localtime(made.expires_at).date() - timedelta(days=1)
    manager = client.case_manager
    closing = [Paragraph(words["manager"].format(name=manager.display_name))] if manager else []
    where = words["step_this_address"].format(address=address) if address else words["step_address"]
    steps = [where, words["step_code"], words["step_birth"]]
    facts = [(words["code"], code), (words["valid"], _day(last_on, language))]
    return Letter(
        language=language,
        title=words["title"],
        sender=[client.organiser.name(language)],
        recipient=[client.full_name],
        date=_day(made.made_at.date(), language),
        created_at=made.made_at,
        blocks=[
            Paragraph(words["intro"]),
            Facts(facts),
            Heading(words["how"]),
            Bullets(steps),
            Heading(words["may"]),
            Paragraph(words["may_text"]),
            Paragraph(words["may_not_text"]),
            Heading(words["keep"]),
            Paragraph(words["keep_text"]),
            *closing,
        ],
    )


def _day(day: date, language: str) -> str:
    return format_date(day, format="long", locale=language)
