"""Highest monthly fee of long-term care round the clock: Act 734/1992 § 7 c.

Holds for service housing with care round the clock, family care and institutional care under the
Social Welfare Act. Housing under the disability acts is not covered: its care is free of charge.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from valinta.rules.law import figure, simulate
from valinta.rules.rounding import Ints

_FEE = "housing_fee_cents"


class CareForm(StrEnum):
    """Forms of long-term care, each with its own spending allowance."""

    HOUSING = "housing"
    FAMILY_CARE = "family_care"
    INSTITUTION = "institution"


@dataclass(frozen=True, slots=True)
class HousingFeeResult:
    """The fee (cents a month), what is left for the client, and what decided it."""

    cents: int
    left_cents: int
    allowance_cents: int
    assessed_jointly: bool
    limited_by_allowance: bool
    reference: str


def monthly_fee(
    *,
    net_income_cents: int,
    on: date,
    form: CareForm = CareForm.HOUSING,
    spouse_net_income_cents: int | None = None,
    confirmed_allowance_cents: int | None = None,
) -> HousingFeeResult:
    """The highest fee for one client on a day.

    Incomes are net cents a month after the deductions of §§ 10 c and 10 d. Give the spouse's income
    only when the two lived together just before and the spouse is not in long-term care: the joint
    income then counts if the client's is the larger. `confirmed_allowance_cents` is the
    organiser's confirmed allowance, needed for a year that the parameters do not hold.

    Raises FigureNotInForceError for a day without sourced figures.
    """
    allowance, allowance_reference = _allowance(form, on, confirmed_allowance_cents)
    share = figure("housing_fee.share.own_income", on.replace(day=1))
    cents = int(_run(net_income_cents, spouse_net_income_cents, allowance, on)[0])
    joint = spouse_net_income_cents is not None and net_income_cents > spouse_net_income_cents
    return HousingFeeResult(
        cents=cents,
        left_cents=net_income_cents - cents,
        allowance_cents=allowance,
        assessed_jointly=joint,
        limited_by_allowance=cents == max(net_income_cents - allowance, 0),
        reference=_joined(share.reference, allowance_reference),
    )


def monthly_fees(
    *,
    net_income_cents: ArrayLike,
    on: date,
    form: CareForm = CareForm.HOUSING,
    confirmed_allowance_cents: int | None = None,
) -> Ints:
    """The highest fees of many clients in one form of care, assessed on their own income."""
    allowance, _ = _allowance(form, on, confirmed_allowance_cents)
    figure("housing_fee.share.own_income", on.replace(day=1))
    return _run(net_income_cents, None, allowance, on)


def _run(own: ArrayLike, spouse: ArrayLike | None, allowance: int, on: date) -> Ints:
    incomes = np.atleast_1d(np.asarray(own))
    inputs: dict[str, ArrayLike] = {
        "net_income_cents": incomes,
        "spending_allowance_cents": np.full(len(incomes), allowance),
    }
    if spouse is not None:
        inputs["spouse_net_income_cents"] = spouse
        inputs["assessed_jointly"] = np.full(len(incomes), True)
    return simulate(inputs, (_FEE,), on=on)[_FEE]


def _allowance(form: CareForm, on: date, confirmed: int | None) -> tuple[int, str]:
    if confirmed is not None:
        return confirmed, ""
    found = figure(f"housing_fee.allowance.{form.value}", on.replace(day=1))
    return int(found.value), found.reference


def _joined(*references: str) -> str:
    return "; ".join(dict.fromkeys(reference for reference in references if reference))
