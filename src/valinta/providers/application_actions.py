"""The applicant's side: draft an application, hand in evidence, send, answer, take back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from stdnum.fi import ytunnus

from valinta.programmes.models import Programme
from valinta.programmes.queries import must_be_open, rulebook_on
from valinta.providers.actions import (
    NotABusinessId,
    NotInProgramme,
    NotRegistered,
    SectorNotAdmitted,
)
from valinta.providers.applying import Application, ApplicationLine, Clarification, Evidence
from valinta.providers.conditions import condition_of, days_of, provider_terms
from valinta.providers.contact import checked_contact
from valinta.providers.iban import checked_iban
from valinta.providers.moving import locked_application, move_application, note
from valinta.providers.states import OPEN, ApplicationState, SigningRight
from valinta.users.actor import Actor
from valinta.users.permissions import Permission

MOST_BYTES = 5 * 1024 * 1024
PAPER_KINDS = ("application/pdf", "image/png", "image/jpeg")


class NotYourApplication(PermissionError):
    """The application is another applicant's."""


class ApplicationOpen(ValueError):
    """The company has an application under way in the programme already."""


class StaleDraft(ValueError):
    """Somebody saved the draft after it was opened; `newest` is what it says now."""

    def __init__(self, newest: Application) -> None:
        self.newest = newest
        super().__init__("The draft was saved meanwhile. Look at the newest and save again.")


class ApplicationClosed(ValueError):
    """The application is decided on or taken back, or sent where only a draft can be changed."""


class NothingAppliedFor(ValueError):
    """An application names at least one service, each with a price."""


class FactsMissing(ValueError):
    """Facts of the company are missing; `fields` are their names."""

    def __init__(self, fields: Sequence[str]) -> None:
        self.fields = tuple(fields)
        super().__init__(f"Fill in first: {', '.join(fields)}.")


class RulebookNotAccepted(ValueError):
    """An application is sent by somebody who accepts the rulebook in force."""


class NotSigned(ValueError):
    """An application is signed by somebody who has the right to sign for the company."""


class PaperUnfit(ValueError):
    """A paper is a PDF, PNG or JPEG of at most 5 megabytes, with the day on it."""


class WordsMissing(ValueError):
    """Something has to be said in words here."""


@dataclass(frozen=True, slots=True)
class Company:
    """The facts of the company that applies; empty where they are not known yet."""

    name: str = ""
    sector: str = ""
    size_class: str = "micro"
    founded_year: int | None = None
    languages: Sequence[str] = ()
    iban: str = ""
    bic: str = ""
    postal_address: Mapping[str, str] = field(default_factory=dict)
    contact: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is applied for: services with prices in cents by band, where, and the register entry."""

    prices: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    municipality_codes: Sequence[str] | None = None
    register: str = ""
    register_number: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs for the company, and by what right. The organiser looks the right up."""

    name: str
    right: SigningRight


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A file whose kind has been read from its content."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Shown:
    """What is handed in for a condition: a paper with its days, or words."""

    words: str = ""
    paper: PaperFile | None = None
    issued_on: date | None = None
    valid_until: date | None = None


@transaction.atomic
def start_application(
    *,
    programme: Programme,
    business_id: str,
    company_register: Mapping[str, object] | None = None,
    by: Actor,
    at: datetime,
) -> Application:
    """Begin a draft; `company_register` is what the public register of companies answered.

    Raises NotAllowed, ProgrammeClosed, NotABusinessId or ApplicationOpen.
    """
    by.must(Permission.APPLY_AS_PROVIDER, programme.organiser_id)
    must_be_open(programme, at.date())
    if not ytunnus.is_valid(business_id):
        raise NotABusinessId("This is not a business id. Check each digit, the last one too.")
    # With its hyphen, however it was typed: the same company is recognised.
    written = ytunnus.format(ytunnus.compact(business_id))
    waiting = Application.objects.filter(
        programme=programme,
        business_id=written,
        applicant_id=by.user_id,
        state__in=[ApplicationState.SENT, ApplicationState.CLARIFICATION],
    )
    if waiting.exists():
        raise ApplicationOpen("Your application for this company waits for its decision.")
    try:
        with transaction.atomic():
            made = Application.objects.create(
                organiser_id=programme.organiser_id,
                programme=programme,
                applicant_id=by.user_id,
                state=ApplicationState.DRAFT,
                business_id=written,
                company_register=dict(company_register or {}),
                started_at=at,
            )
    except IntegrityError as error:
        raise ApplicationOpen(
            "You have a draft for this company in the programme. Go on with that one."
        ) from error
    note(made, "start_application", "", by, at)
    return made


@transaction.atomic
def save_application(
    *,
    application: Application,
    version: int,
    company: Company,
    wish: Wish,
    by: Actor,
    at: datetime,
) -> Application:
    """Save the draft; what is not known yet stays empty. `version` is what the form was opened on.

    Raises NotYourApplication, ApplicationClosed, StaleDraft, BadIban, BadContact, NotInProgramme
    or NotAllowed.
    """
    held = _own(application, by, ApplicationState.DRAFT)
    if held.version != version:
        raise StaleDraft(held)
    held.version += 1
    held.name, held.sector = company.name.strip(), company.sector
    held.size_class, held.founded_year = company.size_class, company.founded_year
    held.languages = list(company.languages)
    held.iban = checked_iban(company.iban) if company.iban else ""
    held.bic = company.bic
    held.postal_address = dict(company.postal_address)
    held.contact = checked_contact(company.contact)
    held.municipality_codes = _areas(held.programme, wish.municipality_codes)
    held.register, held.register_number = wish.register, wish.register_number.strip()
    held.save()
    held.lines.all().delete()
    ApplicationLine.objects.bulk_create(
        ApplicationLine(
            organiser_id=held.organiser_id,
            application=held,
            service_code=code,
            prices=dict(prices),
        )
        for code, prices in wish.prices.items()
    )
    note(held, "save_application", held.state, by, at)
    return held


@transaction.atomic
def hand_in(
    *, application: Application, condition: str, shown: Shown, by: Actor, at: datetime
) -> Evidence:
    """Hand in evidence for a condition; the newest counts. Also after approval, to renew a paper.

    Raises NotYourApplication, ApplicationClosed, UnknownCondition, WordsMissing or PaperUnfit.
    """
    held = _own(application, by, *OPEN, ApplicationState.APPROVED)
    found = condition_of(held.programme, condition, held.sector)
    if found.shown_by == "words" and not shown.words.strip():
        raise WordsMissing("Answer in a few words.")
    if found.shown_by != "words":
        _must_be_fit(shown, found.has_end, at.date())
    paper = shown.paper
    made = Evidence.objects.create(
        organiser_id=held.organiser_id,
        application=held,
        condition=condition,
        words=shown.words.strip(),
        name=paper.name if paper else "",
        content_type=paper.content_type if paper else "",
        content=paper.content if paper else b"",
        sha256=hashlib.sha256(paper.content).hexdigest() if paper else "",
        issued_on=shown.issued_on,
        valid_until=shown.valid_until,
        handed_at=at,
        handed_by_id=by.user_id,
    )
    note(held, "hand_in", held.state, by, at, {"evidence": made.pk, "condition": condition})
    return made


@transaction.atomic
def send_application(
    *,
    application: Application,
    accepts_rulebook: bool,
    signature: Signature,
    by: Actor,
    at: datetime,
) -> Application:
    """Send the draft; who signs it accepts the rulebook version in force for the company (SIU-8).

    Raises NotYourApplication, ApplicationClosed, FactsMissing, SectorNotAdmitted, NotRegistered,
    NothingAppliedFor, RulebookNotAccepted, NotSigned, ProgrammeClosed, or ApplicationOpen when
    somebody else of the company has sent one.
    """
    held = _own(application, by, ApplicationState.DRAFT)
    must_be_open(held.programme, at.date())
    _must_be_whole(held)
    if not accepts_rulebook:
        raise RulebookNotAccepted("Read the rulebook and accept it before you send.")
    if not signature.name.strip():
        raise NotSigned("Write the name of the person who signs for the company.")
    held.signer_name, held.signer_right = signature.name.strip(), signature.right
    held.rulebook = rulebook_on(held.programme, at.date())
    held.rulebook_accepted_at, held.rulebook_accepted_by_id = at, by.user_id
    held.sent_at = at
    held.decide_by = at.date() + timedelta(days=days_of(held.programme, "decide_within_days"))
    try:
        with transaction.atomic():
            return move_application(held, ApplicationState.SENT, "send_application", by, at)
    except IntegrityError as error:
        raise ApplicationOpen(
            "An application of this company waits for its decision in the programme already."
        ) from error


@transaction.atomic
def answer_clarification(
    *, clarification: Clarification, answer: str, by: Actor, at: datetime
) -> Application:
    """Answer what was asked; the application goes back to who decides.

    The office records an answer that came by letter or telephone. Raises NotYourApplication,
    ApplicationClosed or WordsMissing.
    """
    held = _own(clarification.application, by, ApplicationState.CLARIFICATION)
    asked = Clarification.objects.select_for_update().get(pk=clarification.pk)
    if asked.answered_at is not None:
        raise ApplicationClosed("This was answered before. Read the answer on the page.")
    if not answer.strip():
        raise WordsMissing("Answer in a few words.")
    asked.answer, asked.answered_at, asked.answered_by_id = answer.strip(), at, by.user_id
    asked.save()
    return move_application(held, ApplicationState.SENT, "answer_clarification", by, at)


@transaction.atomic
def withdraw_application(*, application: Application, by: Actor, at: datetime) -> Application:
    """Take an application back before it is decided on. Errors as `answer_clarification`."""
    held = _own(application, by, *OPEN)
    return move_application(held, ApplicationState.WITHDRAWN, "withdraw_application", by, at)


def _own(application: Application, by: Actor, *states: ApplicationState) -> Application:
    """The application locked, for its applicant or the office, in one of the states."""
    by.must(Permission.APPLY_AS_PROVIDER, application.organiser_id)
    is_mine = by.user_id is not None and application.applicant_id == by.user_id
    if not is_mine and not by.may_for_all(Permission.APPLY_AS_PROVIDER, application.organiser_id):
        raise NotYourApplication("This application is another applicant's.")
    held = locked_application(application)
    if held.state not in states:
        raise ApplicationClosed(f"The application is {held.state}; this cannot be done now.")
    return held


def _areas(programme: Programme, codes: Sequence[str] | None) -> list[str] | None:
    if codes is None:
        return None
    known = set(programme.municipalities.values_list("code", flat=True))
    if not set(codes) <= known:
        raise NotInProgramme(f"Name municipalities of the programme {programme.code}.")
    return sorted(set(codes))


def _must_be_fit(shown: Shown, has_end: bool, today: date) -> None:
    paper = shown.paper
    if paper is None or paper.content_type not in PAPER_KINDS or not paper.name.strip():
        raise PaperUnfit("Send a PDF, or a picture as PNG or JPEG.")
    if not 0 < len(paper.content) <= MOST_BYTES:
        raise PaperUnfit("A file may have at most 5 megabytes. Send a smaller one.")
    if shown.issued_on is None or shown.issued_on > today:
        raise PaperUnfit("Give the day that is on the paper; it is not after today.")
    if has_end and shown.valid_until is None:
        raise PaperUnfit("Give the last day on which the paper holds.")
    if shown.valid_until is not None and shown.valid_until < shown.issued_on:
        raise PaperUnfit("The last day is not before the day of the paper.")


def _must_be_whole(held: Application) -> None:
    needed = ("name", "sector", "founded_year", "languages", "iban", "postal_address", "contact")
    missing = [one for one in needed if not getattr(held, one)]
    if missing:
        raise FactsMissing(missing)
    terms = provider_terms(held.programme)
    if terms.get("sectors") and held.sector not in terms["sectors"]:
        raise SectorNotAdmitted(f"The programme does not admit {held.sector} providers.")
    known = [one["code"] for one in terms.get("registers", [])]
    if not held.register_number or (known and held.register not in known):
        raise NotRegistered(f"Give the number of an entry in one of: {', '.join(known)}.")
    lines = list(held.lines.all())
    if not lines or any(not line.prices for line in lines):
        raise NothingAppliedFor("Name at least one service, each with a price.")
