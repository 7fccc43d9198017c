"""The sets behind a run: what belongs to it, statements and their lines. No row is looped over."""

from __future__ import annotations

# What may be paid: confirmed, or accepted and silent past the programme's window.
FREEZE = """
INSERT INTO settlements_runvisit (visit_id, run_id, organiser_id)
SELECT v.id, %(run)s, v.organiser_id
FROM visits_visit v
JOIN orders_order o ON o.id = v.order_id
JOIN catalogue_service s ON s.id = o.service_id AND s.programme_id = %(programme)s
WHERE v.organiser_id = %(organiser)s AND v.served_on < %(cut_off)s
    AND (v.state = 'confirmed' OR (v.state = 'accepted' AND v.recorded_at <= %(silent_since)s))
    AND NOT EXISTS (SELECT 1 FROM settlements_runvisit r WHERE r.visit_id = v.id)
"""
FREEZE_CORRECTIONS = """
INSERT INTO settlements_runcorrection (correction_id, run_id, organiser_id)
SELECT c.id, %(run)s, c.organiser_id
FROM visits_correction c
JOIN visits_visit v ON v.id = c.visit_id
JOIN orders_order o ON o.id = v.order_id
JOIN catalogue_service s ON s.id = o.service_id AND s.programme_id = %(programme)s
WHERE c.organiser_id = %(organiser)s AND c.known_at <= %(at)s
    AND (v.state = 'rejected' OR EXISTS (
        SELECT 1 FROM settlements_runvisit r WHERE r.visit_id = v.id))
    AND NOT EXISTS (SELECT 1 FROM settlements_runcorrection r WHERE r.correction_id = c.id)
"""
# A rejected visit never joins a run; its capture and the correction that undid it cancel out, so
# only corrections of visits that were settled count here.
TAKE_RETURNED = """
UPDATE settlements_payment p SET repaid_in_id = %(run)s
FROM settlements_statement t JOIN settlements_run r ON r.id = t.run_id
WHERE t.id = p.statement_id AND r.programme_id = %(programme)s AND p.state = 'returned'
    AND p.repaid_in_id IS NULL AND p.organiser_id = %(organiser)s
"""
STATEMENTS = """
WITH work AS (
    SELECT v.provider_id, count(*) AS visits, sum(v.payable_cents) AS cents
    FROM settlements_runvisit r JOIN visits_visit v ON v.id = r.visit_id
    WHERE r.run_id = %(run)s GROUP BY v.provider_id
), corrections AS (
    SELECT v.provider_id, sum(c.cents) AS cents
    FROM settlements_runcorrection r JOIN visits_correction c ON c.id = r.correction_id
    JOIN visits_visit v ON v.id = c.visit_id
    WHERE r.run_id = %(run)s AND EXISTS (
        SELECT 1 FROM settlements_runvisit s WHERE s.visit_id = v.id)
    GROUP BY v.provider_id
), carried AS (
    SELECT DISTINCT ON (s.provider_id) s.provider_id, s.carried_out_cents AS cents
    FROM settlements_statement s JOIN settlements_run r ON r.id = s.run_id
    WHERE r.programme_id = %(programme)s AND r.state IN ('approved', 'sent') AND r.id <> %(run)s
    ORDER BY s.provider_id, r.id DESC
), returned AS (
    SELECT t.provider_id, sum(p.cents) AS cents
    FROM settlements_payment p JOIN settlements_statement t ON t.id = p.statement_id
    WHERE p.repaid_in_id = %(run)s GROUP BY t.provider_id
), everyone AS (
    SELECT provider_id FROM work UNION SELECT provider_id FROM corrections
    UNION SELECT provider_id FROM returned
    UNION SELECT provider_id FROM carried WHERE cents <> 0
), summed AS (
    SELECT e.provider_id, coalesce(w.visits, 0) AS visits, coalesce(w.cents, 0) AS work,
        coalesce(c.cents, 0) AS correction, coalesce(b.cents, 0) AS returned,
        coalesce(k.cents, 0) AS carried
    FROM everyone e LEFT JOIN work w USING (provider_id)
    LEFT JOIN corrections c USING (provider_id) LEFT JOIN carried k USING (provider_id)
    LEFT JOIN returned b USING (provider_id)
)
INSERT INTO settlements_statement (organiser_id, run_id, provider_id, visits, work_cents,
    correction_cents, returned_cents, carried_in_cents, payment_cents, carried_out_cents)
SELECT %(organiser)s, %(run)s, provider_id, visits, work, correction, returned, carried,
    greatest(work + correction + returned + carried, 0),
    least(work + correction + returned + carried, 0)
FROM summed ORDER BY provider_id
"""
LINES = """
INSERT INTO settlements_statementline (organiser_id, statement_id, order_id, service_id, band_id,
    price_cents, visits, quantity_hundredths, cents)
SELECT %(organiser)s, t.id, g.order_id, o.service_id, g.band_id, g.price_cents, g.visits,
    g.quantity, g.cents
FROM (
    SELECT v.provider_id, v.order_id, v.band_id, v.price_cents, count(*) AS visits,
        sum(v.quantity_hundredths) AS quantity, sum(v.payable_cents) AS cents
    FROM settlements_runvisit r JOIN visits_visit v ON v.id = r.visit_id
    WHERE r.run_id = %(run)s GROUP BY v.provider_id, v.order_id, v.band_id, v.price_cents
) g
JOIN settlements_statement t ON t.run_id = %(run)s AND t.provider_id = g.provider_id
JOIN orders_order o ON o.id = g.order_id
"""
SETTLE = """
SELECT a.payable_id, %(in_transit)s::bigint, t.payment_cents, 'settle', 'run', %(run)s::bigint,
    'settle:' || t.id
FROM settlements_statement t JOIN providers_provideraccount a
    ON a.provider_id = t.provider_id AND a.organiser_id = t.organiser_id
WHERE t.run_id = %(run)s AND t.payment_cents > 0 ORDER BY t.id
"""
