"""A worker decides on a visit that was set aside or disputed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from valinta.catalogue.models import Price
from valinta.processes.correct_price import split_at
from valinta.users.actor import Actor
from valinta.visits.actions import reprice_reviewed
from valinta.visits.models import Visit
from valinta.visits.states import VisitState


class NoOtherPrice(ValueError):
    """The visit has the price that is known for its day already, or has been captured."""


def prices_known_now(visits: Iterable[Visit]) -> dict[int, int]:
    """By visit: cents of a unit known now for its day and band, where that differs."""
    waiting = [one for one in visits if one.state == VisitState.IN_REVIEW]
    rows = Price.objects.filter(
        offer__in={one.order.offer_id for one in waiting}, superseded_at__isnull=True
    )
    known = list(rows)
    found = {}
    for visit in waiting:
        for price in known:
            same = (price.offer_id, price.band_id) == (visit.order.offer_id, visit.band_id)
            upper = price.valid.upper
            holds = price.valid.lower <= visit.served_on and (
                upper is None or visit.served_on < upper
            )
            if same and holds and price.cents != visit.price_cents:
                found[visit.pk] = price.cents
    return found


@transaction.atomic
def reprice_visit(*, visit_id: int, by: Actor, at: datetime) -> Visit:
    """Give a visit that waits for a person the price that is known now. Raises NoOtherPrice."""
    visit = (
        Visit.objects.select_for_update(no_key=True, of=("self",))
        .select_related("slice__voucher", "order")
        .get(pk=visit_id)
    )
    cents = prices_known_now([visit]).get(visit.pk)
    if cents is None:
        raise NoOtherPrice("There is no other price for the day of the visit. Accept or reject it.")
    split = split_at(visit, cents)
    return reprice_reviewed(visit=visit, price_cents=cents, split=split, by=by, at=at)
