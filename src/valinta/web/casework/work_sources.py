"""What can be due for a worker: one source for each kind, as a query over sets.

A source gives rows (client_id, subject_id, since, due_on, n, cents, mark) from these:

- `people` (id, organiser_id, case_manager_id): the clients looked at;
- `places` (id, client_id, organiser_id, state, started_on, applied_at, and the columns of `terms`):
  their places in programmes that are not over;
- `terms` (programme_id, organiser_id, today, and the days of the pack by name): see `TERMS`;
- `days` (organiser_id, today), and `clocks` with the days of an organiser's strictest programme;
- `pots` (id, client_id, today, starts_on, ends_on, granted_cents, unspent, and the columns of
  `terms`): the free pot of the month, when it is late enough in the month to say something;
- `newcomers` (id, organiser_id, programme_id, came_at): those who came forward.

`since` is a moment or null; `due_on` a day or null; `mark` a word that the texts tell apart by.
A new kind is a new `Source` in `SOURCES` and its words in `work_words`. The smaller `harm`, the
more harmful it is to wait.
"""

from __future__ import annotations

from valinta.web.casework import work_deciding, work_money
from valinta.web.casework.work_kinds import Kind, Source, on_day


def _visits(state: str) -> str:
    return f"""
SELECT v.client_id, min(v.id), min(coalesce(v.decided_at, v.recorded_at)), NULL::date,
    count(*), sum(v.payable_cents), ''
FROM visits_visit v JOIN people p ON p.id = v.client_id
WHERE v.state = '{state}' AND v.state IN ('disputed', 'in_review') GROUP BY v.client_id"""


# The visits that were drawn and that nobody has looked into: few, whoever's clients they are.
_CHECK = """
SELECT v.client_id, min(c.id), min(g.drawn_at), NULL::date, count(*), NULL::bigint, ''
FROM days d JOIN visits_check c ON c.organiser_id = d.organiser_id AND c.found = ''
JOIN visits_drawing g ON g.id = c.drawing_id
JOIN visits_visit v ON v.id = c.visit_id JOIN people p ON p.id = v.client_id
GROUP BY v.client_id"""

_ASSESSMENT = f"""
SELECT pl.client_id, a.id, a.started_at, {on_day("a.started_at")} + pl.assessment_ready_days,
    1, NULL::bigint, 'started'
FROM needs_assessment a JOIN places pl ON pl.id = a.enrolment_id
WHERE a.state = 'started' AND {on_day("a.started_at")} + pl.assessment_ready_days <= pl.today
UNION ALL
SELECT pl.client_id, pl.id, NULL::timestamptz, pl.started_on + pl.assessment_ready_days,
    1, NULL::bigint, 'not_started'
FROM places pl
WHERE pl.state = 'enrolled' AND pl.started_on + pl.assessment_ready_days <= pl.today
    AND NOT EXISTS (SELECT FROM needs_assessment a WHERE a.enrolment_id = pl.id)"""

_SIGNATURE = f"""
SELECT pl.client_id, s.id, s.written_at, {on_day("s.written_at")} + pl.signature_days,
    1, NULL::bigint,
    CASE WHEN signed.worker THEN 'client' WHEN signed.client THEN 'worker' ELSE 'both' END
FROM plans_serviceplan s JOIN places pl ON pl.id = s.enrolment_id
CROSS JOIN LATERAL (
    SELECT bool_or(g.signer = 'worker') AS worker, bool_or(g.signer <> 'worker') AS client
    FROM plans_signature g WHERE g.plan_id = s.id) signed
WHERE s.state = 'draft'"""

# The newest message is of the client's side, and neither the reader nor the client's own case
# manager has looked since.
_MESSAGE = f"""
SELECT t.client_id, min(t.id), min(t.last_at),
    min({on_day("t.last_at")} + k.message_answer_days), count(*), NULL::bigint, ''
FROM people p JOIN messages_thread t ON t.client_id = p.id
JOIN clocks k ON k.organiser_id = t.organiser_id
WHERE t.route = 'case_manager'
    AND NOT EXISTS (SELECT FROM messages_glance g WHERE g.thread_id = t.id
        AND g.user_id = %(reader)s::bigint AND g.read_at >= t.last_at)
    AND NOT EXISTS (SELECT FROM messages_glance g WHERE g.thread_id = t.id
        AND g.user_id = p.case_manager_id AND g.read_at >= t.last_at)
    AND EXISTS (SELECT FROM messages_message m WHERE m.thread_id = t.id
        AND m.written_at = t.last_at AND m.side = 'client')
GROUP BY t.client_id"""

_NOBODY = """
SELECT pl.client_id, min(pl.id), min(pl.applied_at), NULL::date, 1, NULL::bigint, ''
FROM places pl JOIN people p ON p.id = pl.client_id
WHERE p.case_manager_id IS NULL GROUP BY pl.client_id"""

_INTEREST = f"""
SELECT NULL::bigint, n.id, n.came_at, {on_day("n.came_at")} + t.interest_answer_days,
    1, NULL::bigint, ''
FROM newcomers n JOIN terms t ON t.programme_id = n.programme_id"""

# The first in each queue for whom there is a place now; the group's own quota goes first, and a
# municipality's is shared by all its groups (see `valinta.processes.places`).
_PLACE = """
WITH waiting AS (
    SELECT e.id, e.client_id, e.programme_id, e.applied_at, t.today, m.code AS town, g.code AS team,
        row_number() OVER (PARTITION BY e.programme_id, m.code ORDER BY e.applied_at, e.id)
            AS of_town,
        row_number() OVER (PARTITION BY e.programme_id, m.code, g.code ORDER BY e.applied_at, e.id)
            AS of_team
    FROM clients_enrolment e JOIN terms t ON t.programme_id = e.programme_id
    JOIN programmes_municipality m ON m.id = e.municipality_id
    JOIN programmes_targetgroup g ON g.id = e.target_group_id
    WHERE e.state = 'queued'),
taken AS MATERIALIZED (
    SELECT e.programme_id, m.code AS town, g.code AS team, count(*) AS number
    FROM (SELECT DISTINCT programme_id FROM waiting) w
    JOIN clients_enrolment e ON e.programme_id = w.programme_id AND e.state = 'enrolled'
    JOIN programmes_municipality m ON m.id = e.municipality_id
    JOIN programmes_targetgroup g ON g.id = e.target_group_id
    GROUP BY 1, 2, 3)
SELECT w.client_id, w.id, w.applied_at, NULL::date, 1, NULL::bigint, ''
FROM waiting w JOIN people p ON p.id = w.client_id
LEFT JOIN LATERAL (
    SELECT q.places, q.target_group_code AS team FROM programmes_quota q
    WHERE q.programme_id = w.programme_id AND q.municipality_code = w.town
        AND q.target_group_code IN ('', w.team) AND q.valid @> w.today
    ORDER BY q.target_group_code DESC LIMIT 1) q ON true
WHERE q.places IS NULL
    OR CASE q.team WHEN '' THEN w.of_town ELSE w.of_team END
        + (SELECT coalesce(sum(k.number), 0) FROM taken k WHERE k.programme_id = w.programme_id
            AND k.town = w.town AND q.team IN ('', k.team)) <= q.places"""

_MANDATE_ENDS = """
SELECT m.client_id, m.id, NULL::timestamptz, upper(m.valid) - 1, 1, NULL::bigint, m.kind
FROM clients_mandate m JOIN people p ON p.id = m.client_id
JOIN clocks k ON k.organiser_id = m.organiser_id
WHERE m.ended_at IS NULL AND upper(m.valid) > k.today
    AND upper(m.valid) <= k.today + k.mandate_notice_days
    AND NOT EXISTS (SELECT FROM clients_mandate later WHERE later.client_id = m.client_id
        AND later.user_id = m.user_id AND later.ended_at IS NULL
        AND lower(later.valid) >= upper(m.valid))"""

_REQUEST = f"""
SELECT r.client_id, min(r.id), min(r.asked_at),
    min({on_day("r.asked_at")} + pl.request_answer_days), count(*), NULL::bigint, min(r.state)
FROM wishes_trayrequest r JOIN places pl ON pl.id = r.enrolment_id
WHERE r.state IN ('received', 'looking') GROUP BY r.client_id"""

_WELLBEING = """
SELECT r.client_id, min(r.id), NULL::timestamptz, min(r.closes_on) - 1, count(*), NULL::bigint,
    min(r.moment)
FROM evaluation_round r JOIN people p ON p.id = r.client_id
JOIN days d ON d.organiser_id = r.organiser_id
WHERE r.state IN ('open', 'paused') AND r.opens_on <= d.today AND r.closes_on > d.today
GROUP BY r.client_id"""

SOURCES: tuple[Source, ...] = (
    Source(Kind.DISPUTE, 10, _visits("disputed")),
    Source(Kind.MONEY_SHORT, 20, work_money.SHORT),
    Source(Kind.ORDER_SHORT, 25, work_money.ORDERS),
    Source(Kind.DECISION_ENDS, 30, work_deciding.ENDS),
    Source(Kind.DECISION_WAITS, 40, work_deciding.WAITS),
    Source(Kind.ASSESSMENT, 50, _ASSESSMENT),
    Source(Kind.SIGNATURE, 60, _SIGNATURE),
    Source(Kind.REVIEW, 70, _visits("in_review")),
    Source(Kind.CHECK, 75, _CHECK),
    Source(Kind.MESSAGE, 80, _MESSAGE),
    Source(Kind.NOBODY, 90, _NOBODY),
    Source(Kind.INTEREST, 100, _INTEREST),
    Source(Kind.PLACE, 110, _PLACE),
    Source(Kind.MANDATE_ENDS, 120, _MANDATE_ENDS),
    Source(Kind.REQUEST, 130, _REQUEST),
    Source(Kind.MONEY_UNUSED, 140, work_money.UNUSED),
    Source(Kind.WELLBEING, 150, _WELLBEING),
)
