"""Those who came forward and wait for an answer, for the case managers who receive them (OST-3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from valinta.audit.actions import Note, record
from valinta.clients.models import Interest
from valinta.clients.states import InterestState
from valinta.users.actor import Actor
from valinta.web import clock
from valinta.web.middleware import Request

MOST = 50
WAITING = (InterestState.RECEIVED, InterestState.CONTACTED)


@dataclass(frozen=True, slots=True)
class Newcomers:
    """How many wait, and those who have waited longest; `today` is each row's organiser's day."""

    number: int
    rows: list[tuple[Interest, date]]


def newcomers(request: Request) -> Newcomers:
    """Those whom the actor receives; who was shown is noted in the audit log."""
    waiting = _waiting(request.actor)
    shown = list(
        waiting.select_related("organiser", "programme", "municipality", "target_group")
        # The terms of a programme are long, and a list has no use for them.
        .defer("programme__terms")
        .order_by("came_at", "pk")[:MOST]
    )
    _note(request, shown)
    number = waiting.count() if len(shown) == MOST else len(shown)
    return Newcomers(number, [(one, request.days[one.organiser_id]) for one in shown])


def _waiting(actor: Actor) -> QuerySet[Interest]:
    return Interest.objects.visible_to(actor).filter(state__in=WAITING)


def _note(request: Request, shown: list[Interest]) -> None:
    for organiser_id in {one.organiser_id for one in shown}:
        here = [one for one in shown if one.organiser_id == organiser_id]
        notes = [Note("read", "interest", one.pk, purpose="casework list") for one in here]
        record(
            organiser_id=organiser_id,
            by_id=request.actor.user_id,
            at=clock.now(here[0].organiser),
            notes=notes,
        )
