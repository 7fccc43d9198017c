"""The demo's file of visits: most of its lines came before, and one is about a day to come."""

from __future__ import annotations

from datetime import datetime, timedelta

from valinta.demo.month import LOCAL
from valinta.demo.tray import Tray
from valinta.processes.hand_in_file import hand_in_file
from valinta.processes.take_in_file import take_in_some
from valinta.programmes.models import Programme
from valinta.providers.models import Provider
from valinta.users.actor import system
from valinta.visits.models import Visit

_COLUMNS = "order;reference;served_on;started_at;ended_at;quantity;band"
_MOST = 20


def let_a_file_come_in(programme: Programme, tray: Tray, at: datetime) -> None:
    """The first company hands in what it has sent before, with a line that is too early.

    So the file's page shows that no visit is paid twice, and how a refused line is explained.
    """
    provider_id = min(tray.workers)
    visits = Visit.objects.filter(provider_id=provider_id, order__service__programme=programme)
    sent = list(visits.select_related("band").order_by("-served_on", "reference")[:_MOST])
    if not sent:
        return
    early = f"{sent[0].order_id};K-2;{at + timedelta(days=14):%d.%m.%Y};;;1.00;"
    file = hand_in_file(
        programme=programme,
        provider=Provider.objects.get(pk=provider_id),
        name=f"{at:%Y-%m-%d}.csv",
        content=["\n".join([_COLUMNS, *map(_line, sent), early]).encode()],
        by=tray.workers[provider_id].actor,
        at=at,
    )
    take_in_some(file=file, by=system(programme.organiser_id), at=at)


def _line(visit: Visit) -> str:
    times = (one and one.astimezone(LOCAL) for one in (visit.started_at, visit.ended_at))
    cells = (
        str(visit.order_id),
        visit.reference,
        f"{visit.served_on:%d.%m.%Y}",
        *(one.isoformat() if one else "" for one in times),
        f"{visit.quantity_hundredths / 100:.2f}",
        visit.band.code,
    )
    return ";".join(cells)
