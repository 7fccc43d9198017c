"""A statement as a paper: tagged PDF/UA in Finnish, Swedish or English, without clients' names."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import cast

from babel.dates import format_date
from django.utils import timezone, translation
from django.utils.translation import gettext

from valinta.integrations.letters.letter import (
    Block,
    Facts,
    Heading,
    Language,
    Letter,
    Paragraph,
    Table,
)
from valinta.integrations.letters.render import render_letter
from valinta.processes.letter_parts import address_of, number
from valinta.processes.statement_story import (
    balance_words,
    cause_words,
    payment_words,
    statement_number,
    steps_of,
)
from valinta.programmes.names import named
from valinta.providers.models import Provider
from valinta.settlements.models import Statement
from valinta.settlements.queries import (
    Corrected,
    Worked,
    corrections_of,
    days_of,
    lines_of,
    self_pay_cents,
    with_self_pay,
)
from valinta.shared.money import Money, format_euros


def write_statement(*, statement: Statement, language: str) -> bytes:
    """The statement as PDF/UA. The same statement gives the same bytes until its payment moves."""
    return render_letter(statement_letter(statement=statement, language=language))


def statement_letter(*, statement: Statement, language: str) -> Letter:
    """What the paper says, before it is typeset.

    It names services and orders, and no client: it is for the company's bookkeeping.
    """
    run, organiser, provider = statement.run, statement.organiser, statement.provider
    approved = timezone.localtime(run.approved_at)
    with translation.override(language):
        return Letter(
            language=cast("Language", language),
            title=gettext("Statement %(number)s") % {"number": statement_number(statement)},
            sender=[organiser.name(language), *address_of(organiser)],
            recipient=[provider.name, *_address(provider)],
            date=format_date(approved.date(), format="long", locale=language),
            created_at=approved,
            reference=statement_number(statement),
            blocks=_blocks(statement, language),
        )


def _blocks(statement: Statement, language: str) -> list[Block]:
    worked = with_self_pay(statement, list(lines_of(statement)))
    corrected = corrections_of(statement)
    blocks: list[Block] = [
        Facts(_facts(statement, language)),
        Heading(gettext("From the work to the payment")),
        Table(
            [gettext("Step"), gettext("Sum")],
            [
                *([one.words, _euros(one.cents, language)] for one in steps_of(statement)),
                [gettext("Payment"), _euros(statement.payment_cents, language)],
            ],
            frozenset({1}),
        ),
        *(Paragraph(words) for words in balance_words(statement)),
        Paragraph(payment_words(statement)),
    ]
    if own := self_pay_cents(statement):
        blocks.append(
            Paragraph(
                gettext(
                    "The clients' own part of these visits, %(sum)s, is not in these sums: the"
                    " company charges it from them itself."
                )
                % {"sum": _euros(own, language)}
            )
        )
    return [*blocks, *_work(worked, language), *_corrections(corrected, language)]


def _facts(statement: Statement, language: str) -> list[tuple[str, str]]:
    facts = [
        (gettext("Company"), f"{statement.provider.name}, {statement.provider.business_id}"),
        (gettext("Programme"), named(statement.run.programme.names, language)),
    ]
    if days := days_of(statement):
        first, last = (format_date(one, format="long", locale=language) for one in days)
        facts.append((gettext("Days of the work"), f"{first} – {last}"))
    return facts


def _work(worked: Sequence[Worked], language: str) -> list[Block]:
    if not worked:
        return []
    rows = [
        [
            str(one.line.order_id),
            f"{named(one.line.service.names, language)}\n{named(one.line.band.names, language)}",
            str(one.line.visits),
            number(one.line.quantity_hundredths, language),
            _euros(one.line.price_cents, language),
            _euros(one.self_pay_cents, language),
            _euros(one.line.cents, language),
        ]
        for one in worked
    ]
    header = [
        gettext("Order"),
        gettext("Service"),
        gettext("Visits"),
        gettext("Amount"),
        gettext("Price"),
        gettext("From the client"),
        gettext("From the organiser"),
    ]
    return [Heading(gettext("The work")), Table(header, rows, frozenset(range(2, 7)))]


def _corrections(corrected: Sequence[Corrected], language: str) -> list[Block]:
    if not corrected:
        return []
    rows = [
        [
            format_date(one.correction.visit.served_on, format="medium", locale=language),
            _plain(one.correction.visit.reference),
            _plain(f"{cause_words(one.correction.cause)}: {one.correction.reason}"),
            _euros(one.correction.cents, language),
        ]
        for one in corrected
    ]
    header = [gettext("Visit on"), gettext("Reference"), gettext("Why"), gettext("Sum")]
    return [Heading(gettext("Corrections of visits")), Table(header, rows, frozenset({3}))]


def _plain(text: str) -> str:
    """A text that somebody typed, with its control characters as spaces: paper has none."""
    return "".join(" " if unicodedata.category(one) in ("Cc", "Cs") else one for one in text)


def _euros(cents: int, language: str) -> str:
    return format_euros(Money(cents), language)


def _address(provider: Provider) -> list[str]:
    parts = provider.postal_address or {}
    street = f"{parts.get('street', '')} {parts.get('building_number', '')}".strip()
    town = f"{parts.get('postcode', '')} {parts.get('town', '')}".strip()
    return [line for line in (street, town) if line]
