"""Which of a company's people serve which client, and what such a worker may see of the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Exists, OuterRef, Q

from valinta.clients.models import Client
from valinta.organisers.models import Organiser
from valinta.programmes.models import no_overlap
from valinta.providers.levels import Level
from valinta.providers.models import Provider, Worker
from valinta.users.actor import Actor
from valinta.users.models import User
from valinta.users.permissions import Role


class Assignment(models.Model):
    """One of a company's people serves a client during a half-open period of days.

    It names the person and not the row of their level, so it stays when the level changes.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="assignments")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    valid = DateRangeField()
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [no_overlap("client_is_assigned_once", "provider", "client", "user")]


def _by_order(units: Any) -> Q:
    """Rows of orders that are of these units."""
    return Q(unit_id__in=units)


def of_own_clients(actor: Actor, in_units: Callable[[Any], Q] = _by_order) -> Q:
    """Rows with an organiser, provider and client that concern the actor's work in companies.

    The office and the administrators of a company see all of its clients, and those who work in one
    unit what is of the unit; a worker sees those assigned to them on the day; a company's own
    system sees the company's or its unit's. `in_units` says which rows are of some units.
    """
    where = actor.organisers_as(Role.PROVIDER)
    if actor.machine is not None:
        rule = Q(organiser_id__in=where, provider_id=actor.machine.provider_id)
        bound = actor.machine.unit_id
        return rule if bound is None else rule & in_units([bound])
    rule = Q(pk__in=[])
    if actor.user_id is None:
        return rule
    for organiser_id, day in actor.days:
        if organiser_id not in where:
            continue
        mine = Worker.objects.filter(user_id=actor.user_id, valid__contains=day)
        of_all = mine.exclude(level=Level.WORKER).filter(unit__isnull=True)
        of_one = mine.exclude(level=Level.WORKER).filter(unit__isnull=False)
        given = Assignment.objects.filter(
            organiser_id=organiser_id,
            user_id=actor.user_id,
            provider_id=OuterRef("provider_id"),
            client_id=OuterRef("client_id"),
            valid__contains=day,
        )
        reach = Q(provider_id__in=of_all.values("provider_id"))
        reach |= Q(in_units(of_one.values("unit_id")), provider_id__in=of_one.values("provider_id"))
        reach |= Q(Exists(given), provider_id__in=mine.values("provider_id"))
        rule |= Q(reach, organiser_id=organiser_id)
    return rule
