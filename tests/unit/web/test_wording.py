"""Days, quantities and names as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from valinta.web import wording

DAY = date(2020, 11, 19)
SPACE = "\u00a0"


@pytest.mark.parametrize(
    ("language", "near", "far"),
    [
        ("fi", "to 19.11.", "to 19.11.2020"),
        ("sv", "tors 19.11.", "tors 19.11.2020"),
        ("en", "Thu 19 Nov", "Thu 19 Nov 2020"),
    ],
)
def test_a_day_has_its_weekday_and_the_year_only_when_it_is_another(
    language: str, near: str, far: str
) -> None:
    assert wording.day_in_words(DAY, language, DAY) == near.replace(" ", SPACE)
    assert wording.day_in_words(DAY, language, date(2021, 1, 1)) == far.replace(" ", SPACE)


def test_months_stand_alone_in_each_language() -> None:
    names = [wording.month_in_words(DAY, language) for language in ("fi", "sv", "en")]
    assert names == ["marraskuu", "november", "November"]


def test_times_are_in_local_time_and_missing_times_are_left_out() -> None:
    seven, eight = (
        datetime(2020, 11, 19, 7, 0, tzinfo=UTC),
        datetime(2020, 11, 19, 8, 5, tzinfo=UTC),
    )
    assert wording.time_span(seven, eight, "fi") == "9.00–10.05"
    assert wording.time_span(seven, eight, "en") == "9:00–10:05"
    assert wording.time_span(None, None, "fi") == ""


@pytest.mark.parametrize(
    ("hundredths", "fi", "en"), [(1200, "12", "12"), (150, "1,5", "1.5"), (25, "0,25", "0.25")]
)
def test_quantities_have_only_the_decimals_they_need(hundredths: int, fi: str, en: str) -> None:
    assert wording.quantity(hundredths, "fi") == fi
    assert wording.quantity(hundredths, "en") == en


@pytest.mark.parametrize("unit", ["hour", "visit", "day", "week", "month"])
def test_every_unit_of_the_packs_has_words(unit: str) -> None:
    with override("en"):
        assert wording.amount_of(100, unit, "en") == f"1 {unit}"
        assert wording.amount_of(150, unit, "en") == f"1.5 {unit}s"
        assert wording.progress(100, 400, unit, "en") == f"1 / 4 {unit}s"


def test_words_are_joined_as_in_a_sentence() -> None:
    with override("fi"):
        assert wording.joined([]) == ""
        assert wording.joined(["katsoa"]) == "katsoa"
        assert wording.joined(["katsoa", "tilata", "vahvistaa"]) == "katsoa, tilata ja vahvistaa"


@pytest.mark.parametrize(
    ("name", "letters"), [("Leena Mäki", "LM"), ("Anna Liisa Öhman", "AÖ"), ("Aino", "A")]
)
def test_initials_are_of_the_first_and_the_last_name(name: str, letters: str) -> None:
    assert wording.initials(name) == letters
