"""A statement as a table (CSV) down to each visit: UTF-8 with its mark, semicolons, decimal commas.

That is what spreadsheets in Finland open by a click, so numbers have a decimal comma in every
language; days are as in ISO 8601. The last column adds up to the payment. Words are never formulas,
and numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from django.utils import translation
from django.utils.translation import gettext

from valinta.processes.statement_story import cause_words, statement_number, steps_of
from valinta.programmes.names import named
from valinta.settlements.models import Statement
from valinta.settlements.queries import all_visits, corrections_of, paid_again_in
from valinta.shared.sheets import MARK, harmless
from valinta.visits.models import Correction, Visit

_AT_A_TIME = 2_000


class Figure(str):
    """A cell that is a number, so a minus in front is no formula."""


def statement_table(*, statement: Statement, language: str) -> Iterator[str]:
    """The rows as text, some thousands at a time, so a large company's statement fits anywhere."""
    with translation.override(language):
        yield MARK + _text([_header()])
    visits = all_visits(statement).select_related("order__service", "band")
    batch: list[Sequence[str]] = []
    for visit in visits.iterator(chunk_size=_AT_A_TIME):
        batch.append(_worked(statement, visit, language))
        if len(batch) == _AT_A_TIME:
            yield _text(batch)
            batch = []
    yield _text([*batch, *_rest(statement, language)])


def _header() -> list[str]:
    return [
        gettext("Statement"),
        gettext("Row"),
        gettext("Order"),
        gettext("Service"),
        gettext("Time band"),
        gettext("Reference"),
        gettext("Visit on"),
        gettext("Amount"),
        gettext("Unit"),
        gettext("Price, €"),
        gettext("Cause"),
        gettext("Why"),
        gettext("From the client, €"),
        gettext("From the organiser, €"),
    ]


def _worked(statement: Statement, visit: Visit, language: str) -> list[str]:
    with translation.override(language):
        return [
            *_head(statement, gettext("work")),
            *_about(visit, language),
            Figure(_decimal(visit.quantity_hundredths)),
            visit.order.service.unit,
            Figure(_decimal(visit.price_cents)),
            "",
            "",
            Figure(_decimal(visit.self_pay_cents)),
            Figure(_decimal(visit.payable_cents)),
        ]


def _rest(statement: Statement, language: str) -> list[Sequence[str]]:
    """Corrections one by one, payments made again one by one, and the balances."""
    with translation.override(language):
        rows = [
            _corrected(statement, one.correction, language) for one in corrections_of(statement)
        ]
        for payment in paid_again_in(statement):
            head = _head(statement, gettext("paid again"))
            blank = [""] * 3 + [payment.reference] + [""] * 8
            rows.append([*head, *blank, Figure(_decimal(payment.cents))])
        for step in steps_of(statement):
            if step.code in ("carried_in", "carried_out"):
                head = _head(statement, gettext("balance"))
                rows.append([*head, *[""] * 9, step.words, "", Figure(_decimal(step.cents))])
        return list(rows)


def _corrected(statement: Statement, correction: Correction, language: str) -> list[str]:
    return [
        *_head(statement, gettext("correction")),
        *_about(correction.visit, language),
        "",
        "",
        "",
        cause_words(correction.cause),
        correction.reason,
        "",
        Figure(_decimal(correction.cents)),
    ]


def _head(statement: Statement, row: str) -> list[str]:
    return [statement_number(statement), row]


def _about(visit: Visit, language: str) -> list[str]:
    return [
        Figure(str(visit.order_id)),
        named(visit.order.service.names, language),
        named(visit.band.names, language),
        visit.reference,
        visit.served_on.isoformat(),
    ]


def _text(rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([one if isinstance(one, Figure) else harmless(one) for one in row])
    return text.getvalue()


def _decimal(hundredths: int) -> str:
    whole, rest = divmod(abs(hundredths), 100)
    return f"{'-' if hundredths < 0 else ''}{whole},{rest:02d}"
