"""The trigger that makes accounts follow transfers, whoever writes them and in whatever order."""

from __future__ import annotations

from valinta.ledger.kinds import ROUTES
from valinta.organisers.schema import APPLICATION_ROLE


def routes_sql() -> str:
    """The allowed routes as rows of SQL: kind, kind of debit account, kind of credit account."""
    rows = sorted((kind, *route) for kind, routes in ROUTES.items() for route in routes)
    return ", ".join(f"('{kind}', '{debit}', '{credit}')" for kind, debit, credit in rows)


_FEW = 50
# One transfer needs no sets: its two accounts are moved one by one, the lower id first, as sets do.
_ONE_WRONG = """
            SELECT format('%s from %s to %s', one.kind, coalesce(d.kind, 'an unknown account'),
                          coalesce(c.kind, 'an unknown account'))
            FROM (VALUES (1)) here
            LEFT JOIN ledger_account d ON d.id = one.debit_id AND d.organiser_id = one.organiser_id
            LEFT JOIN ledger_account c ON c.id = one.credit_id AND c.organiser_id = one.organiser_id
            LEFT JOIN ledger_route r
                ON r.kind = one.kind AND r.debit_kind = d.kind AND r.credit_kind = c.kind
            WHERE r.kind IS NULL"""
_MOVE_ONE = """
            UPDATE ledger_account SET
                debits = debits + CASE WHEN id = one.debit_id THEN one.cents ELSE 0 END,
                credits = credits + CASE WHEN id = one.credit_id THEN one.cents ELSE 0 END
            WHERE id = {which}(one.debit_id, one.credit_id)"""
_MOVE_FIRST, _MOVE_SECOND = (_MOVE_ONE.format(which=which) for which in ("least", "greatest"))
# Accounts are locked in id order, so two postings can wait for each other but never in a ring.
_LOCK = """
        SELECT id FROM ledger_account
        WHERE id IN (SELECT debit_id FROM posted UNION SELECT credit_id FROM posted)
        ORDER BY id FOR NO KEY UPDATE"""
_FIRST_WRONG = """
        SELECT format('%s from %s to %s', p.kind, coalesce(d.kind, 'an unknown account'),
                      coalesce(c.kind, 'an unknown account'))
        FROM (SELECT DISTINCT organiser_id, kind, debit_id, credit_id FROM posted) p
        LEFT JOIN ledger_account d ON d.id = p.debit_id AND d.organiser_id = p.organiser_id
        LEFT JOIN ledger_account c ON c.id = p.credit_id AND c.organiser_id = p.organiser_id
        LEFT JOIN ledger_route r
            ON r.kind = p.kind AND r.debit_kind = d.kind AND r.credit_kind = c.kind
        WHERE r.kind IS NULL LIMIT 1"""
_MOVE = """
        UPDATE ledger_account a
        SET debits = a.debits + moved.went, credits = a.credits + moved.came
        FROM (SELECT id, sum(went)::bigint AS went, sum(came)::bigint AS came
              FROM (SELECT debit_id AS id, cents AS went, 0 AS came FROM posted
                    UNION ALL SELECT credit_id, 0, cents FROM posted) sides
              GROUP BY id) moved
        WHERE a.id = moved.id"""

FOLLOW_TRANSFERS = f"""
CREATE TABLE ledger_route (kind text, debit_kind text, credit_kind text,
    PRIMARY KEY (kind, debit_kind, credit_kind));
INSERT INTO ledger_route VALUES {routes_sql()};
REVOKE INSERT, UPDATE, DELETE ON ledger_route FROM {APPLICATION_ROLE};

CREATE FUNCTION ledger_follow_transfers() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one record;
    wrong text;
BEGIN
    SELECT count(*) AS rows, min(organiser_id) AS organiser_id, min(kind) AS kind,
        min(debit_id) AS debit_id, min(credit_id) AS credit_id, min(cents) AS cents
        INTO one FROM posted;
    -- A plan is kept for the session and made for as many rows as came first. A few rows and many
    -- want different ones: many are planned each time, which costs little beside them.
    IF one.rows = 0 THEN
        RETURN NULL;
    ELSIF one.rows = 1 THEN
        wrong := ({_ONE_WRONG});
    ELSIF one.rows <= {_FEW} THEN
        PERFORM 1 FROM ({_LOCK}) locked;
        wrong := ({_FIRST_WRONG});
    ELSE
        EXECUTE $many${_LOCK}$many$;
        EXECUTE $many${_FIRST_WRONG}$many$ INTO wrong;
    END IF;
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'transfer_follows_a_known_route: %', wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'transfer_follows_a_known_route';
    END IF;
    IF one.rows = 1 THEN
        {_MOVE_FIRST};
        {_MOVE_SECOND};
    ELSIF one.rows <= {_FEW} THEN
        {_MOVE};
    ELSE
        EXECUTE $many${_MOVE}$many$;
    END IF;
    RETURN NULL;
END $$;
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
