"""Whom a company's worker may report visits for."""

from __future__ import annotations

from datetime import datetime

from valinta.orders.models import Order
from valinta.providers.access import must_work_for, sees_a_part
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


class NotYourVisit(PermissionError):
    """The visit or line is of a client whom the actor does not serve, or another worker's."""

    def __init__(self) -> None:
        super().__init__(
            "This is of a client whom you do not serve, or was sent by another. Ask your company's"
            " office to do it."
        )


def must_report(*, provider_id: int, organiser_id: int, by: Actor, at: datetime) -> None:
    """Let those by who report visits for the provider. Raises what `must_work_for` raises."""
    must_work_for(
        provider_id=provider_id,
        organiser_id=organiser_id,
        permission=Permission.REPORT_VISITS,
        by=by,
        at=at,
    )


def must_serve(*, order: Order, by: Actor, at: datetime) -> None:
    """Let those by who report visits for the order's provider: for the orders that they see.

    Raises what `must_work_for` raises, or NotYourVisit.
    """
    must_report(provider_id=order.provider_id, organiser_id=order.organiser_id, by=by, at=at)
    if not sees_a_part(provider_id=order.provider_id, by=by, at=at):
        return
    if not Order.objects.visible_to(by).filter(pk=order.pk).exists():
        raise NotYourVisit
