"""A basket weighed: each line and month, what is left of the money, and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from valinta.orders.cost import Cost
from valinta.shared.periods import Period
from valinta.wishes.models import BasketLine


class Obstacle(StrEnum):
    """Why a line cannot be ordered as it is, whatever money there is."""

    PAST = "past"
    NOT_ENROLLED = "not_enrolled"
    PROGRAMME_CLOSED = "programme_closed"
    PROVIDER_NOT_APPROVED = "provider_not_approved"
    NOT_IN_PLAN = "not_in_plan"
    NO_MONEY_THEN = "no_money_then"
    NO_PRICE = "no_price"
    ABOVE_VALUE = "above_value"


class Payer(StrEnum):
    """Which money pays a line."""

    FREE = "free"
    KEPT = "kept"
    VOUCHER = "voucher"


@dataclass(frozen=True, slots=True)
class PartTried:
    """One month of a line: its cost, and in cents what there is no money for.

    `organiser` is paid past an empty pot by the organiser: a subjective right is never stopped.
    """

    period: Period
    cost: Cost
    beyond: int = 0
    organiser: int = 0


@dataclass(frozen=True, slots=True)
class LineTried:
    """A line of the basket weighed. `short` is what the voucher lacks, hundredths of the unit."""

    line: BasketLine
    period: Period | None = None
    payer: Payer | None = None
    parts: tuple[PartTried, ...] = ()
    obstacle: Obstacle | None = None
    short: int = 0

    @property
    def price(self) -> int:
        """The whole price of all months, in cents."""
        return sum(part.cost.price.cents for part in self.parts)

    @property
    def payable(self) -> int:
        """What a budget, a voucher or the organiser pays of it, as far as the money goes."""
        return sum(part.cost.payable.cents - part.beyond for part in self.parts)

    @property
    def self_pay(self) -> int:
        """What the client pays the provider beside a voucher."""
        return sum(part.cost.self_pay.cents for part in self.parts)

    @property
    def beyond(self) -> int:
        """What there is no money for."""
        return sum(part.beyond for part in self.parts)

    @property
    def held(self) -> int:
        """What an order of the line would hold."""
        return self.payable - sum(part.organiser for part in self.parts)

    @property
    def monthly(self) -> int:
        """The price of the first month, in cents."""
        return self.parts[0].cost.price.cents if self.parts else 0

    @property
    def is_estimated(self) -> bool:
        """Whether no provider is chosen, so that the price is the dearest there is."""
        return self.line.offer_id is None

    @property
    def is_ordered(self) -> bool:
        """Whether the line was ordered already; then its money is among what is booked."""
        return self.line.ordered_at is not None

    @property
    def fits(self) -> bool:
        """Whether it could be ordered as it is."""
        return self.obstacle is None and self.beyond == 0 and self.short == 0


@dataclass(frozen=True, slots=True)
class PotTried:
    """A pot before and after the basket, in cents. No names: the free pot."""

    names: Mapping[str, str]
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class MonthTried:
    """A month of the budget: its pots, what lacks, and what the client pays beside a voucher."""

    month: date
    free: PotTried
    kept: tuple[PotTried, ...]
    beyond: int
    self_pay: int

    @property
    def used(self) -> int:
        """What the basket takes of the month's pots, in cents."""
        return sum(pot.before - pot.after for pot in (self.free, *self.kept))


@dataclass(frozen=True, slots=True)
class VoucherTried:
    """A voucher's quantity before and after the basket, in hundredths of its unit."""

    names: Mapping[str, str]
    unit: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Tried:
    """A whole basket weighed. Sums in cents over all its months."""

    lines: tuple[LineTried, ...]
    months: tuple[MonthTried, ...]
    vouchers: tuple[VoucherTried, ...]

    @property
    def open_lines(self) -> tuple[LineTried, ...]:
        """The lines that are in the plan and not ordered yet."""
        return tuple(one for one in self.lines if not one.is_ordered and one.obstacle is None)

    @property
    def payable(self) -> int:
        return sum(one.payable for one in self.open_lines)

    @property
    def self_pay(self) -> int:
        return sum(one.self_pay for one in self.open_lines)

    @property
    def beyond(self) -> int:
        return sum(one.beyond for one in self.open_lines)

    @property
    def outside(self) -> int:
        """The price of what is not in the plan, so that no money of the client's pays it."""
        return sum(one.price for one in self.lines if one.obstacle is Obstacle.NOT_IN_PLAN)

    @property
    def fits(self) -> bool:
        """Whether all that is not ordered yet could be ordered as it is."""
        return all(one.fits for one in self.lines if not one.is_ordered)
