"""The funding report: what each source pays of each month's cost, from transfers alone (KAI-2).

Cost is what became owed to providers: captures, and corrections in either direction. A capture
belongs to the month of the service when it was posted within the rulebook's reporting time after
that month, so that work of a programme's last days is its cost; later than that the month is shut,
and the capture belongs to the month of posting, as corrections always do. A source's share follows
the programme's dated split; cents that do not divide go by the largest remainder, so the shares
always add up to the cost.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection

from valinta.programmes.models import Programme
from valinta.programmes.queries import funding_on
from valinta.shared.money import Money
from valinta.shared.periods import Period

_COST = """
SELECT coalesce(sum(cents), 0)::bigint FROM (
    SELECT CASE WHEN t.credit_id = a.payable_id THEN t.cents ELSE -t.cents END AS cents,
        CASE WHEN t.kind = 'capture' AND posted.day < (date_trunc('month', v.served_on)
                + interval '1 month')::date + (r.parameters->>'report_within_days')::int + 1
            THEN v.served_on ELSE posted.day END AS accounted_on
    FROM ledger_transfer t
    JOIN providers_provideraccount a ON a.organiser_id = t.organiser_id
        AND a.payable_id IN (t.debit_id, t.credit_id)
    LEFT JOIN visits_correction c ON t.cause_kind = 'correction' AND c.id = t.cause_id
    JOIN visits_visit v ON v.id = coalesce(c.visit_id, t.cause_id)
    JOIN orders_order o ON o.id = v.order_id
    JOIN catalogue_service s ON s.id = o.service_id AND s.programme_id = %(programme)s
    LEFT JOIN programmes_rulebook r ON r.programme_id = s.programme_id AND r.valid @> v.served_on
    CROSS JOIN LATERAL (
        SELECT (t.happened_at AT TIME ZONE 'Europe/Helsinki')::date AS day) posted
    WHERE t.organiser_id = %(organiser)s AND t.kind IN ('capture', 'correct')
) costs WHERE accounted_on >= %(starts)s AND accounted_on < %(ends)s
"""


class NoFunding(LookupError):
    """The programme names no source of funding for the month."""


@dataclass(frozen=True, slots=True)
class SourceShare:
    """A source, its share in hundredths of a per cent, and its part of the cost."""

    source: str
    names: dict[str, str]
    share: int
    amount: Money


@dataclass(frozen=True, slots=True)
class FundingReport:
    """A programme's cost in an accounting month and who pays it; the shares add up to the cost."""

    month: Period
    cost: Money
    shares: list[SourceShare]


def funding_report(*, programme: Programme, month: Period) -> FundingReport:
    """The report of a calendar month. Raises NoFunding when no split is in force on its first day.

    A cost below zero (corrections only) is split the same way with the sign turned.
    """
    sources = funding_on(programme, _day_with_funding(programme, month))
    if not sources:
        raise NoFunding(f"The programme {programme.code} has no funding split in {month}.")
    cost = _cost(programme, month)
    parts = Money(abs(cost.cents)).split([source.share for source in sources])
    sign = -1 if cost.cents < 0 else 1
    shares = [
        SourceShare(source.source, source.names, source.share, part * sign)
        for source, part in zip(sources, parts, strict=True)
    ]
    return FundingReport(month, cost, shares)


def _day_with_funding(programme: Programme, month: Period) -> date:
    """The month's first day with a split in force: a programme may begin in the middle of it."""
    row = (
        programme.funding.filter(valid__overlap=(month.starts_on, month.ends_on))
        .order_by("valid")
        .first()
    )
    return max(month.starts_on, row.valid.lower) if row else month.starts_on


def _cost(programme: Programme, month: Period) -> Money:
    with connection.cursor() as cursor:
        cursor.execute(
            _COST,
            {
                "programme": programme.pk,
                "organiser": programme.organiser_id,
                "starts": month.starts_on,
                "ends": month.ends_on,
            },
        )
        row = cursor.fetchone()
    return Money(int(row[0]) if row else 0)
