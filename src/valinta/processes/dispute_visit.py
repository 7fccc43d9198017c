"""A client disputes a visit and says why: the provider and the case manager can answer there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from valinta.clients.access import NotYourClient, must_act_for
from valinta.clients.states import MandateScope
from valinta.messages.actions import open_thread, write_message
from valinta.messages.models import Thread
from valinta.messages.states import Route
from valinta.users.actor import Actor
from valinta.users.permissions import Permission
from valinta.visits import actions
from valinta.visits.models import Visit


@dataclass(frozen=True, slots=True)
class Disputed:
    """The visit, and the thread in which it is talked about (None: nothing was written)."""

    visit: Visit
    thread: Thread | None


@transaction.atomic
def dispute_in_words(
    *, visit_id: int, picked: str, words: str, by: Actor, at: datetime
) -> Disputed:
    """Dispute a visit for a reason that was picked, told in words, or both.

    With words, and when the actor may write the client's messages, a thread about the visit is
    opened with its provider and the case manager, or the one there is goes on; it has the picked
    reason too. Its subject names the day and nothing of the person or the service. Raises what
    `valinta.visits.actions.dispute_visit` raises.
    """
    told = " ".join(part for part in (picked.strip(), words.strip()) if part)
    visit = actions.dispute_visit(visit_id=visit_id, reason=told, by=by, at=at)
    if not words.strip() or not _may_write(visit, by, at):
        return Disputed(visit, None)
    thread = Thread.objects.filter(visit=visit, route=Route.VISIT).first()
    if thread is not None:
        write_message(thread=thread, words=told, by=by, at=at)
        return Disputed(visit, thread)
    day = visit.served_on
    thread = open_thread(
        client=visit.client,
        route=Route.VISIT,
        provider=visit.provider,
        visit=visit,
        subject=gettext("The visit of %(day)s") % {"day": f"{day.day}.{day.month}.{day.year}"},
        words=told,
        by=by,
        at=at,
    )
    return Disputed(visit, thread)


def _may_write(visit: Visit, by: Actor, at: datetime) -> bool:
    """Whether the actor may write messages for the client: to dispute is allowed to more people."""
    write = Permission.WRITE_MESSAGES
    if by.user_id is None or not by.may(write, visit.organiser_id):
        return False
    try:
        must_act_for(client=visit.client, permission=write, scope=MandateScope.SEE, by=by, at=at)
    except NotYourClient:
        return False
    return True
