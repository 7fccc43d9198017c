"""Fee and budget of a whole population in one run, for simulations and budgeting."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike

from valinta.rules.home_care_fee import ConfirmedLimits, monthly_fees
from valinta.rules.law import fits, simulate
from valinta.rules.rounding import QUANTITY_SCALE, Ints, half_up_many

_BUDGET = "monthly_budget_cents"


@dataclass(frozen=True, slots=True)
class MonthOfMany:
    """Cents a month for each client, in the order given."""

    fee_cents: Ints
    budget_cents: Ints


def month_of_many(
    *,
    monthly_income_cents: ArrayLike,
    household_size: ArrayLike,
    service_hours_per_month: ArrayLike,
    assessed_quantity_hundredths: ArrayLike,
    unit_cost_cents: ArrayLike,
    on: date,
    confirmed_limits: ConfirmedLimits | None = None,
) -> MonthOfMany:
    """Home-care fee and budget of many clients for the month of a day.

    Errors as in `home_care_fee.monthly_fees`; AmountOutOfRangeError for a budget beyond 32 bits.
    """
    fees = monthly_fees(
        monthly_income_cents=monthly_income_cents,
        household_size=household_size,
        service_hours_per_month=service_hours_per_month,
        on=on,
        confirmed_limits=confirmed_limits,
    )
    return MonthOfMany(
        fees.cents,
        monthly_budgets(
            assessed_quantity_hundredths=assessed_quantity_hundredths,
            unit_cost_cents=unit_cost_cents,
            on=on,
        ),
    )


def monthly_budgets(
    *, assessed_quantity_hundredths: ArrayLike, unit_cost_cents: ArrayLike, on: date
) -> Ints:
    """Budgets of many clients with one service each: quantity x unit cost, half up to the cent."""
    quantity = fits("assessed_quantity_hundredths", assessed_quantity_hundredths)
    cost = fits("unit_cost_cents", unit_cost_cents)
    fits(_BUDGET, half_up_many(quantity.astype(np.int64) * cost, QUANTITY_SCALE))
    inputs: dict[str, ArrayLike] = {
        "assessed_quantity_hundredths": quantity,
        "unit_cost_cents": cost,
    }
    return simulate(inputs, (_BUDGET,), on=on)[_BUDGET]
