"""A programme ends: clients go on in other ways, and in time no cent is held any more.

Orders cannot go beyond the last day, so they end with it. What they hold stays until visits can no
longer be reported; `close_ended_orders` then frees it, each night, and it returns to the funding.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Coalesce

from valinta.audit.actions import Note, record
from valinta.budgets.models import Pot, Voucher
from valinta.clients.actions import end_enrolment
from valinta.clients.models import Enrolment
from valinta.clients.states import EnrolmentState
from valinta.ledger.models import Account
from valinta.orders.models import Slice
from valinta.orders.states import OPEN
from valinta.processes.closing_report import ClosingReport, closing_report
from valinta.processes.leave_programme import leave_programme
from valinta.processes.planner import planner_of
from valinta.programmes.models import Programme
from valinta.programmes.queries import last_report_on
from valinta.users.actor import Actor, system
from valinta.users.permissions import Permission

REASON = "programme ended"
WAITING = (EnrolmentState.INTERESTED, EnrolmentState.QUEUED)


class NotOverYet(ValueError):
    """The programme is still open: it ends on its last day or later."""


@dataclass(frozen=True, slots=True)
class ProgrammeEnd:
    """What the end does. `clients` have a place, `waiting` wait for one; sums in cents.

    `held` is held for visits, `free` lies in pots and vouchers and returns at once. `last_on` is
    the last day of the last phase, `reported_until` the last on which visits of it can be
    reported: what is held stays until then.
    """

    last_on: date
    reported_until: date
    clients: int
    waiting: int
    orders: int
    held: int
    free: int

    def may_end(self, today: date) -> bool:
        """Whether the last day has come."""
        return today >= self.last_on

    @property
    def is_done(self) -> bool:
        """Whether nobody has or waits for a place any more."""
        return self.clients == 0 and self.waiting == 0


def last_day(programme: Programme) -> date | None:
    """The last day of the last phase; None for a programme without an end."""
    phase = programme.phases.order_by("-valid").first()
    upper: date | None = phase.valid.upper if phase is not None else None
    return upper and upper - timedelta(days=1)


def what_the_end_does(programme: Programme) -> ProgrammeEnd | None:
    """What would end and return; None for a programme without an end."""
    last = last_day(programme)
    if last is None:
        return None
    waiting = Enrolment.objects.filter(programme=programme, state__in=WAITING)
    slices = Slice.objects.filter(order__enrolment__programme=programme, order__state__in=OPEN)
    return ProgrammeEnd(
        last_on=last,
        reported_until=last_report_on(programme, last),
        clients=clients_of(programme),
        waiting=waiting.count(),
        orders=slices.values("order").distinct().count(),
        held=_in(slices.values("hold_id")),
        free=_in(_of(Pot, budget__enrolment__programme=programme))
        + _in(_of(Voucher, enrolment__programme=programme)),
    )


def clients_of(programme: Programme) -> int:
    """How many clients have a place now."""
    places = Enrolment.objects.filter(programme=programme, state=EnrolmentState.ENROLLED)
    return places.count()


def _of(kind: type[Pot] | type[Voucher], **where: object) -> QuerySet[Any, Any]:
    return kind.objects.filter(**where).values("account_id")


def _in(accounts: QuerySet[Any, Any]) -> int:
    """What is in the accounts together, in cents."""
    found = Account.objects.filter(pk__in=accounts)
    cents: int = found.aggregate(sum=Coalesce(Sum(F("credits") - F("debits")), 0))["sum"]
    return cents


@transaction.atomic
def end_programme(*, programme: Programme, by: Actor, at: datetime) -> ClosingReport:
    """End every place: each need goes on in another way, and budgets return what is not used.

    The office ends the programme; what follows for each client the software does. Doing it again
    changes nothing. Raises NotOverYet.
    """
    by.must(Permission.LOAD_PROGRAMMES, programme.organiser_id)
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    last = last_day(programme)
    if last is None or at.date() < last:
        raise NotOverYet(
            "The programme is still open. End it on the last day of its last phase or later; the"
            " days are changed by a new version of the pack."
        )
    worker = system(programme.organiser_id)
    places = Enrolment.objects.filter(programme=programme).select_related("client", "programme")
    ended = 0
    for place in places.filter(state=EnrolmentState.ENROLLED).order_by("pk"):
        planner = planner_of(place.client, at.date())
        leave_programme(
            enrolment=place, withdrawn=False, reason=REASON, planner=planner, by=worker, at=at
        )
        ended += 1
    for place in places.filter(state__in=WAITING).order_by("pk"):
        end_enrolment(enrolment=place, withdrawn=False, reason=REASON, by=worker, at=at)
    note = Note(
        "end_programme", "programme", programme.pk, "open", "ended", facts={"places": ended}
    )
    record(organiser_id=programme.organiser_id, by_id=by.user_id, at=at, notes=[note])
    return closing_report(programme)
