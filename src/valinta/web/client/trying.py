"""What the what-if page shows: baskets, what they cost, and what can be put in them. Reads only.

The number of queries does not depend on how many baskets, lines, services or offers there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import Case, CharField, Value, When
from django.db.models.functions import MD5, Cast, Concat

from valinta.catalogue.models import Offer, Price, Service, TimeBand
from valinta.clients.models import Enrolment
from valinta.plans.states import Way
from valinta.processes.basket_facts import BasketFacts
from valinta.processes.try_basket import LineTried, Tried, basket_facts, weigh
from valinta.web.picture import Segment, segments
from valinta.web.wording import quantity
from valinta.wishes.models import Basket, BasketLine
from valinta.wishes.states import KEPT

MOST_OFFERS = 40


@dataclass(frozen=True, slots=True)
class BandAmount:
    """The amount of a line in one time band, as it is written in its field."""

    code: str
    names: Mapping[str, str]
    written: str
    cents: int | None


@dataclass(frozen=True, slots=True)
class LineSeen:
    """A line of a basket with its fields, and the address parameters to order it with."""

    tried: LineTried
    provider: str
    bands: tuple[BandAmount, ...]
    order_query: str

    @property
    def line(self) -> BasketLine:
        return self.tried.line


@dataclass(frozen=True, slots=True)
class BasketSeen:
    """A basket weighed, and its lines with their fields."""

    basket: Basket
    tried: Tried
    lines: tuple[LineSeen, ...]

    @property
    def first_used(self) -> int:
        """What the basket takes of the budget in its first month, in cents."""
        return self.tried.months[0].used if self.tried.months else 0

    @property
    def bar(self) -> list[Segment]:
        """The first month: the basket, what stays kept, what stays free."""
        if not self.tried.months:
            return []
        first = self.tried.months[0]
        kept = sum(pot.after for pot in first.kept)
        return segments((("booked", first.used), ("kept", kept), ("free", first.free.after)))


@dataclass(frozen=True, slots=True)
class OfferSeen:
    """An offer that can be tried: its provider and its prices in cents, by band code."""

    offer: Offer
    prices: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Picker:
    """What can be put in a basket: the tray, and the offers of the service that was picked."""

    in_plan: list[Service]
    others: list[Service]
    service: Service | None
    offers: list[OfferSeen]
    bands: tuple[tuple[str, Mapping[str, str]], ...]
    first_months: list[date]
    months_left: int


@dataclass(frozen=True, slots=True)
class Trying:
    """The whole page."""

    baskets: list[Basket]
    chosen: BasketSeen | None
    other: BasketSeen | None
    picker: Picker


def kept_baskets(enrolment: Enrolment) -> list[Basket]:
    """The baskets that are thought over or wished for, the oldest first."""
    return list(Basket.objects.filter(enrolment=enrolment, state__in=KEPT).order_by("pk"))


def trying(
    enrolment: Enrolment,
    at: datetime,
    language: str,
    *,
    chosen: int | None,
    other: int | None,
    service: int | None,
    offer: int | None = None,
) -> Trying:
    """Read the page: the basket chosen (or the newest), one to compare with, and the picker."""
    baskets = kept_baskets(enrolment)
    by_id = {one.pk: one for one in baskets}
    first = by_id.get(chosen or 0) or (baskets[-1] if baskets else None)
    second = by_id.get(other or 0)
    shown = [one for one in (first, second) if one is not None]
    lines = lines_of(shown)
    every = [one for own in lines.values() for one in own]
    facts = basket_facts(enrolment=enrolment, lines=every, at=at)
    names = dict(
        TimeBand.objects.filter(programme_id=enrolment.programme_id).values_list("code", "names")
    )

    def see(one: Basket | None) -> BasketSeen | None:
        return None if one is None else basket_seen(one, lines[one.pk], facts, names, language)

    return Trying(
        baskets=baskets,
        chosen=see(first),
        other=see(second if second != first else None),
        picker=_picker(enrolment, facts, names, service, offer),
    )


def lines_of(baskets: Iterable[Basket]) -> dict[int, list[BasketLine]]:
    """The lines of each basket in their order, with all that weighing them needs. One query."""
    found: dict[int, list[BasketLine]] = {one.pk: [] for one in baskets}
    rows = BasketLine.objects.filter(basket__in=list(found)).select_related(
        "service", "offer__approval__provider"
    )
    for line in rows.order_by("pk"):
        found[line.basket_id].append(line)
    return found


def basket_seen(
    basket: Basket,
    lines: Sequence[BasketLine],
    facts: BasketFacts,
    names: Mapping[str, Mapping[str, str]],
    language: str,
) -> BasketSeen:
    """Weigh a basket and give its lines their fields."""
    tried = weigh(lines, facts)
    return BasketSeen(
        basket, tried, tuple(_line_seen(one, facts, names, language) for one in tried.lines)
    )


def _line_seen(
    tried: LineTried,
    facts: BasketFacts,
    names: Mapping[str, Mapping[str, str]],
    language: str,
) -> LineSeen:
    line = tried.line
    offer = line.offer
    on = tried.period.starts_on if tried.period else facts.on
    prices = {one.band: one.cents for one in facts.prices_on(line, on)}
    codes = list(dict.fromkeys([*prices, *line.quantities]))
    bands = tuple(
        BandAmount(
            code,
            names.get(code, {}),
            quantity(line.quantities.get(code, 0), language) if line.quantities.get(code) else "",
            prices.get(code),
        )
        for code in codes
        if code
    )
    provider = offer.approval.provider.name if offer else ""
    return LineSeen(tried, provider, bands, _order_query(tried, language))


def _order_query(tried: LineTried, language: str) -> str:
    """The parameters with which the order page begins from this line; "" when it cannot be.

    An order of an amount is for one time band, so a line of several is ordered band by band.
    """
    line, period = tried.line, tried.period
    if line.offer_id is None or period is None or not tried.fits or tried.is_ordered:
        return ""
    band, many = next(iter(line.quantities.items()))
    return urlencode(
        {
            "service": line.service.code,
            "offer": line.offer_id,
            "how": "amount",
            "band": band,
            "quantity": quantity(many, language),
            "first_on": period.starts_on.isoformat(),
            "last_on": period.last_on.isoformat(),
            "basket_line": line.pk,
        }
    )


def _picker(
    enrolment: Enrolment,
    facts: BasketFacts,
    names: Mapping[str, Mapping[str, str]],
    service_id: int | None,
    offer_id: int | None,
) -> Picker:
    services = list(Service.objects.filter(programme_id=enrolment.programme_id).order_by("pk"))
    bought = {one for one, way in facts.ways.items() if way in (Way.BUDGET, Way.VOUCHER)}
    service = next((one for one in services if one.pk == service_id), None)
    offers = _offers(service, facts.on, offer_id) if service else []
    coded = enrolment.programme.terms.get("service_bands", {})
    codes = coded.get(service.code, []) if service else []
    codes = codes or list(dict.fromkeys(code for one in offers for code, _ in one.prices))
    first = facts.on.replace(day=1)
    months = [_later(first, number) for number in range(12)]
    granted = {pot.period.starts_on.replace(day=1) for pot in facts.pots}
    return Picker(
        in_plan=[one for one in services if one.pk in bought],
        others=[one for one in services if one.pk not in bought],
        service=service,
        offers=offers,
        bands=tuple((code, names.get(code, {})) for code in codes),
        first_months=months,
        months_left=max(1, min(len(granted), 12)),
    )


def _later(month: date, number: int) -> date:
    year, index = divmod(month.year * 12 + month.month - 1 + number, 12)
    return date(year, index + 1, 1)


def _offers(service: Service, on: date, wanted: int | None) -> list[OfferSeen]:
    """Offers in force with a price, in an order that changes from day to day and favours nobody.

    The one that is wanted comes first; of very many, the first of the day's order are shown.
    """
    turn = MD5(Concat(Value(f"{on}:"), Cast("pk", CharField())))
    offers = list(
        Offer.objects.filter(service=service, valid__contains=on, approval__valid__contains=on)
        .select_related("approval__provider")
        .order_by(Case(When(pk=wanted or 0, then=0), default=1), turn)[:MOST_OFFERS]
    )
    rows = Price.objects.filter(
        offer__in=[one.pk for one in offers], valid__contains=on, superseded_at__isnull=True
    )
    prices: dict[int, list[tuple[str, int]]] = {}
    for offer, band, cents in rows.order_by("band_id").values_list(
        "offer_id", "band__code", "cents"
    ):
        prices.setdefault(offer, []).append((band, cents))
    return [OfferSeen(one, tuple(prices[one.pk])) for one in offers if one.pk in prices]
