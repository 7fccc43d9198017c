"""The company's units as its pages show and choose them."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from valinta.orders.actions import OrderNotOpen
from valinta.orders.states import OPEN
from valinta.orders.unit_actions import give_to_unit
from valinta.providers.membership_actions import NotAUnitHere
from valinta.providers.models import Unit
from valinta.shared.ids import row_number
from valinta.users.permissions import Permission
from valinta.web.middleware import Request
from valinta.web.provider.opening import CompanyPage, open_company
from valinta.web.provider.run_scope import PURPOSE, orders_with_terms


def units_of(page: CompanyPage) -> QuerySet[Unit]:
    """The units of today by name, with how many people and open orders each has."""
    today = Q(people__valid__contains=page.today)
    mine = Q(orders__state__in=OPEN, orders__organiser_id__in=page.organiser_ids)
    rows = page.provider.units.filter(valid__contains=page.today)
    return rows.annotate(
        people_now=Count("people", filter=today, distinct=True),
        open_orders=Count("orders", filter=mine, distinct=True),
    ).order_by("name", "pk")


def unit_options(page: CompanyPage) -> list[tuple[int, str]]:
    """The units of today to choose among: id and name. One query."""
    rows = page.provider.units.filter(valid__contains=page.today)
    return list(rows.order_by("name", "pk").values_list("pk", "name"))


def chosen_unit(page: CompanyPage, text: str) -> Unit | None:
    """The unit of a form's field; None: the whole company. Raises NotAUnitHere for another."""
    if not text:
        return None
    found = page.provider.units.filter(pk=row_number(text)).first()
    if found is None:
        raise NotAUnitHere("Choose one of the company's units.")
    return found


@require_POST
def give(request: Request, provider_id: int, order_id: int) -> HttpResponse:
    """Which unit serves the order; without one, the whole company does."""
    page = open_company(request, provider_id, Permission.ANSWER_ORDERS, PURPOSE)
    order = orders_with_terms(page).filter(pk=order_id).first() or page.missing("order", order_id)
    page.note_people([order.client])
    try:
        unit = chosen_unit(page, request.POST.get("unit", ""))
        give_to_unit(order=order, unit=unit, by=request.actor, at=page.now(order.organiser))
        page.tell("order_of_unit" if unit else "order_of_company")
    except NotAUnitHere:
        page.tell("choose_a_unit")
    except OrderNotOpen:
        page.tell("changed")
    return page.to("provider:orders_one", order_id=order.pk)
