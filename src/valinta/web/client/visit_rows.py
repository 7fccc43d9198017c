"""Visits as their lines show them: what code confirmed them, and where they are talked about."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery

from valinta.messages.models import Thread
from valinta.messages.states import Route
from valinta.visits.models import Visit


def listed(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    """Visits with what their lines show, in the same query.

    `talk_id` is the thread in which a disputed one is talked about, `shown_code` the one-time code
    that confirmed it.
    """
    talk = Thread.objects.filter(visit=OuterRef("pk"), route=Route.VISIT).values("pk")[:1]
    with_rows = visits.select_related("provider", "order__service", "shown_code")
    return with_rows.annotate(talk_id=Subquery(talk))
