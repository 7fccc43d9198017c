"""Something changes for a client of the demo: days in hospital, heard of in time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from valinta.clients.models import Enrolment
from valinta.clients.states import EnrolmentState
from valinta.demo.clients import Lived
from valinta.demo.letters import own_manager
from valinta.demo.people import Staff
from valinta.processes.interrupt_services import interrupt_services
from valinta.shared.periods import Period

_BEGINS_IN = timedelta(days=4)
_LASTS = timedelta(days=8)


def let_life_change(lived: Sequence[Lived], staff: Staff, at: datetime) -> None:
    """The last client who has a place goes to hospital: visits of the days are called off."""
    starts_on = at.date() + _BEGINS_IN
    places = Enrolment.objects.filter(
        client__in=[one.client for one in lived], state=EnrolmentState.ENROLLED
    )
    enrolment = places.select_related("client", "programme").order_by("-client_id", "-pk").first()
    if enrolment is None:
        return
    client = enrolment.client
    interrupt_services(
        client=client,
        enrolment=enrolment,
        kind="hospital",
        period=Period(starts_on, starts_on + _LASTS),
        reason="",
        by=own_manager(client, staff),
        at=at,
    )
