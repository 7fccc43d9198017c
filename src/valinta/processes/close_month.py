"""Close a budget month: what was held and not used is freed, and what is left goes on or back.

Whether the rest of a month stays with the client is the programme's rule (carry-over).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from valinta.audit.actions import Note, record
from valinta.ledger.posting import post_selected
from valinta.programmes.models import Programme
from valinta.programmes.queries import carries_over, last_report_on
from valinta.shared.periods import Period
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


class MonthStillOpen(ValueError):
    """Visits of the month may still be reported, so its money is still needed."""


@dataclass(frozen=True, slots=True)
class Closed:
    """How many holds were freed, and how many pots were carried on or emptied to the funding."""

    holds_freed: int
    pots_emptied: int
    pots_carried: int


_LOCK = """
SELECT count(*) FROM (
    SELECT s.id FROM orders_slice s JOIN budgets_pot p ON p.id = s.pot_id
    JOIN budgets_budget b ON b.id = p.budget_id JOIN clients_enrolment e ON e.id = b.enrolment_id
    WHERE e.programme_id = %(programme)s AND p.valid <@ daterange(%(starts)s, %(ends)s)
    ORDER BY s.id FOR NO KEY UPDATE OF s) locked
"""
_POTS = """
SELECT p.id, p.account_id, p.budget_id, p.service_id, a.credits - a.debits AS cents, a.debits,
    n.account_id AS next_id
FROM budgets_pot p
JOIN ledger_account a ON a.id = p.account_id
JOIN budgets_budget b ON b.id = p.budget_id
JOIN clients_enrolment e ON e.id = b.enrolment_id
LEFT JOIN budgets_pot n ON n.budget_id = p.budget_id AND b.state = 'in_force'
    AND n.service_id IS NOT DISTINCT FROM p.service_id AND n.valid @> upper(p.valid)
WHERE e.programme_id = %(programme)s AND p.valid <@ daterange(%(starts)s, %(ends)s)
    AND a.credits > a.debits
"""
# A visit that waits for a person may still be captured, so its hold stays.
_FREE_HOLDS = """
SELECT s.hold_id, s.source_id, a.credits - a.debits, 'release', 'order', s.order_id,
    'release:' || s.hold_id || ':' || a.debits
FROM orders_slice s JOIN ledger_account a ON a.id = s.hold_id
JOIN budgets_pot p ON p.id = s.pot_id JOIN budgets_budget b ON b.id = p.budget_id
JOIN clients_enrolment e ON e.id = b.enrolment_id
WHERE e.programme_id = %(programme)s AND p.valid <@ daterange(%(starts)s, %(ends)s)
    AND a.credits > a.debits AND NOT EXISTS (
        SELECT 1 FROM visits_visit v WHERE v.slice_id = s.id AND v.state = 'in_review')
ORDER BY s.id
"""
_CARRY = f"""
SELECT %(funding)s::bigint, p.next_id, p.cents, 'grant', 'budget', p.budget_id,
    'carry:' || p.account_id || ':' || p.debits
FROM ({_POTS}) p WHERE p.next_id IS NOT NULL ORDER BY p.id
"""
_EMPTY = f"""
SELECT p.account_id, %(funding)s::bigint, p.cents, 'expire', 'budget', p.budget_id,
    'expire:' || p.account_id || ':' || p.debits
FROM ({_POTS}) p ORDER BY p.id
"""


@transaction.atomic
def close_month(*, programme: Programme, month: Period, by: Actor, at: datetime) -> Closed:
    """Close a calendar month of all the programme's budgets. Doing it again changes nothing.

    Raises MonthStillOpen until the rulebook's time for reporting the month's last day, late with a
    reason included, has passed.
    """
    by.must(Permission.PREPARE_RUNS, programme.organiser_id)
    _must_be_over(programme, month, at.date())
    parameters: dict[str, int | datetime | date | None] = {
        "programme": programme.pk,
        "starts": month.starts_on,
        "ends": month.ends_on,
        "funding": programme.funding_account_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, parameters)
    carries = carries_over(programme)
    freed = _post(_FREE_HOLDS, programme, parameters, by, at)
    carried = _post(_CARRY, programme, parameters, by, at) if carries else 0
    emptied = _post(_EMPTY, programme, parameters, by, at)
    facts = {"month": str(month), "holds": freed, "carried": carried, "emptied": emptied}
    note = Note("close_month", "programme", programme.pk, "open", "closed", facts=facts)
    record(organiser_id=programme.organiser_id, by_id=by.user_id, at=at, notes=[note])
    return Closed(freed, emptied - carried, carried)


def _must_be_over(programme: Programme, month: Period, today: date) -> None:
    last = last_report_on(programme, month.last_on)
    if today <= last:
        raise MonthStillOpen(
            f"Visits of {month} can be reported until {last}; close it after that."
        )


def _post(
    select: str,
    programme: Programme,
    parameters: dict[str, int | datetime | date | None],
    by: Actor,
    at: datetime,
) -> int:
    return post_selected(
        select=select,
        parameters=parameters,
        organiser_id=programme.organiser_id,
        by_id=by.user_id,
        at=at,
    )
