"""What the money should do, told again in plain Python: one dict of balances and simple rules.

Accounts are known by their ids in the database; every amount here is computed by the model alone.
All in cents and hundredths of an hour; visits are for March.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from valinta.budgets.models import Pot, Voucher
from valinta.orders.models import Order

PRICES = {
    ("home", "day"): 3000,
    ("home", "evening"): 3600,
    ("care", "day"): 2000,
    ("care", "evening"): 2400,
    ("clean", "day"): 3000,
    ("clean", "evening"): 3600,
}
VALUES = {"day": 2500, "evening": 4000}


@dataclass
class Part:
    """A month of an order: the account that holds its money, where that came from, what is left."""

    hold: int
    source: int
    month: int
    left: int
    lacking: int = 0


@dataclass
class Placed:
    """An order in the model."""

    row: Order
    member: int
    service: str
    offer: str
    band: str
    parts: list[Part]
    quantity: int
    open: bool = True
    whole_term: bool = False


@dataclass
class Seen:
    """A visit in the model; `run` is the number of the run it is in."""

    pk: int
    of: Placed
    band: str
    quantity: int
    payable: int
    state: str
    corrections: list[Mended] = field(default_factory=list)
    over_budget: bool = False
    run: int | None = None

    @property
    def part(self) -> Part:
        return next(part for part in self.of.parts if part.month == 3)

    @property
    def worth(self) -> int:
        """What it costs now, with all that is known."""
        return self.payable + sum(one.cents for one in self.corrections)


@dataclass
class Mended:
    """A correction, and whether a run has taken it."""

    cents: int
    run: int | None = None


class Model:
    """Balances by account, and what is ordered and visited."""

    def __init__(self, funding: int, payables: dict[str, int]) -> None:
        self.cents: Counter[int] = Counter()
        self.funding = funding
        self.payables = payables
        self.march_prices: dict[tuple[str, str], int] = {}
        self.april_prices: dict[tuple[str, str], int] = {}
        self.orders: list[Placed] = []
        self.visits: list[Seen] = []
        self.pots: dict[int, list[Pot]] = {}
        self.vouchers: dict[int, Voucher | None] = {}
        # Accounts of budgets and vouchers that have ended.
        self.over: set[int] = set()
        self.carried: Counter[str] = Counter()
        self.returned: Counter[str] = Counter()

    def move(self, debit: int, credit: int, cents: int) -> None:
        self.cents[debit] -= cents
        self.cents[credit] += cents

    def price(self, offer: str, band: str, month: int = 3) -> int:
        """What a unit costs the organiser in the month."""
        service = offer.split("-")[0]
        price = PRICES[service, band]
        told = {3: self.march_prices, 4: self.april_prices}.get(month, {})
        price = told.get((offer, band), price)
        return min(price, VALUES[band]) if service == "clean" else price

    def cost(self, offer: str, band: str, quantity: int, month: int = 3) -> int:
        return (self.price(offer, band, month) * quantity + 50) // 100

    def source(self, member: int, service: str, month: int) -> int | None:
        """The account that pays a service in the month: the voucher, the earmarked or free pot."""
        if service == "clean":
            voucher = self.vouchers[member]
            return voucher.account_id if voucher else None
        fitting = [pot for pot in self.pots[member] if pot.valid.lower.month == month]
        own = [pot for pot in fitting if pot.service and pot.service.code == service]
        free = [pot for pot in fitting if pot.service is None]
        return next((pot.account_id for pot in own + free), None)

    def voucher_left(self, member: int) -> int:
        """Hundredths of the voucher not held by an open order nor delivered by a closed one."""
        voucher = self.vouchers[member]
        assert voucher is not None
        mine = [one for one in self.orders if (one.member, one.service) == (member, "clean")]
        held = sum(one.quantity * len(one.parts) for one in mine if one.open)
        used = sum(
            seen.quantity
            for seen in self.visits
            if seen.of in mine and not seen.of.open and seen.state != "rejected"
        )
        return int(voucher.quantity_hundredths - held - used)

    def plan_order(
        self, member: int, offer: str, band: str, quantity: int, months: list[int]
    ) -> list[tuple[int, int]] | None:
        """What an order takes from which account, month by month; None when it is to be refused."""
        service = offer.split("-")[0]
        taken: Counter[int] = Counter()
        plan = []
        for month in months:
            source = self.source(member, service, month)
            if source is None:
                return None
            cost = self.cost(offer, band, quantity, month)
            if service == "care":
                cost = min(cost, self.cents[source])
            taken[source] += cost
            plan.append((source, cost))
        if any(self.cents[source] < cents for source, cents in taken.items()):
            return None
        if service == "clean" and quantity * len(months) > self.voucher_left(member):
            return None
        return plan

    def close(self, placed: Placed) -> None:
        """What an order holds goes back to where it came from."""
        for part in placed.parts:
            self.free(part, self.cents[part.hold])
        placed.open = False

    def free(self, part: Part, cents: int) -> None:
        """What is not needed goes back; where the budget or voucher is over, to the funding."""
        self.move(part.hold, self.funding if part.source in self.over else part.source, cents)

    def leave(self, placed: Placed) -> None:
        """An order of a client who leaves on 20 March: February and March stay, April goes.

        One with nothing but April, as after a change of provider, is over.
        """
        for part in placed.parts:
            if part.month > 3:
                self.free(part, self.cents[part.hold])
        placed.parts = [part for part in placed.parts if part.month <= 3]
        placed.open, placed.whole_term = bool(placed.parts), False

    def cut_april(self, placed: Placed) -> int:
        """Give back what lies after a notice that ends on 3 April: 28 days of 30; the cents."""
        part = next(one for one in placed.parts if one.month == 4)
        kept = (self.cents[part.hold] * 2 + 15) // 30
        surplus = self.cents[part.hold] - kept
        # What lacks at a new price is what is needed no more first.
        surplus -= min(surplus, part.lacking)
        self.free(part, surplus)
        return surplus

    def cut_quantity(self, placed: Placed) -> None:
        """What is left of April to use, and what lacks, after `cut_april`."""
        part = next(one for one in placed.parts if one.month == 4)
        kept = (self.cents[part.hold] * 2 + 15) // 30
        part.lacking -= min(self.cents[part.hold] - kept, part.lacking)
        part.left = max((part.left * 2 + 15) // 30, 1)

    def tell_price(self, offer: str, band: str, cents: int) -> int:
        """A price told for April: each open order holds the difference; how many lack for it."""
        both = ("day", "evening")
        before = {one: self.price(offer, one, 4) for one in both}
        self.april_prices[offer, band] = cents
        after = {one: self.price(offer, one, 4) for one in both}
        short = 0
        for placed in self.orders:
            for part in placed.parts:
                if placed.open and placed.offer == offer and part.month == 4:
                    short += self._reprice(placed, part, before, after)
        return short

    def _reprice(
        self, placed: Placed, part: Part, before: dict[str, int], after: dict[str, int]
    ) -> bool:
        """An amount may be of any band: of the one that its sum tells, else the dearest rise."""
        base = self.cents[part.hold] + part.lacking
        pays = [
            ((before[band] * part.left + 50) // 100, (after[band] * part.left + 50) // 100)
            for band in before
        ]
        exact = [then for now, then in pays if now == base]
        needs = exact or [-(-base * then // now) for now, then in pays if now]
        change = max(needs, default=base) - base
        if change < 0:
            lacked = min(-change, part.lacking)
            part.lacking -= lacked
            self.free(part, min(-change - lacked, self.cents[part.hold]))
            return False
        taken = min(change, self.cents[part.source])
        self.move(part.source, part.hold, taken)
        part.lacking += 0 if placed.service == "care" else change - taken
        return taken < change and placed.service != "care"

    def waiting(self, part: Part) -> int:
        """Cents of the part that visits in review wait for."""
        return sum(
            one.payable for one in self.visits if one.part is part and one.state == "in_review"
        )

    def take(self, placed: Placed, band: str, quantity: int, late: bool) -> Seen | None:
        """A reported visit: taken, set aside, or (None) refused as beyond what was ordered."""
        part = next((one for one in placed.parts if one.month == 3), None)
        if part is None or not placed.open:
            return None
        payable = self.cost(placed.offer, band, quantity)
        right = placed.service == "care"
        room = self.cents[part.hold] - self.waiting(part)
        if quantity > part.left or (payable > room and not right):
            return None
        part.left -= quantity
        seen = Seen(0, placed, band, quantity, payable, "in_review" if late else "accepted")
        seen.over_budget = payable > room
        if not late:
            self.capture(seen)
        self.visits.append(seen)
        return seen

    def capture(self, seen: Seen) -> None:
        source = self.funding if seen.over_budget else seen.part.hold
        self.move(source, self.payables[seen.of.offer[-1]], seen.payable)

    def accept(self, seen: Seen) -> bool:
        """Accept what was in review or disputed; False when the hold has too little for it."""
        if seen.state == "in_review":
            short = self.cents[seen.part.hold] < seen.payable
            if short and seen.of.open and seen.of.service != "care":
                return False
            seen.over_budget = seen.over_budget or short
            if seen.payable:
                source = self.funding if short else seen.part.hold
                self.move(source, self.payables[seen.of.offer[-1]], seen.payable)
        seen.state = "accepted"
        return True

    def reject(self, seen: Seen) -> None:
        if seen.state == "disputed":
            self.mend(seen, -seen.worth)
        seen.state = "rejected"
        seen.part.left += seen.quantity

    def withdraw(self, seen: Seen) -> None:
        """The provider takes back what it reported; it is paid in no run yet."""
        if seen.state != "in_review":
            self.mend(seen, -seen.worth)
        seen.state = "rejected"
        seen.part.left += seen.quantity

    def mend(self, seen: Seen, cents: int) -> None:
        """Post a difference: from or to the hold of an open order, else the funding."""
        if not cents:
            return
        seen.corrections.append(Mended(cents))
        own = seen.of.open and not seen.over_budget
        payable, hold = self.payables[seen.of.offer[-1]], seen.part.hold
        if cents < 0:
            self.move(payable, hold if own else self.funding, -cents)
            return
        held = min(self.cents[hold], cents) if own else 0
        self.move(hold, payable, held)
        self.move(self.funding, payable, cents - held)

    def correct_price(self, offer: str, band: str, cents: int) -> None:
        self.march_prices[offer, band] = cents
        for seen in sorted(self.visits, key=lambda one: one.pk):
            if (seen.of.offer, seen.band) != (offer, band) or seen.state == "rejected":
                continue
            should = self.cost(offer, band, seen.quantity)
            if seen.state == "in_review":
                seen.payable = should
            else:
                self.mend(seen, should - seen.worth)

    def freeze(self, run: int, silent: bool) -> dict[str, int]:
        """Put what is to be paid in a run; what each provider gets (below zero: carried on)."""
        sums: Counter[str] = Counter()
        states = ("accepted", "confirmed") if silent else ("confirmed",)
        for seen in self.visits:
            if seen.state in states and seen.run is None:
                seen.run = run
                sums[seen.of.offer[-1]] += seen.payable
        for seen in self.visits:
            for mended in seen.corrections:
                if mended.run is None and seen.run is not None:
                    mended.run = run
                    sums[seen.of.offer[-1]] += mended.cents
        for letter in self.payables:
            sums[letter] += self.carried[letter] + self.returned[letter]
        return dict(sums)

    def thaw(self, run: int) -> None:
        """A cancelled run lets go of what it took."""
        for seen in self.visits:
            seen.run = None if seen.run == run else seen.run
            for mended in seen.corrections:
                mended.run = None if mended.run == run else mended.run
