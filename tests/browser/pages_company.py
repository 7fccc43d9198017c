"""What the tour does not come by of a company's pages: lists that an address asks for."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from tests.browser.county import County
from tests.browser.look import Deeper, Look, Looks
from tests.tour import company_of, draft_of
from valinta.orders.models import Order
from valinta.orders.states import OrderState
from valinta.providers.levels import Level
from valinta.users.models import User


def _admin(county: County) -> User:
    people = company_of(county.programme).workers.filter(level=Level.ADMIN)
    admin: User = people.select_related("user").order_by("pk")[0].user
    return admin


def _look(county: County, name: str, query: str, **more: int) -> Look:
    named = {"provider_id": company_of(county.programme).pk, **more}
    path = reverse(f"provider:{name}", kwargs=named)
    return Look(f"provider:{name}", path + query, _admin(county))


def _start(county: County) -> Looks:
    """Who works for one company is led to it; who works for none sees how to become one."""
    yield Look("provider:start", "/provider/", draft_of(county.programme).applicant)


def _call_off(county: County) -> Looks:
    own = Order.objects.filter(provider=company_of(county.programme), state=OrderState.ACCEPTED)
    day = county.today + timedelta(days=7)
    yield _look(county, "orders_call_off", f"?day={day}", order_id=own.order_by("-pk")[0].pk)


def _orders(county: County) -> Looks:
    yield _look(county, "orders", "?over=1")


def _visits(county: County) -> Looks:
    for state in ("refused", "disputed", "confirmed"):
        yield _look(county, "visits", f"?state={state}")


COMPANY: dict[str, Deeper] = {
    "provider:start": _start,
    "provider:orders_call_off": _call_off,
    "provider:orders": _orders,
    "provider:visits": _visits,
}
