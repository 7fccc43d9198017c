"""S10: a month's fee and budget of a million people, against the same arithmetic in bare numpy."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np

from bench.figures import Figure, timed
from valinta.rules.home_care_fee import monthly_fee
from valinta.rules.population import month_of_many

ON = date(2025, 3, 1)
PEOPLE = 1_000_000
MOST_HOURS, MOST_PERSONS = 60, 6


def measure(people: int = PEOPLE) -> list[Figure]:
    """The million twice: through the rules, and from ready tables in bare arrays."""
    chance = np.random.default_rng(1)
    income = chance.integers(80_000, 400_000, people)
    size = chance.integers(1, MOST_PERSONS + 1, people)
    hours = chance.integers(1, MOST_HOURS + 1, people)
    quantity = chance.integers(100, 6_000, people)
    cost = chance.integers(3_000, 6_000, people)
    percent, limit = _tables()

    def ours() -> None:
        many = month_of_many(
            monthly_income_cents=income,
            household_size=size,
            service_hours_per_month=hours,
            assessed_quantity_hundredths=quantity,
            unit_cost_cents=cost,
            on=ON,
        )
        assert many.fee_cents.size == people

    def bare() -> None:
        over = np.maximum(income - limit[size], 0)
        fee = (over * percent[size, hours] + 5_000) // 10_000
        budget = (quantity * cost + 50) // 100
        assert fee.size == budget.size

    ours()
    many, reference = timed(ours), timed(bare)
    one = timed(lambda: [_fee(1, 20) for _ in range(50)]) / 50
    said = f"{reference:.2f} s bare numpy ({many / reference:.0f} x)"
    share = f"{many / people * 1e6:.2f} us in the crowd"
    return [
        Figure(
            "S10",
            f"rules: fee and budget of {people:,} people",
            f"{many:.2f} s",
            said,
            many,
            "most",
            1.0,
            "s",
        ),
        Figure(
            "S10", "rules: one person", f"{one * 1e3:.2f} ms", share, one * 1e3, "most", 2.0, "ms"
        ),
    ]


def _fee(size: int, hours: int) -> tuple[int, int]:
    fee = monthly_fee(
        monthly_income_cents=200_000,
        household_size=size,
        service_hours_per_month=Decimal(hours),
        on=ON,
    )
    return int(fee.percent * 100), fee.income_limit_cents


def _tables() -> tuple[np.ndarray, np.ndarray]:
    percent = np.zeros((MOST_PERSONS + 1, MOST_HOURS + 1), dtype=np.int64)
    limit = np.zeros(MOST_PERSONS + 1, dtype=np.int64)
    for size in range(1, MOST_PERSONS + 1):
        for hours in range(1, MOST_HOURS + 1):
            percent[size, hours], limit[size] = _fee(size, hours)
    return percent, limit
