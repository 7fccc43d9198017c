"""The company's clients, who of its people serves each, and the end of serving one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from valinta.clients.models import Client
from valinta.orders.assigning import Assignment
from valinta.orders.assigning_actions import (
    AssignmentOver,
    NotOfTheCompany,
    ServesAlready,
    assign_worker,
    end_assignment,
)
from valinta.orders.models import Order
from valinta.orders.states import OPEN
from valinta.processes.stop_serving import (
    NothingToEnd,
    NoticeTooShort,
    earliest_end,
    stop_serving,
    what_ending_does,
)
from valinta.providers.models import Worker
from valinta.shared.ids import row_number
from valinta.shared.periods import Period
from valinta.users.models import User
from valinta.users.permissions import Permission
from valinta.web.middleware import Request
from valinta.web.provider.opening import CompanyPage, open_company
from valinta.web.provider.run_scope import EndForm, open_orders, orders_with_terms

PURPOSE = "own clients"
ON_A_PAGE = 40


@dataclass(slots=True)
class Served:
    """A client with the orders that are open, and who serves them today."""

    client: Client
    orders: list[Order] = field(default_factory=list)
    people: list[str] = field(default_factory=list)


@require_GET
def clients(request: Request, provider_id: int) -> HttpResponse:
    """Clients with an open order; a worker's are the own ones."""
    page = open_company(request, provider_id, Permission.SEE_OWN_ORDERS, PURPOSE)
    mine = open_orders(page).values("client_id")
    rows = Client.objects.filter(pk__in=mine, organiser_id__in=page.organiser_ids)
    shown = Paginator(
        rows.select_related("organiser").order_by("family_name", "given_name", "pk"), ON_A_PAGE
    ).get_page(request.GET.get("page"))
    page.note_people(shown)
    facts = {
        "page": shown,
        "served": _served(page, list(shown)),
        "may_divide": page.may(Permission.ANSWER_ORDERS),
    }
    return page.show("provider/clients.html", facts)


@require_GET
def one(request: Request, provider_id: int, client_id: int) -> HttpResponse:
    """A client: the orders, who serves them, and the ways to write and to end."""
    page = open_company(request, provider_id, Permission.SEE_OWN_ORDERS, PURPOSE)
    client = find_client(page, client_id)
    today = page.now(client.organiser).date()
    given = list(_assigned(page, [client.pk], today, later=True))
    taken = {one.user_id for one in given}
    people = Worker.objects.filter(provider=page.provider, valid__contains=today)
    if page.membership.unit_id is not None:
        people = people.filter(unit_id=page.membership.unit_id)
    facts = {
        "client": client,
        "orders": orders_with_terms(page).filter(client=client).order_by("-placed_at", "-pk")[:20],
        "given": given,
        "people": [
            (one.user_id, one.user.display_name)
            for one in people.select_related("user").order_by("user__display_name")
            if one.user_id not in taken
        ],
        "may_divide": page.may(Permission.ANSWER_ORDERS),
        "goes_on": open_orders(page).filter(client=client).exists(),
    }
    return page.show("provider/client.html", facts)


@require_POST
def assign(request: Request, provider_id: int, client_id: int) -> HttpResponse:
    """Let one of the company's people serve the client from today on."""
    page = open_company(request, provider_id, Permission.ANSWER_ORDERS, PURPOSE)
    client = find_client(page, client_id)
    at = page.now(client.organiser)
    user = User.objects.filter(pk=row_number(request.POST.get("user", ""))).first()
    try:
        if user is None:
            raise NotOfTheCompany
        assign_worker(
            provider=page.provider,
            client=client,
            user=user,
            period=Period(at.date()),
            by=request.actor,
            at=at,
        )
    except NotOfTheCompany:
        page.tell("choose_a_worker")
    except ServesAlready:
        page.tell("serves_already")
    else:
        page.tell("worker_assigned")
    return page.to("provider:clients_one", client_id=client.pk)


@require_POST
def unassign(
    request: Request, provider_id: int, client_id: int, assignment_id: int
) -> HttpResponse:
    """From today on the person serves the client no more."""
    page = open_company(request, provider_id, Permission.ANSWER_ORDERS, PURPOSE)
    client = find_client(page, client_id)
    rows = Assignment.objects.filter(provider=page.provider, client=client)
    held = rows.filter(pk=assignment_id).first() or page.missing("assignment", assignment_id)
    at = page.now(client.organiser)
    try:
        end_assignment(assignment=held, ends_on=at.date(), by=request.actor, at=at)
    except AssignmentOver:
        page.tell("changed")
    else:
        page.tell("worker_unassigned")
    return page.to("provider:clients_one", client_id=client.pk)


@require_http_methods(["GET", "POST"])
def end(request: Request, provider_id: int, client_id: int) -> HttpResponse:
    """End the work for a client after the notice, having seen what that does."""
    page = open_company(request, provider_id, Permission.ANSWER_ORDERS, PURPOSE)
    client = find_client(page, client_id)
    at = page.now(client.organiser)
    first = open_orders(page).filter(client=client).order_by("pk").first()
    if first is None:
        page.tell("nothing_to_end")
        return page.to("provider:clients_one", client_id=client.pk)
    if _others_serve(page, client):
        page.tell("client_of_other_units")
        return page.to("provider:clients_one", client_id=client.pk)
    earliest = earliest_end(first.enrolment.programme, at.date())
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            stop_serving(
                provider=page.provider, client=client, by=request.actor, at=at, **form.cleaned_data
            )
        except NoticeTooShort:
            form.add_error("ends_on", gettext("Choose a day after the notice."))
        except NothingToEnd:
            form.add_error("ends_on", gettext("Nothing goes on with this client on that day."))
        else:
            page.tell("client_ended")
            return page.to("provider:clients_one", client_id=client.pk)
    day = form.cleaned_data.get("ends_on") if form.is_bound and form.is_valid() else None
    facts = {
        "client": client,
        "form": form,
        "earliest": earliest,
        "does": what_ending_does(
            provider=page.provider, client=client, ends_on=max(day or earliest, earliest)
        ),
    }
    return page.show("provider/client_end.html", facts, 422 if form.errors else 200)


def find_client(page: CompanyPage, client_id: int) -> Client:
    """A client of whom the reader may see an order; notes the reading. Raises Http404."""
    mine = orders_with_terms(page).filter(client=client_id).values("client_id")
    found = Client.objects.filter(pk__in=mine).select_related("organiser").first()
    if found is None:
        page.missing("client", client_id)
    page.note_people([found])
    return found


def _others_serve(page: CompanyPage, client: Client) -> bool:
    """Whether the company has open orders of the client that the reader does not see."""
    every = Order.objects.filter(provider=page.provider, client=client, state__in=OPEN)
    return page.sees_a_part and every.exclude(pk__in=open_orders(page).values("pk")).exists()


def _served(page: CompanyPage, shown: list[Client]) -> list[Served]:
    rows = {one.pk: Served(one) for one in shown}
    for order in open_orders(page).filter(client__in=rows).order_by("pk"):
        rows[order.client_id].orders.append(order)
    people: dict[int, list[str]] = defaultdict(list)
    for given in _assigned(page, rows, page.today):
        people[given.client_id].append(given.user.display_name)
    for pk, row in rows.items():
        row.people = people[pk]
    return list(rows.values())


def _assigned(
    page: CompanyPage, client_ids: Iterable[int], today: date, *, later: bool = False
) -> Iterable[Assignment]:
    """Who serves the clients today (and, with `later`, on days to come)."""
    when = Q(valid__contains=today)
    if later:
        when |= Q(valid__startswith__gt=today)
    rows = Assignment.objects.filter(
        when,
        provider=page.provider,
        organiser_id__in=page.organiser_ids,
        client_id__in=list(client_ids),
    )
    return rows.select_related("user").order_by("user__display_name", "pk")
