"""Prices and values by date: the programme's own, the providers', who exceeds, and what comes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from valinta.catalogue.models import Price, ReferencePrice, Service, TimeBand, VoucherValue
from valinta.programmes.queries import NoRulebook, rulebook_on
from valinta.users.permissions import Permission
from valinta.web.middleware import Request
from valinta.web.office import pack_words
from valinta.web.office.opening import OfficePage, open_programme
from valinta.web.pieces import Piece

PAGE_SIZE = 50
COMING_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Own:
    """What the programme itself says of a service in a time band today, in cents."""

    service: Service
    band: TimeBand
    ceiling: int | None
    reference: int | None
    voucher: int | None


@dataclass(frozen=True, slots=True)
class Coming:
    """A provider's price that begins later, and how many days ahead it was told."""

    price: Price
    ahead: int
    is_late: bool


@require_GET
def prices(request: Request, programme_id: int) -> HttpResponse:
    """The prices of the programme and its providers; `service` narrows to one, by date."""
    page = open_programme(request, programme_id, Permission.SET_PRICES)
    services = list(Service.objects.filter(programme=page.programme).order_by("pk"))
    code = request.GET.get("service", "")
    chosen = next((one for one in services if one.code == code), None)
    held = Paginator(_held(page, chosen), PAGE_SIZE).get_page(request.GET.get("page"))
    needed, coming = _notice(page), _coming(page, chosen)
    facts = {
        "services": [(one.code, one.names) for one in services],
        "chosen": chosen,
        "own": _own(page, chosen),
        "own_changes": _own_changes(page, chosen),
        "exceeding": page.part(
            _exceeding(page).order_by("offer__approval__provider__name", "pk"),
            PAGE_SIZE,
            name="exceeding",
            of="office:prices",
        ),
        "page": held,
        "coming": coming,
        "coming_rows": _told_ahead(coming, needed),
        "notice_days": needed,
    }
    return page.show("office/prices.html", facts)


def _own(page: OfficePage, chosen: Service | None) -> list[Own]:
    figures: dict[tuple[int, int], dict[str, int]] = {}
    for model, has_kind in ((ReferencePrice, True), (VoucherValue, False)):
        rows = model._default_manager.filter(
            service__programme=page.programme, valid__contains=page.today
        )
        names = ("service_id", "band_id", "cents", *(("kind",) if has_kind else ()))
        for service, band, cents, *which in rows.values_list(*names):
            figures.setdefault((service, band), {})[which[0] if which else "voucher"] = cents
    services = {one.pk: one for one in Service.objects.filter(programme=page.programme)}
    bands = {one.pk: one for one in TimeBand.objects.filter(programme=page.programme)}
    return [
        Own(
            services[service],
            bands[band],
            said.get("ceiling"),
            said.get("reference"),
            said.get("voucher"),
        )
        for (service, band), said in sorted(figures.items())
        if chosen is None or service == chosen.pk
    ]


def _own_changes(page: OfficePage, chosen: Service | None) -> list[tuple[Any, str]]:
    """Every row by date for one service; what begins later for all of them."""
    found: list[tuple[Any, str]] = []
    for model in (ReferencePrice, VoucherValue):
        rows = model._default_manager.filter(service__programme=page.programme)
        if chosen is None:
            rows = rows.filter(valid__startswith__gt=page.today)
        else:
            rows = rows.filter(service=chosen)
        for one in rows.select_related("service", "band"):
            kind = getattr(one, "kind", "")
            name = pack_words.PRICE_KINDS.get(kind) or pack_words.section("voucher_values")
            found.append((one, str(name)))
    return sorted(found, key=lambda one: (one[0].band_id, one[1], one[0].valid.lower))


def _known(page: OfficePage) -> QuerySet[Price]:
    return Price.objects.filter(
        offer__service__programme=page.programme, superseded_at__isnull=True
    ).select_related("offer__service", "offer__approval__provider", "band")


def _held(page: OfficePage, chosen: Service | None) -> QuerySet[Price]:
    """Providers' prices in force; for one service, also those gone by and to come."""
    rows = _known(page)
    if chosen is None:
        rows = rows.filter(valid__contains=page.today)
    else:
        rows = rows.filter(offer__service=chosen)
    return rows.order_by("offer__approval__provider__name", "offer_id", "band_id", "valid")


def _exceeding(page: OfficePage) -> QuerySet[Price]:
    """Prices of today or later that are above a ceiling of one of their days."""
    ceiling = ReferencePrice.objects.filter(
        service_id=OuterRef("offer__service_id"),
        band_id=OuterRef("band_id"),
        kind="ceiling",
        cents__lt=OuterRef("cents"),
        valid__overlap=OuterRef("valid"),
    ).filter(valid__overlap=(page.today, None))
    return _known(page).filter(valid__overlap=(page.today, None)).filter(Exists(ceiling))


def _coming(page: OfficePage, chosen: Service | None) -> Piece[Price]:
    rows = _known(page).filter(valid__startswith__gt=page.today)
    if chosen is not None:
        rows = rows.filter(offer__service=chosen)
    soonest = rows.order_by("valid", "pk")
    return page.part(soonest, COMING_SHOWN, name="coming", of="office:prices")


def _told_ahead(coming: Iterable[Price], needed: int | None) -> list[Coming]:
    found = []
    for one in coming:
        told = timezone.localtime(one.known_at).date()
        ahead = (_first(one) - told).days
        found.append(Coming(one, ahead, needed is not None and ahead < needed))
    return found


def _first(price: Price) -> date:
    first: date = price.valid.lower
    return first


def _notice(page: OfficePage) -> int | None:
    """How many days ahead the rulebook wants a price to be told."""
    try:
        days = rulebook_on(page.programme, page.today).parameters.get("price_change_notice_days")
    except NoRulebook:
        return None
    return None if days is None else int(days)
