"""A walk through the pages in one language, with an eye on words of another.

walk = Walk(stage, "sv", client)
walk.open("/my/1/budget/")          # in plain and in easy language
walk.send("/my/1/leave/", {}, 422)  # a form, and the page that answers it
assert walk.faults == []
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.test import Client as Browser
from pypdf import PdfReader

from tests.languages import faults_in, left_over
from valinta.api.models import ApiClient
from valinta.clients.models import (
    AccessGrant,
    Client,
    Contact,
    HandOver,
    Interest,
    Invitation,
    Mending,
)
from valinta.evaluation.models import Answer
from valinta.messages.models import Attachment, Message, Thread
from valinta.needs.models import AllocationLine, Assessment, EligibilityCheck, InstrumentResult
from valinta.orders.models import Change, Moving, Order, Rating
from valinta.organisers import tenancy
from valinta.organisers.models import Organiser
from valinta.plans.models import (
    Claim,
    Decision,
    DecisionProposal,
    Paper,
    PlanComment,
    PlanLine,
    Signature,
    SupportPlan,
)
from valinta.programmes.models import LetterText, Rulebook
from valinta.providers.models import (
    Application,
    Approval,
    Clarification,
    Evidence,
    Provider,
    RegisterEntry,
    Suspension,
    Unit,
)
from valinta.users.models import RoleInvitation, User
from valinta.visits.files import VisitFile
from valinta.visits.models import Correction, RefusedLine, Visit
from valinta.web.wording import initials
from valinta.wishes.models import Basket, TrayRequest

# Where people's names are kept, and what they have written in their own words.
OWN: dict[type[Model], tuple[str, ...]] = {
    User: ("display_name", "username"),
    RoleInvitation: ("name",),
    Rulebook: ("approved_by_body",),
    LetterText: ("text",),
    AccessGrant: ("reason",),
    Organiser: (
        "code",
        "postal_address",
        "einvoice_operator_name",
        "einvoice_operator_code",
        "scanning_address",
    ),
    Client: ("given_name", "family_name", "contact"),
    Provider: ("name", "postal_address", "contact"),
    Interest: ("name", "for_name", "words", "call_times"),
    Application: ("name", "contact", "grounds"),
    Evidence: ("words", "name", "answer"),
    RegisterEntry: ("name", "number", "words"),
    Suspension: ("reason",),
    Clarification: ("questions", "answer"),
    Approval: ("end_reason", "register_number"),
    Invitation: ("name",),
    EligibilityCheck: ("ground",),
    Assessment: ("goals", "notes", "answers"),
    AllocationLine: ("reason",),
    SupportPlan: ("sections", "helpers"),
    PlanLine: ("reason",),
    PlanComment: ("text",),
    Order: ("close_reason",),
    Rating: ("words",),
    Visit: ("reason", "worker", "reference"),
    RefusedLine: ("reference", "sent"),
    VisitFile: ("name",),
    ApiClient: ("name",),
    Unit: ("name", "address"),
    Correction: ("reason",),
    Basket: ("name", "words"),
    TrayRequest: ("words", "answer"),
    Thread: ("subject",),
    Message: ("words",),
    Attachment: ("name",),
    Answer: ("text",),
    Contact: ("words", "with_whom"),
    Claim: ("words", "answer", "body"),
    HandOver: ("words",),
    Mending: ("reason",),
    Change: ("reason", "proof", "undone_reason"),
    Moving: ("reason", "words"),
    Paper: ("name",),
    Signature: ("name", "archive_mark"),
    InstrumentResult: ("done_by", "version"),
    Decision: ("grounds",),
    DecisionProposal: ("grounds", "return_reason"),
}


@dataclass
class Walk:
    """Someone who goes from page to page in a language; `faults` are the words left over.

    What the people of the `organisers` have written is left alone, and so is what is `typed`
    on the way without being kept, as the words of a search.
    """

    language: str
    organisers: tuple[int, ...]
    browser: Browser = field(default_factory=Browser)
    faults: list[str] = field(default_factory=list)
    typed: set[str] = field(default_factory=set)
    _own: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.browser.cookies["django_language"] = self.language

    def open(self, path: str, status: int = 200) -> str:
        """Open a page in easy language and in plain; its text in plain, with ordinary spaces."""
        for easy in ("1", "0"):
            self.browser.cookies["easy"] = easy
            answer = self.browser.get(path)
            assert answer.status_code == status, (path, answer.status_code)
            self.look(path, answer.content)
        return plain(answer.content)

    def send(self, path: str, data: Mapping[str, Any], status: int = 200) -> str:
        """Send a form; the page that answers it, or to which the answer leads."""
        answer = self.browser.post(path, data, follow=True)
        assert answer.status_code == status, (path, answer.status_code)
        self.look(f"POST {path}", answer.content)
        return plain(answer.content)

    def look(self, name: str, page: bytes) -> None:
        """Note what is left over on an HTML page."""
        if left_over(page, self.language, self._own):
            # Names and words may have come since the last page.
            self._own = own_words(self)
            self._note(name, left_over(page, self.language, self._own))

    def read(self, name: str, text: str) -> None:
        """Note what is left over in a plain text: an e-mail, a letter, a file."""
        self._note(name, faults_in(text, self.language, own_words(self)))

    def letter(self, path: str) -> str:
        """Read a letter in PDF; its text."""
        answer = self.browser.get(path)
        assert answer.headers["Content-Type"] == "application/pdf", path
        text = text_of(answer.content)
        self.read(path, text)
        return text

    def _note(self, name: str, found: list[str]) -> None:
        self.faults += [f"{name}: {one}" for one in found]


def own_words(walk: Walk) -> set[str]:
    """Names of the organisers' people and of providers, and what people have written."""
    with tenancy.scope(list(walk.organisers)):
        kept = {
            text
            for model, columns in OWN.items()
            for row in model._default_manager.values_list(*columns)
            for value in row
            for text in _texts(value)
        }
        told = Provider.objects.values_list(f"descriptions__{walk.language}", flat=True)
        marks = {initials(one) for one in kept if 1 < len(one.split()) < 5}
        people = Client.objects.values_list("given_name", "family_name")
        short = {f"{given} {family[:1]}." for given, family in people}
        return kept | marks | short | walk.typed | {one for one in told if one}


def _texts(value: Any) -> Iterator[str]:
    """The text itself, each of its lines, and the texts within lists and mappings."""
    if isinstance(value, str):
        yield from {value, *value.splitlines()}
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def text_of(pdf: bytes) -> str:
    """The text of a letter, with words that were parted at the end of a line in one piece."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    return "\n".join(pages)


def plain(content: bytes) -> str:
    """A page's text with ordinary spaces."""
    return content.decode().replace("\u00a0", " ")
