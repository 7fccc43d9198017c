"""What can be due for a worker: one source for each kind, as a query over sets.

A source gives rows (client_id, subject_id, since, due_on, n, cents, mark) from these:

- `people` (id, organiser_id, case_manager_id): the clients looked at;
- `places` (id, client_id, organiser_id, state, started_on, applied_at, and the columns of `terms`):
  their places in programmes that are not over;
- `terms` (programme_id, organiser_id, today, and the days of the pack by name): see `TERMS`;
- `days` (organiser_id, today);
- `pots` (id, client_id, today, valid, granted_cents, unspent, and the columns of `terms`): the free
  pot of the month, when it is late enough in the month to say something about it;
- `newcomers` (id, organiser_id, programme_id, came_at): those who came forward.

`since` is a moment or null; `due_on` a day or null; `mark` a word that the texts tell apart by.
A new kind is a new `Source` in `SOURCES` and its words in `work_words`. The smaller `harm`, the
more harmful it is to wait.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Why something is due."""

    DISPUTE = "dispute"
    MONEY_SHORT = "money_short"
    DECISION_ENDS = "decision_ends"
    DECISION_WAITS = "decision_waits"
    ASSESSMENT = "assessment"
    SIGNATURE = "signature"
    REVIEW = "review"
    MESSAGE = "message"
    NOBODY = "nobody"
    INTEREST = "interest"
    PLACE = "place"
    MANDATE_ENDS = "mandate_ends"
    REQUEST = "request"
    MONEY_UNUSED = "money_unused"
    WELLBEING = "wellbeing"


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of what is due, how harmful it is to wait, and where its rows come from."""

    kind: Kind
    harm: int
    rows: str


# Days and shares of the pack, as `terms` has them.
TERMS = (
    "interest_answer_days",
    "assessment_ready_days",
    "signature_days",
    "decision_days",
    "request_answer_days",
    "message_answer_days",
    "mandate_notice_days",
    "decision_notice_days",
    "month_end_days",
    "unused_percent",
    "pace_after_days",
    "pace_percent",
)


def _day(moment: str) -> str:
    """The day of a moment where the people live."""
    return f"({moment} AT TIME ZONE %(zone)s::text)::date"


def _visits(state: str) -> str:
    return f"""
SELECT v.client_id, min(v.id), min(coalesce(v.decided_at, v.recorded_at)), NULL::date,
    count(*), sum(v.payable_cents), ''
FROM visits_visit v JOIN people p ON p.id = v.client_id
WHERE v.state = '{state}' AND v.state IN ('disputed', 'in_review') GROUP BY v.client_id"""


_DECISION_ENDS = """
SELECT pl.client_id, d.id, NULL::timestamptz, upper(d.valid) - 1, 1, d.monthly_cents, ''
FROM plans_decision d JOIN places pl ON pl.id = d.enrolment_id
WHERE d.state = 'in_force' AND upper(d.valid) <= pl.today + pl.decision_notice_days
    AND NOT EXISTS (SELECT FROM plans_decision later WHERE later.enrolment_id = d.enrolment_id
        AND later.state = 'in_force' AND lower(later.valid) >= upper(d.valid))"""

# A plan that everybody has signed, and no decision on it yet.
_DECISION_WAITS = f"""
SELECT pl.client_id, s.id, signed.at, {_day("signed.at")} + pl.decision_days, 1, NULL::bigint, ''
FROM plans_serviceplan s JOIN places pl ON pl.id = s.enrolment_id
CROSS JOIN LATERAL (
    SELECT max(g.signed_at) AS at FROM plans_signature g WHERE g.plan_id = s.id) signed
WHERE s.state = 'signed'
    AND NOT EXISTS (SELECT FROM plans_decision d WHERE d.plan_id = s.id)"""

_ASSESSMENT = f"""
SELECT pl.client_id, a.id, a.started_at, {_day("a.started_at")} + pl.assessment_ready_days,
    1, NULL::bigint, 'started'
FROM needs_assessment a JOIN places pl ON pl.id = a.enrolment_id
WHERE a.state = 'started' AND {_day("a.started_at")} + pl.assessment_ready_days <= pl.today
UNION ALL
SELECT pl.client_id, pl.id, NULL::timestamptz, pl.started_on + pl.assessment_ready_days,
    1, NULL::bigint, 'not_started'
FROM places pl
WHERE pl.state = 'enrolled' AND pl.started_on + pl.assessment_ready_days <= pl.today
    AND NOT EXISTS (SELECT FROM needs_assessment a WHERE a.enrolment_id = pl.id)"""

_SIGNATURE = f"""
SELECT pl.client_id, s.id, s.written_at, {_day("s.written_at")} + pl.signature_days,
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
    min({_day("t.last_at")} + tm.days), count(*), NULL::bigint, ''
FROM people p JOIN messages_thread t ON t.client_id = p.id
JOIN (SELECT organiser_id, min(message_answer_days) AS days FROM terms GROUP BY organiser_id) tm
    ON tm.organiser_id = t.organiser_id
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
SELECT NULL::bigint, n.id, n.came_at, {_day("n.came_at")} + t.interest_answer_days,
    1, NULL::bigint, ''
FROM newcomers n JOIN terms t ON t.programme_id = n.programme_id"""

# The first in each queue for whom there is a place now; the group's own quota goes first.
_PLACE = """
SELECT w.client_id, w.id, w.applied_at, NULL::date, 1, NULL::bigint, ''
FROM (
    SELECT e.id, e.client_id, e.applied_at, q.places, q.id AS quota,
        row_number() OVER (PARTITION BY coalesce(q.id, -e.id) ORDER BY e.applied_at, e.id)
            AS number,
        (SELECT count(*) FROM clients_enrolment o
            JOIN programmes_municipality om ON om.id = o.municipality_id
            JOIN programmes_targetgroup og ON og.id = o.target_group_id
            WHERE o.programme_id = e.programme_id AND o.state = 'enrolled'
                AND om.code = q.municipality_code
                AND q.target_group_code IN ('', og.code)) AS taken
    FROM clients_enrolment e
    JOIN terms t ON t.programme_id = e.programme_id
    JOIN programmes_municipality m ON m.id = e.municipality_id
    JOIN programmes_targetgroup g ON g.id = e.target_group_id
    LEFT JOIN LATERAL (
        SELECT * FROM programmes_quota q WHERE q.programme_id = e.programme_id
            AND q.municipality_code = m.code AND q.target_group_code IN ('', g.code)
            AND q.valid @> t.today ORDER BY q.target_group_code DESC LIMIT 1) q ON true
    WHERE e.state = 'queued') w
JOIN people p ON p.id = w.client_id
WHERE w.quota IS NULL OR w.taken + w.number <= w.places"""

_MANDATE_ENDS = """
SELECT m.client_id, m.id, NULL::timestamptz, upper(m.valid) - 1, 1, NULL::bigint, m.kind
FROM clients_mandate m JOIN people p ON p.id = m.client_id
JOIN (SELECT organiser_id, today, min(mandate_notice_days) AS notice FROM terms
    GROUP BY organiser_id, today) tm ON tm.organiser_id = m.organiser_id
WHERE m.ended_at IS NULL AND upper(m.valid) > tm.today
    AND upper(m.valid) <= tm.today + tm.notice
    AND NOT EXISTS (SELECT FROM clients_mandate later WHERE later.client_id = m.client_id
        AND later.user_id = m.user_id AND later.ended_at IS NULL
        AND lower(later.valid) >= upper(m.valid))"""

_REQUEST = f"""
SELECT r.client_id, min(r.id), min(r.asked_at), min({_day("r.asked_at")} + pl.request_answer_days),
    count(*), NULL::bigint, min(r.state)
FROM wishes_trayrequest r JOIN places pl ON pl.id = r.enrolment_id
WHERE r.state IN ('received', 'looking') GROUP BY r.client_id"""

_MONEY_UNUSED = """
SELECT pot.client_id, pot.id, NULL::timestamptz, upper(pot.valid) - 1, 1, pot.unspent,
    CASE WHEN pot.carries_over THEN 'goes_on' ELSE 'is_lost' END
FROM pots pot
WHERE pot.today >= upper(pot.valid) - pot.month_end_days
    AND pot.unspent * 100 >= pot.unused_percent * pot.granted_cents"""

# At the pace so far the money of the month (what is left, and what orders hold) is gone before it:
# a plain line through what was paid, since a forecast with its range is made for one client.
_TOO_FAST = """* 100 * gone.whole
        < pot.granted_cents * ((gone.whole - gone.days) * 100 - pot.pace_percent * gone.whole)"""
_MONEY_SHORT = f"""
SELECT pot.client_id, pot.id, NULL::timestamptz,
    pot.today + (have.cents * gone.days / greatest(pot.granted_cents - have.cents, 1))::int,
    1, have.cents, ''
FROM pots pot
CROSS JOIN LATERAL (SELECT pot.today - lower(pot.valid) AS days,
    upper(pot.valid) - lower(pot.valid) AS whole) gone
CROSS JOIN LATERAL (SELECT pot.unspent + coalesce(sum(h.credits - h.debits), 0) AS cents
    FROM orders_slice s JOIN ledger_account h ON h.id = s.hold_id WHERE s.pot_id = pot.id) have
WHERE gone.days >= pot.pace_after_days AND pot.unspent {_TOO_FAST}
    AND have.cents {_TOO_FAST}"""

_WELLBEING = """
SELECT r.client_id, min(r.id), NULL::timestamptz, min(r.closes_on) - 1, count(*), NULL::bigint,
    min(r.moment)
FROM evaluation_round r JOIN people p ON p.id = r.client_id
JOIN days d ON d.organiser_id = r.organiser_id
WHERE r.state IN ('open', 'paused') AND r.opens_on <= d.today AND r.closes_on > d.today
GROUP BY r.client_id"""

SOURCES: tuple[Source, ...] = (
    Source(Kind.DISPUTE, 10, _visits("disputed")),
    Source(Kind.MONEY_SHORT, 20, _MONEY_SHORT),
    Source(Kind.DECISION_ENDS, 30, _DECISION_ENDS),
    Source(Kind.DECISION_WAITS, 40, _DECISION_WAITS),
    Source(Kind.ASSESSMENT, 50, _ASSESSMENT),
    Source(Kind.SIGNATURE, 60, _SIGNATURE),
    Source(Kind.REVIEW, 70, _visits("in_review")),
    Source(Kind.MESSAGE, 80, _MESSAGE),
    Source(Kind.NOBODY, 90, _NOBODY),
    Source(Kind.INTEREST, 100, _INTEREST),
    Source(Kind.PLACE, 110, _PLACE),
    Source(Kind.MANDATE_ENDS, 120, _MANDATE_ENDS),
    Source(Kind.REQUEST, 130, _REQUEST),
    Source(Kind.MONEY_UNUSED, 140, _MONEY_UNUSED),
    Source(Kind.WELLBEING, 150, _WELLBEING),
)
