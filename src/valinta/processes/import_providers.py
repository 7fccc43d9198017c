"""Providers from a table: registered, and approved where the line says on which entry and days."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from stdnum.fi import ytunnus

from valinta.processes.import_lines import Column, Deed, Faults, Line, day_of
from valinta.programmes.models import Programme
from valinta.programmes.queries import ProgrammeClosed, must_be_open
from valinta.providers.actions import approve_provider
from valinta.providers.iban import BadIban, checked_iban
from valinta.providers.models import Approval, Provider, Sector
from valinta.shared.periods import Period

SECTORS = {
    "private": Sector.PRIVATE, "yksityinen": Sector.PRIVATE, "privat": Sector.PRIVATE,
    "public": Sector.PUBLIC, "julkinen": Sector.PUBLIC, "offentlig": Sector.PUBLIC,
    "third_sector": Sector.THIRD, "third sector": Sector.THIRD, "järjestö": Sector.THIRD,
    "kolmas sektori": Sector.THIRD, "tredje sektorn": Sector.THIRD, "förening": Sector.THIRD,
}  # fmt: skip
FIRST_YEAR = 1600
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_POSTCODE = re.compile(r"[0-9]{5}")
_AT_A_TIME = 1_000


def _column(code: str, fi: str, sv: str, en: str, example: str, needed: bool = False) -> Column:
    return Column(code, {"fi": fi, "sv": sv, "en": en}, example, needed)


EXAMPLE = "4500000-4"
COLUMNS: tuple[Column, ...] = (
    _column("business_id", "y-tunnus", "fo-nummer", "business id", EXAMPLE, True),
    _column("name", "nimi", "namn", "name", "Esimerkkiapu Oy", True),
    _column("sector", "sektori", "sektor", "sector", "private", True),
    _column("founded_year", "perustamisvuosi", "grundningsår", "founded", "2015", True),
    _column("languages", "kielet", "språk", "languages", "fi sv", True),
    _column("iban", "tilinumero", "kontonummer", "iban", "FI8179977900004500", True),
    _column("street", "katu", "gata", "street", "Esimerkkitie"),
    _column("building_number", "talon numero", "husnummer", "building number", "1"),
    _column("postcode", "postinumero", "postnummer", "postcode", "00000"),
    _column("town", "postitoimipaikka", "postort", "town", "ESIMERKKILÄ"),
    _column("register", "rekisteri", "register", "register", ""),
    _column("register_number", "rekisterinumero", "registernummer", "register number", ""),
    _column("approved_from", "hyväksytty alkaen", "godkänd från", "approved from", ""),
    _column(
        "rulebook_accepted_on",
        "sääntökirja hyväksytty",
        "regelboken godkänd",
        "rulebook accepted",
        "",
    ),
)
APPROVING = ("register", "register_number", "approved_from", "rulebook_accepted_on")


@dataclass(frozen=True, slots=True)
class Approved:
    """On what the provider is approved, and from which day."""

    register: str
    number: str
    starts_on: date
    accepted_on: date


@dataclass(frozen=True, slots=True)
class NewProvider:
    """A line that can be taken in; `is_known` where the house has the provider already."""

    line: int
    business_id: str
    name: str
    sector: Sector
    founded_year: int
    languages: tuple[str, ...]
    iban: str
    postal_address: dict[str, str]
    is_known: bool
    approved: Approved | None


def check_providers(
    programme: Programme, lines: Sequence[Line], today: date, faults: Faults
) -> list[NewProvider]:
    """The lines that can be taken in; what is wrong in the others is noted."""
    ids = [one["business_id"] for one in lines]
    known = set(Provider.objects.filter(business_id__in=ids).values_list("business_id", flat=True))
    held = _held(programme, ids)
    terms = programme.terms.get("providers", {})
    seen: dict[str, int] = {}
    good = []
    for line in lines:
        number = line["business_id"]
        if number and not ytunnus.is_valid(number):
            faults.add(line.number, "business_id", "business_id", number)
        elif number == EXAMPLE:
            faults.add(line.number, "business_id", "example")
        elif number in seen:
            faults.add(line.number, "business_id", "twice", str(seen[number]))
        seen.setdefault(number, line.number)
        account = _facts(line, terms.get("sectors") or [], today, faults)
        approved = _approved(programme, line, terms, held, today, faults)
        if approved is None and number in known and line.number not in faults.lines:
            faults.add(line.number, "business_id", "known_provider", number)
        if line.number not in faults.lines:
            good.append(_new(line, account, number in known, approved))
    return good


def _new(line: Line, account: str, is_known: bool, approved: Approved | None) -> NewProvider:
    address = {
        name: line[name] for name in ("street", "building_number", "postcode", "town") if line[name]
    }
    return NewProvider(
        line.number,
        line["business_id"],
        line["name"],
        SECTORS[line["sector"].casefold()],
        int(line["founded_year"]),
        tuple(_languages(line)),
        account,
        address | {"country": "FI"} if address else {},
        is_known,
        approved,
    )


def write_providers(programme: Programme, good: Sequence[NewProvider], deed: Deed) -> int:
    """Register new providers, and approve those whose line says on what."""
    Provider.objects.bulk_create(
        (
            Provider(
                business_id=one.business_id,
                name=one.name,
                sector=one.sector,
                founded_year=one.founded_year,
                languages=list(one.languages),
                iban=one.iban,
                postal_address=one.postal_address,
            )
            for one in good
            if not one.is_known
        ),
        batch_size=_AT_A_TIME,
    )
    ids = [one.business_id for one in good if one.approved]
    rows = {one.business_id: one for one in Provider.objects.filter(business_id__in=ids)}
    for one in good:
        if one.approved:
            approve_provider(
                provider=rows[one.business_id],
                programme=programme,
                period=Period(one.approved.starts_on),
                register=one.approved.register,
                register_number=one.approved.number,
                rulebook_accepted_at=timezone.make_aware(
                    datetime.combine(one.approved.accepted_on, time(12))
                ),
                by=deed.by,
                at=deed.at,
            )
    return len(good)


def _held(programme: Programme, ids: Sequence[str]) -> set[str]:
    """Business ids of providers that have an approval without an end."""
    rows = Approval.objects.filter(
        programme=programme, provider__business_id__in=ids, valid__endswith__isnull=True
    )
    return set(rows.values_list("provider__business_id", flat=True))


def _languages(line: Line) -> list[str]:
    return re.split(r"[\s,/]+", line["languages"].casefold())


def _facts(line: Line, sectors: Sequence[str], today: date, faults: Faults) -> str:
    """Check who the provider is; gives the account without spaces."""
    number, sector = line.number, SECTORS.get(line["sector"].casefold())
    if line["sector"] and sector is None:
        faults.add(number, "sector", "sector", line["sector"])
    elif sector and sectors and sector not in sectors:
        faults.add(number, "sector", "sector_not_admitted", line["sector"])
    year = line["founded_year"]
    if year and not (year.isascii() and year.isdigit() and FIRST_YEAR <= int(year) <= today.year):
        faults.add(number, "founded_year", "year", year)
    if line["languages"] and not all(_LANGUAGE.fullmatch(one) for one in _languages(line)):
        faults.add(number, "languages", "languages", line["languages"])
    if line["postcode"] and not _POSTCODE.fullmatch(line["postcode"]):
        faults.add(number, "postcode", "postcode", line["postcode"])
    try:
        return checked_iban(line["iban"]) if line["iban"] else ""
    except BadIban:
        faults.add(number, "iban", "iban")
        return ""


def _approved(
    programme: Programme,
    line: Line,
    terms: Mapping[str, object],
    held: set[str],
    today: date,
    faults: Faults,
) -> Approved | None:
    """On what the line approves the provider; None when it says nothing of it."""
    given = [name for name in APPROVING if line[name]]
    if not given:
        return None
    for name in APPROVING:
        if name not in given:
            faults.add(line.number, name, "approval_needs")
    registers = terms.get("registers")
    codes = _registers(registers if isinstance(registers, list) else [])
    register = codes.get(line["register"].casefold(), "")
    if line["register"] and not register:
        faults.add(line.number, "register", "register", line["register"])
    days = {name: day_of(line[name]) for name in APPROVING[2:]}
    for name, day in days.items():
        if line[name] and day is None:
            faults.add(line.number, name, "day", line[name])
    starts_on, accepted_on = days["approved_from"], days["rulebook_accepted_on"]
    if accepted_on and accepted_on > today:
        faults.add(line.number, "rulebook_accepted_on", "future", line["rulebook_accepted_on"])
    if line["business_id"] in held:
        faults.add(line.number, "business_id", "approved_already", line["business_id"])
    if starts_on is None or accepted_on is None:
        return None
    try:
        must_be_open(programme, starts_on)
    except ProgrammeClosed:
        faults.add(line.number, "approved_from", "closed", line["approved_from"])
    return Approved(register, line["register_number"], starts_on, accepted_on)


def _registers(found: Sequence[Mapping[str, object]]) -> dict[str, str]:
    """Codes of the programme's registers by code and by name in any language."""
    codes: dict[str, str] = {}
    for one in found:
        names = one.get("names")
        words = list(names.values()) if isinstance(names, Mapping) else []
        code = str(one["code"])
        codes |= {str(word).casefold(): code for word in (code, *words)}
    return codes
