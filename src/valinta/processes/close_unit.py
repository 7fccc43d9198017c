"""A company ends one of its units, once nothing is left in it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from valinta.orders.models import Order
from valinta.orders.states import OPEN
from valinta.providers.company_actions import UnitInUse, end_unit
from valinta.providers.models import Unit
from valinta.users.actor import Actor


@transaction.atomic
def close_unit(*, unit: Unit, organiser_id: int, ends_on: date, by: Actor, at: datetime) -> Unit:
    """End a unit that has no people and no open orders; its systems no longer work then.

    Raises what `end_unit` raises, and UnitInUse while orders are open in it.
    """
    # Orders are given to the unit under the same lock.
    held = Unit.objects.select_for_update().get(pk=unit.pk)
    ended = end_unit(unit=held, organiser_id=organiser_id, ends_on=ends_on, by=by, at=at)
    if Order.objects.filter(unit=unit, state__in=OPEN).exists():
        raise UnitInUse("Orders are open in the unit. Give them to another first.")
    return ended
