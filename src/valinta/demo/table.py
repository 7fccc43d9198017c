"""The demo's table: per programme, what was granted, held, delivered and paid, and who paid it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import F, QuerySet, Sum

from valinta.budgets.models import Pot, Voucher
from valinta.clients.models import Enrolment
from valinta.clients.states import EnrolmentState
from valinta.orders.models import Slice
from valinta.processes.verify_books import verify_books
from valinta.programmes.models import Programme
from valinta.settlements.funding import funding_report
from valinta.settlements.models import Payment
from valinta.settlements.states import PaymentState
from valinta.shared.money import Money, format_euros
from valinta.shared.periods import Period
from valinta.visits.models import Correction, Visit
from valinta.visits.states import VisitState

HEADER = ("programme", "clients", "granted", "reserved", "delivered", "paid", "funding", "ledger")
_TAKEN = [VisitState.ACCEPTED, VisitState.CONFIRMED, VisitState.DISPUTED]


def row(programme: Programme) -> tuple[str, ...]:
    """The programme's row, from what the database holds now. Needs the organiser in scope."""
    enrolled = Enrolment.objects.filter(programme=programme, state=EnrolmentState.ENROLLED)
    findings = verify_books()
    return (
        programme.code,
        str(enrolled.count()),
        _euros(_granted(programme)),
        _euros(_held(programme)),
        _euros(_delivered(programme)),
        _euros(_paid(programme)),
        _shares(programme),
        "balances" if not findings else f"{len(findings)} BROKEN",
    )


def _granted(programme: Programme) -> int:
    pots = Pot.objects.filter(budget__enrolment__programme=programme)
    vouchers = Voucher.objects.filter(enrolment__programme=programme)
    return _sum(pots, "granted_cents") + _sum(vouchers, "granted_cents")


def _held(programme: Programme) -> int:
    slices = Slice.objects.filter(order__enrolment__programme=programme)
    total = slices.aggregate(cents=Sum(F("hold__credits") - F("hold__debits")))["cents"]
    return int(total or 0)


def _delivered(programme: Programme) -> int:
    visits = Visit.objects.filter(order__enrolment__programme=programme, state__in=_TAKEN)
    corrections = Correction.objects.filter(
        visit__order__enrolment__programme=programme, visit__state__in=_TAKEN
    )
    return _sum(visits, "payable_cents") + _sum(corrections, "cents")


def _paid(programme: Programme) -> int:
    payments = Payment.objects.filter(statement__run__programme=programme, state=PaymentState.PAID)
    return _sum(payments, "cents")


def _sum(rows: QuerySet[Any], field: str) -> int:
    total = rows.aggregate(cents=Sum(field))["cents"]
    return int(total or 0)


def _shares(programme: Programme) -> str:
    """Each source's part of the cost of the months that the demo lived."""
    today = programme.organiser.demo_today
    if today is None:
        return ""
    this_month = Period.month(today.year, today.month)
    before = this_month.starts_on - timedelta(days=1)
    sums: dict[str, int] = {}
    for month in (Period.month(before.year, before.month), this_month):
        for share in funding_report(programme=programme, month=month).shares:
            sums[share.source] = sums.get(share.source, 0) + share.amount.cents
    return ", ".join(f"{source} {_euros(cents)}" for source, cents in sums.items())


def _euros(cents: int) -> str:
    return format_euros(Money(cents), "en")


def drawn(rows: Sequence[Sequence[str]]) -> str:
    """The rows as text, each column as wide as its longest cell; sums to the right."""
    table = [HEADER, *rows]
    widths = [max(len(line[column]) for line in table) for column in range(len(HEADER))]
    right = {1, 2, 3, 4, 5}
    lines = []
    for line in table:
        cells = [
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)
