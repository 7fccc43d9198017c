"""The trigger that makes accounts follow transfers, whoever writes them and in whatever order."""

from __future__ import annotations

from valinta.ledger.kinds import ROUTES
from valinta.organisers.schema import APPLICATION_ROLE


def routes_sql() -> str:
    """The allowed routes as rows of SQL: kind, kind of debit account, kind of credit account."""
    rows = sorted((kind, *route) for kind, routes in ROUTES.items() for route in routes)
    return ", ".join(f"('{kind}', '{debit}', '{credit}')" for kind, debit, credit in rows)


# The accounts are taken in id order, so two postings can wait for each other but never in a ring:
# `sides` is sorted, and the function's settings leave the planner only loops that keep its order.
# The same plan serves one transfer and a hundred thousand, so it is made once for a session. The
# kinds are read before the rows are locked: the kind of an account never changes.
_CHECK_AND_MOVE = """
    WITH sides AS MATERIALIZED (
        SELECT s.id, s.went, s.came, a.organiser_id, a.kind
        FROM (SELECT id, sum(went)::bigint AS went, sum(came)::bigint AS came
              FROM (SELECT debit_id AS id, cents AS went, 0 AS came FROM posted
                    UNION ALL SELECT credit_id, 0, cents FROM posted) each_side
              GROUP BY id ORDER BY id) s
        JOIN ledger_account a ON a.id = s.id
    ), checked AS MATERIALIZED (
        SELECT EXISTS (SELECT FROM posted p WHERE NOT EXISTS (
            SELECT FROM ledger_route r WHERE r.kind = p.kind
                AND ((p.debit_id, p.organiser_id, r.debit_kind)
                    IN (SELECT id, organiser_id, kind FROM sides)) IS TRUE
                AND ((p.credit_id, p.organiser_id, r.credit_kind)
                    IN (SELECT id, organiser_id, kind FROM sides)) IS TRUE)) AS refused
    ), moved AS (
        UPDATE ledger_account a
        SET debits = a.debits + s.went, credits = a.credits + s.came
        FROM sides s WHERE a.id = s.id AND NOT (SELECT c.refused FROM checked c)
    )
    SELECT c.refused INTO wrong FROM checked c"""
_FIRST_WRONG = """
        SELECT format('%s from %s to %s', p.kind, coalesce(d.kind, 'an unknown account'),
                      coalesce(c.kind, 'an unknown account'))
        FROM posted p
        LEFT JOIN ledger_account d ON d.id = p.debit_id AND d.organiser_id = p.organiser_id
        LEFT JOIN ledger_account c ON c.id = p.credit_id AND c.organiser_id = p.organiser_id
        LEFT JOIN ledger_route r
            ON r.kind = p.kind AND r.debit_kind = d.kind AND r.credit_kind = c.kind
        WHERE r.kind IS NULL LIMIT 1"""
# One transfer, as an order posts it, needs no sets. When its route is not known, the sets say so.
_ROUTE_OF_ONE = """
        FROM ledger_account d, ledger_account c, ledger_route r
        WHERE d.id = one.debit_id AND d.organiser_id = one.organiser_id
            AND c.id = one.credit_id AND c.organiser_id = one.organiser_id
            AND r.kind = one.kind AND r.debit_kind = d.kind AND r.credit_kind = c.kind"""
_MOVE_ONE = """
            UPDATE ledger_account SET
                debits = debits + CASE WHEN id = one.debit_id THEN one.cents ELSE 0 END,
                credits = credits + CASE WHEN id = one.credit_id THEN one.cents ELSE 0 END
            WHERE id IN (one.debit_id, one.credit_id)"""

FOLLOW_FUNCTION = f"""
CREATE OR REPLACE FUNCTION ledger_follow_transfers() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off
    SET enable_bitmapscan = off AS $$
DECLARE
    one record;
    wrong boolean;
BEGIN
    SELECT count(*) AS rows, min(organiser_id) AS organiser_id, min(kind) AS kind,
        min(debit_id) AS debit_id, min(credit_id) AS credit_id, min(cents) AS cents
        INTO one FROM posted;
    IF one.rows = 0 THEN
        RETURN NULL;
    ELSIF one.rows = 1 THEN
        PERFORM {_ROUTE_OF_ONE};
        IF FOUND THEN
            {_MOVE_ONE};
            RETURN NULL;
        END IF;
    END IF;
    {_CHECK_AND_MOVE};
    IF wrong THEN
        RAISE EXCEPTION 'transfer_follows_a_known_route: %', ({_FIRST_WRONG})
            USING ERRCODE = 'check_violation', CONSTRAINT = 'transfer_follows_a_known_route';
    END IF;
    RETURN NULL;
END $$;
"""

FOLLOW_TRANSFERS = f"""
CREATE TABLE ledger_route (kind text, debit_kind text, credit_kind text,
    PRIMARY KEY (kind, debit_kind, credit_kind));
INSERT INTO ledger_route VALUES {routes_sql()};
REVOKE INSERT, UPDATE, DELETE ON ledger_route FROM {APPLICATION_ROLE};

{FOLLOW_FUNCTION}
-- It works as the owner, so nobody else may hang it on a table of their own.
REVOKE EXECUTE ON FUNCTION ledger_follow_transfers() FROM PUBLIC;
CREATE TRIGGER accounts_follow AFTER INSERT ON ledger_transfer
    REFERENCING NEW TABLE AS posted
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_follow_transfers();

CREATE FUNCTION ledger_account_opens_empty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'account_opens_empty' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER opens_empty BEFORE INSERT ON ledger_account
    FOR EACH ROW WHEN (NEW.debits <> 0 OR NEW.credits <> 0)
    EXECUTE FUNCTION ledger_account_opens_empty();
-- Totals move only with transfers: the application may neither change nor remove an account.
REVOKE UPDATE, DELETE ON ledger_account FROM {APPLICATION_ROLE};
ALTER TABLE ledger_account SET (fillfactor = 70);
"""
FOLLOW_TRANSFERS_BACK = """
DROP TRIGGER accounts_follow ON ledger_transfer;
DROP TRIGGER opens_empty ON ledger_account;
DROP FUNCTION ledger_follow_transfers;
DROP FUNCTION ledger_account_opens_empty;
DROP TABLE ledger_route;
"""
