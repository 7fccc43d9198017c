"""The phases of a programme: what is open when, who goes on over a turn, and the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from valinta.processes.closing_report import closing_report
from valinta.processes.continue_programme import (
    NothingFollows,
    TooEarly,
    continue_programme,
    turns,
    what_continues,
)
from valinta.processes.end_programme import (
    NotOverYet,
    clients_of,
    end_programme,
    last_day,
    what_the_end_does,
)
from valinta.programmes.models import Phase
from valinta.users.permissions import Permission
from valinta.web.middleware import Request
from valinta.web.office.opening import OfficePage, open_programme

NEEDS = Permission.LOAD_PROGRAMMES


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """A phase: when it is, whether it follows the former without a gap, and its last day."""

    phase: Phase
    when: str
    follows: bool
    last_on: date | None


@require_GET
def phases(request: Request, programme_id: int) -> HttpResponse:
    """The phases with their days, and what is done at a turn and at the end."""
    page = open_programme(request, programme_id, NEEDS)
    following = {later.pk for _, later in turns(page.programme)}
    rows = [_row(one, one.pk in following, page.today) for one in _all(page)]
    facts = {
        "rows": rows,
        "now": next((one for one in rows if one.when == "now"), None),
        "coming": next((one for one in rows if one.when == "coming"), None),
        "last_on": last_day(page.programme),
        "clients": clients_of(page.programme),
    }
    return page.show("office/phases.html", facts)


@require_http_methods(["GET", "POST"])
def turn(request: Request, programme_id: int, phase_id: int) -> HttpResponse:
    """Who goes on into a phase and who needs something first; and the carrying over."""
    page = open_programme(request, programme_id, NEEDS)
    phase = page.programme.phases.filter(pk=phase_id).first() or page.missing("phase", phase_id)
    try:
        if request.method == "POST":
            continue_programme(programme=page.programme, phase=phase, by=request.actor, at=page.at)
            page.tell("carried_over")
            return page.to("office:phases_turn", phase_id=phase.pk)
        look = what_continues(page.programme, phase)
    except TooEarly:
        page.tell("turn_too_early")
        return page.to("office:phases_turn", phase_id=phase.pk)
    except NothingFollows:
        page.tell("nothing_follows")
        return page.to("office:phases")
    facts = {
        "look": look,
        "has_come": page.today >= phase.valid.lower,
        "last_on": look.former.valid.upper - timedelta(days=1),
    }
    return page.show("office/phases_turn.html", facts)


@require_http_methods(["GET", "POST"])
def end(request: Request, programme_id: int) -> HttpResponse:
    """What the end of the programme does; and ending it."""
    page = open_programme(request, programme_id, NEEDS)
    look = what_the_end_does(page.programme)
    if look is None:
        page.tell("no_end")
        return page.to("office:phases")
    if request.method == "POST":
        try:
            end_programme(programme=page.programme, by=request.actor, at=page.at)
        except NotOverYet:
            page.tell("not_over_yet")
            return page.to("office:phases_end")
        page.tell("programme_ended")
        return page.to("office:phases_report")
    facts = {"look": look, "may_end": look.may_end(page.today)}
    return page.show("office/phases_end.html", facts)


@require_GET
def report(request: Request, programme_id: int) -> HttpResponse:
    """The closing report: places, money by way, what returned; equal to the ledger."""
    page = open_programme(request, programme_id, NEEDS)
    facts = {"report": closing_report(page.programme)}
    return page.show("office/phases_report.html", facts)


def _all(page: OfficePage) -> list[Phase]:
    return list(page.programme.phases.order_by("valid"))


def _row(phase: Phase, follows: bool, today: date) -> PhaseRow:
    upper: date | None = phase.valid.upper
    if phase.valid.lower > today:
        when = "coming"
    else:
        when = "past" if upper is not None and upper <= today else "now"
    return PhaseRow(phase, when, follows, upper and upper - timedelta(days=1))
