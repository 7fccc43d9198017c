"""Clients from a table: the rules of registering one person, for many lines at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from valinta.audit.actions import Note, record
from valinta.clients.models import Client
from valinta.processes.import_lines import Column, Deed, Faults, Line, truth_of
from valinta.programmes.models import Programme
from valinta.shared.ids import born_on_of, is_identity_code

LANGUAGES = {
    "fi": "fi", "suomi": "fi", "finska": "fi", "finnish": "fi",
    "sv": "sv", "ruotsi": "sv", "svenska": "sv", "swedish": "sv",
    "en": "en", "englanti": "en", "engelska": "en", "english": "en",
}  # fmt: skip
CONTACT = ("phone", "email", "street", "postcode", "town")
_EMAIL = re.compile(r"[^@\s<>\"']{1,64}@[^@\s<>\"']{1,190}\.[^@\s<>\"']{2,24}")
_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{3,24}")
_POSTCODE = re.compile(r"[0-9]{5}")
_AT_A_TIME = 2_000

EXAMPLE = "060544-999F"
COLUMNS: tuple[Column, ...] = (
    Column(
        "identity_code",
        {"fi": "henkilötunnus", "sv": "personbeteckning", "en": "identity code"},
        EXAMPLE,
        needed=True,
        longest=11,
    ),
    Column(
        "given_name",
        {"fi": "etunimi", "sv": "förnamn", "en": "given name"},
        "Aino",
        needed=True,
        longest=80,
    ),
    Column(
        "family_name",
        {"fi": "sukunimi", "sv": "efternamn", "en": "family name"},
        "Esimerkki",
        needed=True,
        longest=80,
    ),
    Column("language", {"fi": "kieli", "sv": "språk", "en": "language"}, "fi", needed=True),
    Column(
        "municipality",
        {"fi": "kotikunta", "sv": "hemkommun", "en": "home municipality"},
        "",
        needed=True,
    ),
    Column("phone", {"fi": "puhelin", "sv": "telefon", "en": "phone"}, "040 555 0101", longest=40),
    Column("email", {"fi": "sähköposti", "sv": "e-post", "en": "e-mail"}, "aino@example.fi"),
    Column("street", {"fi": "katuosoite", "sv": "gatuadress", "en": "street"}, "Esimerkkitie 1"),
    Column("postcode", {"fi": "postinumero", "sv": "postnummer", "en": "postcode"}, "00000"),
    Column("town", {"fi": "postitoimipaikka", "sv": "postort", "en": "town"}, "ESIMERKKILÄ"),
    Column(
        "non_disclosure",
        {"fi": "turvakielto", "sv": "spärrmarkering", "en": "non-disclosure"},
        "",
    ),
)


@dataclass(frozen=True, slots=True)
class NewClient:
    """A line that can be registered."""

    line: int
    identity_code: str
    given_name: str
    family_name: str
    born_on: date
    language: str
    municipality_code: str
    contact: dict[str, object]
    non_disclosure: bool


def check_clients(
    programme: Programme, lines: Sequence[Line], today: date, faults: Faults
) -> list[NewClient]:
    """The lines that can be registered; what is wrong in the others is noted."""
    towns = _towns(programme)
    known = _known(programme.organiser_id, [_code(one) for one in lines])
    seen: dict[str, int] = {}
    good = []
    for line in lines:
        code = _code(line)
        _check_code(line, code, known, seen, today, faults)
        language = LANGUAGES.get(line["language"].casefold(), "")
        town = towns.get(line["municipality"].casefold(), "")
        hidden = truth_of(line["non_disclosure"])
        _check_rest(line, language, town, hidden, faults)
        if line.number not in faults.lines:
            good.append(
                NewClient(
                    line.number,
                    code,
                    line["given_name"],
                    line["family_name"],
                    born_on_of(code),
                    language,
                    town,
                    {name: line[name] for name in CONTACT if line[name]},
                    bool(hidden),
                )
            )
    return good


def write_clients(programme: Programme, good: Sequence[NewClient], deed: Deed) -> int:
    """Register the people of checked lines."""
    for first in range(0, len(good), _AT_A_TIME):
        made = Client.objects.bulk_create(
            Client(
                organiser_id=programme.organiser_id,
                given_name=one.given_name,
                family_name=one.family_name,
                identity_code=one.identity_code,
                born_on=one.born_on,
                language=one.language,
                municipality_code=one.municipality_code,
                contact=one.contact,
                non_disclosure=one.non_disclosure,
            )
            for one in good[first : first + _AT_A_TIME]
        )
        notes = [
            Note("register_client", "client", one.pk, "", "registered", client_id=one.pk)
            for one in made
        ]
        record(organiser_id=programme.organiser_id, by_id=deed.by.user_id, at=deed.at, notes=notes)
    return len(good)


def _code(line: Line) -> str:
    return line["identity_code"].replace(" ", "").upper()


def _check_code(
    line: Line, code: str, known: set[str], seen: dict[str, int], today: date, faults: Faults
) -> None:
    if not code:
        return
    if not is_identity_code(code) or born_on_of(code) > today:
        faults.add(line.number, "identity_code", "identity_code")
    elif code == EXAMPLE:
        faults.add(line.number, "identity_code", "example")
    elif code in seen:
        faults.add(line.number, "identity_code", "twice", str(seen[code]))
    elif code in known:
        faults.add(line.number, "identity_code", "known_client")
    seen.setdefault(code, line.number)


def _check_rest(line: Line, language: str, town: str, hidden: bool | None, faults: Faults) -> None:
    number = line.number
    if line["language"] and not language:
        faults.add(number, "language", "language", line["language"])
    if line["municipality"] and not town:
        faults.add(number, "municipality", "municipality", line["municipality"])
    if hidden is None:
        faults.add(number, "non_disclosure", "truth", line["non_disclosure"])
    for name, shape in (("email", _EMAIL), ("phone", _PHONE), ("postcode", _POSTCODE)):
        if line[name] and not shape.fullmatch(line[name]):
            faults.add(number, name, name, line[name])


def _towns(programme: Programme) -> dict[str, str]:
    """Codes of the region's municipalities by code and by name in any language."""
    found: dict[str, str] = {}
    for code, names in programme.municipalities.values_list("code", "names"):
        found |= {one.casefold(): code for one in (code, *names.values())}
    return found


def _known(organiser_id: int, codes: Sequence[str]) -> set[str]:
    """Those of the codes that belong to somebody who is a client already."""
    found: set[str] = set()
    for first in range(0, len(codes), _AT_A_TIME):
        part = codes[first : first + _AT_A_TIME]
        rows = Client.objects.filter(organiser_id=organiser_id, identity_code__in=part)
        found |= set(rows.values_list("identity_code", flat=True))
    return found
