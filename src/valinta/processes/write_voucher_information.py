"""The information on a voucher as a letter (act 569/2009 section 6): value, prices, the choice."""

from __future__ import annotations

from datetime import datetime

from valinta.budgets.models import Voucher
from valinta.integrations.letters.letter import (
    Block,
    Bullets,
    Facts,
    Heading,
    Letter,
    Paragraph,
    Table,
)
from valinta.integrations.letters.render import render_letter
from valinta.processes.inform_of_voucher import ProviderPrices, VoucherFacts, voucher_facts
from valinta.processes.letter_parts import Frame, letter
from valinta.processes.voucher_words import WORDS
from valinta.programmes.names import named
from valinta.shared.money import Money, format_euros

Words = dict[str, str]


def write_voucher_information(*, voucher: Voucher, language: str, at_moment: datetime) -> bytes:
    """The information of the moment as PDF/UA in the language."""
    return render_letter(voucher_letter(voucher=voucher, language=language, at_moment=at_moment))


def voucher_letter(*, voucher: Voucher, language: str, at_moment: datetime) -> Letter:
    """What the information says, before it is typeset."""
    words = WORDS[language]
    facts = voucher_facts(voucher=voucher, on=at_moment.date())
    service = named(facts.service, language)
    reference = words["number"].format(number=voucher.pk)
    frame = Frame(language, words["title"].format(service=service), reference, at_moment)
    values = [
        (named(one.band, language), format_euros(Money(one.cents), language))
        for one in facts.values
    ]
    blocks: list[Block] = [
        Paragraph(words["intro"]),
        Heading(words["value"]),
        Facts(values),
        Paragraph(words["free" if facts.is_free_by_law else "self_pay"]),
        *_providers(facts, words, language),
        Heading(words["otherwise"]),
        Paragraph(words["fee"]),
        Heading(words["choice"]),
        Bullets([words["choice_accept"], words["choice_refuse"], words["choice_ask"]]),
    ]
    return letter(frame, voucher.decision, blocks)


def _providers(facts: VoucherFacts, words: Words, language: str) -> list[Block]:
    if not facts.providers:
        return [Heading(words["prices"]), Paragraph(words["no_prices"])]
    rows = [row for one in facts.providers for row in _rows(one, language)]
    header = [words["provider"], words["time"], words["price"], words["you_pay"]]
    return [
        Heading(words["prices"]),
        Paragraph(words["prices_text"]),
        Table(header, rows, frozenset({2, 3})),
    ]


def _rows(provider: ProviderPrices, language: str) -> list[list[str]]:
    return [
        [
            provider.provider,
            named(one.band, language),
            format_euros(Money(one.cents), language),
            format_euros(Money(one.self_pay_cents), language),
        ]
        for one in provider.bands
    ]
