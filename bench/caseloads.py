"""The crowd as case managers have it: a hundred clients each, and of everything some that waits."""

from __future__ import annotations

import psycopg

EACH = 100

_WORKERS = """
WITH made AS (
    INSERT INTO users_user (password, username, display_name, language, is_active, made_for_demo)
    SELECT '!', 'bench-worker-' || g, 'Työntekijä ' || g, 'fi', true, true
    FROM generate_series(1, %(workers)s) g RETURNING id
), held AS (
    INSERT INTO users_holding (organiser_id, user_id, role, valid)
    SELECT %(organiser)s, id, 'case_manager', '[2015-01-01,)' FROM made
)
SELECT array_agg(id ORDER BY id) FROM made
"""
_DIVIDE = """
UPDATE clients_client c SET case_manager_id = (%(workers)s::bigint[])[1 + (b.n - 1) / %(each)s]
FROM bench_made b WHERE b.tab = 'clients_client' AND b.new = c.id
"""
# What nothing else in the benchmark reads; so it is written past the rules that real acts keep.
_WAITS = (
    # The month's money is given to everybody, and a part of it, another for each, is gone.
    """UPDATE ledger_account a SET credits = p.granted_cents,
        debits = p.granted_cents * (b.n %% 100) / 120
    FROM budgets_pot p JOIN bench_made b ON b.tab = 'budgets_pot' AND b.new = p.id
    WHERE a.id = p.account_id""",
    """UPDATE visits_visit v SET reason = 'bench', decided_at = v.recorded_at,
        state = CASE WHEN b.n %% 2 = 0 THEN 'disputed' ELSE 'in_review' END
    FROM bench_made b WHERE b.tab = 'clients_client' AND b.new = v.client_id AND b.n %% 40 < 2
        AND v.reference LIKE 'crowd-%%-1'""",
    """INSERT INTO plans_serviceplan (organiser_id, enrolment_id, version, state, allocation_id,
        written_at)
    SELECT s.organiser_id, s.enrolment_id, s.version + 1, 'draft', s.allocation_id, s.written_at
    FROM plans_serviceplan s JOIN bench_made b ON b.tab = 'plans_serviceplan' AND b.new = s.id
    WHERE b.n %% 40 = 3""",
    """WITH made AS (
        INSERT INTO messages_thread (organiser_id, client_id, route, subject, opened_at, last_at)
        SELECT c.organiser_id, c.id, 'case_manager', 'bench', %(at)s, %(at)s FROM clients_client c
        JOIN bench_made b ON b.tab = 'clients_client' AND b.new = c.id RETURNING *
    ), written AS (
        INSERT INTO messages_message (organiser_id, thread_id, side, words, written_at,
            written_by_id)
        SELECT organiser_id, id, 'client', 'bench', last_at, %(reader)s FROM made
    )
    INSERT INTO messages_glance (organiser_id, thread_id, user_id, read_at)
    SELECT m.organiser_id, m.id, c.case_manager_id, m.last_at
    FROM made m JOIN clients_client c ON c.id = m.client_id WHERE m.id %% 20 > 0""",
)


def divide(
    connection: psycopg.Connection, organiser_id: int, manager_id: int, clients: int, at: object
) -> None:
    """Give the case manager a hundred of the copied clients and other workers the rest.

    Some of the copies then have something that waits, so that the work list has rows of each kind.
    """
    connection.execute("SET LOCAL session_replication_role = replica")
    workers = {"workers": max(0, -(-clients // EACH) - 1), "organiser": organiser_id}
    (others,) = connection.execute(_WORKERS, workers).fetchone() or (None,)
    shares = {"workers": [manager_id, *(others or [])], "each": EACH}
    connection.execute(_DIVIDE, shares)
    for statement in _WAITS:
        connection.execute(statement, {"at": at, "reader": manager_id})
