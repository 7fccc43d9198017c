"""The provider takes a visit back that it reported: by mistake, or to report it as it was.

Until the visit is settled. What was captured for it goes back; the row stays, with who and when.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from valinta.audit.actions import Note, record
from valinta.programmes.models import Programme
from valinta.shared.money import Money
from valinta.users.actor import Actor
from valinta.visits.actions import SettledAlready
from valinta.visits.differences import post_difference
from valinta.visits.mending import must_mend, note_mended
from valinta.visits.models import Mending, RefusedLine, Visit
from valinta.visits.serving import must_serve
from valinta.visits.states import VisitState

# Of these states the money was captured; a visit in review holds none yet.
CAPTURED = (VisitState.ACCEPTED, VisitState.CONFIRMED, VisitState.DISPUTED)


class WithdrawnAlready(ValueError):
    """The visit was taken back, or rejected by the organiser, before."""


@transaction.atomic
def withdraw_visit(
    *, visit_id: int, reason: str, funding_account_id: int, by: Actor, at: datetime
) -> Mending:
    """Take a visit back before it is settled; its reference is never used again.

    What was captured returns to the order's hold, or to the funding when the order has ended, as
    for a rejected visit. `reason` may be empty; the client reads it. Raises NotYourProvider,
    NotYourVisit, SettledAlready or WithdrawnAlready.
    """
    # A run that is being prepared holds the programme: this comes before it or after it.
    services = Visit.objects.filter(pk=visit_id).values("order__service__programme_id")
    list(Programme.objects.select_for_update(no_key=True).filter(pk__in=services))
    visit = Visit.objects.select_for_update().get(pk=visit_id)
    must_serve(order=visit.order, by=by, at=at)
    before = VisitState(visit.state)
    if before is VisitState.REJECTED:
        raise WithdrawnAlready("This visit was taken back or rejected before.")
    if Visit.objects.filter(pk=visit_id, runvisit__isnull=False).exists():
        raise SettledAlready(
            "This visit is being paid already. Write to the organiser: it can credit the visit."
        )
    visit.state, visit.withdrawn_at = VisitState.REJECTED, at
    visit.decided_at, visit.decided_by_id, visit.reason = at, by.user_id, reason.strip()
    visit.save()
    note = Note("withdraw_visit", "visit", visit.pk, before, visit.state, client_id=visit.client_id)
    record(organiser_id=visit.organiser_id, by_id=by.user_id, at=at, notes=[note])
    corrected = visit.corrections.aggregate(cents=Sum("cents"))["cents"] or 0
    worth = Money(visit.payable_cents + corrected)
    if before in CAPTURED and worth:
        post_difference(
            visit=visit,
            amount=-worth,
            cause="withdrawn",
            reason=visit.reason,
            funding_account_id=funding_account_id,
            by=by,
            at=at,
        )
    return Mending.objects.create(
        organiser_id=visit.organiser_id, withdrawn=visit, made_at=at, made_by_id=by.user_id
    )


@transaction.atomic
def set_line_aside(*, refused: RefusedLine, by: Actor, at: datetime) -> Mending:
    """Say that a refused line needs no mending: it was a mistake or is reported otherwise.

    Raises NotYourProvider, NotYourVisit or MendedAlready.
    """
    locked = must_mend(refused=refused, by=by, at=at)
    return note_mended(refused=locked, visit=None, by=by, at=at)
