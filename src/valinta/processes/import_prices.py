"""Providers' prices from a table: the rules of setting one price, for many lines at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from valinta.catalogue.models import Offer, Price, ReferencePrice, Service, TimeBand
from valinta.processes.import_lines import Column, Faults, Line, day_of
from valinta.processes.import_providers import EXAMPLE
from valinta.programmes.models import Programme
from valinta.programmes.ranges import as_period
from valinta.providers.models import Approval
from valinta.shared.money import Money, NotAnAmount, parse_euros
from valinta.shared.periods import Period

HIGHEST_CENTS = 10_000_000
Key = tuple[int, int, int]
"""An approval, a service and a time band, by their ids."""


def _column(code: str, fi: str, sv: str, en: str, example: str, needed: bool = True) -> Column:
    return Column(code, {"fi": fi, "sv": sv, "en": en}, example, needed)


COLUMNS: tuple[Column, ...] = (
    _column("business_id", "y-tunnus", "fo-nummer", "business id", EXAMPLE),
    _column("service", "palvelu", "tjänst", "service", ""),
    _column("band", "aikaluokka", "tidsklass", "time band", ""),
    _column("price", "hinta", "pris", "price", "34,50"),
    _column("starts_on", "ensimmäinen päivä", "första dagen", "first day", ""),
    _column("last_on", "viimeinen päivä", "sista dagen", "last day", "", needed=False),
)


@dataclass(frozen=True, slots=True)
class NewPrice:
    """A line that can be taken in: whose price, for what, in cents, and on which days."""

    line: int
    approval_id: int
    service_id: int
    band_id: int
    cents: int
    period: Period

    @property
    def key(self) -> Key:
        return self.approval_id, self.service_id, self.band_id


@dataclass(slots=True)
class _Tray:
    """The programme's tray by the words that a table may use."""

    services: dict[str, Service]
    bands: dict[str, int]
    service_bands: dict[str, list[str]]
    codes: dict[int, str]
    approvals: dict[str, list[tuple[int, Period]]]
    ceilings: dict[tuple[int, int], list[tuple[int, Period]]]
    known: dict[Key, list[Period]]
    offers: dict[tuple[int, int], list[tuple[int, Period]]]


def check_prices(
    programme: Programme, lines: Sequence[Line], today: date, faults: Faults
) -> list[NewPrice]:
    """The lines that can be taken in; what is wrong in the others is noted."""
    tray = _tray(programme)
    seen: defaultdict[Key, list[tuple[Period, int]]] = defaultdict(list)
    good = []
    for line in lines:
        found = _price(line, tray, today, faults)
        if found is None or line.number in faults.lines:
            continue
        other = next((no for period, no in seen[found.key] if period.overlaps(found.period)), None)
        seen[found.key].append((found.period, line.number))
        if other is not None:
            faults.add(line.number, "starts_on", "twice", str(other))
        else:
            good.append(found)
    return good


def _price(line: Line, tray: _Tray, today: date, faults: Faults) -> NewPrice | None:
    service = tray.services.get(line["service"].casefold())
    band = tray.bands.get(line["band"].casefold())
    if line["service"] and service is None:
        faults.add(line.number, "service", "service", line["service"])
    if line["band"] and band is None:
        faults.add(line.number, "band", "band", line["band"])
    if service and band and tray.codes[band] not in tray.service_bands.get(service.code, ()):
        faults.add(line.number, "band", "band_of_service", line["band"])
    cents = _cents(line, faults)
    period = _period(line, faults)
    if not (service and band and cents and period):
        return None
    approval = _approval(line, period, tray, faults)
    if approval is None:
        return None
    found = NewPrice(line.number, approval, service.pk, band, cents, period)
    _check_ceiling(line, found, tray, faults)
    _check_past(line, found, tray, today, faults)
    _check_offer(line, found, tray, faults)
    return found


def _check_past(line: Line, found: NewPrice, tray: _Tray, today: date, faults: Faults) -> None:
    """Prices known for days gone by are mended one by one, since orders may rest on them."""
    if found.period.starts_on >= today:
        return
    ends = min(found.period.ends_on or today, today)
    gone = Period(found.period.starts_on, ends)
    if any(one.overlaps(gone) for one in tray.known.get(found.key, ())):
        faults.add(line.number, "starts_on", "past_price", line["starts_on"])


def _check_offer(line: Line, found: NewPrice, tray: _Tray, faults: Faults) -> None:
    """The service is offered on the first day, or can be offered from then on."""
    offers = tray.offers.get((found.approval_id, found.service_id), [])
    if any(days.contains(found.period.starts_on) for _pk, days in offers):
        return
    if any(days.overlaps(Period(found.period.starts_on)) for _pk, days in offers):
        faults.add(line.number, "starts_on", "offered_later", line["starts_on"])


def _cents(line: Line, faults: Faults) -> int:
    if not line["price"]:
        return 0
    try:
        cents = parse_euros(line["price"]).cents
    except NotAnAmount:
        faults.add(line.number, "price", "amount", line["price"])
        return 0
    if not 0 < cents <= HIGHEST_CENTS:
        faults.add(line.number, "price", "amount", line["price"])
        return 0
    return cents


def _period(line: Line, faults: Faults) -> Period | None:
    first, last = day_of(line["starts_on"]), day_of(line["last_on"])
    for name, day in (("starts_on", first), ("last_on", last)):
        if line[name] and day is None:
            faults.add(line.number, name, "day", line[name])
    if first is None or (line["last_on"] and last is None):
        return None
    if last is not None and last < first:
        faults.add(line.number, "last_on", "order", line["last_on"])
        return None
    return Period(first, None if last is None else last + timedelta(days=1))


def _approval(line: Line, period: Period, tray: _Tray, faults: Faults) -> int | None:
    held = tray.approvals.get(line["business_id"])
    if held is None:
        if line["business_id"]:
            faults.add(line.number, "business_id", "not_approved", line["business_id"])
        return None
    fits = [pk for pk, days in held if days.contains(period.starts_on)]
    if not fits:
        faults.add(line.number, "starts_on", "not_approved_then", line["starts_on"])
        return None
    return fits[0]


def _check_ceiling(line: Line, found: NewPrice, tray: _Tray, faults: Faults) -> None:
    ceilings = tray.ceilings.get((found.service_id, found.band_id), [])
    lowest = min((cents for cents, days in ceilings if days.overlaps(found.period)), default=None)
    if lowest is not None and found.cents > lowest:
        faults.add(line.number, "price", "ceiling", str(Money(lowest).cents))


def _tray(programme: Programme) -> _Tray:
    services: dict[str, Service] = {}
    for one in Service.objects.filter(programme=programme):
        services |= {word.casefold(): one for word in (one.code, *one.names.values())}
    bands: dict[str, int] = {}
    codes: dict[int, str] = {}
    for band in TimeBand.objects.filter(programme=programme):
        bands |= {word.casefold(): band.pk for word in (band.code, *band.names.values())}
        codes[band.pk] = band.code
    approvals: defaultdict[str, list[tuple[int, Period]]] = defaultdict(list)
    rows = Approval.objects.filter(programme=programme)
    for pk, number, valid in rows.values_list("pk", "provider__business_id", "valid"):
        approvals[number].append((pk, as_period(valid)))
    ceilings: defaultdict[tuple[int, int], list[tuple[int, Period]]] = defaultdict(list)
    limits = ReferencePrice.objects.filter(service__programme=programme, kind="ceiling")
    for service, band_id, cents, valid in limits.values_list(
        "service_id", "band_id", "cents", "valid"
    ):
        ceilings[service, band_id].append((cents, as_period(valid)))
    return _Tray(
        services,
        bands,
        programme.terms.get("service_bands", {}),
        codes,
        dict(approvals),
        dict(ceilings),
        _known(programme),
        offered(programme),
    )


def offered(programme: Programme) -> dict[tuple[int, int], list[tuple[int, Period]]]:
    """The offers of each approval and service, with their days."""
    found: defaultdict[tuple[int, int], list[tuple[int, Period]]] = defaultdict(list)
    rows = Offer.objects.filter(service__programme=programme).order_by("pk")
    for pk, approval, service, valid in rows.values_list(
        "pk", "approval_id", "service_id", "valid"
    ):
        found[approval, service].append((pk, as_period(valid)))
    return dict(found)


def _known(programme: Programme) -> dict[Key, list[Period]]:
    """For which days whose prices are known."""
    found: defaultdict[Key, list[Period]] = defaultdict(list)
    rows = Price.objects.filter(offer__service__programme=programme, superseded_at__isnull=True)
    for approval, service, band, valid in rows.values_list(
        "offer__approval_id", "offer__service_id", "band_id", "valid"
    ):
        found[approval, service, band].append(as_period(valid))
    return dict(found)
