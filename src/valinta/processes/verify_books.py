"""`valinta verify`: the invariants of the money, each as a query that names what breaks it.

The numbers are those of docs/money.md. Every query returns one text for each fault; no rows mean
that the invariant holds. They read the tables as they are and trust nothing that was computed
before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from valinta.processes.verify_tenancy import strays


@dataclass(frozen=True, slots=True)
class Check:
    """One invariant: its number, what it says, and the query that finds its faults."""

    number: int
    says: str
    faults: str


@dataclass(frozen=True, slots=True)
class Finding:
    """An invariant that does not hold, and up to twenty places where."""

    check: Check
    places: list[str]


CHECKS = (
    Check(
        1,
        "the sum of all accounts is zero",
        "SELECT 'organiser ' || organiser_id || ': accounts sum to ' || sum(credits - debits)"
        " FROM ledger_account GROUP BY organiser_id HAVING sum(credits - debits) <> 0",
    ),
    Check(
        1,
        "each account's totals equal the sum of its transfers",
        """
        WITH sides AS (
            SELECT debit_id AS id, sum(cents) AS went, 0 AS came FROM ledger_transfer GROUP BY 1
            UNION ALL
            SELECT credit_id, 0, sum(cents) FROM ledger_transfer GROUP BY 1
        ), sums AS (SELECT id, sum(went) AS went, sum(came) AS came FROM sides GROUP BY id)
        SELECT 'account ' || coalesce(a.id, s.id) || ': totals ' || coalesce(a.debits, 0) || '/'
            || coalesce(a.credits, 0) || ', transfers ' || coalesce(s.went, 0) || '/'
            || coalesce(s.came, 0)
        FROM ledger_account a FULL JOIN sums s ON s.id = a.id
        WHERE a.id IS NULL OR a.debits <> coalesce(s.went, 0) OR a.credits <> coalesce(s.came, 0)
        """,
    ),
    Check(
        2,
        "no account is below its floor",
        "SELECT 'account ' || id || ' (' || kind || ') has ' || (credits - debits) || ' cents'"
        " FROM ledger_account WHERE floor IS NOT NULL AND credits - debits < floor",
    ),
    Check(
        3,
        "each visit is captured as its price says, once, when it is accepted",
        """
        SELECT 'visit ' || v.id || ' (' || v.state || '): captured ' || coalesce(c.cents, 0)
            || ', payable ' || v.payable_cents
        FROM visits_visit v LEFT JOIN (
            SELECT cause_id, sum(cents) AS cents FROM ledger_transfer
            WHERE kind = 'capture' AND cause_kind = 'visit' GROUP BY cause_id) c
            ON c.cause_id = v.id
        WHERE (v.state IN ('accepted', 'confirmed', 'disputed')
                AND coalesce(c.cents, 0) <> v.payable_cents)
            OR (v.state = 'in_review' AND c.cents IS NOT NULL)
            OR (v.state = 'rejected' AND coalesce(c.cents, 0) + coalesce((
                SELECT sum(cents) FROM visits_correction k WHERE k.visit_id = v.id), 0) <> 0)
        """,
    ),
    Check(
        3,
        "each visit's amounts equal the price rule's result on the day",
        """
        SELECT 'visit ' || v.id || ': payable ' || v.payable_cents || ', rule gives ' || x.payable
        FROM visits_visit v
        JOIN orders_slice s ON s.id = v.slice_id
        LEFT JOIN budgets_voucherunit u ON u.voucher_id = s.voucher_id AND u.band_id = v.band_id
        CROSS JOIN LATERAL (SELECT (least(v.price_cents, coalesce(u.cents,
            CASE WHEN s.voucher_id IS NULL THEN v.price_cents ELSE 0 END))::bigint
            * v.quantity_hundredths + 50) / 100 AS payable,
            (v.price_cents::bigint * v.quantity_hundredths + 50) / 100 AS gross) x
        WHERE v.payable_cents <> x.payable
            OR v.self_pay_cents <> CASE WHEN v.free_by_law THEN 0 ELSE x.gross - x.payable END
        """,
    ),
    Check(
        3,
        "each correction is posted to the cent",
        """
        SELECT 'correction ' || c.id || ': says ' || c.cents || ', posted ' || coalesce(t.cents, 0)
        FROM visits_correction c LEFT JOIN (
            SELECT t.cause_id, sum(CASE WHEN a.kind = 'payable' THEN t.cents ELSE -t.cents END)
                AS cents
            FROM ledger_transfer t JOIN ledger_account a ON a.id = t.credit_id
            WHERE t.kind = 'correct' GROUP BY t.cause_id) t ON t.cause_id = c.id
        WHERE c.cents <> coalesce(t.cents, 0)
        """,
    ),
    Check(
        3,
        "what providers are owed is what was captured and corrected and not paid",
        """
        WITH owed AS (
            SELECT organiser_id, provider_id, sum(cents) AS cents FROM (
                SELECT v.organiser_id, v.provider_id, v.payable_cents AS cents FROM visits_visit v
                WHERE v.state IN ('accepted', 'confirmed', 'disputed')
                UNION ALL
                SELECT v.organiser_id, v.provider_id, v.payable_cents FROM visits_visit v
                WHERE v.state = 'rejected' AND EXISTS (SELECT 1 FROM ledger_transfer t
                    WHERE t.cause_kind = 'visit' AND t.cause_id = v.id)
                UNION ALL
                SELECT v.organiser_id, v.provider_id, c.cents FROM visits_correction c
                JOIN visits_visit v ON v.id = c.visit_id
                UNION ALL
                SELECT t.organiser_id, t.provider_id, -p.cents FROM settlements_payment p
                JOIN settlements_statement t ON t.id = p.statement_id WHERE p.state <> 'returned'
            ) parts GROUP BY organiser_id, provider_id)
        SELECT 'provider ' || p.provider_id || ': account has ' || (a.credits - a.debits)
            || ', visits and payments leave ' || coalesce(o.cents, 0)
        FROM providers_provideraccount p JOIN ledger_account a ON a.id = p.payable_id
        LEFT JOIN owed o ON o.organiser_id = p.organiser_id AND o.provider_id = p.provider_id
        WHERE a.credits - a.debits <> coalesce(o.cents, 0)
        """,
    ),
    Check(
        4,
        "each order's reserved money is held, captured, corrected or released",
        """
        WITH sides AS (
            SELECT credit_id AS account_id, kind, cents, key FROM ledger_transfer
            UNION ALL SELECT debit_id, kind, -cents, key FROM ledger_transfer
        ), moved AS (
            -- What moves from one decision's money to the next's leaves the hold and comes back;
            -- what is worth less at a lower price leaves it for good, and is reserved no more.
            SELECT s.id,
                sum(t.cents) FILTER (WHERE t.kind = 'reserve' OR t.key LIKE 'move:%')
                    AS reserved,
                sum(t.cents) FILTER (WHERE t.kind <> 'reserve' AND t.key NOT LIKE 'move:%')
                    AS rest
            FROM orders_slice s JOIN sides t ON t.account_id = s.hold_id GROUP BY s.id)
        SELECT 'order ' || s.order_id || ': reserved ' || s.reserved_cents || ', posted '
            || coalesce(m.reserved, 0) || ', held ' || (a.credits - a.debits)
        FROM orders_slice s JOIN ledger_account a ON a.id = s.hold_id
        LEFT JOIN moved m ON m.id = s.id
        WHERE s.reserved_cents <> coalesce(m.reserved, 0)
            OR a.credits - a.debits <> s.reserved_cents + coalesce(m.rest, 0)
        """,
    ),
    Check(
        4,
        "a closed order holds nothing",
        "SELECT 'order ' || o.id || ' is ' || o.state || ' and holds ' || (a.credits - a.debits)"
        " FROM orders_order o JOIN orders_slice s ON s.order_id = o.id"
        " JOIN ledger_account a ON a.id = s.hold_id"
        " WHERE o.state IN ('declined', 'ended') AND a.credits <> a.debits",
    ),
    Check(
        4,
        "nothing is left in a budget or voucher that has ended",
        """
        SELECT g.kind || ' ' || g.id || ' has ended, and account ' || a.id || ' has '
            || (a.credits - a.debits)
        FROM (
            SELECT 'budget' AS kind, b.id, p.account_id FROM budgets_budget b
            JOIN budgets_pot p ON p.budget_id = b.id WHERE b.state = 'ended'
            UNION ALL SELECT 'voucher', v.id, v.account_id FROM budgets_voucher v
            WHERE v.state IN ('refused', 'ended')) g
        JOIN ledger_account a ON a.id = g.account_id WHERE a.credits <> a.debits
        """,
    ),
    Check(
        4,
        "after a client has left, only the days until then hold money",
        """
        SELECT 'order ' || o.id || ' holds ' || (a.credits - a.debits) || ' for ' || s.valid
            || ', the client left on ' || e.ended_on
        FROM orders_order o JOIN clients_enrolment e ON e.id = o.enrolment_id
        JOIN orders_slice s ON s.order_id = o.id JOIN ledger_account a ON a.id = s.hold_id
        WHERE e.state IN ('withdrawn', 'ended') AND a.credits <> a.debits
            AND (o.state NOT IN ('placed', 'accepted') OR upper(s.valid) > e.ended_on + 1)
        """,
    ),
    Check(
        5,
        "a run's statements add up to its visits and corrections",
        """
        WITH worked AS (
            SELECT r.run_id, v.provider_id, sum(v.payable_cents) AS cents
            FROM settlements_runvisit r JOIN visits_visit v ON v.id = r.visit_id
            GROUP BY r.run_id, v.provider_id
        ), written AS (
            SELECT statement_id, sum(cents) AS cents FROM settlements_statementline
            GROUP BY statement_id
        )
        SELECT 'statement ' || t.id || ': says ' || t.work_cents || ', visits '
            || coalesce(w.cents, 0) || ', lines ' || coalesce(l.cents, 0)
        FROM settlements_statement t
        LEFT JOIN worked w ON w.run_id = t.run_id AND w.provider_id = t.provider_id
        LEFT JOIN written l ON l.statement_id = t.id
        WHERE t.work_cents <> coalesce(w.cents, 0) OR t.work_cents <> coalesce(l.cents, 0)
        """,
    ),
    Check(
        5,
        "a run's payments add up to its statements and its transfers",
        """
        SELECT 'run ' || r.id || ': statements ' || x.stated || ', payments ' || x.paid
            || ', transfers ' || x.posted
        FROM settlements_run r CROSS JOIN LATERAL (
            SELECT (SELECT coalesce(sum(payment_cents), 0) FROM settlements_statement t
                    WHERE t.run_id = r.id) AS stated,
                (SELECT coalesce(sum(p.cents), 0) FROM settlements_payment p
                    JOIN settlements_statement t ON t.id = p.statement_id
                    WHERE t.run_id = r.id) AS paid,
                (SELECT coalesce(sum(cents), 0) FROM ledger_transfer
                    WHERE kind = 'settle' AND cause_kind = 'run' AND cause_id = r.id) AS posted) x
        WHERE r.state IN ('approved', 'sent') AND (x.stated <> x.paid OR x.stated <> x.posted)
        """,
    ),
    Check(
        5,
        "only accepted and confirmed visits are in a run",
        "SELECT 'visit ' || v.id || ' is ' || v.state || ' and in run ' || r.run_id"
        " FROM settlements_runvisit r JOIN visits_visit v ON v.id = r.visit_id"
        " WHERE v.state NOT IN ('accepted', 'confirmed')",
    ),
    Check(
        6,
        "the shares of funding add up to everything on every day of a phase",
        """
        SELECT 'programme ' || p.code || ' on ' || d.day || ': shares sum to ' || coalesce(sum(
            f.share), 0)
        FROM programmes_programme p JOIN programmes_phase h ON h.programme_id = p.id
        CROSS JOIN LATERAL (SELECT lower(h.valid) AS day UNION SELECT lower(f.valid)
            FROM programmes_fundingshare f WHERE f.programme_id = p.id
                AND h.valid @> lower(f.valid)) d
        LEFT JOIN programmes_fundingshare f ON f.programme_id = p.id AND f.valid @> d.day
        GROUP BY p.code, d.day HAVING coalesce(sum(f.share), 0) <> 10000
        """,
    ),
    Check(
        7,
        "every transfer has a cause that exists",
        """
        SELECT 'transfer ' || t.id || ': ' || t.cause_kind || ' ' || t.cause_id || ' does not exist'
        FROM ledger_transfer t WHERE NOT CASE t.cause_kind
            WHEN 'decision' THEN EXISTS (SELECT 1 FROM plans_decision x WHERE x.id = t.cause_id)
            WHEN 'order' THEN EXISTS (SELECT 1 FROM orders_order x WHERE x.id = t.cause_id)
            WHEN 'visit' THEN EXISTS (SELECT 1 FROM visits_visit x WHERE x.id = t.cause_id)
            WHEN 'run' THEN EXISTS (SELECT 1 FROM settlements_run x WHERE x.id = t.cause_id)
            WHEN 'payment' THEN EXISTS (SELECT 1 FROM settlements_payment x
                WHERE x.id = t.cause_id)
            WHEN 'correction' THEN EXISTS (SELECT 1 FROM visits_correction x
                WHERE x.id = t.cause_id)
            WHEN 'budget' THEN EXISTS (SELECT 1 FROM budgets_budget x WHERE x.id = t.cause_id)
                OR EXISTS (SELECT 1 FROM budgets_voucher x WHERE x.id = t.cause_id)
            ELSE false END
        """,
    ),
    Check(
        7,
        "the last audit row of each order, run, decision, budget and enrolment tells its state",
        """
        WITH subjects AS (
            SELECT 'order' AS kind, id, state FROM orders_order
            UNION ALL SELECT 'run', id, state FROM settlements_run
            UNION ALL SELECT 'decision', id, state FROM plans_decision
            UNION ALL SELECT 'service_plan', id, state FROM plans_serviceplan
            UNION ALL SELECT 'budget', id, state FROM budgets_budget
            UNION ALL SELECT 'voucher', id, state FROM budgets_voucher
            UNION ALL SELECT 'enrolment', id, state FROM clients_enrolment
            UNION ALL SELECT 'visit', id, state FROM visits_visit WHERE decided_at IS NOT NULL
            UNION ALL SELECT 'payment', id, state FROM settlements_payment
                WHERE state <> 'in_transit'
        )
        SELECT s.kind || ' ' || s.id || ' is ' || s.state || ', audit says '
            || coalesce(e.after, 'nothing')
        FROM subjects s LEFT JOIN LATERAL (
            SELECT after FROM audit_entry e WHERE e.subject_kind = s.kind AND e.subject_id = s.id
                AND e.after <> '' ORDER BY e.id DESC LIMIT 1) e ON true
        WHERE e.after IS DISTINCT FROM s.state
        """,
    ),
    Check(
        7,
        "every batch of visits has its audit row",
        "SELECT 'batch ' || b.id FROM visits_batch b WHERE NOT EXISTS (SELECT 1 FROM audit_entry e"
        " WHERE e.subject_kind = 'batch' AND e.subject_id = b.id)",
    ),
    Check(
        8,
        "the stars of each offer are those that its clients gave",
        """
        SELECT 'offer ' || f.id || ': counts ' || f.rating_sum || ' stars of ' || f.rating_count
            || ', ratings say ' || coalesce(r.stars, 0) || ' of ' || coalesce(r.many, 0)
        FROM catalogue_offer f LEFT JOIN (
            SELECT o.offer_id, sum(g.stars) AS stars, count(*) AS many
            FROM orders_rating g JOIN orders_order o ON o.id = g.order_id
            WHERE g.superseded_at IS NULL GROUP BY o.offer_id) r ON r.offer_id = f.id
        WHERE (f.rating_sum, f.rating_count)
            IS DISTINCT FROM (coalesce(r.stars, 0), coalesce(r.many, 0))
        """,
    ),
    Check(7, "every row points only to rows of its own organiser", strays()),
)


def verify_books() -> list[Finding]:
    """Check every invariant for the organisers in scope; an empty list means that all hold."""
    return list(_findings())


def _findings() -> Iterator[Finding]:
    for check in CHECKS:
        with transaction.atomic(), connection.cursor() as cursor:
            # Whole tables are joined here; a loop over them, taken for good where the statistics
            # lag behind a large batch, would go on for hours.
            cursor.execute("SET LOCAL enable_nestloop = off")
            cursor.execute(f"SELECT * FROM ({check.faults}) faults LIMIT 20")
            places = [row[0] for row in cursor.fetchall()]
        if places:
            yield Finding(check, places)
