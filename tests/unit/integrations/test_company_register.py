"""The public register of companies: what it says is read, and silence is told as silence."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from valinta.integrations.prh.asking import Answer, RegisterSaidNo, ask_register

COMPANY = {
    "businessId": {"value": "0112038-9", "registrationDate": "1978-03-15"},
    "names": [
        {"name": "Vanha Koe Oy", "type": "1", "endDate": "2001-01-01"},
        {"name": "Kotikoe", "type": "3"},
        {"name": "Koe Oy", "type": "1"},
    ],
    "companyForms": [
        {"type": "16", "descriptions": [{"languageCode": "1", "description": "Osakeyhtiö"},
                                        {"languageCode": "2", "description": "Aktiebolag"}]}
    ],
    "companySituations": [{"type": "SELTILA", "registrationDate": "2024-01-01"}],
    "addresses": [
        {"type": 1, "street": "Käyntitie", "buildingNumber": "1", "postCode": "00100",
         "postOffices": [{"city": "HELSINKI", "languageCode": "1"}]},
        {"type": 2, "street": "Postitie", "buildingNumber": "2", "postCode": "00200",
         "postOffices": [{"city": "HELSINGFORS", "languageCode": "2"},
                         {"city": "HELSINKI", "languageCode": "1"}]},
    ],
}  # fmt: skip


def answering(*companies: object) -> Callable[[str], bytes]:
    return lambda _address: json.dumps({"companies": list(companies)}).encode()


def test_the_companys_own_name_form_year_and_postal_address_are_read() -> None:
    asked = []

    def fetch(address: str) -> bytes:
        asked.append(address)
        return json.dumps({"companies": [COMPANY]}).encode()

    said = ask_register("0112038-9", base="https://register.example/v3", fetch=fetch)
    assert asked == ["https://register.example/v3/companies?businessId=0112038-9"]
    assert (said.answer, said.name) == (Answer.FOUND, "Koe Oy")
    assert said.form == {"fi": "Osakeyhtiö", "sv": "Aktiebolag"}
    assert said.registered_on == "1978-03-15"
    assert (said.street, said.postcode, said.town) == ("Postitie 2", "00200", "HELSINKI")
    assert said.situations == ["SELTILA"]
    assert not said.has_ended


def test_a_company_that_has_ended_is_told_so() -> None:
    said = ask_register("0112038-9", fetch=answering(COMPANY | {"endDate": "2020-05-01"}))
    assert said.has_ended


def test_another_company_in_the_answer_is_not_taken_for_this_one() -> None:
    assert ask_register("1572860-0", fetch=answering(COMPANY)).answer is Answer.NOT_FOUND


def test_without_an_address_nothing_is_asked() -> None:
    def never(address: str) -> bytes:
        raise AssertionError(address)

    said = ask_register("0112038-9", base="", fetch=never)
    assert said.answer is Answer.NOT_ASKED
    assert said.name == ""


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b'{"companies": [{}]}', b'{"companies": 3}']
)
def test_an_answer_that_cannot_be_read_is_no_answer(body: bytes) -> None:
    assert ask_register("0112038-9", fetch=lambda _address: body).answer is Answer.NO_ANSWER


@pytest.mark.parametrize(
    ("error", "answer"),
    [
        (TimeoutError("slow"), Answer.NO_ANSWER),
        (RegisterSaidNo(503), Answer.NO_ANSWER),
        (RegisterSaidNo(404), Answer.NOT_FOUND),
    ],
)
def test_a_register_that_fails_is_told_apart_from_one_that_does_not_know(
    error: OSError, answer: Answer
) -> None:
    def fail(_address: str) -> bytes:
        raise error

    assert ask_register("0112038-9", fetch=fail).answer is answer
