"""What the parts of an order cost, who pays, and what is left afterwards. Cents and hundredths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from valinta.catalogue.models import Offer
from valinta.ledger.models import Account
from valinta.orders.actions import SliceWanted
from valinta.plans.states import Way
from valinta.processes.order_facts import PartFacts
from valinta.processes.place_order import NoBudgetThen
from valinta.rules.voucher import PriceSplit, split_quantity
from valinta.shared.money import Money
from valinta.shared.periods import Period


@dataclass(frozen=True, slots=True)
class BandSum:
    """How much is ordered in a time band, its price, and who pays."""

    band: str
    quantity_hundredths: int
    price_cents: int
    payable_cents: int
    self_pay_cents: int


@dataclass(frozen=True, slots=True)
class PartSums:
    """A part of an order: what would be held for it, and how that is made up."""

    slice: SliceWanted
    bands: tuple[BandSum, ...]


@dataclass(frozen=True, slots=True)
class PartPreview:
    """A month (or day) of an order as it is shown: what there is, what is held, what is left.

    `left` below zero means that the money does not reach.
    """

    period: Period
    bands: tuple[BandSum, ...]
    quantity_hundredths: int
    before: int
    held: int
    self_pay: int
    left: int
    keeps_for_service: bool


def part_sums(offer: Offer, way: Way, part: PartFacts, quantities: Mapping[str, int]) -> PartSums:
    """What a part with these quantities by band costs. Raises NoBudgetThen or NoPrice."""
    if way is Way.VOUCHER and part.voucher_account_id is None:
        raise NoBudgetThen(f"There is no accepted voucher for this service on {part.period}.")
    bands = tuple(_band(offer, way, part, band, many) for band, many in quantities.items() if many)
    quantity = sum(quantities.values())
    cost = Money(sum(one.payable_cents for one in bands))
    if way is Way.VOUCHER and part.voucher_account_id is not None:
        source = part.voucher_account_id
        wanted = SliceWanted(part.period, quantity, cost, source, voucher_id=part.voucher_id)
        return PartSums(wanted, bands)
    if part.pot_id is None or part.pot_account_id is None or part.pot_cents is None:
        raise NoBudgetThen(
            f"There is no budget in force for {part.period}. Order days within one budget month."
        )
    if offer.service.is_right:
        # A subjective right is never stopped by an empty pot: what there is is held.
        cost = min(cost, Money(part.pot_cents), key=lambda money: money.cents)
    wanted = SliceWanted(part.period, quantity, cost, part.pot_account_id, pot_id=part.pot_id)
    return PartSums(wanted, bands)


def _band(offer: Offer, way: Way, part: PartFacts, band: str, quantity: int) -> BandSum:
    price = part.price(band)
    whole = Money(price.cents).times(quantity).cents
    split = PriceSplit(whole, 0)
    if way is Way.VOUCHER:
        value = part.values.get(price.band, 0)
        split = split_quantity(price.cents, value, quantity, offer.service.is_free_by_law)
    return BandSum(price.band, quantity, price.cents, split.payable_cents, split.self_pay_cents)


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
