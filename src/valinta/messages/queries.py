"""Lists of threads with what is unread in them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from valinta.messages.models import Glance, Thread, of_the_other_side
from valinta.messages.states import Route
from valinta.users.actor import Actor

_LONG_AGO = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def threads_of(client_id: int, actor: Actor) -> QuerySet[Thread]:
    """The client's threads that the actor may see, the newest first.

    Each has `unread`: how many messages of others there are since the actor read it last.
    """
    return _with_unread(
        Thread.objects.visible_to(actor).filter(client_id=client_id), actor
    ).order_by("-last_at", "-pk")


def threads_leading_to(actor: Actor, *routes: Route) -> QuerySet[Thread]:
    """The threads of these routes on whose other side the actor stands, with their clients.

    Each has `unread` as `threads_of` has it.
    """
    theirs = Thread.objects.filter(of_the_other_side(actor), route__in=routes)
    return _with_unread(theirs, actor).select_related("client__organiser")


def _with_unread(threads: QuerySet[Thread], actor: Actor) -> QuerySet[Thread]:
    reader = actor.user_id or 0
    seen = Glance.objects.filter(thread=OuterRef("pk"), user_id=reader).values("read_at")[:1]
    of_others = ~Q(messages__written_by_id=reader)
    new = Q(messages__written_at__gt=Coalesce(F("seen_at"), _LONG_AGO))
    return (
        threads.select_related("provider")
        .annotate(seen_at=Subquery(seen))
        .annotate(unread=Count("messages", filter=of_others & new, distinct=True))
    )
