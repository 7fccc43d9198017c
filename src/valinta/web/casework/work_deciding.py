"""What is due about decisions: one ends, a signed plan waits for one, or one is prepared."""

from __future__ import annotations

from valinta.web.casework.work_kinds import on_day

ENDS = """
SELECT pl.client_id, d.id, NULL::timestamptz, upper(d.valid) - 1, 1, d.monthly_cents, ''
FROM plans_decision d JOIN places pl ON pl.id = d.enrolment_id
WHERE d.state = 'in_force' AND upper(d.valid) <= pl.today + pl.decision_notice_days
    AND NOT EXISTS (SELECT FROM plans_decision later WHERE later.enrolment_id = d.enrolment_id
        AND later.state = 'in_force' AND lower(later.valid) >= upper(d.valid))"""

_SIGNED = "SELECT max(g.signed_at) AS at FROM plans_signature g WHERE g.plan_id"

# A plan that everybody has signed, nothing prepared on it, or what was prepared came back.
_TO_PREPARE = f"""
SELECT pl.client_id, s.id, signed.at, {on_day("signed.at")} + pl.decision_days, 1, NULL::bigint,
    CASE WHEN last.came_back THEN 'returned' ELSE '' END
FROM plans_serviceplan s JOIN places pl ON pl.id = s.enrolment_id
CROSS JOIN LATERAL ({_SIGNED} = s.id) signed
LEFT JOIN LATERAL (
    SELECT x.state, x.state = 'returned' AND x.answered_by_id <> x.prepared_by_id AS came_back
    FROM plans_decisionproposal x WHERE x.plan_id = s.id ORDER BY x.id DESC LIMIT 1) last ON true
WHERE s.state = 'signed' AND last.state IS DISTINCT FROM 'prepared'
    AND NOT EXISTS (SELECT FROM plans_decision d WHERE d.plan_id = s.id)"""

# A refusal that came back: nothing was prepared or decided for the client since.
_REFUSAL_CAME_BACK = f"""
SELECT pl.client_id, x.id, x.answered_at, {on_day("x.answered_at")} + pl.decision_days, 1,
    NULL::bigint, 'returned'
FROM plans_decisionproposal x JOIN places pl ON pl.id = x.enrolment_id
WHERE x.state = 'returned' AND x.kind = 'refuse' AND x.answered_by_id <> x.prepared_by_id
    AND NOT EXISTS (SELECT FROM plans_decisionproposal later
        WHERE later.enrolment_id = x.enrolment_id AND later.id > x.id)
    AND NOT EXISTS (SELECT FROM plans_decision d
        WHERE d.enrolment_id = x.enrolment_id AND d.made_at > x.answered_at)"""

# Whether the reader may decide: somebody else prepared it, and the reader's power today reaches the
# sum; where the organiser keeps no powers, the role is enough (see `must_have_power`).
_MINE_TO_DECIDE = """x.organiser_id = ANY (%(deciding)s::bigint[])
        AND x.prepared_by_id <> %(reader)s::bigint
        AND (EXISTS (SELECT FROM plans_decisionpower w WHERE w.organiser_id = x.organiser_id
                AND w.user_id = %(reader)s::bigint AND w.valid @> t.today
                AND coalesce(w.monthly_limit_cents >= x.monthly_cents, true))
            OR NOT EXISTS (SELECT FROM plans_decisionpower w
                WHERE w.organiser_id = x.organiser_id))"""

# What is prepared is due for who may decide, among their own work whoever's client it is about;
# the others see with whom it is.
_PREPARED = f"""
SELECT e.client_id, x.id, x.prepared_at,
    {on_day("coalesce(signed.at, x.prepared_at)")} + t.decision_days, 1, x.monthly_cents,
    CASE WHEN may.decide THEN 'decide' ELSE 'with_maker' END
FROM plans_decisionproposal x
JOIN clients_enrolment e ON e.id = x.enrolment_id
    AND e.state IN ('interested', 'queued', 'enrolled')
JOIN terms t ON t.programme_id = e.programme_id
LEFT JOIN people p ON p.id = e.client_id
CROSS JOIN LATERAL (SELECT {_MINE_TO_DECIDE} AS decide) may
LEFT JOIN LATERAL ({_SIGNED} = x.plan_id) signed ON true
WHERE x.state = 'prepared' AND (p.id IS NOT NULL OR (%(mine)s::boolean AND may.decide))"""

WAITS = f"{_TO_PREPARE}\nUNION ALL {_PREPARED}\nUNION ALL {_REFUSAL_CAME_BACK}"
