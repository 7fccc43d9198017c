"""Writing a version of the service plan together: a way for each need, with live sums."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from valinta.catalogue.models import Service
from valinta.clients.models import Enrolment
from valinta.needs.models import Allocation
from valinta.plans.actions import BoughtInTwoWays, PlanWrittenMeanwhile, write_plan
from valinta.plans.models import PlanLine, ServicePlan, SupportPlan
from valinta.shared.changes import Change, Content, bring_together, difference, tidied
from valinta.web.casework.opening import CasePage, open_case
from valinta.web.casework.plan_sheet import FIELDS, Reading, Sheet, sheet_of
from valinta.web.casework.plan_talk import plan_talk
from valinta.web.casework.plan_wishes import open_wishes, wished_services
from valinta.web.conflicts import Conflict, conflict_of
from valinta.web.middleware import Request

PURPOSE = "plan"


@dataclass(frozen=True, slots=True)
class Desk:
    """What a plan is written from: the place, the sheet, the newest version and its lines."""

    page: CasePage
    enrolment: Enrolment
    sheet: Sheet
    newest: ServicePlan | None
    lines: list[PlanLine]

    @property
    def number(self) -> int:
        """The number of the newest version, 0 for none."""
        return self.newest.version if self.newest else 0


@require_GET
def write(request: Request, client_id: int) -> HttpResponse:
    """The sheet, from the newest version; `wish` takes the services of a wish of the client in."""
    desk = _desk(request, client_id)
    if desk is None:
        return _no_sum(request, client_id)
    content = desk.sheet.of_plan(desk.lines) if desk.lines else desk.sheet.blank()
    for row in desk.sheet.rows:
        if not row.cents and row.name("way") not in content:
            content |= {
                row.name("way"): str(row.first_way),
                row.name("quantity"): desk.sheet.blank()[row.name("quantity")],
            }
    return _show(desk, content, desk.number)


@require_POST
def sums(request: Request, client_id: int) -> HttpResponse:
    """What the sheet comes to as it is typed now; saves nothing."""
    desk = _desk(request, client_id)
    if desk is None:
        return _no_sum(request, client_id)
    content = _typed(request, desk.sheet)
    if "HX-Request" in request.headers:
        reading = desk.sheet.read(content)
        facts = {"sums": desk.sheet.sums(reading), "rows": desk.sheet.shown(content, None)}
        return render(request, "casework/plan_sums.html", facts)
    return _show(desk, content, _seen(request))


@require_POST
def save(request: Request, client_id: int) -> HttpResponse:
    """Write the version; one that another wrote meanwhile is shown field by field first."""
    desk = _desk(request, client_id)
    if desk is None:
        return _no_sum(request, client_id)
    content = _typed(request, desk.sheet)
    reading = desk.sheet.read(content)
    if reading.faults:
        return _show(desk, content, _seen(request), reading, status=422)
    try:
        write_plan(
            enrolment=desk.enrolment,
            allocation=desk.sheet.allocation,
            lines=reading.lines,
            support_plan=_support(desk.enrolment),
            seen=_seen(request),
            by=request.actor,
            at=desk.page.at,
        )
    except PlanWrittenMeanwhile as refused:
        return _meanwhile(desk, content, _seen(request), refused)
    except BoughtInTwoWays:
        return _show(desk, content, _seen(request), reading, status=422)
    desk.page.tell("plan_written")
    return desk.page.to("casework:plan")


def _meanwhile(
    desk: Desk, content: Content, seen: int, refused: PlanWrittenMeanwhile
) -> HttpResponse:
    newest = refused.newest
    before = desk.enrolment.plans.filter(version=seen).first()
    was = desk.sheet.of_plan(before.lines.all()) if before else desk.sheet.blank()
    now = desk.sheet.of_plan(newest.lines.all()) if newest else {}
    changes = [
        Change(field, one, other, newest.written_by_id, newest.written_at)
        for field, (one, other) in difference(was, now).items()
        if newest is not None
    ]
    conflict = conflict_of(changes, content, desk.sheet.words, desk.sheet.value)
    merged = bring_together(changes, content).content
    number = newest.version if newest else 0
    return _show(desk, merged, number, conflict=conflict, status=409)


def _desk(request: Request, client_id: int) -> Desk | None:
    """What the plan is written from; None while no sum has been made for the client."""
    page = open_case(request, client_id, PURPOSE)
    enrolment = page.enrolment
    allocation = (
        Allocation.objects.filter(assessment__enrolment=enrolment)
        .select_related("assessment")
        .order_by("-made_at", "-pk")
        .first()
        if enrolment
        else None
    )
    if enrolment is None or allocation is None:
        return None
    newest = enrolment.plans.order_by("-version").first()
    lines = list(newest.lines.select_related("service").order_by("pk")) if newest else []
    extra = [(one.service, one.quantity_hundredths) for one in lines]
    extra += wished_services(enrolment, request.GET.get("wish") or "")
    extra += _named(request, enrolment)
    return Desk(page, enrolment, sheet_of(allocation, extra), newest, lines)


def _named(request: Request, enrolment: Enrolment) -> list[tuple[Service, int]]:
    """Services that the form has rows for, such as those taken in from a wish."""
    codes = [name.removeprefix("way-") for name in request.POST if name.startswith("way-")]
    found = enrolment.programme.services.filter(code__in=codes).order_by("pk")
    return [(service, 100) for service in found]


def _typed(request: Request, sheet: Sheet) -> dict[str, str]:
    names = [row.name(what) for row in sheet.rows for what in FIELDS]
    return tidied({name: request.POST.get(name, "") for name in names})


def _seen(request: Request) -> int:
    number = request.POST.get("version", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 0


def _support(enrolment: Enrolment) -> SupportPlan | None:
    """The client's newest finished support plan: the service plan is made from it too (SIU-5)."""
    finished = enrolment.support_plans.filter(finished_at__isnull=False)
    return finished.order_by("-version").first()


def _no_sum(request: Request, client_id: int) -> HttpResponse:
    page = open_case(request, client_id, PURPOSE)
    page.tell("plan_no_sum")
    return page.to("casework:plan")


def _show(
    desk: Desk,
    content: Content,
    version: int,
    reading: Reading | None = None,
    *,
    conflict: Conflict | None = None,
    status: int = 200,
) -> HttpResponse:
    read = reading or desk.sheet.read(content)
    facts = {
        "rows": desk.sheet.shown(content, reading),
        "sums": desk.sheet.sums(read),
        "fault_list": list(reading.faults.items()) if reading else [],
        "version": version,
        "conflict": conflict,
        "talk": plan_talk(desk.page.client),
        "wishes": open_wishes(desk.enrolment, desk.page.at),
    }
    return desk.page.show("casework/plan_write.html", facts, status)
