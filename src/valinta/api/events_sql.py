"""SQL that turns rows of the audit log into events for those who subscribe, in the same statement.

The audit log has a row for each change in the transaction of that change, so an event is there
exactly when the thing happened, whichever page, command or system did it. For migrations only.
"""

from __future__ import annotations

# Verb of the audit log, kind of event.
ABOUT_ORDERS = {
    "place_order": "order.placed",
    "accept_order": "order.accepted",
    "decline_order": "order.declined",
    "shorten_order": "order.changed",
    "keep_week": "order.changed",
    "take_again": "order.changed",
    "reopen_order": "order.changed",
    "carry_order": "order.changed",
    "end_order": "order.ended",
    "cancel_visit": "visit.called_off",
    "call_visit_back": "order.changed",
    "give_to_unit": "order.changed",
}
ABOUT_VISITS = {
    "confirm_visit": "visit.confirmed",
    "dispute_visit": "visit.disputed",
    "accept_reviewed": "visit.accepted",
    "reject_reviewed": "visit.rejected",
    "correct_visit": "visit.corrected",
}
ABOUT_CHECKS = {"draw_checks": "visit.drawn", "answer_check": "visit.checked"}
ABOUT_PAYMENTS = {"paid": "payment.paid", "returned": "payment.returned"}


def _values(pairs: dict[str, str]) -> str:
    return ", ".join(f"('{one}', '{other}')" for one, other in pairs.items())


HOW_TO_TELL = f"""
CREATE OR REPLACE FUNCTION api_tell_of_events() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    jobs bigint[];
BEGIN
    -- Most organisers have nobody who listens: then this is all there is to do.
    IF NOT EXISTS (
        SELECT FROM api_subscription s
        WHERE s.ended_at IS NULL AND s.organiser_id IN (SELECT a.organiser_id FROM added a)
    ) THEN
        RETURN NULL;
    END IF;
    WITH happened AS (
        SELECT a.organiser_id, o.provider_id, o.unit_id, k.kind, 'order' AS about, o.id, a.at
        FROM added a JOIN (VALUES {_values(ABOUT_ORDERS)}) k (verb, kind) ON k.verb = a.verb
        JOIN orders_order o ON o.id = a.subject_id
        WHERE a.subject_kind = 'order'
        UNION
        SELECT a.organiser_id, v.provider_id, w.unit_id, k.kind, 'visit', v.id, a.at
        FROM added a JOIN (VALUES {_values(ABOUT_VISITS)}) k (verb, kind) ON k.verb = a.verb
        JOIN visits_visit v ON v.id = a.subject_id
        JOIN orders_order w ON w.id = v.order_id
        WHERE a.subject_kind = 'visit'
        UNION
        SELECT a.organiser_id, c.provider_id, w.unit_id, k.kind, 'visit', c.visit_id, a.at
        FROM added a JOIN (VALUES {_values(ABOUT_CHECKS)}) k (verb, kind) ON k.verb = a.verb
        JOIN visits_check c ON (a.subject_kind = 'drawing' AND c.drawing_id = a.subject_id)
            OR (a.subject_kind = 'check' AND c.id = a.subject_id)
        JOIN visits_visit v ON v.id = c.visit_id
        JOIN orders_order w ON w.id = v.order_id
        UNION
        SELECT a.organiser_id, t.provider_id, NULL, 'statement.approved', 'statement', t.id, a.at
        FROM added a JOIN settlements_statement t ON t.run_id = a.subject_id
        WHERE a.subject_kind = 'run' AND a.verb = 'approve_run'
        UNION
        SELECT a.organiser_id, t.provider_id, NULL, k.kind, 'statement', t.id, a.at
        FROM added a JOIN (VALUES {_values(ABOUT_PAYMENTS)}) k (after, kind) ON k.after = a.after
        JOIN settlements_payment p ON p.id = a.subject_id
        JOIN settlements_statement t ON t.id = p.statement_id
        WHERE a.subject_kind = 'payment'
    ), listening AS (
        -- A system that is bound to a unit is told of what is of the unit.
        SELECT s.id, s.organiser_id, s.provider_id, c.unit_id, s.kinds
        FROM api_subscription s JOIN api_apiclient c ON c.id = s.client_id
        WHERE s.ended_at IS NULL
    ), heard AS (
        SELECT nextval('api_event_id_seq'::regclass) AS event, h.* FROM happened h
        WHERE EXISTS (
            SELECT FROM listening l WHERE l.organiser_id = h.organiser_id
                AND l.provider_id = h.provider_id AND h.kind = ANY (l.kinds)
                AND coalesce(l.unit_id = h.unit_id, l.unit_id IS NULL))
    ), kept AS (
        INSERT INTO api_event (id, organiser_id, provider_id, kind, subject_kind, subject_id, at)
        SELECT h.event, h.organiser_id, h.provider_id, h.kind, h.about, h.id, h.at FROM heard h
    ), sendings AS (
        INSERT INTO api_sending (organiser_id, subscription_id, event_id, state, tries, outcome)
        SELECT h.organiser_id, l.id, h.event, 'waiting', 0, ''
        FROM heard h JOIN listening l ON l.organiser_id = h.organiser_id
            AND l.provider_id = h.provider_id AND h.kind = ANY (l.kinds)
            AND coalesce(l.unit_id = h.unit_id, l.unit_id IS NULL)
        RETURNING id, organiser_id
    )
    SELECT procrastinate_defer_jobs_v1(array_agg(ROW('webhooks', 'send_event', 0, NULL, NULL,
        jsonb_build_object('organiser_id', organiser_id, 'sending_id', id), NULL
        )::procrastinate_job_to_defer_v1))
    INTO jobs FROM sendings;
    RETURN NULL;
END $$;
"""
TELL_OF_EVENTS = f"""
{HOW_TO_TELL}
CREATE TRIGGER tells_of_events AFTER INSERT ON audit_entry
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION api_tell_of_events();
"""
TELL_OF_EVENTS_BACK = """
DROP TRIGGER tells_of_events ON audit_entry;
DROP FUNCTION api_tell_of_events;
"""

# Who asks for a token knows the system's identifier and has no scope yet.
READ_BY_IDENTIFIER = "identifier = (SELECT nullif(current_setting('valinta.code', true), ''))"
