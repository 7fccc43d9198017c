"""Every page that is read, and who reads it: the tour, and what it does not come by.

The tour opens each address as it stands. Pages that change with what the address asks for, and
those that only some people get to see, are named here as well.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import timedelta

from django.urls import reverse

from tests.browser.county import County
from tests.browser.look import Deeper, Look
from tests.browser.look import of_client as _of
from tests.browser.pages_casework import CASEWORK
from tests.browser.pages_company import COMPANY
from tests.browser.pages_office import OFFICE
from tests.tour import stops
from tests.tour_readers import reader_of
from valinta.budgets.models import Voucher
from valinta.catalogue.models import Offer
from valinta.clients.models import Client, Enrolment, Mandate
from valinta.clients.states import EnrolmentState, MandateKind
from valinta.evaluation.models import Round
from valinta.evaluation.states import WAITING, RoundState
from valinta.orders.models import Order, OrderKind
from valinta.organisers import tenancy
from valinta.visits.models import Visit
from valinta.visits.states import VisitState


def looks(county: County, names: Collection[str]) -> list[Look]:
    """The pages of these names, those of one reader together."""
    with tenancy.scope([county.programme.organiser_id]):
        found, _ = stops(county.programme, county.favourite)
        toured = [
            Look(
                one.name,
                one.path,
                reader_of(one, county.programme.organiser, county.favourite),
                by_tour=True,
            )
            for one in found
            if one.name in names
        ]
        deeper = [one for name in names for one in DEEPER.get(name, _none)(county)]
    return sorted([*toured, *deeper], key=lambda one: one.reader.pk if one.reader else 0)


def _none(county: County) -> Iterator[Look]:
    return iter(())


def _errors(county: County) -> Iterator[Look]:
    someone = county.favourite.user
    yield Look("error", "/nowhere/", None, 404)
    yield Look("error", "/nowhere/", someone, 404)
    yield Look("error", reverse("casework:clients"), someone, 403)


def _tray(county: County) -> Iterator[Look]:
    picked = "&".join(f"pick={one.pk}" for one in _offers()[:2])
    for query in (f"q=siivous&{picked}", "q=xyzzy", "price=x"):
        status = 422 if query == "price=x" else 200
        yield Look("public:tray", f"/tray/?{query}", None, status)


def _offers() -> list[Offer]:
    first = Offer.objects.order_by("pk")[0]
    return list(Offer.objects.filter(service=first.service_id).order_by("pk")[:4])


def _compare(county: County) -> Iterator[Look]:
    picked = "&".join(f"pick={one.pk}" for one in _offers())
    yield Look("public:compare", f"/tray/compare/?{picked}&value=20", None)


def _people(county: County) -> Iterator[Look]:
    yield Look("client:people", reverse("client:people"), _daughter().user)


def _daughter() -> Mandate:
    given = Mandate.objects.filter(kind=MandateKind.AUTHORISED).select_related("user", "client")
    return given.order_by("pk")[0]


def _for_a_father(name: str) -> Callable[[County], Iterator[Look]]:
    def look(county: County) -> Iterator[Look]:
        mandate = _daughter()
        path = reverse(name, kwargs={"client_id": mandate.client_id})
        yield Look(name, path, mandate.user)

    return look


def _home(county: County) -> Iterator[Look]:
    yield from _for_a_father("client:home")(county)
    accepted = Voucher.objects.order_by("pk").select_related("enrolment__client__user")
    yield _of(accepted[0].enrolment.client, "client:home")
    yield _of(_who_left(), "client:home")


def _who_left() -> Client:
    left = Enrolment.objects.filter(state=EnrolmentState.WITHDRAWN)
    return left.select_related("client__user").order_by("pk")[0].client


def _left(county: County) -> Iterator[Look]:
    yield _of(_who_left(), "client:left")


def _going_on(county: County) -> Order:
    """An order of the favourite's that can be changed and rated, and goes on tomorrow."""
    later = county.today + timedelta(days=1)
    orders = Order.objects.filter(client=county.favourite, state="accepted", kind=OrderKind.PERIOD)
    return orders.filter(close_reason="", valid__contains=later).order_by("pk")[0]


def _call_off(county: County) -> Iterator[Look]:
    order = _going_on(county)
    query = f"?day={county.today + timedelta(days=4)}"
    yield _of(county.favourite, "client:call_off", query, order_id=order.pk)


def _rate(county: County) -> Iterator[Look]:
    had = Visit.objects.filter(state=VisitState.CONFIRMED).select_related("order__client__user")
    order = had.order_by("pk")[0].order
    yield _of(order.client, "client:rate", order_id=order.pk)


def _switch(county: County) -> Iterator[Look]:
    order = _going_on(county)
    others = Offer.objects.filter(service=order.service_id).exclude(pk=order.offer_id)
    query = f"?offer={others.order_by('pk')[0].pk}"
    yield _of(county.favourite, "client:switch", query, order_id=order.pk)


def _order_new(county: County) -> Iterator[Look]:
    offer = _going_on(county).offer
    query = f"?service={offer.service.code}"
    yield _of(county.favourite, "client:order_new", query)
    query += f"&offer={offer.pk}"
    for how in ("", "&how=once", "&how=week", "&how=amount"):
        yield _of(county.favourite, "client:order_new", query + how)


def _whatif(county: County) -> Iterator[Look]:
    service = _going_on(county).service.code
    yield _of(county.favourite, "client:whatif", f"?service={service}")
    yield from _for_a_father("client:whatif")(county)


def _waiting(county: County) -> Round:
    open_now = Round.objects.filter(
        state__in=WAITING, opens_on__lte=county.today, closes_on__gt=county.today
    )
    in_place = open_now.exclude(enrolment__state=EnrolmentState.WITHDRAWN)
    return in_place.select_related("client__user").order_by("pk")[0]


def _question(county: County) -> Iterator[Look]:
    asked = _waiting(county)
    for number, question in enumerate(asked.questions, start=1):
        if question["kind"] not in {one["kind"] for one in asked.questions[: number - 1]}:
            yield _of(asked.client, "client:wellbeing_question", round_id=asked.pk, number=number)


def _check(county: County) -> Iterator[Look]:
    asked = _waiting(county)
    yield _of(asked.client, "client:wellbeing_check", round_id=asked.pk)
    yield _of(asked.client, "client:wellbeing")


def _thanks(county: County) -> Iterator[Look]:
    answered = Round.objects.filter(state=RoundState.ANSWERED).select_related("client__user")
    asked = answered.order_by("pk")[0]
    yield _of(asked.client, "client:wellbeing_thanks", round_id=asked.pk)


DEEPER: dict[str, Deeper] = {
    **CASEWORK,
    **OFFICE,
    **COMPANY,
    "error": _errors,
    "public:tray": _tray,
    "public:compare": _compare,
    "client:people": _people,
    "client:home": _home,
    "client:left": _left,
    "client:call_off": _call_off,
    "client:rate": _rate,
    "client:switch": _switch,
    "client:order_new": _order_new,
    "client:whatif": _whatif,
    "client:wellbeing_question": _question,
    "client:wellbeing_check": _check,
    "client:wellbeing_thanks": _thanks,
    "client:plan": _for_a_father("client:plan"),
    "client:budget": _for_a_father("client:budget"),
    "client:support_plan": _for_a_father("client:support_plan"),
    "client:visits": _for_a_father("client:visits"),
}
