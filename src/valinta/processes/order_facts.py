"""All that decides an order, read in one go: the programme's days, the plan, money and prices."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from valinta.budgets.states import BudgetState, VoucherState
from valinta.catalogue.models import Offer
from valinta.catalogue.queries import NoPrice, UnitPrice
from valinta.clients.models import Enrolment
from valinta.organisers.statements import run_planned
from valinta.plans.states import PlanState
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
        for price in self.prices:
            if band in ("", price.band):
                return price
        raise NoPrice(self.offer, band, self.period.starts_on)


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """The first day on which no phase is open (None: all are), the planned way, the parts."""

    closed_on: date | None
    way: str | None
    parts: list[PartFacts]


_FACTS = f"""
SELECT (SELECT day FROM unnest(%(days)s::date[]) WITH ORDINALITY d (day, n) WHERE NOT EXISTS (
            SELECT 1 FROM programmes_phase h WHERE h.programme_id = %(programme)s
                AND h.valid @> d.day) ORDER BY d.n LIMIT 1),
    (SELECT l.way FROM plans_serviceplan s JOIN plans_planline l ON l.plan_id = s.id
        WHERE s.enrolment_id = %(enrolment)s AND s.state = '{PlanState.IN_FORCE}'
            AND l.service_id = %(service)s),
    pot.id, pot.account_id, pot.cents, voucher.id, voucher.account_id, price.rows
FROM unnest(%(starts)s::date[], %(ends)s::date[]) WITH ORDINALITY part (starts, ends, n)
LEFT JOIN LATERAL (
    SELECT t.id, t.account_id, a.credits - a.debits AS cents
    FROM budgets_budget b JOIN budgets_pot t ON t.budget_id = b.id
    JOIN ledger_account a ON a.id = t.account_id
    WHERE b.enrolment_id = %(enrolment)s AND b.state = '{BudgetState.IN_FORCE}'
        AND t.valid @> daterange(part.starts, part.ends)
        AND (t.service_id = %(service)s OR t.service_id IS NULL)
    ORDER BY t.service_id IS NULL, t.id LIMIT 1) pot ON true
LEFT JOIN LATERAL (
    SELECT v.id, v.account_id FROM budgets_voucher v
    WHERE v.enrolment_id = %(enrolment)s AND v.service_id = %(service)s
        AND v.state = '{VoucherState.ACCEPTED}' AND v.valid @> daterange(part.starts, part.ends)
    ORDER BY v.id LIMIT 1) voucher ON true
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_array(c.band_id, b.code, c.cents, u.cents) ORDER BY c.band_id)
        AS rows
    FROM catalogue_price c JOIN catalogue_timeband b ON b.id = c.band_id
    LEFT JOIN budgets_voucherunit u ON u.voucher_id = voucher.id AND u.band_id = c.band_id
    WHERE c.offer_id = %(offer)s AND c.valid @> part.starts AND c.superseded_at IS NULL
    ) price ON true
ORDER BY part.n
"""


def order_facts(
    *, enrolment: Enrolment, offer: Offer, period: Period, parts: Sequence[Period], at: datetime
) -> OrderFacts:
    """Read the facts of an order as they are now. The offer and the enrolment are given."""
    rows = run_planned(
        _FACTS,
        {
            "days": [at.date(), period.starts_on, period.last_on],
            "programme": enrolment.programme_id,
            "enrolment": enrolment.pk,
            "service": offer.service_id,
            "offer": offer.pk,
            "starts": [part.starts_on for part in parts],
            "ends": [part.ends_on for part in parts],
        },
    )
    found = [_part(offer, part, *row[2:]) for part, row in zip(parts, rows, strict=True)]
    return OrderFacts(rows[0][0], rows[0][1], found)


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
