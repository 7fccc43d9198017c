"""Who takes up a client's plan: the case manager, as someone who does things today."""

from __future__ import annotations

from datetime import date

from valinta.clients.models import Client
from valinta.organisers import tenancy
from valinta.users.actor import Actor, actor_of, system
from valinta.users.permissions import Permission


def planner_of(client: Client, on: date) -> Actor:
    """The client's case manager; the software itself when there is none, or they have left."""
    if client.case_manager_id is not None:
        with tenancy.scope([client.organiser_id], client.case_manager_id):
            manager = actor_of(client.case_manager_id, on)
        if manager.may(Permission.WRITE_PLANS, client.organiser_id):
            return manager
    return system(client.organiser_id)
