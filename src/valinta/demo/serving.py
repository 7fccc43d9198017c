"""The demo company's worker serves its clients, so that their pages show them."""

from __future__ import annotations

from datetime import datetime

from valinta.clients.models import Client
from valinta.orders.assigning_actions import assign_worker
from valinta.orders.models import Order
from valinta.orders.states import OPEN
from valinta.programmes.models import Programme
from valinta.providers.levels import Level
from valinta.providers.models import Worker
from valinta.shared.periods import Period
from valinta.users.actor import system


def give_clients(programme: Programme, at: datetime) -> None:
    """Give the clients with an open order to the worker of the programme's company that has one."""
    organiser_id = programme.organiser_id
    workers = Worker.objects.filter(
        level=Level.WORKER, provider__approvals__programme=programme, valid__contains=at.date()
    )
    for worker in workers.select_related("provider", "user").order_by("pk"):
        orders = Order.objects.filter(
            provider=worker.provider, state__in=OPEN, enrolment__programme=programme
        ).values("client_id")
        for client in Client.objects.filter(pk__in=orders).order_by("pk"):
            assign_worker(
                provider=worker.provider, client=client, user=worker.user,
                period=Period(at.date()), by=system(organiser_id), at=at,
            )  # fmt: skip
