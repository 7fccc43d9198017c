"""What the parts of an order cost, who pays, and what is left afterwards. Cents and hundredths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from valinta.catalogue.models import Offer
from valinta.ledger.models import Account
from valinta.orders.actions import SliceWanted
from valinta.orders.cost import BandCost, cost_of, reach_of
from valinta.plans.states import Way
from valinta.processes.order_facts import PartFacts
from valinta.processes.order_rules import no_budget, no_voucher
from valinta.shared.money import Money
from valinta.shared.periods import Period


@dataclass(frozen=True, slots=True)
class PartSums:
    """A part of an order: what would be held for it, and how that is made up."""

    slice: SliceWanted
    bands: tuple[BandCost, ...]


@dataclass(frozen=True, slots=True)
class PartPreview:
    """A month (or day) of an order as it is shown: what there is, what is held, what is left.

    `left` below zero means that the money does not reach.
    """

    period: Period
    bands: tuple[BandCost, ...]
    quantity_hundredths: int
    before: int
    held: int
    self_pay: int
    left: int
    keeps_for_service: bool


def part_sums(offer: Offer, way: Way, part: PartFacts, quantities: Mapping[str, int]) -> PartSums:
    """What a part with these quantities by band costs. Raises NoBudgetThen or NoPrice."""
    quantity = sum(quantities.values())
    if way is Way.VOUCHER:
        if part.voucher_id is None or part.voucher_account_id is None:
            raise no_voucher(part.period)
        cost = cost_of(part.price, quantities, part.values, offer.service.is_free_by_law)
        source = part.voucher_account_id
        wanted = SliceWanted(
            part.period, quantity, cost.payable, source, voucher_id=part.voucher_id
        )
        return PartSums(wanted, cost.bands)
    if part.pot_id is None or part.pot_account_id is None or part.pot_cents is None:
        raise no_budget(part.period)
    cost = cost_of(part.price, quantities)
    reach = reach_of(cost.payable, Money(part.pot_cents), is_right=offer.service.is_right)
    asked, source = Money(reach.asked), part.pot_account_id
    return PartSums(
        SliceWanted(part.period, quantity, asked, source, pot_id=part.pot_id), cost.bands
    )


def previews(parts: Iterable[PartSums], earmarked: frozenset[int]) -> tuple[PartPreview, ...]:
    """The parts with what their pots and vouchers hold now, read in one query.

    `earmarked` are the ids of pots that are kept for one service.
    """
    found = list(parts)
    accounts = Account.objects.in_bulk({one.slice.source_id for one in found})
    taken: Counter[int] = Counter()
    shown = []
    for one in found:
        source = one.slice.source_id
        before = accounts[source].balance_cents - taken[source]
        held = one.slice.amount.cents
        taken[source] += held
        shown.append(
            PartPreview(
                period=one.slice.period,
                bands=one.bands,
                quantity_hundredths=one.slice.quantity_hundredths,
                before=before,
                held=held,
                self_pay=sum(band.self_pay_cents for band in one.bands),
                left=before - held,
                keeps_for_service=one.slice.pot_id in earmarked,
            )
        )
    return tuple(shown)
