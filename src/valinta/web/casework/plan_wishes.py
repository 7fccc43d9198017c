"""The client's what-if baskets beside the plan: the same weighing, taken into the plan's lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from valinta.catalogue.models import Service
from valinta.clients.models import Enrolment
from valinta.processes.try_basket import Tried, basket_facts, weigh
from valinta.wishes.models import Basket, BasketLine
from valinta.wishes.states import KEPT, BasketState


@dataclass(frozen=True, slots=True)
class BasketRow:
    """A basket that the client thinks over or wishes for, weighed against the money of today."""

    basket: Basket
    tried: Tried

    @property
    def is_wish(self) -> bool:
        """Whether the client has asked for it."""
        return self.basket.state == BasketState.WISH


def open_wishes(enrolment: Enrolment, at: datetime) -> list[BasketRow]:
    """Every basket that is kept, wishes first, in a fixed number of queries."""
    kept = Basket.objects.filter(enrolment=enrolment, state__in=KEPT)
    baskets = sorted(kept.order_by("pk"), key=lambda one: one.state != BasketState.WISH)
    lines: dict[int, list[BasketLine]] = {one.pk: [] for one in baskets}
    rows = BasketLine.objects.filter(basket__in=baskets).select_related(
        "service", "offer__approval__provider"
    )
    for line in rows.order_by("pk"):
        lines[line.basket_id].append(line)
    every = [one for own in lines.values() for one in own]
    facts = basket_facts(enrolment=enrolment, lines=every, at=at)
    return [BasketRow(one, weigh(lines[one.pk], facts)) for one in baskets]


def wished_services(enrolment: Enrolment, basket: str) -> list[tuple[Service, int]]:
    """The services of a basket of the client with hundredths of a month; none for another's."""
    if not (basket.isascii() and basket.isdigit() and len(basket) < 19):
        return []
    lines = BasketLine.objects.filter(
        basket_id=int(basket), basket__enrolment=enrolment, basket__state__in=KEPT
    )
    found = lines.select_related("service").order_by("pk")
    return [(line.service, sum(line.quantities.values())) for line in found]
