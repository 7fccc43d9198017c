"""Variables and formulas of the law, each for one client and one month.

Money is whole cents, shares are hundredths of a percent, hours are whole. Sums are made in 64 bits:
income times share does not fit in the 32 bits that OpenFisca keeps between formulas. A formula's
name carries the day it came into force, as OpenFisca reads it.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.variables import Variable

from valinta.rules.rounding import QUANTITY_SCALE, SHARE_SCALE, Ints, half_up_many

Client = build_entity(
    key="client",
    plural="clients",
    label="A client with their own income, household and assessed need.",
    is_person=True,
)

#: Names of the rows of every table by household size.
HOUSEHOLDS = tuple(f"persons_{size}" for size in range(1, 7))

ALL: list[type[Variable]] = []


def _variable(
    name: str, label: str, value_type: type = int, **formulas: Callable[..., Any]
) -> None:
    """Declare a monthly variable; without a formula it is an input."""
    facts = {
        "value_type": value_type,
        "entity": Client,
        "definition_period": DateUnit.MONTH,
        "label": label,
        **formulas,
    }
    ALL.append(type(name, (Variable,), facts))


def _wide(client: Any, name: str, period: Any) -> Ints:
    wide: Ints = client(name, period).astype(np.int64)
    return wide


def _by_household(size: Ints, table: Any) -> tuple[Ints, Ints]:
    """The table's value for each household size, and how many persons are beyond its last row."""
    rows = np.array([table[name] for name in HOUSEHOLDS], dtype=np.int64)
    last = len(HOUSEHOLDS)
    return rows[np.minimum(size, last) - 1], np.maximum(size - last, 0)


def _income_limit(client: Any, period: Any, parameters: Any) -> Ints:
    """Income up to which home care is free, raised for each person beyond the sixth."""
    table = parameters(period).home_care_fee.income_limit
    limit, beyond = _by_household(_wide(client, "household_size", period), table)
    raised: Ints = limit + beyond * table.further_person
    return raised


def _percent_by_decree(client: Any, period: Any, parameters: Any) -> Ints:
    """Decree 912/1992 § 3: by household size alone, less for each person beyond the sixth."""
    table = parameters(period).home_care_fee.decree_percent
    percent, beyond = _by_household(_wide(client, "household_size", period), table)
    lowered: Ints = np.maximum(percent - beyond * table.further_person, 0)
    return lowered


def _percent_by_hours(client: Any, period: Any, parameters: Any) -> Ints:
    """Act 734/1992 § 10 e: by household size and the whole service hours of the decision."""
    scales = [parameters(period).home_care_fee.percent[name] for name in HOUSEHOLDS]
    last_row = int(max(scales[0].thresholds))
    hours = np.arange(last_row + 1)
    table = np.stack([scale.calc(hours) for scale in scales]).astype(np.int64)
    column = np.minimum(_wide(client, "service_hours", period), last_row)
    row = np.minimum(_wide(client, "household_size", period), len(HOUSEHOLDS)) - 1
    chosen: Ints = table[row, column]
    return chosen


def _home_care_fee(client: Any, period: Any, parameters: Any) -> Ints:
    """The share of the income over the limit, half up to the cent; no service, no fee."""
    income = _wide(client, "monthly_income_cents", period)
    over = np.maximum(income - client("home_care_income_limit_cents", period), 0)
    fee = half_up_many(over * client("home_care_percent_hundredths", period), SHARE_SCALE)
    return np.where(client("service_hours", period) > 0, fee, 0)


def _housing_fee(client: Any, period: Any, parameters: Any) -> Ints:
    """Act 734/1992 § 7 c: a share of own or joint net income, the allowance always left."""
    share = parameters(period).housing_fee.share
    own = _wide(client, "net_income_cents", period)
    spouse = _wide(client, "spouse_net_income_cents", period)
    joint = client("assessed_jointly", period) & (own > spouse)
    by_own = half_up_many(own * share.own_income, SHARE_SCALE)
    by_joint = half_up_many((own + spouse) * share.joint_income, SHARE_SCALE)
    left = own - client("spending_allowance_cents", period)
    fee: Ints = np.maximum(np.minimum(np.where(joint, by_joint, by_own), left), 0)
    return fee


def _monthly_budget(client: Any, period: Any, parameters: Any) -> Ints:
    """Assessed need at a unit cost, half up to the cent."""
    need = _wide(client, "assessed_quantity_hundredths", period)
    return half_up_many(need * client("unit_cost_cents", period), QUANTITY_SCALE)


_variable("monthly_income_cents", "Gross monthly income counted for the home-care fee")
_variable("household_size", "Persons in the household")
_variable("service_hours", "Whole service hours a month by the service decision")
_variable(
    "home_care_income_limit_cents",
    "Income up to which continuous and regular home care is free",
    formula_2020_01_01=_income_limit,
)
_variable(
    "home_care_percent_hundredths",
    "Highest share of the income over the limit",
    formula_2020_01_01=_percent_by_decree,
    formula_2021_07_01=_percent_by_hours,
)
_variable(
    "home_care_fee_cents",
    "Highest monthly fee of continuous and regular home care",
    formula_2020_01_01=_home_care_fee,
)
_variable("net_income_cents", "Client's net monthly income after the deductions of the act")
_variable("spouse_net_income_cents", "Spouse's net monthly income after the same deductions")
_variable(
    "assessed_jointly", "Lived with the spouse until now, who is not in care", value_type=bool
)
_variable("spending_allowance_cents", "What must be left for the client's own use")
_variable(
    "housing_fee_cents",
    "Highest monthly fee of long-term care round the clock",
    formula_2021_07_01=_housing_fee,
)
_variable("assessed_quantity_hundredths", "Assessed need in hundredths of a unit")
_variable("unit_cost_cents", "What one unit costs the organiser")
_variable("monthly_budget_cents", "Budget for the month", formula=_monthly_budget)
