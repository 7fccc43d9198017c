"""Bank days: weekdays without public holidays and without the two eves."""

from __future__ import annotations

from datetime import date

import pytest

from valinta.rules.bank_days import bank_day_from, is_bank_day


@pytest.mark.parametrize(
    ("day", "pays_on"),
    [
        (date(2019, 4, 15), date(2019, 4, 15)),  # Monday
        (date(2019, 4, 13), date(2019, 4, 15)),  # Saturday
        (date(2019, 4, 19), date(2019, 4, 23)),  # Good Friday to after Easter Monday
        (date(2019, 5, 1), date(2019, 5, 2)),  # May Day
        (date(2019, 6, 21), date(2019, 6, 24)),  # Midsummer Eve
        (date(2019, 12, 24), date(2019, 12, 27)),  # Christmas
        (date(2019, 12, 6), date(2019, 12, 9)),  # Independence Day
    ],
)
def test_a_payment_moves_to_the_next_bank_day(day: date, pays_on: date) -> None:
    assert bank_day_from(day) == pays_on
    assert is_bank_day(pays_on)
    assert is_bank_day(day) is (day == pays_on)
