"""How much time contacts with clients took: by month, and between two moments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth

from valinta.clients.models import Contact


@dataclass(frozen=True, slots=True)
class Spent:
    """Contacts counted, and the minutes they took."""

    contacts: int
    minutes: int


@dataclass(frozen=True, slots=True)
class MonthSpent:
    """What was spent in a month, named by its first day."""

    month: date
    spent: Spent


def spent_by_month(client_id: int, most: int = 12) -> list[MonthSpent]:
    """The client's months with contacts, the newest first."""
    rows = (
        Contact.objects.filter(client_id=client_id, cancelled_at__isnull=True)
        .annotate(month=TruncMonth("happened_at"))
        .values_list("month")
        .annotate(contacts=Count("pk"), minutes=Sum("minutes"))
        .order_by("-month")
    )
    return [
        MonthSpent(month.date(), Spent(contacts, minutes))
        for month, contacts, minutes in rows[:most]
    ]


def spent_between(client_id: int, moments: Sequence[datetime]) -> list[Spent]:
    """What was spent between each moment and the next, in one query; half-open spans."""
    if len(moments) < 2:
        return []
    held = list(
        Contact.objects.filter(
            client_id=client_id,
            cancelled_at__isnull=True,
            happened_at__gte=moments[0],
            happened_at__lt=moments[-1],
        ).values_list("happened_at", "minutes")
    )
    spans = zip(moments, moments[1:], strict=False)
    found = []
    for start, end in spans:
        inside = [minutes for at, minutes in held if start <= at < end]
        found.append(Spent(len(inside), sum(inside)))
    return found
