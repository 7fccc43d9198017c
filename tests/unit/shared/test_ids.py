"""References and identity codes against published examples and by hand."""

import pytest

from valinta.shared.ids import (
    NotAReference,
    finnish_reference,
    is_finnish_reference,
    is_identity_code,
    is_made_up_identity_code,
    is_rf_reference,
    payment_reference,
    rf_reference,
)


@pytest.mark.parametrize(
    ("base", "reference"), [("123456", "1234561"), ("123", "1232"), ("1511", "15118")]
)
def test_a_finnish_reference_ends_in_its_check_digit(base: str, reference: str) -> None:
    assert finnish_reference(base) == reference
    assert is_finnish_reference(reference)


@pytest.mark.parametrize("base", ["", "12", "0123", "1" * 20, "12a", "12 3", "-123"])
def test_a_base_no_bank_would_take_is_refused(base: str) -> None:
    with pytest.raises(NotAReference, match="3 to 19 digits"):
        finnish_reference(base)


@pytest.mark.parametrize("text", ["1234562", "", "1", "61", "abcd", "123456-1", "１２３４５６１"])
def test_text_that_is_no_finnish_reference_is_told(text: str) -> None:
    assert not is_finnish_reference(text)


def test_groups_and_leading_zeros_do_not_matter_in_a_finnish_reference() -> None:
    assert is_finnish_reference("12 34561")
    assert is_finnish_reference("0000 1234561")


def test_every_single_wrong_digit_is_noticed() -> None:
    right = finnish_reference("90210")
    for place, digit in enumerate(right):
        for other in set("0123456789") - {digit}:
            wrong = right[:place] + other + right[place + 1 :]
            assert not is_finnish_reference(wrong)


def test_an_rf_reference_matches_the_published_example() -> None:
    assert rf_reference("5390 0754 7034") == "RF18539007547034"
    assert rf_reference("2348236") == "RF332348236"
    assert is_rf_reference("RF18 5390 0754 7034")


@pytest.mark.parametrize(
    "text", ["RF19539007547034", "RF18", "", "539007547034", "RF1853900754703-4", "RF18" + "1" * 22]
)
def test_text_that_is_no_rf_reference_is_told(text: str) -> None:
    assert not is_rf_reference(text)


@pytest.mark.parametrize("text", ["", "ÄÖ", "1" * 22, "12-3"])
def test_what_cannot_become_an_rf_reference_is_refused(text: str) -> None:
    with pytest.raises(NotAReference, match="RF reference"):
        rf_reference(text)


def test_payments_get_references_that_banks_take_and_that_differ() -> None:
    references = [payment_reference(number) for number in range(1, 3000)]
    assert len(set(references)) == len(references)
    assert all(is_finnish_reference(each) and each[0] != "0" for each in references)
    assert is_finnish_reference(payment_reference(10**18 - 1))


@pytest.mark.parametrize("number", [0, -1, 10**18])
def test_a_payment_number_out_of_range_is_refused(number: int) -> None:
    with pytest.raises(NotAReference, match="numbered from 1"):
        payment_reference(number)


@pytest.mark.parametrize("number", ["12", 1.0, True])
def test_a_payment_is_numbered_with_a_whole_number(number: object) -> None:
    with pytest.raises(TypeError, match="whole number"):
        payment_reference(number)


MADE_UP = ["010150-900C", "010150A900C", "010150Y900C", "010150+900C", " 010150-900c "]


@pytest.mark.parametrize("text", MADE_UP)
def test_made_up_codes_are_identity_codes_and_known_as_made_up(text: str) -> None:
    assert is_identity_code(text)
    assert is_made_up_identity_code(text)


@pytest.mark.parametrize(
    "text",
    ["010150-900S", "310250-900C", "010150*900C", "010150-900", "", "010150-0001", "٠١٠١٥٠-900C"],
)
def test_text_that_is_no_identity_code_is_told(text: str) -> None:
    assert not is_identity_code(text)
    assert not is_made_up_identity_code(text)


def test_an_identity_code_below_the_range_is_not_made_up() -> None:
    # Nobody born in 1801 has ever had a code: they were first given in 1964.
    nobody = "010101+" + "899" + "P"
    assert is_identity_code(nobody)
    assert not is_made_up_identity_code(nobody)
