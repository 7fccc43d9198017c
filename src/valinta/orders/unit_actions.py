"""A company says which of its units serves an order."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from valinta.audit.actions import Note, record
from valinta.orders.actions import OrderNotOpen
from valinta.orders.models import Order
from valinta.orders.states import OPEN
from valinta.providers.access import NotAtYourLevel, must_work_for, sees_a_part
from valinta.providers.membership_actions import NotAUnitHere
from valinta.providers.models import Unit
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


@transaction.atomic
def give_to_unit(*, order: Order, unit: Unit | None, by: Actor, at: datetime) -> Order:
    """Let a unit see the order and report for it; None: it is the whole company's again.

    Done by who sees the orders of all units. Visits that were reported stay with the order. Raises
    NotYourProvider, NotAtYourLevel, OrderNotOpen or NotAUnitHere.
    """
    must_work_for(
        provider_id=order.provider_id,
        organiser_id=order.organiser_id,
        permission=Permission.ANSWER_ORDERS,
        by=by,
        at=at,
    )
    if sees_a_part(provider_id=order.provider_id, by=by, at=at):
        raise NotAtYourLevel
    # A unit that ends waits for this, or this for it: see `processes.close_unit`.
    wanted = None if unit is None else _of_today(unit, order.provider_id, at)
    held = Order.objects.select_for_update(no_key=True).get(pk=order.pk)
    if held.state not in OPEN:
        raise OrderNotOpen("This order is closed already.")
    before = str(held.unit_id or "")
    held.unit = wanted
    held.save(update_fields=["unit"])
    facts = {"before": before, "after": str(held.unit_id or "")}
    note = Note(
        "give_to_unit", "order", held.pk, held.state, held.state, client_id=held.client_id,
        facts=facts,
    )  # fmt: skip
    record(organiser_id=held.organiser_id, by_id=by.user_id, at=at, notes=[note])
    return held


def _of_today(unit: Unit, provider_id: int, at: datetime) -> Unit:
    rows = Unit.objects.select_for_update().filter(provider_id=provider_id)
    found = rows.filter(pk=unit.pk, valid__contains=at.date()).first()
    if found is None:
        raise NotAUnitHere("Choose one of the company's units of today.")
    return found
