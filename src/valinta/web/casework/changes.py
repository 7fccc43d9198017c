"""Changes during the way: what can be done, what goes on now, and what has been changed before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.forms import Form
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from valinta.clients.models import Enrolment
from valinta.clients.states import EnrolmentState
from valinta.orders.models import Change
from valinta.orders.states import ChangeKind
from valinta.processes.move_clients import not_yet_moved
from valinta.processes.record_death import undo_until
from valinta.users.permissions import Permission
from valinta.web.casework.opening import CasePage, open_case
from valinta.web.middleware import Request
from valinta.web.names import names_of

PURPOSE = "changes"
SHOWN = 50

# How each kind of change is named in what has been.
KINDS: dict[str, str | Promise] = {
    ChangeKind.INTERRUPTION: _("Interruption"),
    ChangeKind.MOVE: _("Move"),
    ChangeKind.DEATH: _("Death"),
    ChangeKind.WITHDRAWAL: _("Withdrawal"),
    ChangeKind.PROGRAMME_END: _("End of the programme"),
}


@dataclass(frozen=True, slots=True)
class Past:
    """A change in what has been: its name, who recorded it, and its last day (None: for good)."""

    change: Change
    name: str
    who: str
    last_on: date | None


@require_GET
def changes(request: Request, client_id: int) -> HttpResponse:
    """Each change that can come, with what it leads to; and those that have been made."""
    return show(open_case(request, client_id, PURPOSE))


def stale(page: CasePage, code: str, typed: Form) -> HttpResponse:
    """What the page is about has changed: why, and words that were typed and are not saved."""
    page.tell(code)
    if typed.is_bound:
        page.keep(typed)
    return show(page, 409) if page.unsaved else page.to("casework:changes")


def show(page: CasePage, status: int = 200) -> HttpResponse:
    """The page of changes."""
    every = Change.objects.filter(client=page.client).select_related("client")
    newest_first = every.order_by("-made_at", "-pk")
    part = page.part(newest_first, SHOWN, name="past", of="casework:changes")
    # However much has been changed since, what is in force now is told first.
    lasting = Q(kind=ChangeKind.DEATH) | Q(kind=ChangeKind.INTERRUPTION, ends_on__gt=page.today)
    in_force = list(newest_first.filter(lasting, undone_at__isnull=True))
    death = next((one for one in in_force if one.kind == ChangeKind.DEATH), None)
    enrolment = page.enrolment
    facts = {
        "enrolment": enrolment,
        "has_place": has_place(enrolment) and page.client.died_on is None,
        "death": death,
        "undo_until": undo_until(death) if death and death.finished_at is None else None,
        "away": [
            (one, one.ends_on - timedelta(days=1))
            for one in in_force
            if one.kind == ChangeKind.INTERRUPTION and one.ends_on
        ],
        "movings": not_yet_moved(client=page.client),
        "past": _past(part),
        "part": part,
        "may_change": may_change(page),
    }
    return page.show("casework/changes.html", facts, status)


def has_place(enrolment: Enrolment | None) -> bool:
    """Whether the client is in the programme now."""
    return enrolment is not None and enrolment.state == EnrolmentState.ENROLLED


def may_change(page: CasePage) -> bool:
    """Whether the reader carries changes out."""
    return page.may(Permission.ENROL_CLIENTS) and page.may(Permission.ORDER_SERVICES)


def place_of(page: CasePage) -> Enrolment | None:
    """The client's place in the programme now; None for one who has none, or has died."""
    enrolment = page.enrolment
    return enrolment if has_place(enrolment) and page.client.died_on is None else None


def find_change(page: CasePage, change_id: int, kind: ChangeKind) -> Change:
    """A change of the client. Raises Http404 for another's, after noting the attempt."""
    found = Change.objects.filter(pk=change_id, client=page.client, kind=kind)
    return (
        found.select_related("client", "enrolment__programme").first()
        or page.missing("change", change_id)
    )  # fmt: skip


def _past(found: Sequence[Change]) -> list[Past]:
    names = names_of(one.made_by_id for one in found)
    return [
        Past(
            one,
            str(KINDS[one.kind]),
            names.get(one.made_by_id or 0, ""),
            one.ends_on and one.ends_on - timedelta(days=1),
        )
        for one in found
    ]
