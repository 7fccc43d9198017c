"""The one statement that places an order: the order, its holds, its slices, the money, the log."""

from __future__ import annotations

from valinta.audit.actions import noting_sql
from valinta.clients.states import EnrolmentState
from valinta.ledger.kinds import AccountKind, CauseKind, TransferKind
from valinta.ledger.posting import NEW_ACCOUNT, opening_sql, posting_sql
from valinta.orders.states import OrderState

_HOLDS = opening_sql(AccountKind.HOLD, "SELECT hold AS id FROM wanted")
_RESERVES = posting_sql(
    f"SELECT source, hold, cents, '{TransferKind.RESERVE}', '{CauseKind.ORDER}', order_id,"
    " 'reserve:' || hold FROM wanted WHERE cents > 0",
    fresh=True,
)
# Read anew and kept from changing until the order is there: who ends a place, an approval or all
# that a client had waits for the order, and then ends it too; and who orders waits for them.
_MAY = f"""SELECT 1 FROM clients_enrolment e
    JOIN clients_client c ON c.id = e.client_id
    JOIN catalogue_offer o ON o.id = %(offer)s::bigint
    JOIN providers_approval a ON a.id = o.approval_id
    WHERE e.id = %(enrolment)s::bigint AND e.state = '{EnrolmentState.ENROLLED}'
    AND c.died_on IS NULL AND a.valid @> daterange(%(starts_on)s::date, %(ends_on)s::date)
    AND (a.suspended_on IS NULL OR a.suspended_on > %(_today)s::date)
    FOR SHARE OF e, c, a"""
_NOTE = noting_sql(
    f"SELECT 'place_order', 'order', id, '', '{OrderState.PLACED}', %(client)s::bigint, '',"
    " '{}'::jsonb FROM new"
)


def placing_sql(select: str) -> str:
    """SQL that places one order with the slices that a query gives.

    The query returns pot, voucher, source, quantity (hundredths), cents, free, starts and ends.
    The answer is one row: the order's id, whether the money is short, and whether the client's
    place or the provider's approval bars the order now. Without rows, or with a row that has no
    source or no cents, nothing is placed. Nor is it when a row costs more than is free: who is
    refused so has locked and written nothing. `free` may be unknown; whatever it says, the ledger
    looks again with the account locked.

    Besides the query's own it takes the parameters `_organiser`, `_by`, `_at`, `_today`,
    `enrolment`, `client`, `offer`, `service`, `provider`, `kind`, `starts_on` and `ends_on`. Run it
    within `refusals_named`.
    """
    # The ids come first, so that the parts can name each other. What is written first here is run
    # last, and triggers look in the order of running: the reserve comes first, so that its account
    # is locked when all else has been looked at. The trigger of the ledger refuses the whole when
    # an account would go below its floor.
    return f"""
WITH asked AS MATERIALIZED ({select}
), known AS MATERIALIZED (
    SELECT bool_and(source IS NOT NULL AND cents IS NOT NULL) AS is_whole,
        coalesce(bool_or(cents > free), false) AS is_short FROM asked
), may AS MATERIALIZED ({_MAY}
), new AS MATERIALIZED (
    SELECT nextval('orders_order_id_seq'::regclass) AS id
    FROM known WHERE is_whole AND NOT is_short AND EXISTS (SELECT 1 FROM may)
), wanted AS MATERIALIZED (
    SELECT asked.*, new.id AS order_id, {NEW_ACCOUNT} AS hold FROM new, asked
), reserved AS ({_RESERVES}
), held AS ({_HOLDS}
), sliced AS (
    INSERT INTO orders_slice (organiser_id, order_id, pot_id, voucher_id, source_id, hold_id,
        quantity_hundredths, reserved_cents, valid)
    SELECT %(_organiser)s::bigint, order_id, pot, voucher, source, hold, quantity, cents,
        daterange(starts, ends) FROM wanted
), ordered AS (
    INSERT INTO orders_order (id, organiser_id, enrolment_id, client_id, offer_id, service_id,
        provider_id, kind, state, placed_at, placed_by_id, close_reason, valid)
    SELECT id, %(_organiser)s::bigint, %(enrolment)s::bigint, %(client)s::bigint,
        %(offer)s::bigint, %(service)s::bigint, %(provider)s::bigint, %(kind)s,
        '{OrderState.PLACED}', %(_at)s::timestamptz, %(_by)s::bigint, '',
        daterange(%(starts_on)s::date, %(ends_on)s::date) FROM new
), noted AS ({_NOTE}
)
SELECT new.id, known.is_whole AND known.is_short,
    known.is_whole AND NOT known.is_short AND new.id IS NULL FROM known LEFT JOIN new ON true
"""


PLACE_SLICES = placing_sql("""
    SELECT * FROM unnest(%(pots)s::bigint[], %(vouchers)s::bigint[], %(sources)s::bigint[],
        %(quantities)s::int[], %(cents)s::bigint[], NULL::bigint[], %(starts)s::date[],
        %(ends)s::date[]) AS s (pot, voucher, source, quantity, cents, free, starts, ends)""")
