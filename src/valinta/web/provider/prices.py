"""Services and prices: capacity for the tray, prices in force and to come, and new prices told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from valinta.catalogue.actions import PriceAboveCeiling, PriceOfThePast, tell_capacity
from valinta.catalogue.models import Offer, Price, ReferencePrice, TimeBand
from valinta.processes.change_prices import (
    NotAPriceDay,
    NothingChanges,
    PriceChange,
    change_prices,
    notice_days,
    price_days,
    what_new_prices_do,
)
from valinta.shared.money import Money, NotAnAmount, parse_euros
from valinta.users.permissions import Permission
from valinta.web.day_fields import DayField
from valinta.web.middleware import Request
from valinta.web.provider.opening import CompanyPage, open_company
from valinta.web.provider.run_scope import MOST_WORDS, own_offers
from valinta.web.provider.visit_forms import DAYS, NO_DAY
from valinta.web.templatetags.wording import day as in_words
from valinta.web.templatetags.wording import euros, name

PURPOSE = "own prices"
MOST_CENTS = 1_000_000_00


@dataclass(frozen=True, slots=True)
class OfferRow:
    """A service of the company with its prices: in force and to come."""

    offer: Offer
    now: tuple[Price, ...]
    coming: tuple[Price, ...]


class CapacityForm(forms.Form):
    """Whether new clients are taken, and from which day."""

    takes = forms.BooleanField(required=False)
    next_free_on = DayField(required=False, input_formats=DAYS, error_messages={"invalid": NO_DAY})


class PriceForm(forms.Form):
    """New prices by time band, from one of the programme's days, with words for the clients."""

    starts_on = DayField(input_formats=DAYS, error_messages={"required": NO_DAY, "invalid": NO_DAY})
    words = forms.CharField(
        required=False,
        max_length=MOST_WORDS,
        error_messages={"max_length": _("Use at most 400 signs.")},
    )

    def __init__(self, bands: list[TimeBand], data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.bands = bands
        for band in bands:
            self.fields[f"price-{band.code}"] = forms.CharField(max_length=20, required=False)

    def clean(self) -> dict[str, Any]:
        """The prices that were written, as `prices` by band."""
        given = super().clean() or {}
        prices = {}
        for band in self.bands:
            key = f"price-{band.code}"
            text = str(given.get(key, "")).strip()
            if not text:
                continue
            try:
                prices[band.code] = parse_euros(text)
            except NotAnAmount:
                self.add_error(key, _("Write the price in euros, for example 32,50."))
                continue
            if not 0 < prices[band.code].cents <= MOST_CENTS:
                self.add_error(key, _("Write the price in euros, for example 32,50."))
        given["prices"] = prices
        return given


@require_GET
def prices(request: Request, provider_id: int) -> HttpResponse:
    """Each service with its capacity and prices."""
    page = open_company(request, provider_id, Permission.KEEP_PROVIDER_PAGES, PURPOSE)
    facts = {"rows": _rows(page), "may_price": page.may(Permission.CHANGE_OWN_PRICES)}
    return page.show("provider/prices.html", facts)


@require_POST
def capacity(request: Request, provider_id: int, offer_id: int) -> HttpResponse:
    """Whether new clients are taken for a service, and from which day: the tray shows it."""
    page = open_company(request, provider_id, Permission.KEEP_PROVIDER_PAGES, PURPOSE)
    offer = _find(page, offer_id)
    form = CapacityForm(request.POST)
    if not form.is_valid():
        facts = {"rows": _rows(page), "form": form, "wrong": offer.pk}
        return page.show("provider/prices.html", facts, 422)
    tell_capacity(
        offer=offer,
        takes_new_clients=form.cleaned_data["takes"],
        next_free_on=form.cleaned_data["next_free_on"],
        by=request.actor,
        at=page.now(offer.organiser),
    )
    page.tell("capacity_told")
    return page.to("provider:prices")


@require_http_methods(["GET", "POST"])
def change(request: Request, provider_id: int, offer_id: int) -> HttpResponse:
    """New prices: written, looked at with whom they touch, and then sent."""
    page = open_company(request, provider_id, Permission.CHANGE_OWN_PRICES, PURPOSE)
    offer = _find(page, offer_id)
    today = page.now(offer.organiser).date()
    bands = _bands(offer)
    if request.method == "GET":
        return _show(page, offer, PriceForm(bands), today)
    form = PriceForm(bands, request.POST)
    if not form.is_valid():
        return _show(page, offer, form, today, status=422)
    try:
        look = _look_or_send(page, offer, form, today, sends="send" in request.POST)
    except NotAPriceDay:
        form.add_error("starts_on", gettext("Choose one of the days below."))
    except (NothingChanges, PriceOfThePast):
        form.add_error(None, gettext("Write at least one price that differs from the one now."))
    except PriceAboveCeiling:
        form.add_error(None, _ceiling_words(offer, form))
    else:
        if look is None:
            page.tell("prices_told")
            return page.to("provider:prices")
        return _show(page, offer, form, today, look)
    return _show(page, offer, form, today, status=422)


def _look_or_send(
    page: CompanyPage, offer: Offer, form: PriceForm, today: date, *, sends: bool
) -> PriceChange | None:
    """What the new prices do, nothing kept; or None when they were sent."""
    given = form.cleaned_data
    _must_fit(offer, given["prices"], given["starts_on"])
    if not sends:
        look = what_new_prices_do(
            offer=offer, prices=given["prices"], starts_on=given["starts_on"], today=today
        )
        page.note_people({one.order.client_id: one.order.client for one in look.touched}.values())
        return look
    change_prices(
        offer=offer,
        prices=given["prices"],
        starts_on=given["starts_on"],
        words=given["words"],
        by=page.request.actor,
        at=page.now(offer.organiser),
    )
    return None


def _must_fit(offer: Offer, asked: dict[str, Money], starts_on: date) -> None:
    """Raise PriceAboveCeiling when a price is above the programme's on some day from then on."""
    for code, cents in _ceilings(offer, starts_on).items():
        if code in asked and asked[code].cents > cents:
            raise PriceAboveCeiling(code)


def _ceilings(offer: Offer, starts_on: date) -> dict[str, int]:
    rows = ReferencePrice.objects.filter(
        service=offer.service_id, kind="ceiling", valid__overlap=(starts_on, None)
    )
    return dict(rows.order_by("-cents").values_list("band__code", "cents"))


def _ceiling_words(offer: Offer, form: PriceForm) -> str:
    ceilings = _ceilings(offer, form.cleaned_data["starts_on"])
    known = ", ".join(
        f"{name(one.names)} {euros(ceilings[one.code])}"
        for one in form.bands
        if one.code in ceilings
    )
    return gettext("The programme allows at most: %(ceilings)s.") % {"ceilings": known}


def _show(
    page: CompanyPage,
    offer: Offer,
    form: PriceForm,
    today: date,
    look: PriceChange | None = None,
    status: int = 200,
) -> HttpResponse:
    known = {one.band_id: one.cents for one in _known(offer, today)}
    days = price_days(offer, today)
    facts = {
        "offer": offer,
        "form": form,
        "look": look,
        "notice": notice_days(offer, today),
        "days": [(one.isoformat(), in_words(one, today)) for one in days],
        "fields": [
            (
                f"price-{one.code}",
                one,
                known.get(one.pk),
                form[f"price-{one.code}"].value() or "",
                form.errors.get(f"price-{one.code}", [""])[0],
            )
            for one in form.bands
        ],
    }
    return page.show("provider/price_change.html", facts, status)


def _find(page: CompanyPage, offer_id: int) -> Offer:
    return own_offers(page).filter(pk=offer_id).first() or page.missing("offer", offer_id)


def _bands(offer: Offer) -> list[TimeBand]:
    codes = offer.service.programme.terms.get("service_bands", {}).get(offer.service.code, [])
    rows = TimeBand.objects.filter(programme=offer.service.programme_id, code__in=codes)
    return sorted(rows, key=lambda one: codes.index(one.code))


def _known(offer: Offer, today: date) -> list[Price]:
    return list(
        Price.objects.filter(offer=offer, superseded_at__isnull=True, valid__contains=today)
    )


def _rows(page: CompanyPage) -> list[OfferRow]:
    offers = list(own_offers(page))
    days = {one.pk: page.now(one).date() for one in page.organisers}
    found = Price.objects.filter(offer__in=[one.pk for one in offers], superseded_at__isnull=True)
    by_offer: dict[int, list[Price]] = {one.pk: [] for one in offers}
    for price in found.select_related("band").order_by("band", "valid"):
        by_offer[price.offer_id].append(price)
    return [
        OfferRow(
            one,
            tuple(price for price in by_offer[one.pk] if days[one.organiser_id] in price.valid),
            tuple(
                price for price in by_offer[one.pk] if price.valid.lower > days[one.organiser_id]
            ),
        )
        for one in offers
    ]
