"""What letters about decisions share: the frame, days and sums in words, and how to challenge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, cast

from babel.dates import format_date

from valinta.clients.models import Client
from valinta.integrations.letters.letter import Block, Bullets, Heading, Letter, Paragraph
from valinta.organisers.models import Organiser
from valinta.plans.models import Decision
from valinta.programmes.names import named
from valinta.rules.appeal import Challenge, days_for
from valinta.rules.law import whole
from valinta.shared.periods import Period

Language = Literal["fi", "sv", "en"]


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a letter's own text."""

    language: str
    title: str
    reference: str
    at: datetime


def letter(frame: Frame, decision: Decision, blocks: Sequence[Block]) -> Letter:
    """A letter from the organiser to the client of the decision."""
    organiser, client = decision.organiser, decision.enrolment.client
    return Letter(
        language=cast("Language", frame.language),
        title=frame.title,
        sender=[organiser.name(frame.language), *address_of(organiser)],
        recipient=[client.full_name, *_address_of_client(client)],
        date=day(frame.at.date(), frame.language),
        created_at=frame.at,
        reference=frame.reference,
        blocks=list(blocks),
    )


def challenge_blocks(
    words: Mapping[str, str], decision: Decision, challenge: Challenge, frame: Frame, **facts: str
) -> list[Block]:
    """How to challenge: to whom, by when, how receiving is counted, what to write, and where."""
    on = frame.at.date()
    appeals = _appeals(decision)
    named_ones = {key: named(appeals[key], frame.language) for key in ("receiver", "court")}
    days = days_for(challenge, on)
    post = whole("receipt_of_decisions.by_post", on)
    electronic = whole("receipt_of_decisions.electronic", on)
    what = ["which", "what", "who", *(one for one in ("sign", "with") if _item(one) in words)]
    return [
        Heading(words["appeal"]),
        Paragraph(words["appeal_text"].format(**named_ones)),
        Paragraph(words["appeal_time"].format(days=days)),
        Paragraph(words["appeal_received"].format(post=post, electronic=electronic)),
        Paragraph(words["appeal_write"]),
        Bullets([words[_item(one)].format(**facts) for one in what]),
    ]


def where_to_claim(words: Mapping[str, str], decision: Decision, language: str) -> list[Block]:
    """The address that takes in claims, with what is known of e-mail and telephone."""
    appeals, organiser = _appeals(decision), decision.organiser
    lines = [organiser.name(language), *address_of(organiser)]
    lines += [str(appeals[key]) for key in ("email", "phone") if appeals.get(key)]
    return [Paragraph(words["appeal_portal"]), Paragraph("\n".join(lines))]


def day(when: date, language: str) -> str:
    """A day with the month in letters."""
    return format_date(when, format="long", locale=language)


def days(period: Period, language: str) -> str:
    """First and last day in words; a decision without an end has only the first."""
    first = day(period.starts_on, language)
    return f"{first} –" if period.is_open else f"{first} – {day(period.last_on, language)}"


def number(hundredths: int, language: str) -> str:
    """A quantity in hundredths as a number."""
    text = f"{hundredths / 100:g}"
    return text if language == "en" else text.replace(".", ",")


def address_of(organiser: Organiser) -> list[str]:
    """The organiser's postal address in lines."""
    return _lines(organiser.postal_address)


def _address_of_client(client: Client) -> list[str]:
    """The client's address; that of somebody under non-disclosure is on no letter's file."""
    return [] if client.non_disclosure else _lines(client.contact.get("address") or client.contact)


def _lines(parts: Any) -> list[str]:
    if not isinstance(parts, Mapping):
        return [line for line in str(parts or "").split("\n") if line.strip()]
    street = f"{parts.get('street', '')} {parts.get('building_number', '')}".strip()
    town = f"{parts.get('postcode', '')} {parts.get('town', '')}".strip()
    return [line for line in (street, town) if line]


def _appeals(decision: Decision) -> dict[str, Any]:
    """Where claims and appeals go; a programme that does not say has the organiser itself."""
    organiser = decision.organiser
    own = {"fi": organiser.name_fi, "sv": organiser.name_sv, "en": organiser.name("en")}
    told = decision.enrolment.programme.terms.get("appeals") or {}
    return {"receiver": own, "court": own, **told}


def _item(one: str) -> str:
    return f"appeal_item_{one}"
