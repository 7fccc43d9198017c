"""What baskets are weighed against: the plan, the money left, vouchers, prices. Reads only.

The number of queries does not depend on how many lines, months or vouchers there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Max, Q

from valinta.budgets.models import Pot, Voucher, VoucherUnit
from valinta.budgets.states import BudgetState, VoucherState
from valinta.catalogue.models import Price, ReferencePrice
from valinta.catalogue.queries import UnitPrice, price_in
from valinta.clients.models import Enrolment
from valinta.clients.states import EnrolmentState
from valinta.plans.models import PlanLine
from valinta.plans.states import PlanState, Way
from valinta.processes.voucher_quantity import quantities_left
from valinta.programmes.models import Phase
from valinta.programmes.ranges import as_period
from valinta.shared.periods import Period
from valinta.wishes.models import BasketLine


class NoPriceThen(LookupError):
    """No price is in force for the band on the day."""


@dataclass(frozen=True, slots=True)
class PotNow:
    """A pot of one budget month and the cents in it. `service_id` None: the free pot."""

    id: int
    period: Period
    service_id: int | None
    names: Mapping[str, str]
    cents: int


@dataclass(frozen=True, slots=True)
class VoucherNow:
    """An accepted voucher: cents and hundredths of the unit left, and values by band."""

    id: int
    service_id: int
    names: Mapping[str, str]
    unit: str
    period: Period
    cents: int
    quantity: int
    values: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PriceNow:
    """A price and the days on which it is in force (None: taken for any day)."""

    price: UnitPrice
    period: Period | None


@dataclass(frozen=True, slots=True)
class BasketFacts:
    """All that decides what a basket costs, as it is on `on`.

    `prices` are by offer; `estimates` by service are the dearest of all offers, for a line whose
    provider is not chosen yet.
    """

    on: date
    is_enrolled: bool
    phases: tuple[Period, ...]
    ways: Mapping[int, str]
    pots: tuple[PotNow, ...]
    vouchers: tuple[VoucherNow, ...]
    prices: Mapping[int, Sequence[PriceNow]]
    estimates: Mapping[int, Sequence[PriceNow]]

    def is_open(self, day: date) -> bool:
        """Whether some phase of the programme covers the day."""
        return any(phase.contains(day) for phase in self.phases)

    def prices_on(self, line: BasketLine, on: date) -> list[UnitPrice]:
        """The prices in force on the day, of the line's offer or of the dearest there is."""
        if line.offer_id is None:
            found = self.estimates.get(line.service_id, ())
        else:
            found = self.prices.get(line.offer_id, ())
        return [one.price for one in found if one.period is None or one.period.contains(on)]

    def price_on(self, line: BasketLine, on: date, band: str) -> UnitPrice:
        """The price of a band on the day; no band means the tray's first. Raises NoPriceThen."""
        price = price_in(self.prices_on(line, on), band)
        if price is None:
            raise NoPriceThen(f"Nobody has a price on {on} for the time band {band or '(any)'}.")
        return price

    def pot(self, service_id: int, part: Period) -> PotNow | None:
        """The pot that pays the part: the one kept for the service, else the free one."""
        fit = [
            pot
            for pot in self.pots
            if pot.service_id in (service_id, None) and pot.period.covers(part)
        ]
        return min(fit, key=lambda pot: (pot.service_id is None, pot.id), default=None)

    def voucher(self, service_id: int, part: Period) -> VoucherNow | None:
        """The accepted voucher that pays the part."""
        return next(
            (
                one
                for one in self.vouchers
                if one.service_id == service_id and one.period.covers(part)
            ),
            None,
        )


def basket_facts(*, enrolment: Enrolment, lines: Sequence[BasketLine], at: datetime) -> BasketFacts:
    """Read the facts for these lines, of one basket or of several, in nine queries at most."""
    on = at.date()
    plan = PlanLine.objects.filter(plan__enrolment=enrolment, plan__state=PlanState.IN_FORCE)
    return BasketFacts(
        on=on,
        is_enrolled=enrolment.state == EnrolmentState.ENROLLED,
        phases=tuple(
            as_period(valid)
            for valid in Phase.objects.filter(programme_id=enrolment.programme_id).values_list(
                "valid", flat=True
            )
        ),
        ways=_ways(plan.values_list("service_id", "way")),
        pots=_pots(enrolment, on),
        vouchers=_vouchers(enrolment, on),
        prices=_prices({line.offer_id for line in lines if line.offer_id}),
        estimates=_estimates({line.service_id for line in lines if not line.offer_id}, on),
    )


def _ways(lines: Iterable[tuple[int, str]]) -> dict[int, str]:
    """The way of each service; of two, the one that buys it."""
    bought = (Way.BUDGET, Way.VOUCHER)
    return dict(sorted(lines, key=lambda line: line[1] in bought))


def _pots(enrolment: Enrolment, on: date) -> tuple[PotNow, ...]:
    rows = (
        Pot.objects.filter(
            budget__enrolment=enrolment,
            budget__state=BudgetState.IN_FORCE,
            valid__overlap=(on.replace(day=1), None),
            valid__contained_by=F("budget__valid"),
        )
        .annotate(left=F("account__credits") - F("account__debits"))
        .order_by("pk")
        .values_list("pk", "valid", "service_id", "service__names", "left")
    )
    return tuple(
        PotNow(pk, as_period(valid), service, names or {}, left)
        for pk, valid, service, names, left in rows
    )


def _vouchers(enrolment: Enrolment, on: date) -> tuple[VoucherNow, ...]:
    found = list(
        Voucher.objects.filter(
            enrolment=enrolment, state=VoucherState.ACCEPTED, valid__overlap=(on, None)
        )
        .annotate(left=F("account__credits") - F("account__debits"))
        .select_related("service")
        .order_by("pk")
    )
    quantities = quantities_left(found)
    values: dict[int, dict[str, int]] = {one.pk: {} for one in found}
    units = VoucherUnit.objects.filter(voucher__in=list(values))
    for voucher, band, cents in units.values_list("voucher_id", "band__code", "cents"):
        values[voucher][band] = cents
    return tuple(
        VoucherNow(
            one.pk,
            one.service_id,
            one.service.names,
            one.service.unit,
            as_period(one.valid),
            one.left,
            quantities[one.pk],
            values[one.pk],
        )
        for one in found
    )


def _prices(offers: Iterable[int]) -> dict[int, list[PriceNow]]:
    rows = (
        Price.objects.filter(offer__in=list(offers), superseded_at__isnull=True)
        .order_by("band_id")
        .values_list("offer_id", "band_id", "band__code", "cents", "valid")
    )
    prices: dict[int, list[PriceNow]] = {}
    for offer, band_id, band, cents, valid in rows:
        one = PriceNow(UnitPrice(band_id, band, cents), as_period(valid))
        prices.setdefault(offer, []).append(one)
    return prices


def _estimates(services: Iterable[int], on: date) -> dict[int, list[PriceNow]]:
    """The dearest price of a band today; the programme's own price where nobody offers."""
    wanted = list(services)
    offered = Q(offer__valid__contains=on, offer__approval__valid__contains=on)
    prices = Price.objects.filter(offered, offer__service__in=wanted, valid__contains=on)
    own = ReferencePrice.objects.filter(service__in=wanted, valid__contains=on)
    found: dict[int, list[PriceNow]] = {}
    for rows in (
        prices.filter(superseded_at__isnull=True)
        .values_list("offer__service_id", "band_id", "band__code")
        .annotate(most=Max("cents"))
        .order_by("band_id"),
        own.values_list("service_id", "band_id", "band__code")
        .annotate(most=Max("cents"))
        .order_by("band_id"),
    ):
        fresh: dict[int, list[PriceNow]] = {}
        for service, band_id, band, most in rows:
            one = PriceNow(UnitPrice(band_id, band, most), None)
            fresh.setdefault(service, []).append(one)
        found = fresh | found
    return found
