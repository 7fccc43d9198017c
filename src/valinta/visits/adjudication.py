"""The rules for reported visits, as sets: one statement judges every line of a chunk.

The order of the conditions is the order in which reasons are given, the plainest first. All
amounts are whole cents; quantities are hundredths of the service's unit.
"""

from __future__ import annotations

from valinta.orders.cost import amount_sql, payable_sql
from valinta.visits.codes import Code

STAGE = """
CREATE TEMP TABLE visit_stage (line int, order_id bigint, reference text, served_on date,
    started_at timestamptz, ended_at timestamptz, quantity int, band text, worker text,
    late_reason text, unreadable text) ON COMMIT DROP
"""
COPY_STAGE = "COPY visit_stage FROM STDIN"
# The planner needs to know how much there is and little more: a sample of 3,000 lines is plenty.
SMALL_SAMPLE = "SET LOCAL default_statistics_target = 10"

# Who changes a price holds its offer: lines are judged before that or after it, never in between.
LOCK_OFFERS = """
SELECT count(*) FROM (
    SELECT f.id FROM catalogue_offer f
    WHERE f.organiser_id = %(organiser)s AND f.id IN (
        SELECT o.offer_id FROM orders_order o
        WHERE o.id IN (SELECT order_id FROM visit_stage))
    ORDER BY f.id FOR SHARE) locked
"""
# Whether a client is in two places is judged one sender at a time, whichever providers they are.
LOCK_CLIENTS = """
SELECT count(*) FROM (
    SELECT c.id FROM clients_client c
    WHERE c.organiser_id = %(organiser)s AND c.id IN (
        SELECT o.client_id FROM orders_order o
        WHERE o.id IN (SELECT order_id FROM visit_stage))
    ORDER BY c.id FOR NO KEY UPDATE) locked
"""
# Two chunks on the same slice wait for each other here, so neither sees half of the other.
LOCK_SLICES = """
SELECT count(*) FROM (
    SELECT s.id FROM orders_slice s
    WHERE s.organiser_id = %(organiser)s AND s.id IN (
        SELECT s2.id FROM visit_stage l JOIN orders_slice s2
            ON s2.order_id = l.order_id AND s2.valid @> l.served_on)
    ORDER BY s.id FOR NO KEY UPDATE) locked
"""

# What was taken in before under the same references. A line is a sure repeat when it says the same
# and no other line of the chunk has its reference: then there is nothing to judge.
FIND_OLD = """
CREATE TEMP TABLE visit_old ON COMMIT DROP AS
WITH offers AS MATERIALIZED (
    SELECT f.id, (SELECT min(p.band_id) FROM catalogue_price p WHERE p.offer_id = f.id) AS band_id
    FROM catalogue_offer f JOIN providers_approval a ON a.id = f.approval_id
    WHERE f.organiser_id = %(organiser)s AND a.provider_id = %(provider)s
), found AS (
    SELECT l.line, l.reference, l.band, x.id AS old, x.order_id, x.band_id,
        (x.order_id, x.served_on, x.started_at, x.ended_at, x.quantity_hundredths, x.worker)
            IS NOT DISTINCT FROM (l.order_id, l.served_on, l.started_at, l.ended_at, l.quantity,
            l.worker) AS same
    FROM visit_stage l JOIN visits_visit x ON x.organiser_id = %(organiser)s
        AND x.provider_id = %(provider)s AND x.reference = l.reference
        AND (x.state <> 'rejected' OR x.withdrawn_at IS NOT NULL)
)
SELECT n.line, n.reference, n.old, n.band_id, n.same, n.same AND v.id IS NOT NULL
    AND (n.band = b.code OR (n.band = '' AND n.band_id = f.band_id)) IS TRUE AS sure
FROM found n
LEFT JOIN catalogue_timeband b ON b.id = n.band_id AND b.programme_id = %(programme)s
LEFT JOIN orders_order o ON o.id = n.order_id AND o.provider_id = %(provider)s
LEFT JOIN catalogue_service v ON v.id = o.service_id AND v.programme_id = %(programme)s
LEFT JOIN offers f ON f.id = o.offer_id
"""
SHARED_REFERENCES = """
UPDATE visit_old SET sure = false
WHERE old IN (SELECT old FROM visit_old GROUP BY old HAVING count(*) > 1)
"""
SURE = "SELECT count(*), count(*) FILTER (WHERE sure), count(DISTINCT old) FROM visit_old"
LEAVE_SURE_OUT = """
DELETE FROM visit_stage l USING visit_old x WHERE x.line = l.line AND x.sure
"""
SURE_ANSWERS = "SELECT line, reference, old FROM visit_old WHERE sure ORDER BY line"

JUDGE = f"""
CREATE TEMP TABLE visit_judged ON COMMIT DROP AS
WITH orders AS MATERIALIZED (
    SELECT o.id, o.client_id, o.provider_id, o.offer_id, o.valid, o.state,
        v.duty = 'subjective' AS is_right, v.fee_type = 'free_by_law' AS is_free,
        a.valid * f.valid AS approved,
        (SELECT min(p.band_id) FROM catalogue_price p WHERE p.offer_id = o.offer_id) AS first_band
    FROM orders_order o
    JOIN catalogue_offer f ON f.id = o.offer_id
    JOIN providers_approval a ON a.id = f.approval_id
    JOIN catalogue_service v ON v.id = o.service_id
    WHERE o.organiser_id = %(organiser)s AND v.programme_id = %(programme)s
        AND o.id IN (SELECT order_id FROM visit_stage)
), asked AS (
    SELECT DISTINCT o.offer_id, o.first_band, l.band, l.served_on
    FROM visit_stage l JOIN orders o ON o.id = l.order_id
), tariffs AS MATERIALIZED (
    -- A file has thousands of lines and few prices: what a line costs is looked up once a day.
    SELECT q.offer_id, q.band, q.served_on, b.id AS band_id, p.cents AS price, h.id AS phase_id,
        (r.parameters->>'report_within_days')::int AS within_days,
        (r.parameters->>'report_late_with_reason_days')::int AS late_days
    FROM asked q
    LEFT JOIN catalogue_timeband b ON b.programme_id = %(programme)s
        AND (b.code = q.band OR (q.band = '' AND b.id = q.first_band))
    LEFT JOIN catalogue_price p ON p.offer_id = q.offer_id AND p.band_id = b.id
        AND p.valid @> q.served_on AND p.superseded_at IS NULL
    LEFT JOIN programmes_rulebook r ON r.programme_id = %(programme)s AND r.valid @> q.served_on
    LEFT JOIN programmes_phase h ON h.programme_id = %(programme)s AND h.valid @> q.served_on
), firsts AS MATERIALIZED (
    SELECT reference, min(line) AS line FROM visit_stage GROUP BY reference HAVING count(*) > 1
), later AS MATERIALIZED (
    SELECT l.line, f.line AS first_line,
        (f.order_id, f.served_on, f.started_at, f.ended_at, f.quantity, f.band, f.worker)
            IS NOT DISTINCT FROM (l.order_id, l.served_on, l.started_at, l.ended_at, l.quantity,
            l.band, l.worker) AS same
    FROM firsts n JOIN visit_stage f ON f.line = n.line
    JOIN visit_stage l ON l.reference = n.reference AND l.line > n.line
), looked_up AS MATERIALIZED (
    SELECT l.*, o.id AS known_order, o.client_id, o.provider_id, o.is_right, o.is_free, o.valid
        AS order_days, o.state AS order_state, o.approved, t.band_id, t.price,
        s.id AS slice_id, s.hold_id, s.voucher_id, vu.cents AS value,
        x.old, x.same AND x.band_id IS NOT DISTINCT FROM t.band_id AS same_as_old,
        EXISTS (SELECT 1 FROM clients_absence n
            WHERE n.client_id = o.client_id AND n.valid @> l.served_on) AS away,
        EXISTS (SELECT 1 FROM orders_cancellation c WHERE c.order_id = o.id
            AND c.served_on = l.served_on AND c.in_time) AS cancelled,
        t.within_days, t.late_days, t.phase_id,
        coalesce(f.first_line, l.line) AS first_line, f.same AS same_as_first
    FROM visit_stage l
    LEFT JOIN later f ON f.line = l.line
    LEFT JOIN orders o ON o.id = l.order_id
    LEFT JOIN tariffs t ON t.offer_id = o.offer_id AND t.band = l.band
        AND t.served_on = l.served_on
    LEFT JOIN orders_slice s ON s.order_id = o.id AND s.valid @> l.served_on
    LEFT JOIN budgets_voucherunit vu ON vu.voucher_id = s.voucher_id AND vu.band_id = t.band_id
    LEFT JOIN visit_old x ON x.line = l.line
)
SELECT *, nextval((SELECT pg_get_serial_sequence('visits_visit', 'id')::regclass)) AS visit_id,
    {payable_sql("price", "value", "quantity", "voucher_id IS NULL")} AS payable,
    {amount_sql("price", "quantity")} AS gross,
    (old IS NOT NULL AND same_as_old) OR (line <> first_line AND same_as_first) AS repeated,
    false AS over_budget,
    CASE
        WHEN unreadable <> '' THEN '{Code.UNREADABLE}'
        WHEN quantity <= 0 THEN '{Code.NON_POSITIVE_QUANTITY}'
        WHEN known_order IS NULL THEN '{Code.UNKNOWN_ORDER}'
        WHEN provider_id <> %(provider)s THEN '{Code.NOT_YOUR_ORDER}'
        WHEN NOT known_order = ANY (coalesce(%(only_orders)s::bigint[], ARRAY[known_order]))
            THEN '{Code.NOT_YOUR_CLIENT}'
        WHEN (old IS NOT NULL AND NOT same_as_old)
            OR (line <> first_line AND NOT same_as_first) THEN '{Code.OTHER_CONTENT}'
        WHEN old IS NOT NULL THEN NULL
        WHEN band_id IS NULL THEN '{Code.UNKNOWN_BAND}'
        WHEN served_on > %(today)s OR ended_at > %(at)s THEN '{Code.IN_FUTURE}'
        WHEN phase_id IS NULL THEN '{Code.OUTSIDE_PROGRAMME}'
        WHEN slice_id IS NULL OR NOT order_days @> served_on
            OR order_state NOT IN ('placed', 'accepted') THEN '{Code.OUTSIDE_ORDER}'
        WHEN NOT approved @> served_on THEN '{Code.PROVIDER_NOT_APPROVED}'
        WHEN away THEN '{Code.CLIENT_AWAY}'
        WHEN cancelled THEN '{Code.CANCELLED_IN_TIME}'
        WHEN price IS NULL THEN '{Code.PRICE_NOT_IN_FORCE}'
        WHEN served_on + within_days < %(today)s
            AND (late_reason = '' OR served_on + late_days < %(today)s) THEN '{Code.TOO_LATE}'
    END AS code,
    served_on + within_days < %(today)s AS late
FROM looked_up
"""

_CANDIDATE = "code IS NULL AND NOT repeated"

# The statistics of the visits lag behind a large batch that is still coming in. A loop over what
# they do not know yet took twenty seconds a chunk where joining whole sets takes a tenth of one.
JOIN_SETS = "SET LOCAL enable_nestloop = off"
JOIN_AS_PLANNED = "SET LOCAL enable_nestloop TO DEFAULT"

# Whose other visits matter to the good lines, and when. It goes back into the statements below as
# constants: then the planner knows how much it asks for, and takes the index that is local to it.
CONCERNED_NAMES = ("slices", "clients", "workers", "lo", "hi")
CONCERNED = f"""
SELECT count(*) > 0, bool_or(late), array_agg(slice_id)::text, array_agg(client_id)::text,
    array_agg(worker) FILTER (WHERE worker <> '')::text, min(lo) - interval '2 days', max(hi)
FROM (SELECT slice_id, client_id, worker, bool_or(late) AS late, min(started_at) AS lo,
        max(ended_at) AS hi
    FROM visit_judged WHERE {_CANDIDATE} GROUP BY slice_id, client_id, worker) g
"""

# A slice whose lines all fit needs no second look; the others are gone through line by line.
TIGHT = f"""
WITH wanted AS MATERIALIZED (
    SELECT slice_id, hold_id, is_right, sum(quantity) AS quantity, sum(payable) AS payable
    FROM visit_judged WHERE {_CANDIDATE} GROUP BY slice_id, hold_id, is_right
), used AS (
    SELECT x.slice_id, sum(x.quantity_hundredths) AS quantity,
        coalesce(sum(x.payable_cents) FILTER (WHERE x.state = 'in_review'), 0) AS waiting
    FROM visits_visit x
    WHERE x.slice_id = ANY (%(slices)s::bigint[]) AND x.state <> 'rejected'
    GROUP BY x.slice_id
), room AS MATERIALIZED (
    SELECT w.slice_id, w.is_right, w.quantity AS wanted_quantity, w.payable AS wanted_cents,
        s.quantity_hundredths - coalesce(u.quantity, 0) AS quantity,
        a.credits - a.debits - coalesce(u.waiting, 0) AS cents
    FROM wanted w JOIN orders_slice s ON s.id = w.slice_id
    JOIN ledger_account a ON a.id = w.hold_id LEFT JOIN used u ON u.slice_id = w.slice_id
)
SELECT j.line, j.slice_id, j.quantity, j.payable, r.is_right, r.quantity, r.cents
FROM room r JOIN visit_judged j ON j.slice_id = r.slice_id AND j.code IS NULL AND NOT j.repeated
WHERE r.wanted_quantity > r.quantity OR r.wanted_cents > r.cents
ORDER BY j.slice_id, j.line
"""
REFUSE_BEYOND = f"""
UPDATE visit_judged SET code = '{Code.BEYOND_ORDERED}' WHERE line = ANY(%(lines)s)
"""
MARK_OVER_BUDGET = "UPDATE visit_judged SET over_budget = true WHERE line = ANY(%(lines)s)"


def elsewhere(code: Code, who: str) -> str:
    """SQL that marks lines whose client or worker (`who`) is in two places at one time.

    The window finds the few lines that meet another; only those are compared pair by pair. The
    later line is the one set aside, whether it came in the same file or long after.
    """
    column = "client_id" if who == "client_id" else "worker"
    them = "ANY (%(clients)s::bigint[])" if who == "client_id" else "ANY (%(workers)s::text[])"
    own = "" if who == "client_id" else " AND x.worker <> '' AND x.provider_id = %(provider)s"
    some = "" if who == "client_id" else " AND worker <> ''"
    return f"""
WITH mine AS MATERIALIZED (
    SELECT line, {column} AS who, started_at, ended_at FROM visit_judged
    WHERE {_CANDIDATE} AND started_at IS NOT NULL{some}
), whose AS MATERIALIZED (
    SELECT who, min(started_at) AS lo, max(ended_at) AS hi FROM mine GROUP BY who
), theirs AS MATERIALIZED (
    SELECT x.{column} AS who, x.started_at, x.ended_at FROM visits_visit x
    WHERE x.{column} = {them}{own} AND x.state <> 'rejected'
        AND x.started_at >= %(lo)s::timestamptz AND x.started_at < %(hi)s::timestamptz
        AND x.served_on >= %(lo)s::date - 1 AND x.served_on <= %(hi)s::date + 1
), everyone AS MATERIALIZED (
    SELECT * FROM mine UNION ALL
    SELECT 0, x.who, x.started_at, x.ended_at FROM theirs x JOIN whose w ON w.who = x.who
        AND x.started_at < w.hi AND x.ended_at > w.lo
), met AS (
    SELECT *, max(ended_at) OVER (PARTITION BY who ORDER BY started_at, line
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) > started_at
            OR lead(started_at) OVER (PARTITION BY who ORDER BY started_at, line) < ended_at
        AS meets
    FROM everyone
)
UPDATE visit_judged j SET code = '{code}'
FROM met m
WHERE m.meets AND m.line > 0 AND j.line = m.line AND EXISTS (
    SELECT 1 FROM everyone e WHERE e.who = m.who AND e.line < m.line
        AND e.started_at < m.ended_at AND e.ended_at > m.started_at)
"""


SET_ASIDE_LATE = f"""
UPDATE visit_judged SET code = '{Code.LATE_WITH_REASON}' WHERE {_CANDIDATE} AND late
"""

# A repeated line inside the file has the answer of the first line that said the same.
ANSWER_REPEATS = """
UPDATE visit_judged r SET code = f.code FROM visit_judged f
WHERE r.line <> r.first_line AND r.repeated AND r.old IS NULL AND f.line = r.first_line
    AND f.code IS NOT NULL
"""

_REVIEWED = ", ".join(
    f"'{code}'" for code in (Code.CLIENT_ELSEWHERE, Code.WORKER_ELSEWHERE, Code.LATE_WITH_REASON)
)
INSERT_VISITS = f"""
INSERT INTO visits_visit (id, organiser_id, batch_id, order_id, slice_id, provider_id, client_id,
    band_id, reference, worker, served_on, started_at, ended_at, quantity_hundredths, price_cents,
    payable_cents, self_pay_cents, state, code, over_budget, free_by_law, recorded_at, reason)
SELECT visit_id, %(organiser)s, %(batch)s, order_id, slice_id, provider_id, client_id, band_id,
    reference, worker, served_on, started_at, ended_at, quantity, price, payable,
    CASE WHEN is_free THEN 0 ELSE gross - payable END,
    CASE WHEN code IS NULL THEN 'accepted' ELSE 'in_review' END, coalesce(code, ''), over_budget,
    is_free, %(at)s, late_reason
FROM visit_judged
WHERE NOT repeated AND (code IS NULL OR code IN ({_REVIEWED}))
ORDER BY reference
"""

CAPTURES = """
SELECT CASE WHEN j.over_budget THEN %(funding)s::bigint ELSE j.hold_id END, %(payable)s::bigint,
    j.payable, 'capture', 'visit', j.visit_id, 'capture:' || j.visit_id
FROM visit_judged j WHERE j.code IS NULL AND NOT j.repeated AND j.payable > 0 ORDER BY j.visit_id
"""

# What decided about a line; `messages.py` fills them into the sentences for the provider.
_FACTS = """jsonb_strip_nulls(jsonb_build_object('field', nullif(unreadable, ''),
        'order', order_id, 'served_on', served_on, 'quantity', quantity, 'band', nullif(band, ''),
        'order_days', order_days::text, 'approved_days', approved::text,
        'within_days', within_days, 'late_days', late_days))"""
INSERT_REFUSED = f"""
INSERT INTO visits_refusedline (organiser_id, batch_id, line, reference, code, facts, sent)
SELECT %(organiser)s, %(batch)s, line, reference, code, {_FACTS},
    jsonb_build_object('reference', reference, 'order', order_id, 'served_on', served_on,
        'started_at', started_at, 'ended_at', ended_at, 'quantity', quantity, 'band', band,
        'worker', worker) || CASE WHEN unreadable = '' THEN
            jsonb_build_object('late_reason', late_reason) WHEN late_reason = '' THEN '{{}}'
        ELSE jsonb_build_object('written', late_reason::jsonb) END
FROM visit_judged WHERE code IS NOT NULL AND code NOT IN ({_REVIEWED})
ORDER BY line LIMIT %(keeps_refused)s
"""

ANSWERS = f"""
SELECT j.line, reference, code, CASE WHEN code IS NULL THEN
        CASE WHEN repeated THEN 'repeated' ELSE 'taken' END
        WHEN code IN ({_REVIEWED}) THEN 'in_review' ELSE 'refused' END AS outcome,
    CASE WHEN code IS NOT NULL THEN {_FACTS} END,
    CASE WHEN old IS NOT NULL THEN old WHEN code IS NULL OR code IN ({_REVIEWED}) THEN
        coalesce(f.visit_id, j.visit_id) END
FROM visit_judged j LEFT JOIN (
    SELECT later.line, f.visit_id FROM visit_judged later JOIN visit_judged f
        ON f.line = later.first_line WHERE later.line <> later.first_line) f ON f.line = j.line
ORDER BY j.line
"""
COUNTS = f"""
SELECT count(*) FILTER (WHERE code IS NULL AND NOT repeated),
    count(*) FILTER (WHERE code IN ({_REVIEWED}) AND NOT repeated),
    count(*) FILTER (WHERE code IS NOT NULL AND code NOT IN ({_REVIEWED})),
    count(*) FILTER (WHERE repeated AND (code IS NULL OR code IN ({_REVIEWED})))
FROM visit_judged
"""


def fit(rows: list[tuple[int, int, int, int, bool, int, int]]) -> tuple[list[int], list[int]]:
    """Go through the lines of tight slices in order: (lines beyond, lines past an empty pot).

    Each row is line, slice, quantity, payable, is a right, quantity left, cents left. A line that
    does not fit takes nothing, so a smaller one after it may. A subjective right is limited by the
    quantity ordered but never by the money.
    """
    beyond: list[int] = []
    past_pot: list[int] = []
    at_slice: int | None = None
    quantity_left = cents_left = 0
    for line, slice_id, quantity, payable, is_right, room, cents in rows:
        if slice_id != at_slice:
            at_slice, quantity_left, cents_left = slice_id, room, cents
        if quantity > quantity_left or (payable > cents_left and not is_right):
            beyond.append(line)
            continue
        quantity_left -= quantity
        if payable > cents_left:
            past_pot.append(line)
        else:
            cents_left -= payable
    return beyond, past_pot
