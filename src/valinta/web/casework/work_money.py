"""What is due because of money: a month's runs out or is left over, or an order lacks some."""

from __future__ import annotations

# The free pots of today. Their days are columns of their own: where rows are locked to organisers,
# an index on a range is not used.
TODAYS = """
SELECT pot.* FROM days d CROSS JOIN LATERAL (
    SELECT pot.id, pot.budget_id, pot.account_id, pot.starts_on, pot.ends_on, pot.granted_cents
    FROM budgets_pot pot WHERE pot.organiser_id = d.organiser_id AND pot.service_id IS NULL
        AND pot.granted_cents > 0 AND pot.ends_on > d.today AND pot.starts_on <= d.today {fence}
    ) pot"""

# Of the people looked at, with what is unspent, when it is late enough in the month to say
# something. OFFSET 0: each account by its key, never all accounts of the organiser.
POTS = """
SELECT pot.id, pl.client_id, pl.today, pot.starts_on, pot.ends_on, pot.granted_cents,
    a.unspent, pl.month_end_days, pl.unused_percent, pl.pace_after_days, pl.pace_percent,
    pl.carries_over
FROM todays pot
JOIN budgets_budget b ON b.id = pot.budget_id AND b.state = 'in_force'
JOIN places pl ON pl.id = b.enrolment_id AND pl.is_late_in_month
CROSS JOIN LATERAL (SELECT a.credits - a.debits AS unspent FROM ledger_account a
    WHERE a.id = pot.account_id OFFSET 0) a"""

UNUSED = """
SELECT pot.client_id, pot.id, NULL::timestamptz, pot.ends_on - 1, 1, pot.unspent,
    CASE WHEN pot.carries_over THEN 'goes_on' ELSE 'is_lost' END
FROM pots pot
WHERE pot.today >= pot.ends_on - pot.month_end_days
    AND pot.unspent * 100 >= pot.unused_percent * pot.granted_cents"""

# At the pace so far the money of the month (what is left, and what orders hold) is gone before it:
# a plain line through what was paid, since a forecast with its range is made for one client.
_TOO_FAST = """* 100 * gone.whole
        < pot.granted_cents * ((gone.whole - gone.days) * 100 - pot.pace_percent * gone.whole)"""
SHORT = f"""
SELECT pot.client_id, pot.id, NULL::timestamptz,
    pot.today + (have.cents * gone.days / greatest(pot.granted_cents - have.cents, 1))::int,
    1, have.cents, ''
FROM pots pot
CROSS JOIN LATERAL (SELECT pot.today - pot.starts_on AS days,
    pot.ends_on - pot.starts_on AS whole) gone
CROSS JOIN LATERAL (SELECT pot.unspent + coalesce(sum(h.credits - h.debits), 0) AS cents
    FROM orders_slice s JOIN ledger_account h ON h.id = s.hold_id WHERE s.pot_id = pot.id) have
WHERE gone.days >= pot.pace_after_days AND pot.unspent {_TOO_FAST}
    AND have.cents {_TOO_FAST}"""

# Orders for which the money does not reach at a price that was told after they were placed: by the
# first day on which that shows.
ORDERS = """
SELECT o.client_id, min(o.id), NULL::timestamptz, min(greatest(lower(s.valid), d.today)),
    count(DISTINCT o.id), sum(s.lacking_cents), ''
FROM days d JOIN orders_slice s ON s.organiser_id = d.organiser_id AND s.lacking_cents > 0
JOIN orders_order o ON o.id = s.order_id AND o.valid && s.valid
    AND o.state IN ('placed', 'accepted')
JOIN people p ON p.id = o.client_id
WHERE upper(s.valid) > d.today GROUP BY o.client_id"""
