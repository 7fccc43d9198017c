"""The what-if page: try services and amounts before anything is ordered (KEU-6)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from valinta.catalogue.models import Offer, Service
from valinta.clients.models import Enrolment
from valinta.clients.states import MandateScope
from valinta.shared.states import ForbiddenTransition
from valinta.web.client.basket_forms import AMOUNT, LineForm, NameForm, WishForm
from valinta.web.client.money_pages import SEES_MONEY, may, open_to_plan
from valinta.web.client.opening import Page, open_page
from valinta.web.client.trying import trying
from valinta.web.middleware import Request
from valinta.web.templatetags.wording import language
from valinta.wishes import actions
from valinta.wishes.models import Basket, BasketLine
from valinta.wishes.states import BasketState

PURPOSE = "trying a basket"


@require_GET
def whatif(request: Request, client_id: int) -> HttpResponse:
    """The baskets, what they cost and what would be left; `basket`, `other`, `service` choose."""
    return _show(open_page(request, client_id, SEES_MONEY, PURPOSE))


@require_POST
def put(request: Request, client_id: int) -> HttpResponse:
    """Put a service in a basket, or change its amount; without a basket, in a new one."""
    page = open_to_plan(request, client_id, SEES_MONEY, PURPOSE)
    enrolment = _enrolment(page)
    service = _service(page, enrolment)
    if service is None:
        return page.to("client:whatif")
    offers = Offer.objects.filter(service=service)
    bands = [name.removeprefix(AMOUNT) for name in request.POST if name.startswith(AMOUNT)]
    form = LineForm(request.POST, _known(enrolment, service, bands), _asked(request, offers))
    basket = _basket(page)
    if not form.is_valid():
        return _show(page, form=form, status=422)
    who: dict[str, Any] = {"by": request.actor, "at": page.at}
    if basket is None or basket.state != BasketState.DRAFT:
        basket = actions.start_basket(enrolment=enrolment, name=_new_name(enrolment), **who)
    offer = offers.filter(pk=form.cleaned_data["offer"] or 0).first()
    choice = actions.Choice(
        service=service,
        offer=offer,
        quantities=form.quantities,
        each_month=form.is_each_month,
        first_month=form.begins_on,
        months=form.month_count,
    )
    try:
        actions.put_line(basket=basket, choice=choice, **who)
    except actions.BasketFull:
        page.tell("basket_full")
    return _to(page, basket)


@require_POST
def take(request: Request, client_id: int) -> HttpResponse:
    """Take the form's `line` out of its basket."""
    page = open_to_plan(request, client_id, SEES_MONEY, PURPOSE)
    asked = _number(request.POST.get("line"))
    if asked is None:
        return page.to("client:whatif")
    line = _line(page, asked)
    if line is None:
        page.missing("basket_line", asked)
    try:
        actions.take_line(line=line, by=request.actor, at=page.at)
    except actions.BasketClosed:
        page.tell("basket_closed")
    return _to(page, line.basket)


@require_POST
def start(request: Request, client_id: int) -> HttpResponse:
    """Begin an empty basket."""
    page = open_to_plan(request, client_id, SEES_MONEY, PURPOSE)
    enrolment = _enrolment(page)
    try:
        basket = actions.start_basket(
            enrolment=enrolment, name=_new_name(enrolment), by=request.actor, at=page.at
        )
    except actions.BasketFull:
        page.tell("basket_full")
        return page.to("client:whatif")
    return _to(page, basket)


@require_POST
def change(request: Request, client_id: int) -> HttpResponse:
    """Rename, copy, wish for, think over again or discard the basket of the form's `basket`."""
    page = open_to_plan(request, client_id, SEES_MONEY, PURPOSE)
    basket = _basket(page)
    deed = DEEDS.get(request.POST.get("do", ""))
    if basket is None or deed is None:
        return page.to("client:whatif")
    try:
        return deed(page, basket)
    except (ForbiddenTransition, actions.BasketClosed):
        page.tell("basket_closed")
    except actions.BasketFull:
        page.tell("basket_full")
    except actions.NothingChosen:
        page.tell("basket_empty")
    return _to(page, basket)


def note_line_ordered(page: Page) -> None:
    """After an order: the line of a basket that the address names as `basket_line` is ordered."""
    asked = _number(page.request.GET.get("basket_line"))
    line = None if asked is None else _line(page, asked)
    if line is not None:
        # A basket that was thrown away meanwhile stays so; the order is placed all the same.
        with suppress(actions.BasketClosed):
            actions.note_ordered(line=line, by=page.request.actor, at=page.at)


def _rename(page: Page, basket: Basket) -> HttpResponse:
    form = NameForm(page.request.POST)
    if not form.is_valid():
        return _show(page, form=form, status=422)
    name = form.cleaned_data["name"]
    actions.rename_basket(basket=basket, name=name, by=page.request.actor, at=page.at)
    return _to(page, basket)


def _copy(page: Page, basket: Basket) -> HttpResponse:
    made = actions.copy_basket(
        basket=basket, name=_new_name(basket.enrolment), by=page.request.actor, at=page.at
    )
    return _to(page, made, other=basket)


def _wish(page: Page, basket: Basket) -> HttpResponse:
    form = WishForm(page.request.POST)
    if not form.is_valid():
        return _show(page, form=form, status=422)
    words = form.cleaned_data["words"]
    actions.wish_for_basket(basket=basket, words=words, by=page.request.actor, at=page.at)
    page.tell("basket_wished")
    return _to(page, basket)


def _rethink(page: Page, basket: Basket) -> HttpResponse:
    actions.take_wish_back(basket=basket, by=page.request.actor, at=page.at)
    return _to(page, basket)


def _discard(page: Page, basket: Basket) -> HttpResponse:
    actions.discard_basket(basket=basket, by=page.request.actor, at=page.at)
    page.tell("basket_discarded")
    return page.to("client:whatif")


DEEDS: dict[str, Callable[[Page, Basket], HttpResponse]] = {
    "rename": _rename,
    "copy": _copy,
    "wish": _wish,
    "rethink": _rethink,
    "discard": _discard,
}


def _show(page: Page, form: Any = None, status: int = 200) -> HttpResponse:
    enrolment = page.enrolment
    if enrolment is None:
        return page.show("client/whatif.html", {"trying": None})
    asked = page.request.GET if page.request.method == "GET" else page.request.POST
    read = trying(
        enrolment,
        page.at,
        language(),
        chosen=_number(asked.get("basket")),
        other=_number(asked.get("other")),
        service=_number(asked.get("service")),
        offer=_number(asked.get("offer")),
    )
    facts = {
        "trying": read,
        "form": form,
        "typed": asked,
        "offer": asked.get("offer", ""),
        "may_plan": may(page, MandateScope.PLAN),
        "may_order": may(page, MandateScope.ORDER),
    }
    return page.show("client/whatif.html", facts, status=status)


def _enrolment(page: Page) -> Enrolment:
    enrolment = page.enrolment
    if enrolment is None:
        page.missing("enrolment", 0)
    return enrolment


def _service(page: Page, enrolment: Enrolment) -> Service | None:
    """The form's `service`, of the client's programme; None when none is named."""
    asked = _number(page.request.POST.get("service"))
    if asked is None:
        return None
    found = Service.objects.filter(pk=asked, programme_id=enrolment.programme_id).first()
    if found is None:
        page.missing("service", asked)
    return found


def _basket(page: Page) -> Basket | None:
    """The form's `basket`, of this client only; None when none is named."""
    asked = _number(page.request.POST.get("basket"))
    if asked is None:
        return None
    baskets = Basket.objects.filter(client=page.client, pk=asked)
    found = baskets.select_related("client", "enrolment__programme").first()
    if found is None:
        page.missing("basket", asked)
    return found


def _line(page: Page, asked: int) -> BasketLine | None:
    lines = BasketLine.objects.filter(pk=asked, basket__client=page.client)
    return lines.select_related("basket__client", "basket__enrolment").first()


def _known(enrolment: Enrolment, service: Service, bands: list[str]) -> list[str]:
    """The time bands of the form that the programme has; for a form without one, the first."""
    own = enrolment.programme.terms.get("service_bands", {}).get(service.code)
    known = set(enrolment.programme.bands.values_list("code", flat=True))
    return [code for code in bands if code in known] or list(own or known)[:1]


def _asked(request: Request, offers: Any) -> list[int]:
    """The offer that the form names, when it is one of the service."""
    asked = _number(request.POST.get("offer")) or 0
    return list(offers.filter(pk=asked).values_list("pk", flat=True))


def _new_name(enrolment: Enrolment) -> str:
    return gettext("Basket %(number)s") % {"number": enrolment.baskets.count() + 1}


def _to(page: Page, basket: Basket, other: Basket | None = None) -> HttpResponse:
    asked = _number(page.request.POST.get("other"))
    shown = {"basket": basket.pk}
    if other is not None or (asked and asked != basket.pk):
        shown["other"] = other.pk if other is not None else (asked or 0)
    address = reverse("client:whatif", kwargs={"client_id": page.client.pk})
    return redirect(f"{address}?{urlencode(shown)}")


def _number(text: str | None) -> int | None:
    """The id that the text writes, or None; no id is longer than the database's."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
