"""The letter of a decision as tagged PDF: the sum line by line, the law, how to appeal."""

from __future__ import annotations

from datetime import date
from typing import Literal, cast

from babel.dates import format_date

from valinta.integrations.letters.letter import Bullets, Facts, Heading, Letter, Paragraph, Table
from valinta.integrations.letters.render import render_letter
from valinta.organisers.models import Organiser
from valinta.plans.models import Decision, PlanLine
from valinta.plans.states import Way
from valinta.processes.decision_words import UNITS, WORDS
from valinta.programmes.names import named
from valinta.programmes.ranges import as_period
from valinta.rules.law import figure
from valinta.shared.money import Money, format_euros
from valinta.shared.periods import Period

Language = Literal["fi", "sv", "en"]


def write_decision_letter(*, decision: Decision, language: str) -> bytes:
    """The decision as PDF/UA in the language. The same decision gives the same bytes."""
    return render_letter(_letter(decision, cast("Language", language)))


def _letter(decision: Decision, language: Language) -> Letter:
    words = WORDS[language]
    client = decision.enrolment.client
    organiser = decision.organiser
    lines = list(decision.plan.lines.select_related("service").order_by("id"))
    period = _days(as_period(decision.valid), language)
    total = format_euros(Money(decision.monthly_cents), language)
    days = int(figure("revised_decision", decision.made_at.date()).value)
    return Letter(
        language=language,
        title=_title(lines, words),
        sender=[organiser.name(language), *_address(organiser)],
        recipient=[client.full_name],
        date=_day(decision.made_at.date(), language),
        created_at=decision.made_at,
        reference=words["number"].format(number=decision.pk),
        blocks=[
            Paragraph(words["intro"]),
            Paragraph(words["sum"].format(total=total, period=period)),
            Heading(words["how"]),
            Paragraph(words["how_text"]),
            _table(lines, language),
            *_vouchers(decision, language),
            Paragraph(words["money"]),
            Heading(words["law"]),
            Bullets(_acts(decision, language)),
            Heading(words["appeal"]),
            Paragraph(words["appeal_text"].format(days=days)),
        ],
    )


def _title(lines: list[PlanLine], words: dict[str, str]) -> str:
    ways = {line.way for line in lines}
    if {Way.BUDGET, Way.VOUCHER} <= ways:
        return words["title_both"]
    return words["title_voucher"] if Way.VOUCHER in ways else words["title"]


def _day(day: date, language: str) -> str:
    return format_date(day, format="long", locale=language)


def _days(period: Period, language: str) -> str:
    """First and last day in words; a decision without an end has only the first."""
    first = _day(period.starts_on, language)
    return f"{first} –" if period.is_open else f"{first} – {_day(period.last_on, language)}"


def _address(organiser: Organiser) -> list[str]:
    parts = organiser.postal_address
    street = f"{parts.get('street', '')} {parts.get('building_number', '')}".strip()
    town = f"{parts.get('postcode', '')} {parts.get('town', '')}".strip()
    return [line for line in (street, town) if line]


def _table(lines: list[PlanLine], language: str) -> Table:
    words = WORDS[language]
    rows = []
    for line in lines:
        name = named(line.service.names, language)
        if line.mandatory:
            name = f"{name} ({words['kept']})"
        quantity = f"{line.quantity_hundredths / 100:g}".replace(
            ".", "." if language == "en" else ","
        )
        unit = UNITS[language].get(line.service.unit, line.service.unit)
        amount = format_euros(Money(line.monthly_cents), language)
        rows.append([name, f"{quantity} {unit}", words[f"ways.{line.way}"], amount])
    header = [words["service"], words["quantity"], words["way"], words["amount"]]
    return Table(header, rows, frozenset({1, 3}))


def _vouchers(decision: Decision, language: str) -> list[Heading | Paragraph | Facts]:
    words = WORDS[language]
    vouchers = list(decision.vouchers.select_related("service").order_by("id"))
    if not vouchers:
        return []
    pairs = [
        (
            f"{named(voucher.service.names, language)}, {named(unit.band.names, language)}",
            format_euros(Money(unit.cents), language),
        )
        for voucher in vouchers
        for unit in voucher.units.select_related("band").order_by("band_id")
    ]
    return [Heading(words["voucher"]), Paragraph(words["voucher_text"]), Facts(pairs)]


def _acts(decision: Decision, language: str) -> list[str]:
    """The acts of the services by name and number, with the section where the pack gives it."""
    return [
        f"{named(basis['names'], language)} ({basis['act']}) {basis['section']}".strip()
        for basis in decision.legal_basis
    ]
