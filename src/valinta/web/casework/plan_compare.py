"""Two versions of a plan side by side: what changed, who wrote and signed each (HAM-10)."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from valinta.catalogue.models import Service
from valinta.plans.models import PlanLine
from valinta.plans.states import Way
from valinta.web.casework.opening import CasePage, open_case
from valinta.web.middleware import Request
from valinta.web.plan_picture import Version, plan_picture

PURPOSE = "plan"


@dataclass(frozen=True, slots=True)
class Side:
    """A line of one version; quantity in hundredths of the unit, cents a month."""

    quantity_hundredths: int
    unit: str
    cents: int
    refused_way: str
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """A service in a way, in the older and in the newer version; None where it is not there."""

    service: Service
    way: Way
    older: Side | None
    newer: Side | None

    @property
    def differs(self) -> bool:
        return self.older != self.newer


@require_GET
def compare(request: Request, client_id: int) -> HttpResponse:
    """The versions `a` and `b` of the address; without them the newest two."""
    page = open_case(request, client_id, PURPOSE)
    picture = plan_picture(page.enrolment, request.actor.user_id)
    found = [*picture.waiting, *([picture.in_force] if picture.in_force else []), *picture.earlier]
    versions = {one.number: one for one in found}
    numbers = sorted(versions, reverse=True)
    newer = _chosen(request, "b", numbers, 0)
    older = _chosen(request, "a", numbers, 1)
    facts = {
        "versions": [versions[number] for number in numbers],
        "older": versions.get(older),
        "newer": versions.get(newer),
        "rows": _rows(page, versions.get(older), versions.get(newer)),
    }
    return page.show("casework/plan_compare.html", facts)


def _chosen(request: Request, name: str, numbers: list[int], default: int) -> int:
    typed = request.GET.get(name, "")
    if typed.isascii() and typed.isdigit() and int(typed[:4]) in numbers:
        return int(typed[:4])
    return numbers[min(default, len(numbers) - 1)] if numbers else 0


def _rows(page: CasePage, older: Version | None, newer: Version | None) -> list[Row]:
    ids = [one.id for one in (older, newer) if one is not None]
    lines = PlanLine.objects.filter(plan__in=ids).select_related("service").order_by("pk")
    services: dict[tuple[int, str], Service] = {}
    sides: dict[tuple[int, int, str], Side] = {}
    for line in lines:
        services.setdefault((line.service_id, line.way), line.service)
        sides[line.plan_id, line.service_id, line.way] = Side(
            line.quantity_hundredths,
            line.service.unit,
            line.monthly_cents,
            line.refused_way,
            line.reason,
        )

    def side(version: Version | None, key: tuple[int, str]) -> Side | None:
        return sides.get((version.id, *key)) if version else None

    return [
        Row(service, Way(key[1]), side(older, key), side(newer, key))
        for key, service in services.items()
    ]
