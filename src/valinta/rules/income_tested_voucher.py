"""Vouchers whose value depends on the client's income: Act 569/2009 § 3 point 3.

The act leaves the formula to the organiser, so it comes as a policy. Two formulas are in use: the
one that stood in Act 710/1982 until 2015, and one that leaves the client the same cost as the
home-care fee would.
"""

from dataclasses import dataclass
from datetime import date

from valinta.rules.law import RuleError, by_household, figure, whole
from valinta.rules.rounding import SHARE_SCALE, half_up, up_to_step

_FORMER = "former_home_care_voucher"


@dataclass(frozen=True, slots=True)
class IncomePolicy:
    """An organiser's formula: full value, floor, and how income lowers the value.

    Cents per hour, limits in cents a month, shares in hundredths of a percent. Tables are for
    households of 1, 2, 3 ... persons; beyond the last row limits rise and shares fall by a step.
    A value is rounded half up to the cent, then up to `step_cents` in the client's favour.
    """

    full_value_cents: int
    floor_value_cents: int
    hours_divisor: int
    limits_cents: tuple[int, ...]
    limit_step_cents: int
    shares_hundredths: tuple[int, ...]
    share_step_hundredths: int
    step_cents: int
    reference: str


@dataclass(frozen=True, slots=True)
class VoucherValueResult:
    """The hourly value (cents) and every fact that decided it."""

    cents: int
    income_limit_cents: int
    share_hundredths: int
    reduction_cents: int
    at_floor: bool
    reference: str


def policy_of_former_act(*, on: date, step_cents: int = 1) -> IncomePolicy:
    """The formula and figures of Act 710/1982 §§ 29 b and 29 d, as they stood on a day.

    Raises FigureNotInForceError outside the sourced years.
    """
    limits, limit_step = by_household(f"{_FORMER}.income_limit", on)
    shares, share_step = by_household(f"{_FORMER}.percent", on)
    full = figure(f"{_FORMER}.value.full_value", on)
    return IncomePolicy(
        full_value_cents=int(full.value),
        floor_value_cents=whole(f"{_FORMER}.value.floor_value", on),
        hours_divisor=whole(f"{_FORMER}.value.hours_divisor", on),
        limits_cents=limits,
        limit_step_cents=limit_step,
        shares_hundredths=shares,
        share_step_hundredths=share_step,
        step_cents=step_cents,
        reference=full.reference,
    )


def value_of_hour(
    policy: IncomePolicy, *, monthly_income_cents: int, household_size: int
) -> VoucherValueResult:
    """The value of one hour for a client: full value less a share of the income over the limit.

    The share is spread over the policy's hours; the value never falls below its floor nor rises
    above its full value. Raises RuleError for an impossible income or household.
    """
    if monthly_income_cents < 0 or household_size < 1:
        raise RuleError("Income cannot be negative and a household has at least one person.")
    limit = _row(policy.limits_cents, household_size, policy.limit_step_cents)
    share = max(_row(policy.shares_hundredths, household_size, -policy.share_step_hundredths), 0)
    over = max(monthly_income_cents - limit, 0)
    reduction = half_up(over * share, SHARE_SCALE * policy.hours_divisor)
    value = _bounded(policy, policy.full_value_cents - reduction)
    return VoucherValueResult(
        cents=value,
        income_limit_cents=limit,
        share_hundredths=share,
        reduction_cents=policy.full_value_cents - value,
        at_floor=value == policy.floor_value_cents,
        reference=policy.reference,
    )


def value_by_client_fee(
    *, full_value_cents: int, floor_value_cents: int, monthly_fee_cents: int, monthly_hours: int
) -> int:
    """Hourly value that leaves the client, at the full price, what the monthly fee would take.

    `monthly_fee_cents` is the fee of `valinta.rules.home_care_fee` for the same hours. Raises
    RuleError when there are no hours to spread the fee over.
    """
    if monthly_hours < 1:
        raise RuleError("A monthly fee can be spread over whole hours only; there must be one.")
    return max(full_value_cents - half_up(monthly_fee_cents, monthly_hours), floor_value_cents)


def _row(table: tuple[int, ...], household_size: int, step: int) -> int:
    beyond = max(household_size - len(table), 0)
    return table[min(household_size, len(table)) - 1] + beyond * step


def _bounded(policy: IncomePolicy, value: int) -> int:
    """Round up to the policy's step, then keep within floor and full value."""
    rounded = up_to_step(max(value, policy.floor_value_cents), policy.step_cents)
    return min(rounded, policy.full_value_cents)
