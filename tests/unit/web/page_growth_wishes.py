"""Twenty-nine more of what a client wishes for, so that there are thirty."""

from __future__ import annotations

from tests.unit.web.page_kinds import MORE, grows
from tests.unit.web.page_rows import copies, first
from tests.unit.web.rows import Scene
from valinta.wishes.models import Basket, BasketLine, RequestStep, TrayRequest


@grows
def requests(world: Scene) -> None:
    """Requests for the tray, each with its step."""
    made = copies(first(TrayRequest), MORE, words=lambda n: f"Hieronta {n}")
    copies(first(RequestStep), MORE, request_id=lambda n: made[n - 1].pk)


@grows
def baskets(world: Scene) -> None:
    """Baskets and wishes, each with a line."""
    for basket in list(Basket.objects.order_by("pk")):
        line = basket.lines.order_by("pk")[0]
        made = copies(basket, MORE, name=lambda n: f"Kori {n}")
        _into(line, made)


def _into(line: BasketLine, baskets: list[Basket]) -> None:
    copies(line, len(baskets), basket_id=lambda n: baskets[n - 1].pk)


@grows
def basket_lines(world: Scene) -> None:
    """Lines of one basket and of one wish."""
    for line in list(BasketLine.objects.order_by("pk")[:2]):
        copies(line, MORE)
