"""Rate a service after it was had: stars and words by the client, once for an order."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from valinta.audit.actions import Note, record
from valinta.catalogue.actions import NotStars, count_rating
from valinta.orders.actions import must_order_for
from valinta.orders.models import Order, Rating
from valinta.providers.access import must_not_profit
from valinta.users.actor import Actor
from valinta.visits.models import Visit
from valinta.visits.states import VisitState

DELIVERED = (VisitState.ACCEPTED, VisitState.CONFIRMED)


class NothingHadYet(ValueError):
    """No visit of the order has been delivered, so there is nothing to rate."""


@transaction.atomic
def rate_service(*, order: Order, stars: int, words: str, by: Actor, at: datetime) -> Rating:
    """Give an order one to five stars, and words that are not public, or change them.

    The old rating is kept and no longer counted. Raises NotYourClient, OwnCompany, NotStars or
    NothingHadYet.
    """
    must_order_for(order.client, by, at)
    must_not_profit(client=order.client, provider_id=order.provider_id, by=by, at=at)
    if not 1 <= stars <= 5:
        raise NotStars
    # One at a time, so that each change takes back what the one before it gave.
    Order.objects.select_for_update(no_key=True).get(pk=order.pk)
    if not was_had(order):
        raise NothingHadYet("A service can be rated when its first visit has been delivered.")
    old = Rating.objects.filter(order=order, superseded_at__isnull=True).first()
    if old is not None:
        old.superseded_at = at
        old.save()
    made = Rating.objects.create(
        organiser_id=order.organiser_id,
        order=order,
        stars=stars,
        words=words.strip(),
        given_at=at,
        given_by_id=by.user_id,
    )
    count_rating(order.offer, stars, old.stars if old else None)
    before, after = str(old.stars) if old else "", str(stars)
    note = Note("rate_service", "rating", made.pk, before, after, client_id=order.client_id)
    record(organiser_id=order.organiser_id, by_id=by.user_id, at=at, notes=[note])
    return made


def was_had(order: Order) -> bool:
    """Whether a visit of the order has been delivered: accepted, or confirmed by the client."""
    return Visit.objects.of_order(order).filter(state__in=DELIVERED).exists()
