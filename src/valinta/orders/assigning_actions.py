"""A company says which of its people serve a client, and from when to when."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from valinta.audit.actions import Note, record
from valinta.clients.models import Client
from valinta.orders.assigning import Assignment
from valinta.orders.models import Order
from valinta.programmes.ranges import as_range
from valinta.providers.access import must_work_for, sees_a_part
from valinta.providers.models import Provider, Worker
from valinta.shared.periods import Period
from valinta.users.actor import Actor
from valinta.users.models import User
from valinta.users.permissions import Permission


class NotTheirClient(ValueError):
    """The company has no order of the client."""


class NotOfTheCompany(ValueError):
    """The person does not work for the company on the day."""


class ServesAlready(ValueError):
    """The person serves the client on some of these days already."""


class AssignmentOver(ValueError):
    """The assignment's days are over already."""


@transaction.atomic
def assign_worker(
    *, provider: Provider, client: Client, user: User, period: Period, by: Actor, at: datetime
) -> Assignment:
    """Let one of the company's people see a client and report visits from a day on.

    Raises NotYourProvider, NotAtYourLevel, NotTheirClient, NotOfTheCompany or ServesAlready.
    """
    _must_divide(provider.pk, client.organiser_id, by, at)
    # Only one of two who assign the same person at once gets through.
    Provider.objects.select_for_update(no_key=True).get(pk=provider.pk)
    if not _seen(provider.pk, by, at).filter(client=client).exists():
        raise NotTheirClient("Choose a client from whom the company has an order.")
    works = Worker.objects.filter(provider=provider, user=user, valid__contains=period.starts_on)
    if not works.exists():
        raise NotOfTheCompany("Choose one of the company's people of that day.")
    days = as_range(period)
    same = Assignment.objects.filter(provider=provider, client=client, user=user)
    if same.filter(valid__overlap=days).exists():
        raise ServesAlready("This person serves the client already.")
    made = Assignment.objects.create(
        organiser_id=client.organiser_id,
        provider=provider,
        client=client,
        user=user,
        valid=days,
        made_at=at,
        made_by_id=by.user_id,
    )
    _note(made, "assign_worker", "", "assigned", by, at)
    return made


@transaction.atomic
def end_assignment(*, assignment: Assignment, ends_on: date, by: Actor, at: datetime) -> None:
    """End an assignment from a day on, today at the earliest; one not begun yet goes altogether.

    Raises NotYourProvider, NotAtYourLevel, NotTheirClient or AssignmentOver.
    """
    _must_divide(assignment.provider_id, assignment.organiser_id, by, at)
    if not _seen(assignment.provider_id, by, at).filter(client=assignment.client_id).exists():
        raise NotTheirClient("The client is another unit's.")
    held = Assignment.objects.select_for_update().get(pk=assignment.pk)
    ends_on = max(ends_on, at.date())
    if held.valid.upper is not None and held.valid.upper <= at.date():
        raise AssignmentOver("This person no longer serves the client.")
    _note(held, "end_assignment", "assigned", "ended", by, at)
    if held.valid.lower >= ends_on:
        held.delete()
    else:
        held.valid = as_range(Period(held.valid.lower, ends_on))
        held.save(update_fields=["valid"])


def _seen(provider_id: int, by: Actor, at: datetime) -> QuerySet[Order]:
    """The company's orders; for who works in one unit, those of the unit."""
    is_part = sees_a_part(provider_id=provider_id, by=by, at=at)
    rows = Order.objects.visible_to(by) if is_part else Order.objects.all()
    return rows.filter(provider_id=provider_id)


def _must_divide(provider_id: int, organiser_id: int, by: Actor, at: datetime) -> None:
    must_work_for(
        provider_id=provider_id,
        organiser_id=organiser_id,
        permission=Permission.ANSWER_ORDERS,
        by=by,
        at=at,
    )


def _note(made: Assignment, verb: str, before: str, after: str, by: Actor, at: datetime) -> None:
    facts = {"user": made.user_id}
    note = Note(verb, "assignment", made.pk, before, after, client_id=made.client_id, facts=facts)
    record(organiser_id=made.organiser_id, by_id=by.user_id, at=at, notes=[note])
