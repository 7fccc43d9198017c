"""What is typed in an assessment, read: quantities, points, mandatory services, and faults."""

from __future__ import annotations

import pytest

from valinta.needs.answers import (
    Offered,
    Shape,
    goals_of,
    participants_of,
    quantity_of,
    read,
)

HOURS = Shape([Offered("cleaning", False), Offered("shower-help", True)])
LEVELS = [{"code": "none", "points": 0}, {"code": "daily", "points": 5}]
POINTS = Shape(
    [Offered("home-service", True), Offered("meals", False)],
    [{"code": "moving", "levels": LEVELS}, {"code": "washing", "levels": LEVELS}],
)
THERE = {"with-client": "1", "goals": "Asun kotona"}


@pytest.mark.parametrize(
    ("typed", "hundredths"),
    [("12", 1200), ("7,5", 750), ("0.25", 25), ("1 000", 100_000), ("1,05", 105), ("0", 0)],
)
def test_a_quantity_is_typed_with_a_comma_or_a_point(typed: str, hundredths: int) -> None:
    assert quantity_of(typed) == hundredths


@pytest.mark.parametrize("typed", ["", "paljon", "-1", "1,234", "1,2,3", "1e3", "100001", "٣"])
def test_what_is_no_quantity_is_refused(typed: str) -> None:
    assert quantity_of(typed) is None


def test_only_what_is_needed_becomes_a_need() -> None:
    found = read(HOURS, THERE | {"quantity-cleaning": "4,5", "quantity-shower-help": "0"})
    assert found.faults == {}
    assert [(one.service, one.quantity_hundredths) for one in found.needs] == [("cleaning", 450)]


def test_each_fault_is_at_its_field() -> None:
    answers = {
        "quantity-cleaning": "x",
        "quantity-shower-help": "4",
        "mandatory-shower-help": "1",
    }
    assert read(HOURS, answers).faults == {
        "with-client": "client",
        "goals": "goals",
        "quantity-cleaning": "quantity",
        "reason-shower-help": "reason",
    }
    nothing = read(HOURS, THERE | {"mandatory-shower-help": "1"})
    assert nothing.faults == {"mandatory-shower-help": "not_needed"}
    assert read(HOURS, THERE).faults == {"quantity-cleaning": "nothing"}


def test_a_service_that_cannot_be_mandatory_is_not_made_so() -> None:
    typed = {"quantity-cleaning": "4", "mandatory-cleaning": "1", "reason-cleaning": "Siksi."}
    (need,) = read(HOURS, THERE | typed).needs
    assert (need.mandatory, need.reason) == (False, "")


def test_every_point_goes_to_the_service_that_answers_to_it() -> None:
    answers = THERE | {
        "item-moving": "daily",
        "meets-moving": "home-service",
        "item-washing": "daily",
        "meets-washing": "home-service",
        "mandatory-home-service": "1",
        "reason-home-service": "Varje dag.",
    }
    (need,) = read(POINTS, answers).needs
    assert (need.service, need.points, need.quantity_hundredths) == ("home-service", 10, 100)
    assert need.mandatory
    missing = read(POINTS, THERE | {"item-moving": "daily"})
    assert missing.faults == {"meets-moving": "service", "item-washing": "level"}
    none = read(POINTS, THERE | {"item-moving": "none", "item-washing": "none"})
    assert none.faults == {"item-moving": "nothing"}


def test_a_representative_can_stand_for_the_client() -> None:
    answers = {"with-representative": "Kaisa Esimerkki\n\nOma edunvalvoja", "goals": "Kotona"}
    assert "with-client" not in read(HOURS, answers).faults
    assert participants_of(answers) == [
        {"role": "representative", "name": "Kaisa Esimerkki"},
        {"role": "representative", "name": "Oma edunvalvoja"},
    ]


def test_goals_are_one_on_each_line_in_their_order() -> None:
    assert goals_of({"goals": " Kirjastoon \n\nAsun kotona"}) == ["Kirjastoon", "Asun kotona"]


def test_the_fields_of_a_form_are_those_of_its_model() -> None:
    assert list(HOURS.fields())[5:] == [
        "goals",
        "quantity-cleaning",
        "quantity-shower-help",
        "mandatory-shower-help",
        "reason-shower-help",
        "notes",
    ]
    assert "quantity-meals" not in set(POINTS.fields())
