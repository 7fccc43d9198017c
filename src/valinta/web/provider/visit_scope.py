"""What of a company's orders, visits and refused lines the reader may see and report for."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from valinta.clients.names import name_beginnings
from valinta.orders.models import Order
from valinta.orders.states import OrderState
from valinta.shared.ids import row_number
from valinta.visits.models import Mending, RefusedLine, Visit
from valinta.visits.states import VisitState
from valinta.web.provider.opening import CompanyPage

PURPOSE = "own visits"
MOST_FIND = 80
MOST_CHOICES = 60  # in a list to choose from


def own_orders(page: CompanyPage) -> QuerySet[Order]:
    """The company's orders that the reader may see: a worker's are those of own clients."""
    return (
        Order.objects.visible_to(page.request.actor)
        .filter(provider=page.provider, organiser_id__in=page.organiser_ids)
        .select_related("client__organiser", "service__programme", "provider", "organiser", "unit")
    )


@dataclass(frozen=True, slots=True)
class Choices:
    """Orders that a form gives to choose from.

    `asks`: the reader has more than fit into a list, so the form asks for a name or a number;
    `words` is what was typed there.
    """

    orders: list[Order]
    asks: bool = False
    words: str = ""


def orders_to_report(page: CompanyPage, *, words: str = "", also: str = "") -> Choices:
    """The reader's orders of which visits can have been had, by client.

    Of many only those found by the words, and the one whose number is `also`.
    """
    rows = own_orders(page).filter(state__in=[OrderState.ACCEPTED, OrderState.ENDED])
    if len(rows.order_by().values_list("pk")[: MOST_CHOICES + 1]) <= MOST_CHOICES:
        return Choices(by_client(rows))
    chosen = by_client(rows.filter(pk=row_number(also)))
    found = by_client(rows.filter(_found_by(words)).exclude(pk=row_number(also)), MOST_CHOICES)
    return Choices(chosen + found, asks=True, words=words)


def choices_of(page: CompanyPage) -> Choices:
    """The orders for a form that was sent: by the words in it, and the one that was chosen."""
    data = page.request.POST
    words = data.get("find_words", "")[:MOST_FIND].replace("\x00", "")
    return orders_to_report(page, words=words, also=data.get("order", ""))


def by_client(rows: QuerySet[Order], most: int | None = None) -> list[Order]:
    """The orders in the order of their clients' names, not more than so many."""
    return list(rows.order_by("client__family_name", "client__given_name", "pk")[:most])


def _found_by(words: str) -> Q:
    """An order by its number, or by the beginnings of its client's names."""
    if words.strip().isdigit():
        return Q(pk=row_number(words.strip()))
    rule = Q() if (beginnings := name_beginnings(words)) else Q(pk__in=[])
    for one in beginnings:
        rule &= Q(client__search_name__contains=f" {one}")
    return rule


def own_visits(page: CompanyPage) -> QuerySet[Visit]:
    """The company's visits that the reader may see."""
    return (
        Visit.objects.visible_to(page.request.actor)
        .filter(provider=page.provider, organiser_id__in=page.organiser_ids)
        .select_related("client__organiser", "order__service__programme", "organiser", "band")
    )


def open_lines(page: CompanyPage) -> QuerySet[RefusedLine]:
    """Refused lines that nobody has answered: all, or of who sees a part those they sent.

    A line is answered by a mended one, by being set aside, by a visit that came in under the same
    reference, or by a later line that is refused in its place.
    """
    lines = RefusedLine.objects.filter(
        batch__provider=page.provider, organiser_id__in=page.organiser_ids
    )
    if page.sees_a_part:
        lines = lines.filter(batch__received_by_id=page.request.actor.user_id)
    same = Q(organiser=OuterRef("organiser"), reference=OuterRef("reference"))
    came_in = Visit.objects.filter(same, provider=page.provider).exclude(
        state=VisitState.REJECTED, withdrawn_at__isnull=True
    )
    later = RefusedLine.objects.filter(
        same, batch__provider=page.provider, pk__gt=OuterRef("pk")
    ).exclude(reference="")
    return lines.filter(
        ~Exists(Mending.objects.filter(refused=OuterRef("pk"))),
        ~Exists(later),
        Q(code="duplicate_reference_other_content") | ~Exists(came_in),
    ).select_related("batch", "organiser")


def find_order(page: CompanyPage, number: str) -> Order:
    """One of the reader's orders by its number in a form. Raises Http404, after noting it."""
    pk = row_number(number)
    return own_orders(page).filter(pk=pk).first() or page.missing("order", pk)


def worker_code(page: CompanyPage) -> str:
    """How the reader is named in the lines they report: a number, the same each time."""
    return f"#{page.request.actor.user_id}"


def new_reference() -> str:
    """A reference that nothing else has."""
    return f"v-{secrets.token_hex(10)}"


def to_the_minute(moment: datetime) -> datetime:
    """The moment without its seconds: visits are told by the minute."""
    return moment.replace(second=0, microsecond=0)
