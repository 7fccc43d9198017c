"""Whether an order is among those that somebody of a company, or its system, has to do with."""

from __future__ import annotations

from datetime import datetime

from valinta.orders.models import Order
from valinta.providers.access import sees_a_part
from valinta.users.actor import Actor


class NotYourClientsOrder(PermissionError):
    """The order is of a client whom the actor does not serve, or of another unit."""

    def __init__(self) -> None:
        super().__init__(
            "Ask your company's office: you do not serve this client, or another unit does."
        )


def must_reach(order: Order, by: Actor, at: datetime) -> None:
    """Refuse who sees a part of the company's orders, and not this one.

    Raises NotYourClientsOrder.
    """
    if not sees_a_part(provider_id=order.provider_id, by=by, at=at):
        return
    if not Order.objects.visible_to(by).filter(pk=order.pk).exists():
        raise NotYourClientsOrder
