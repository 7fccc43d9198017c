"""Ask the public register of companies about a business id (YTJ open data, version 3).

The register answers anyone without a key (licence CC BY 4.0). Where this installation may not ask
it, or it does not answer, that is what is told: nobody makes up a company.
"""

from __future__ import annotations

import http
import http.client
import json
import urllib.parse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

OPEN_DATA = "https://avoindata.prh.fi/opendata-ytj-api/v3"
MOST_BYTES = 1024 * 1024
_SECONDS = 4
_LANGUAGES = {"1": "fi", "2": "sv", "3": "en"}
_NAME_OF_THE_COMPANY = "1"
_POSTAL = 2

Fetch = Callable[[str], bytes]


class Answer(StrEnum):
    """What came of asking."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    NOT_ASKED = "not_asked"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class Registered:
    """What the register says of a company; empty where it says nothing.

    `situations` are the register's codes of bankruptcy, liquidation and restructuring.
    """

    answer: Answer
    name: str = ""
    form: Mapping[str, str] = field(default_factory=dict)
    registered_on: str = ""
    ended_on: str = ""
    situations: Sequence[str] = ()
    street: str = ""
    postcode: str = ""
    town: str = ""

    @property
    def has_ended(self) -> bool:
        """Whether the register says that the company is no more."""
        return self.ended_on != ""


class RegisterSaidNo(OSError):
    """The register answered with a status other than 200; `status` is what it was."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(f"The register answered with the status {status}.")


def fetch_over_https(address: str) -> bytes:
    """The body of an answer, at most a megabyte of it. Raises OSError or HTTPException."""
    parts = urllib.parse.urlsplit(address)
    door = http.client.HTTPSConnection(parts.netloc, timeout=_SECONDS)
    try:
        door.request("GET", f"{parts.path}?{parts.query}", headers={"Accept": "application/json"})
        answer = door.getresponse()
        if answer.status != http.HTTPStatus.OK:
            raise RegisterSaidNo(answer.status)
        return answer.read(MOST_BYTES)
    finally:
        door.close()


def ask_register(
    business_id: str, *, base: str = OPEN_DATA, fetch: Fetch = fetch_over_https
) -> Registered:
    """What the register says of a business id in its written form.

    Without a `base` nothing is asked. Never raises for what the register does.
    """
    if not base.startswith("https://"):
        return Registered(Answer.NOT_ASKED)
    address = f"{base}/companies?{urllib.parse.urlencode({'businessId': business_id})}"
    try:
        found = json.loads(fetch(address))
        companies = [one for one in found["companies"] if _id_of(one) == business_id]
        return _read(companies[0]) if companies else Registered(Answer.NOT_FOUND)
    except RegisterSaidNo as error:
        is_unknown = error.status == http.HTTPStatus.NOT_FOUND
        return Registered(Answer.NOT_FOUND if is_unknown else Answer.NO_ANSWER)
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError, AttributeError):
        return Registered(Answer.NO_ANSWER)


def _id_of(company: Mapping[str, Any]) -> str:
    return str(company["businessId"]["value"])


def _read(company: Mapping[str, Any]) -> Registered:
    names = [
        one
        for one in company.get("names", [])
        if str(one.get("type")) == _NAME_OF_THE_COMPANY and not one.get("endDate")
    ]
    forms = [one for one in company.get("companyForms", []) if not one.get("endDate")]
    places: list[Mapping[str, Any]] = company.get("addresses", [])
    postal = [one for one in places if one.get("type") == _POSTAL]
    place: Mapping[str, Any] = next(iter([*postal, *places]), {})
    towns = {_LANGUAGES.get(str(one.get("languageCode")), ""): one.get("city", "")
             for one in place.get("postOffices", [])}  # fmt: skip
    street = " ".join(
        str(place.get(part)) for part in ("street", "buildingNumber") if place.get(part)
    )
    situations = [one for one in company.get("companySituations", []) if not one.get("endDate")]
    return Registered(
        Answer.FOUND,
        name=str(names[0].get("name", "")) if names else "",
        form=_words(forms[0]) if forms else {},
        registered_on=str(company["businessId"].get("registrationDate") or ""),
        ended_on=str(company.get("endDate") or ""),
        situations=[str(one.get("type", "")) for one in situations],
        street=street,
        postcode=str(place.get("postCode") or ""),
        town=str(towns.get("fi") or next(iter(towns.values()), "")),
    )


def _words(described: Mapping[str, Any]) -> dict[str, str]:
    return {
        _LANGUAGES[str(one.get("languageCode"))]: str(one.get("description", ""))
        for one in described.get("descriptions", [])
        if str(one.get("languageCode")) in _LANGUAGES
    }
