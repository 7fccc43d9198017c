"""The demo company's worker serves its clients, so that their pages show them."""

from __future__ import annotations

from datetime import datetime

from valinta.clients.models import Client
from valinta.orders.assigning_actions import assign_worker
from valinta.orders.models import Order
from valinta.orders.states import OPEN
from valinta.programmes.models import Programme
from valinta.providers.levels import Level
from valinta.providers.models import Provider, Worker
from valinta.shared.periods import Period
from valinta.users.actor import Actor, actor_of


def give_clients(programme: Programme, at: datetime) -> None:
    """Give the clients with an open order to the worker of the programme's company that has one."""
    workers = Worker.objects.filter(
        level=Level.WORKER, provider__approvals__programme=programme, valid__contains=at.date()
    )
    for worker in workers.select_related("provider", "user").order_by("pk"):
        office = _office(worker.provider, at)
        orders = Order.objects.filter(
            provider=worker.provider, state__in=OPEN, enrolment__programme=programme
        ).values("client_id")
        for client in Client.objects.filter(pk__in=orders).order_by("pk"):
            assign_worker(
                provider=worker.provider, client=client, user=worker.user,
                period=Period(at.date()), by=office, at=at,
            )  # fmt: skip


def _office(provider: Provider, at: datetime) -> Actor:
    """Somebody of the company who may divide its clients."""
    people = Worker.objects.filter(provider=provider, valid__contains=at.date())
    found = people.exclude(level=Level.WORKER).order_by("-pk")[0]
    return actor_of(found.user_id, at.date())
