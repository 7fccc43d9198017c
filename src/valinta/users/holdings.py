"""Giving a role so that it covers a period: a user's roles of one kind never overlap."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from valinta.users.models import Holding, User
from valinta.users.permissions import Role


@transaction.atomic
def cover(
    *, user: User, organiser_id: int, role: Role, starts_on: date, ends_on: date | None
) -> None:
    """Let the user hold the role at least from the first day up to (not including) the end.

    What they hold of the role in that time already becomes one with it.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    same = Holding.objects.filter(user=user, organiser_id=organiser_id, role=role)
    overlapping = list(same.filter(valid__overlap=(starts_on, ends_on)))
    firsts = [starts_on, *(one.valid.lower for one in overlapping)]
    ends = [ends_on, *(one.valid.upper for one in overlapping)]
    last = None if None in ends else max(one for one in ends if one is not None)
    same.filter(pk__in=[one.pk for one in overlapping]).delete()
    Holding.objects.create(
        organiser_id=organiser_id, user=user, role=role, valid=(min(firsts), last)
    )
