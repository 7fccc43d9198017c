"""The one statement that places an order: the order, its holds, its slices, the money, the log."""

from __future__ import annotations

from valinta.audit.actions import noting_sql
from valinta.ledger.kinds import AccountKind, CauseKind, TransferKind
from valinta.ledger.posting import NEW_ACCOUNT, opening_sql, posting_sql
from valinta.orders.states import OrderState

_HOLDS = opening_sql(AccountKind.HOLD, "SELECT hold AS id FROM wanted ORDER BY n")
_RESERVES = posting_sql(
    f"SELECT source, hold, cents, '{TransferKind.RESERVE}', '{CauseKind.ORDER}', new.id,"
    " 'reserve:' || hold FROM wanted, new WHERE cents > 0 ORDER BY n"
)
_NOTE = noting_sql(
    f"SELECT 'place_order', 'order', id, '', '{OrderState.PLACED}', %(client)s::bigint, '',"
    " '{}'::jsonb FROM new"
)

# The ids come first, so that the parts can name each other; the trigger of the ledger looks when
# all of them are there, and refuses the whole when an account would go below its floor.
PLACE = f"""
WITH new AS MATERIALIZED (
    SELECT nextval(pg_get_serial_sequence('orders_order', 'id')) AS id
), wanted AS MATERIALIZED (
    SELECT s.*, {NEW_ACCOUNT} AS hold
    FROM unnest(%(pots)s::bigint[], %(vouchers)s::bigint[], %(sources)s::bigint[],
        %(quantities)s::int[], %(cents)s::bigint[], %(starts)s::date[], %(ends)s::date[])
        WITH ORDINALITY AS s (pot, voucher, source, quantity, cents, starts, ends, n)
), ordered AS (
    INSERT INTO orders_order (id, organiser_id, enrolment_id, client_id, offer_id, service_id,
        provider_id, kind, state, placed_at, placed_by_id, close_reason, valid)
    SELECT id, %(_organiser)s, %(enrolment)s, %(client)s, %(offer)s, %(service)s, %(provider)s,
        %(kind)s, '{OrderState.PLACED}', %(_at)s, %(_by)s, '',
        daterange(%(starts_on)s::date, %(ends_on)s::date) FROM new
), held AS ({_HOLDS}
), sliced AS (
    INSERT INTO orders_slice (organiser_id, order_id, pot_id, voucher_id, source_id, hold_id,
        quantity_hundredths, reserved_cents, valid)
    SELECT %(_organiser)s, new.id, pot, voucher, source, hold, quantity, cents,
        daterange(starts, ends) FROM wanted, new ORDER BY n
), reserved AS ({_RESERVES}
), noted AS ({_NOTE}
)
SELECT id FROM new
"""
