"""The letter of a decision as tagged PDF: the sum line by line, the law, how to challenge it."""

from __future__ import annotations

from collections.abc import Mapping

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
from valinta.needs.models import AllocationLine
from valinta.plans.models import Decision, PlanLine
from valinta.plans.states import DecisionState, Way
from valinta.processes.decision_words import UNITS
from valinta.processes.letter_parts import (
    Frame,
    challenge_blocks,
    day,
    days,
    letter,
    number,
    where_to_claim,
)
from valinta.processes.letter_texts import own_words
from valinta.processes.letter_words import DECISION, words_of
from valinta.programmes.names import named
from valinta.programmes.ranges import as_period
from valinta.rules.appeal import Challenge
from valinta.shared.money import Money, format_euros
from valinta.users.models import User

Words = Mapping[str, str]
ADJUSTMENT = "adjustment"


def write_decision_letter(*, decision: Decision, language: str) -> bytes:
    """The decision as PDF/UA in the language. The same decision gives the same bytes."""
    return render_letter(decision_letter(decision=decision, language=language))


def decision_letter(*, decision: Decision, language: str) -> Letter:
    """What the letter says, before it is typeset. The facts are the same in every language."""
    programme = decision.enrolment.programme
    words = words_of(
        DECISION, language, own_words(programme, DECISION, language, decision.made_at.date())
    )
    refused = decision.state == DecisionState.REFUSED
    lines = _lines(decision)
    title = words["title_refused"] if refused else _title(lines, words)
    reference = words["number"].format(number=decision.pk)
    frame = Frame(language, title, reference, decision.made_at)
    what = _refused(decision, words) if refused else _granted(decision, lines, words, language)
    blocks = [
        *what,
        Heading(words["facts"]),
        Facts(_facts(decision, words, language)),
        *_law(decision, words, language),
        *challenge_blocks(words, decision, Challenge.CLAIM, frame, number=str(decision.pk)),
        *where_to_claim(words, decision, language),
        *_help(decision, words),
    ]
    return letter(frame, decision, blocks)


def _lines(decision: Decision) -> list[PlanLine]:
    if decision.plan is None:
        return []
    return list(decision.plan.lines.select_related("service").order_by("id"))


def _title(lines: list[PlanLine], words: Words) -> str:
    ways = {line.way for line in lines}
    if {Way.BUDGET, Way.VOUCHER} <= ways:
        return words["title_both"]
    return words["title_voucher"] if Way.VOUCHER in ways else words["title"]


def _refused(decision: Decision, words: Words) -> list[Block]:
    grounds = Paragraph(decision.grounds)
    return [Paragraph(words["refused"]), Heading(words["grounds"]), grounds]


def _granted(decision: Decision, lines: list[PlanLine], words: Words, language: str) -> list[Block]:
    total = format_euros(Money(decision.monthly_cents), language)
    period = days(as_period(decision.valid), language)
    return [
        Paragraph(words["intro"]),
        Paragraph(words["sum"].format(total=total, period=period)),
        *_grounds(decision, words),
        Heading(words["how"]),
        Paragraph(words["how_text"]),
        _table(lines, words, language),
        *_counted(decision, words, language),
        *_vouchers(decision, words, language),
        Paragraph(words["money"]),
    ]


def _grounds(decision: Decision, words: Words) -> list[Block]:
    """What was written to explain a grant, if anything; the needs and the plan explain the rest."""
    if not decision.grounds:
        return []
    return [Heading(words["grounds"]), Paragraph(decision.grounds)]


def _table(lines: list[PlanLine], words: Words, language: str) -> Table:
    rows = []
    for line in lines:
        name = named(line.service.names, language)
        if line.mandatory:
            name = f"{name} ({words['kept']})"
        quantity = f"{number(line.quantity_hundredths, language)} {_unit(line, language)}"
        amount = format_euros(Money(line.monthly_cents), language)
        rows.append([name, quantity, words[f"ways.{line.way}"], amount])
    header = [words["service"], words["quantity"], words["way"], words["amount"]]
    return Table(header, rows, frozenset({1, 3}))


def _counted(decision: Decision, words: Words, language: str) -> list[Block]:
    """Where the euros of the needs come from, line by line and in all."""
    if decision.plan is None:
        return []
    allocation = decision.plan.allocation
    lines = list(allocation.lines.select_related("service").order_by("number"))
    rows = [
        [
            named(line.service.names, language),
            _how_counted(line, words, language),
            format_euros(Money(line.cents), language),
        ]
        for line in lines
    ]
    rows.append([words["total"], "", format_euros(Money(allocation.total_cents), language)])
    header = [words["service"], words["counted"], words["amount"]]
    return [
        Heading(words["money_of_needs"], 3),
        Paragraph(words["money_of_needs_text"]),
        Table(header, rows, frozenset({2})),
    ]


def _how_counted(line: AllocationLine, words: Words, language: str) -> str:
    if line.explanation == ADJUSTMENT:
        return f"{words['adjustment']}: {line.reason}"
    by_points = "point" in line.explanation
    unit = words["by_points"] if by_points else UNITS[language].get(line.service.unit, "")
    amount = f"{number(line.quantity_hundredths, language)} {unit}".strip()
    if line.unit_cents is None:
        return amount
    return f"{amount} × {format_euros(Money(line.unit_cents), language)}"


def _unit(line: PlanLine, language: str) -> str:
    return UNITS[language].get(line.service.unit, line.service.unit)


def _vouchers(decision: Decision, words: Words, language: str) -> list[Block]:
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


def _facts(decision: Decision, words: Words, language: str) -> list[tuple[str, str]]:
    ids = [decision.made_by_id, decision.prepared_by_id]
    names = dict(User.objects.filter(pk__in=[one for one in ids if one]).values_list(
        "pk", "display_name"
    ))  # fmt: skip
    period = as_period(decision.valid)
    made_by = names.get(decision.made_by_id or 0) or decision.organiser.name(language)
    pairs = [(words["made_on"], day(decision.made_at.date(), language))]
    if decision.state != DecisionState.REFUSED:
        pairs.append((words["valid"], days(period, language)))
    if decision.plan is not None:
        version = words["plan_version"].format(number=decision.plan.version)
        pairs.append((words["plan"], version))
    pairs.append((words["made_by"], made_by))
    if decision.prepared_by_id in names:
        pairs.append((words["prepared_by"], names[decision.prepared_by_id]))
    return pairs


def _law(decision: Decision, words: Words, language: str) -> list[Block]:
    """The acts of the services by name and number, with the section where the pack gives it."""
    acts = [
        f"{named(basis['names'], language)} ({basis['act']}) {basis['section']}".strip()
        for basis in decision.legal_basis
    ]
    return [Heading(words["law"]), Bullets(acts)] if acts else []


def _help(decision: Decision, words: Words) -> list[Block]:
    manager = decision.enrolment.client.case_manager
    if manager is None:
        return []
    text = words["help_text"].format(name=manager.display_name)
    return [Heading(words["help"]), Paragraph(text)]
