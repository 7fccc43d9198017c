"""Monthly fee of continuous and regular home care: Act 734/1992 § 10 e, before 1.7.2021 the decree.

The result is the highest fee that the law allows. An organiser may take less: a lower share of its
own, or a cap at what producing the service costs (§ 2), can be given.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from valinta.rules.law import (
    Figure,
    FigureNotInForceError,
    RuleError,
    figure,
    fits,
    simulate,
)
from valinta.rules.rounding import Ints, share_cents, whole_hours, whole_hours_many
from valinta.rules.variables import HOUSEHOLDS

_LIMIT = "home_care_income_limit_cents"
_PERCENT = "home_care_percent_hundredths"
_FEE = "home_care_fee_cents"

#: Keeps a mistyped household from overflowing the income limit.
MOST_PERSONS = 1_000


class LocalPercentAboveLawError(RuleError):
    """The organiser's own share is larger than the law allows."""


@dataclass(frozen=True, slots=True)
class ConfirmedLimits:
    """Income limits confirmed by the organiser, for a year the parameters do not hold yet.

    `by_household_cents` has the limits for 1 to 6 persons, cents a month.
    """

    by_household_cents: tuple[int, int, int, int, int, int]
    further_person_cents: int
    reference: str

    def limit_for(self, household_size: int) -> int:
        """The limit for a household, cents a month."""
        last = len(self.by_household_cents)
        base = self.by_household_cents[min(household_size, last) - 1]
        return base + max(household_size - last, 0) * self.further_person_cents


@dataclass(frozen=True, slots=True)
class FeeResult:
    """A monthly fee and every fact that decided it. Money is cents a month."""

    cents: int
    percent: Decimal
    income_limit_cents: int
    income_over_limit_cents: int
    service_hours: int
    capped_by_cost: bool
    reference: str


@dataclass(frozen=True, slots=True)
class FeeArrays:
    """Monthly fees of many clients, in the order given. Shares in hundredths of a percent."""

    cents: Ints
    percent_hundredths: Ints
    income_limit_cents: Ints


def monthly_hours(weekly_hours: Decimal, *, month_days: Decimal) -> Decimal:
    """Hours a month from hours a week; how many days a month has is the organiser's practice."""
    return weekly_hours * month_days / 7


def monthly_fee(
    *,
    monthly_income_cents: int,
    household_size: int,
    service_hours_per_month: Decimal | float,
    on: date,
    confirmed_limits: ConfirmedLimits | None = None,
    local_percent_hundredths: int | None = None,
    production_cost_cents: int | None = None,
) -> FeeResult:
    """The highest monthly fee for one household on a day, and why.

    Income is gross cents a month (§ 10 f); hours are those of the service decision, rounded to
    whole hours, a half up. `local_percent_hundredths` is the organiser's own lower share,
    `production_cost_cents` what the service costs to produce, which no fee may exceed (§ 2).

    Raises FigureNotInForceError for a day without sourced figures, LocalPercentAboveLawError, and
    RuleError when a figure is not possible.
    """
    hours = whole_hours(service_hours_per_month)
    inputs = _inputs(monthly_income_cents, household_size, hours)
    reference = _sources(on, confirmed_limits)
    if confirmed_limits is not None:
        inputs[_LIMIT] = confirmed_limits.limit_for(household_size)
    found = {name: int(array[0]) for name, array in _run(inputs, on).items()}
    over = max(monthly_income_cents - found[_LIMIT], 0)
    percent, cents = found[_PERCENT], found[_FEE]
    if local_percent_hundredths is not None:
        percent = _local(local_percent_hundredths, percent)
        cents = share_cents(over, percent) if hours else 0
    ceiling = cents if production_cost_cents is None else max(production_cost_cents, 0)
    return FeeResult(
        cents=min(cents, ceiling),
        percent=Decimal(percent) / 100,
        income_limit_cents=found[_LIMIT],
        income_over_limit_cents=over,
        service_hours=hours,
        capped_by_cost=ceiling < cents,
        reference=reference,
    )


def monthly_fees(
    *,
    monthly_income_cents: ArrayLike,
    household_size: ArrayLike,
    service_hours_per_month: ArrayLike,
    on: date,
    confirmed_limits: ConfirmedLimits | None = None,
) -> FeeArrays:
    """The highest monthly fees of many households on a day; arrays of one length.

    Same rules, rounding and errors as `monthly_fee`, to the cent.
    """
    _sources(on, confirmed_limits)
    hours = whole_hours_many(service_hours_per_month)
    inputs = _inputs(monthly_income_cents, household_size, hours)
    if confirmed_limits is not None:
        inputs[_LIMIT] = _confirmed_for(confirmed_limits, np.atleast_1d(household_size))
    found = _run(inputs, on)
    return FeeArrays(found[_FEE], found[_PERCENT], found[_LIMIT])


def _run(inputs: Mapping[str, ArrayLike], on: date) -> dict[str, Ints]:
    return simulate(inputs, (_FEE, _PERCENT, _LIMIT), on=on)


def _inputs(income: ArrayLike, size: ArrayLike, hours: ArrayLike) -> dict[str, ArrayLike]:
    sizes = fits("household_size", size)
    if sizes.size and int(sizes.min()) < 1:
        raise RuleError("A household has at least one person.")
    if sizes.size and int(sizes.max()) > MOST_PERSONS:
        raise RuleError(
            f"A household of more than {MOST_PERSONS} persons is surely a typing error."
        )
    return {"monthly_income_cents": income, "household_size": sizes, "service_hours": hours}


def _confirmed_for(limits: ConfirmedLimits, sizes: Any) -> Ints:
    table = np.array(
        [0, *(limits.limit_for(size) for size in range(1, int(sizes.max()) + 1))], dtype=np.int64
    )
    chosen: Ints = table[sizes]
    return chosen


def _sources(on: date, confirmed: ConfirmedLimits | None) -> str:
    """References of the figures used; raises when one of them is not in force."""
    first_of_month = on.replace(day=1)
    limit = (
        confirmed.reference
        if confirmed is not None
        else figure(f"home_care_fee.income_limit.{HOUSEHOLDS[0]}", first_of_month).reference
    )
    percent = _percent_source(first_of_month)
    return limit if limit == percent.reference else f"{limit}; {percent.reference}"


def _percent_source(on: date) -> Figure:
    """The share in force on a day: the hour table of the act, before it the decree's."""
    try:
        return figure(f"home_care_fee.percent.{HOUSEHOLDS[0]}.0.amount", on)
    except FigureNotInForceError:
        return figure(f"home_care_fee.decree_percent.{HOUSEHOLDS[0]}", on)


def _local(local: int, by_law: int) -> int:
    if not 0 <= local <= by_law:
        raise LocalPercentAboveLawError(
            f"The organiser's share {Decimal(local) / 100} % must be between 0 and the "
            f"{Decimal(by_law) / 100} % of the law. Lower it."
        )
    return local
