"""S6: a settlement run to its payment file, against the bare sets that do the same work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from bench.copies import twin
from bench.figures import timed
from bench.volume import owner
from bench.world import SETTLED_AT, World
from valinta.processes.settle_period import send_payments, settle_period
from valinta.settlements.actions import approve_run
from valinta.settlements.models import Run

CUT_OFF = date(2019, 4, 1)
TWINS = {
    "settlements_runvisit": "bare_runvisit",
    "settlements_statement": "bare_statement",
    "settlements_statementline": "bare_line",
    "ledger_transfer": "bare_settled",
}

_MEMBERS = """
INSERT INTO bare_runvisit (visit_id, run_id, organiser_id)
SELECT v.id, %(run)s, v.organiser_id FROM visits_visit v
WHERE v.organiser_id = %(organiser)s AND v.served_on < %(cut_off)s
    AND (v.state = 'confirmed' OR (v.state = 'accepted' AND v.recorded_at <= %(silent)s))
    AND NOT EXISTS (SELECT 1 FROM settlements_runvisit r WHERE r.visit_id = v.id)
"""
_STATEMENTS = """
INSERT INTO bare_statement (organiser_id, run_id, provider_id, visits, work_cents,
    correction_cents, returned_cents, carried_in_cents, payment_cents, carried_out_cents)
SELECT %(organiser)s, %(run)s, v.provider_id, count(*), sum(v.payable_cents), 0, 0, 0,
    sum(v.payable_cents), 0
FROM bare_runvisit r JOIN visits_visit v ON v.id = r.visit_id GROUP BY v.provider_id
"""
_LINES = """
INSERT INTO bare_line (organiser_id, statement_id, order_id, service_id, band_id, price_cents,
    visits, quantity_hundredths, cents)
SELECT %(organiser)s, t.id, v.order_id, o.service_id, v.band_id, v.price_cents, count(*),
    sum(v.quantity_hundredths), sum(v.payable_cents)
FROM bare_runvisit r JOIN visits_visit v ON v.id = r.visit_id
JOIN bare_statement t ON t.provider_id = v.provider_id JOIN orders_order o ON o.id = v.order_id
GROUP BY t.id, v.order_id, o.service_id, v.band_id, v.price_cents
"""
_POSTINGS = """
INSERT INTO bare_settled (organiser_id, debit_id, credit_id, cents, kind, happened_at, cause_kind,
    cause_id, key)
SELECT %(organiser)s, a.payable_id, 1, t.payment_cents, 'settle', %(at)s, 'run', %(run)s,
    'settle:' || t.id
FROM bare_statement t JOIN providers_provideraccount a ON a.provider_id = t.provider_id
WHERE a.payable_id <> 1
"""


class NotSettled(AssertionError):
    """The run does not hold the visits it should; no figure counts then."""


def settle(world: World, folder: Path, at: datetime) -> Run:
    """Prepare, approve by another, and write the payment file."""
    run = settle_period(
        programme=world.programme, cut_off_on=CUT_OFF, by=world.staff.preparer.actor, at=at
    )
    approver = world.staff.approver.actor
    run = approve_run(run=run, by=approver, at=at + timedelta(hours=1))
    send_payments(run=run, folder=folder, by=approver, at=at + timedelta(hours=2))
    return run


def seconds_to_settle(world: World, visits: int, at: datetime) -> float:
    """Seconds for a run of what is there, which has to be this many visits."""
    with TemporaryDirectory() as folder:
        runs: list[Run] = []
        taken = timed(lambda: runs.append(settle(world, Path(folder), at)))
        if not list(Path(folder).glob("*.xml")):
            raise NotSettled("No payment file was written.")
    held = sum(runs[0].statements.values_list("visits", flat=True))
    if held != visits:
        raise NotSettled(f"The run holds {held} visits; it should hold {visits}.")
    return taken


def bare_seconds(world: World, run_id: int) -> float:
    """Seconds for the bare sets on the visits that no run holds yet, in one transaction."""
    given = {
        "run": run_id,
        "organiser": world.programme.organiser_id,
        "cut_off": CUT_OFF,
        "silent": SETTLED_AT - timedelta(days=10),
        "at": SETTLED_AT,
    }
    with owner(world) as connection:
        for table, name in TWINS.items():
            twin(connection, table, name)
        # Their statements are their own, so that key points to a table of the same rows.
        _point_lines_to_own_statements(connection)
        taken = timed(_in_one_transaction(connection, given))
        for name in reversed(TWINS.values()):
            connection.execute(f"DROP TABLE {name}")
    return taken


def _in_one_transaction(
    connection: psycopg.Connection, given: dict[str, object]
) -> Callable[[], None]:
    def work() -> None:
        with connection.transaction():
            connection.execute(_MEMBERS, given)
            connection.execute("ANALYZE bare_runvisit")
            for statement in (_STATEMENTS, _LINES, _POSTINGS):
                connection.execute(statement, given)

    return work


def _point_lines_to_own_statements(connection: psycopg.Connection) -> None:
    row = connection.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = 'bare_line'::regclass"
        " AND confrelid = 'settlements_statement'::regclass"
    ).fetchone()
    assert row is not None
    connection.execute(f'ALTER TABLE bare_line DROP CONSTRAINT "{row[0]}"')
    connection.execute(
        "ALTER TABLE bare_line ADD FOREIGN KEY (statement_id) REFERENCES bare_statement"
        " DEFERRABLE INITIALLY DEFERRED"
    )
