"""What a row of the history is about: the service, and the day of the visit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from valinta.audit.models import Entry
from valinta.orders.models import Order
from valinta.visits.models import Visit


@dataclass(frozen=True, slots=True)
class About:
    """The service's names by language, and the day of the visit if it is about one."""

    service: Mapping[str, str]
    day: date | None = None


def abouts(entries: Sequence[Entry]) -> dict[int, About]:
    """What each entry about an order or a visit is about, by the entry's id. Two queries."""
    visits = {
        pk: About(names, day)
        for pk, names, day in Visit.objects.filter(pk__in=_subjects(entries, "visit")).values_list(
            "pk", "order__service__names", "served_on"
        )
    }
    orders = {
        pk: About(names)
        for pk, names in Order.objects.filter(pk__in=_subjects(entries, "order")).values_list(
            "pk", "service__names"
        )
    }
    by_kind = {"visit": visits, "order": orders}
    found = {one.pk: by_kind.get(one.subject_kind, {}).get(one.subject_id) for one in entries}
    return {pk: about for pk, about in found.items() if about is not None}


def _subjects(entries: Sequence[Entry], kind: str) -> set[int]:
    return {one.subject_id for one in entries if one.subject_kind == kind}
