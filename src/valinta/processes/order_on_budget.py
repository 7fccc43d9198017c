"""An order on a budget in one statement: what decides it is read, and it is placed, at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from valinta.orders.actions import OrderWanted, place_selected
from valinta.orders.cost import amount_sql, asked_sql
from valinta.orders.models import Order
from valinta.orders.placing import placing_sql
from valinta.organisers.statements import array
from valinta.plans.states import Way
from valinta.processes.order_facts import (
    CLOSED_ON,
    PARTS,
    PLANNED_WAY,
    POT,
    PRICE_IN_FORCE,
    PRICES,
    looked_at,
)
from valinta.shared.periods import Period

# What a part costs, each band rounded by itself; no band means the tray's first. No row when a band
# has no price.
_COST = f"""SELECT sum({amount_sql("p.cents", "q.hundredths")})::bigint AS cents
    FROM unnest(%(bands)s::text[], %(hundredths)s::int[]) q (band, hundredths)
    LEFT JOIN LATERAL (SELECT c.cents FROM {PRICES}
        WHERE {PRICE_IN_FORCE} AND q.band IN ('', b.code) ORDER BY c.band_id LIMIT 1) p ON true
    HAVING count(p.cents) = count(*)"""

_ORDER = placing_sql(f"""
    SELECT pot.id AS pot, NULL::bigint AS voucher, pot.account_id AS source,
        %(quantity)s::int AS quantity,
        {asked_sql("cost.cents", "pot.cents", "%(is_right)s::boolean")} AS cents,
        pot.cents AS free, part.starts, part.ends
    FROM {PARTS}
    LEFT JOIN LATERAL ({POT}) pot ON true
    LEFT JOIN LATERAL ({_COST}) cost ON true
    WHERE ({PLANNED_WAY}) = '{Way.BUDGET}' AND NOT EXISTS ({CLOSED_ON})""")


def order_on_budget(
    wanted: OrderWanted, parts: Sequence[Period], quantities: Mapping[str, int]
) -> Order | None:
    """Place the order if the programme is open and the plan, a budget and prices let it be.

    None means that one of them does not, and nothing was done; `order_facts` tells which.
    Raises NotYourClient or BudgetSpent.
    """
    given = {
        **looked_at(wanted, parts),
        "bands": array(quantities),
        "hundredths": array(quantities.values()),
        "quantity": sum(quantities.values()),
        "is_right": wanted.offer.service.is_right,
    }
    return place_selected(wanted, _ORDER, given)
