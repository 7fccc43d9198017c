"""All that decides an order, read in one go: the programme's days, the plan, money and prices."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from valinta.budgets.states import BudgetState, VoucherState
from valinta.catalogue.models import Offer
from valinta.catalogue.queries import NoPrice, UnitPrice, price_in
from valinta.orders.actions import OrderWanted
from valinta.organisers.statements import array, run_planned
from valinta.plans.states import PlanState, Way
from valinta.shared.periods import Period


@dataclass(frozen=True, slots=True)
class PartFacts:
    """What a part of the order meets: who could pay it, and prices on its first day.

    Cents. `prices` are in the order of the tray's bands; `values` are the voucher's, by band.
    """

    offer: Offer
    period: Period
    pot_id: int | None
    pot_account_id: int | None
    pot_cents: int | None
    voucher_id: int | None
    voucher_account_id: int | None
    prices: tuple[UnitPrice, ...]
    values: Mapping[str, int]

    def price(self, band: str) -> UnitPrice:
        """The price of a band; no band means the tray's first. Raises NoPrice."""
        price = price_in(self.prices, band)
        if price is None:
            raise NoPrice(self.offer, band, self.period.starts_on)
        return price


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """The first day on which no phase is open (None: all are), the planned way, the parts."""

    closed_on: date | None
    way: str | None
    parts: list[PartFacts]


# Parts of statements, shared with the one that orders on a budget: they take the parameters `days`,
# `programme`, `enrolment`, `service` and `offer`, and a part has its first and end day.
CLOSED_ON = """SELECT day FROM unnest(%(days)s::date[]) WITH ORDINALITY d (day, n)
    WHERE NOT EXISTS (SELECT FROM programmes_phase h
        WHERE h.programme_id = %(programme)s::bigint AND h.valid @> d.day) ORDER BY d.n LIMIT 1"""
PLANNED_WAY = f"""SELECT l.way FROM plans_serviceplan s JOIN plans_planline l ON l.plan_id = s.id
    WHERE s.enrolment_id = %(enrolment)s::bigint AND s.state = '{PlanState.IN_FORCE}'
        AND l.service_id = %(service)s::bigint
    ORDER BY l.way NOT IN ('{Way.BUDGET}', '{Way.VOUCHER}') LIMIT 1"""
POT = f"""SELECT t.id, t.account_id, a.credits - a.debits AS cents
    FROM budgets_budget b JOIN budgets_pot t ON t.budget_id = b.id
    JOIN ledger_account a ON a.id = t.account_id
    WHERE b.enrolment_id = %(enrolment)s::bigint AND b.state = '{BudgetState.IN_FORCE}'
        AND b.valid @> daterange(part.starts, part.ends)
        AND t.valid @> daterange(part.starts, part.ends)
        AND (t.service_id = %(service)s::bigint OR t.service_id IS NULL)
    ORDER BY t.service_id IS NULL, t.id LIMIT 1"""
PARTS = """unnest(%(starts)s::date[], %(ends)s::date[]) WITH ORDINALITY part (starts, ends, n)"""
PRICES = """catalogue_price c JOIN catalogue_timeband b ON b.id = c.band_id"""
PRICE_IN_FORCE = """c.offer_id = %(offer)s::bigint AND c.valid @> part.starts
        AND c.superseded_at IS NULL"""

_FACTS = f"""
SELECT ({CLOSED_ON}), ({PLANNED_WAY}), pot.id, pot.account_id, pot.cents,
    voucher.id, voucher.account_id, price.rows
FROM {PARTS}
LEFT JOIN LATERAL ({POT}) pot ON true
LEFT JOIN LATERAL (
    SELECT v.id, v.account_id FROM budgets_voucher v
    WHERE v.enrolment_id = %(enrolment)s::bigint AND v.service_id = %(service)s::bigint
        AND v.state = '{VoucherState.ACCEPTED}' AND v.valid @> daterange(part.starts, part.ends)
    ORDER BY v.id LIMIT 1) voucher ON true
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_array(c.band_id, b.code, c.cents, u.cents) ORDER BY c.band_id)
        AS rows
    FROM {PRICES} LEFT JOIN budgets_voucherunit u
        ON u.voucher_id = voucher.id AND u.band_id = c.band_id
    WHERE {PRICE_IN_FORCE}) price ON true
ORDER BY part.n
"""


def order_facts(wanted: OrderWanted, parts: Sequence[Period]) -> OrderFacts:
    """Read the facts of an order as they are now. The offer and the enrolment are given."""
    offer = wanted.offer
    given = {**looked_at(wanted, parts), "service": offer.service_id, "offer": offer.pk}
    rows = run_planned(_FACTS, given)
    found = [_part(offer, part, *row[2:]) for part, row in zip(parts, rows, strict=True)]
    return OrderFacts(rows[0][0], rows[0][1], found)


def looked_at(wanted: OrderWanted, parts: Sequence[Period]) -> dict[str, object]:
    """The parameters that say what days are looked at, of which programme and whose."""
    period = wanted.period
    return {
        "days": array((wanted.at.date(), period.starts_on, period.last_on)),
        "programme": wanted.enrolment.programme_id,
        "enrolment": wanted.enrolment.pk,
        "starts": array(part.starts_on for part in parts),
        "ends": array(part.ends_on for part in parts),
    }


def _part(
    offer: Offer,
    part: Period,
    pot_id: int | None,
    pot_account_id: int | None,
    pot_cents: int | None,
    voucher_id: int | None,
    voucher_account_id: int | None,
    prices: str | None,
) -> PartFacts:
    # Django leaves JSON as text.
    rows: list[tuple[int, str, int, int | None]] = json.loads(prices or "[]")
    return PartFacts(
        offer,
        part,
        pot_id,
        pot_account_id,
        pot_cents,
        voucher_id,
        voucher_account_id,
        tuple(UnitPrice(band_id, band, cents) for band_id, band, cents, _ in rows),
        {band: value for _, band, _, value in rows if value is not None},
    )
