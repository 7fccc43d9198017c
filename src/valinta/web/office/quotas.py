"""Places by municipality and group: how many there are, who has them, and who is next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from valinta.clients.models import Client, Enrolment
from valinta.clients.states import EnrolmentState
from valinta.processes.places import Rooms
from valinta.users.permissions import Permission
from valinta.web.access import note_listing
from valinta.web.middleware import Request
from valinta.web.office import programme_picture
from valinta.web.office.opening import OfficePage, open_programme

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody in a queue; the client only for readers who may enrol."""

    place: int
    applied_at: datetime
    has_place: bool
    client: Client | None


@require_GET
def quotas(request: Request, programme_id: int) -> HttpResponse:
    """The places, and the queues with the next one first."""
    page = open_programme(request, programme_id, Permission.LOAD_PROGRAMMES)
    towns = programme_picture.towns(page.programme, {})
    names = page.may(Permission.ENROL_CLIENTS)
    queues = _queues(page, names)
    if names:
        seen = {
            one.client.pk: one.client for _t, _g, rows, _n in queues for one in rows if one.client
        }
        note_listing(request, list(seen.values()))
    facts = {
        "places": programme_picture.places(page.programme, page.today, towns),
        "queues": queues,
        "names": names,
        "unbound": _unbound(page),
    }
    return page.show("office/quotas.html", facts)


def _queues(page: OfficePage, names: bool) -> list[tuple[Any, Any, list[Waiting], int]]:
    """Each queue: the municipality, the group (None: all), the first ones, and how many more."""
    found: dict[tuple[str, str], tuple[Any, Any, list[Waiting], int]] = {}
    rooms = Rooms([page.programme.pk], page.today)
    bound = {
        (one.municipality_code, one.target_group_code): one
        for one in page.programme.quotas.filter(valid__contains=page.today)
    }
    visible = set()
    if names:
        # The queue is a municipality's: a name in it tells where somebody lives.
        mine = Client.objects.met_by(page.request.actor).filter(non_disclosure=False)
        visible = set(
            mine.filter(enrolments__programme=page.programme).values_list("pk", flat=True)
        )
    for one, room in rooms.queues():
        town, group = one.municipality.code, one.target_group.code
        own = (town, group) in bound
        key = (town, group if own else "")
        if key in found:
            continue
        offered = {waiting.pk for waiting in room.offered}
        rows = [
            Waiting(
                number,
                waiting.applied_at,
                waiting.pk in offered,
                waiting.client if waiting.client_id in visible else None,
            )
            for number, waiting in enumerate(room.queue[:SHOWN], start=1)
        ]
        group_names = one.target_group.names if own else None
        found[key] = one.municipality.names, group_names, rows, max(0, len(room.queue) - SHOWN)
    return list(found.values())


def _unbound(page: OfficePage) -> list[tuple[Any, Any, int, int]]:
    """Clients of municipalities and groups for which no quota is in force."""
    bound = set(
        page.programme.quotas.filter(valid__contains=page.today).values_list(
            "municipality_code", "target_group_code"
        )
    )
    rows = (
        Enrolment.objects.filter(programme=page.programme)
        .values_list(
            "municipality__code",
            "municipality__names",
            "target_group__code",
            "target_group__names",
        )
        .annotate(
            inside=Count("pk", filter=Q(state=EnrolmentState.ENROLLED)),
            waiting=Count("pk", filter=Q(state=EnrolmentState.QUEUED)),
        )
        .order_by("municipality__code", "target_group__code")
    )
    return [
        (town_names, group_names, inside, waiting)
        for town, town_names, group, group_names, inside, waiting in rows
        if not {(town, ""), (town, group)} & bound and inside + waiting
    ]
