"""What a client wishes for: baskets wished for the plan, and requests for the tray.

Reads only; the number of queries does not depend on how many there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from valinta.clients.models import Enrolment
from valinta.processes.try_basket import Tried, basket_facts, weigh
from valinta.wishes.models import Basket, BasketLine, TrayRequest
from valinta.wishes.states import BasketState

LATEST_REQUESTS = 10


@dataclass(frozen=True, slots=True)
class WishRow:
    """A basket that the client wishes for, weighed as it is now."""

    basket: Basket
    tried: Tried


@dataclass(frozen=True, slots=True)
class ClientWishes:
    """The wishes of one client; the newest request first."""

    baskets: list[WishRow]
    requests: list[TrayRequest]

    @property
    def is_empty(self) -> bool:
        return not self.baskets and not self.requests


def client_wishes(enrolment: Enrolment | None, at: datetime) -> ClientWishes:
    """Read the wishes of a client's place in a programme."""
    if enrolment is None:
        return ClientWishes([], [])
    asked = TrayRequest.objects.filter(enrolment=enrolment).order_by("-asked_at", "-pk")
    requests = list(asked[:LATEST_REQUESTS])
    wished = Basket.objects.filter(enrolment=enrolment, state=BasketState.WISH)
    baskets = list(wished.order_by("wished_at", "pk"))
    if not baskets:
        return ClientWishes([], requests)
    lines: dict[int, list[BasketLine]] = {one.pk: [] for one in baskets}
    rows = BasketLine.objects.filter(basket__in=baskets).select_related(
        "service", "offer__approval__provider"
    )
    for line in rows.order_by("pk"):
        lines[line.basket_id].append(line)
    every = [one for own in lines.values() for one in own]
    facts = basket_facts(enrolment=enrolment, lines=every, at=at)
    rows_of = [WishRow(one, weigh(lines[one.pk], facts)) for one in baskets]
    return ClientWishes(rows_of, requests)
