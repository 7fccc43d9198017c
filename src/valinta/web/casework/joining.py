"""Joining: a place to ask for, eligibility leg by leg, the checklist, then a place or the queue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from valinta.clients.actions import ConsentIncomplete
from valinta.clients.models import Enrolment
from valinta.clients.states import EnrolmentState
from valinta.needs.actions import record_eligibility
from valinta.needs.eligibility_fields import EligibilityChanged
from valinta.needs.states import ConsentGiver
from valinta.processes.enrol_client import GroupNotHere, MunicipalityNotIn
from valinta.processes.join_programme import (
    AlreadyInProgramme,
    HasAPlace,
    ask_for_place,
    join_programme,
)
from valinta.programmes.models import Programme
from valinta.programmes.queries import ProgrammeClosed
from valinta.users.permissions import Permission
from valinta.web.casework.eligibility_form import (
    Leg,
    answers_of,
    field_label,
    field_words,
    legs_of,
    legs_typed,
    typed_fields,
    ways_of,
)
from valinta.web.casework.joining_picture import (
    checks_of,
    choices_of,
    is_before_place,
    points_of,
    room_of,
)
from valinta.web.casework.opening import CasePage, open_case
from valinta.web.casework.register import interest_of
from valinta.web.conflicts import Conflict, conflict_of
from valinta.web.middleware import Request

PURPOSE = "joining"
Faults = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed on the page that is shown again, and what is wrong with it."""

    legs: Sequence[Leg] | None = None
    points: Sequence[str] = ()
    given_by: str = ConsentGiver.CLIENT
    choice: str = ""
    reason: str = ""
    faults: Faults = field(default_factory=tuple)
    conflict: Conflict | None = None


@require_GET
def joining(request: Request, client_id: int) -> HttpResponse:
    """Where the client is on the way to a place, and what comes next."""
    return show(open_case(request, client_id, PURPOSE), Typed())


@require_POST
def ask(request: Request, client_id: int) -> HttpResponse:
    """Ask for a place in the programme and target group of the form's `choice`."""
    page = open_case(request, client_id, PURPOSE)
    interest = interest_of(request)
    choice = request.POST.get("choice", "")
    number, _colon, group = choice.partition(":")
    programme = (
        Programme.objects.filter(organiser_id=page.client.organiser_id, pk=int(number)).first()
        if number.isascii() and number.isdigit() and len(number) < 19
        else None
    )
    if programme is None:
        fault = gettext("Choose the programme and the group.")
        return show(page, Typed(faults=[("choice", fault)]), 422)
    try:
        ask_for_place(
            client=page.client,
            programme=programme,
            target_group=group,
            interest=interest,
            by=request.actor,
            at=page.at,
        )
    except (ProgrammeClosed, MunicipalityNotIn, GroupNotHere):
        fault = gettext("This cannot be asked for any more. Choose among those below.")
        return show(page, Typed(choice=choice, faults=[("choice", fault)]), 422)
    except AlreadyInProgramme:
        page.tell("changed_meanwhile")
        return page.to("casework:joining")
    page.tell("asked_for_place")
    return page.to("casework:joining")


@require_POST
def eligibility(request: Request, client_id: int) -> HttpResponse:
    """Keep the answers to the legs, each with its ground and act; a no names the leg."""
    page = open_case(request, client_id, PURPOSE)
    enrolment = place_of(page)
    checks = checks_of(enrolment)
    legs = legs_typed(enrolment.programme, checks, request.POST.dict())
    faults = [fault for leg in legs for fault in leg.faults]
    if not faults and not answers_of(legs):
        faults = [(f"answer-{legs[0].code}", gettext("Answer at least one question."))]
    if faults:
        return show(page, Typed(legs=legs, faults=faults), 422)
    answers = answers_of(legs)
    fields = typed_fields(enrolment.programme, request.POST.dict())
    try:
        record_eligibility(
            enrolment=enrolment,
            legs=[one.leg for one in answers],
            answers=answers,
            seen={field: request.POST.get(f"seen-{field}", "") for field in fields},
            by=request.actor,
            at=page.at,
        )
    except EligibilityChanged as changed:
        return _answered_meanwhile(page, enrolment, fields, changed)
    page.tell("eligibility_saved")
    return page.to("casework:joining")


def _answered_meanwhile(
    page: CasePage, enrolment: Enrolment, typed: Mapping[str, str], changed: EligibilityChanged
) -> HttpResponse:
    """Field by field what another has answered; what was typed stays, to be brought together."""
    programme = enrolment.programme
    conflict = conflict_of(
        changed.changes, typed, partial(field_label, programme), partial(field_words, programme)
    )
    legs = legs_typed(programme, checks_of(enrolment), conflict.content)
    return show(page, Typed(legs=legs, conflict=conflict), 409)


@require_POST
def join(request: Request, client_id: int) -> HttpResponse:
    """Give the place with the consent, each point gone through; or put in the queue."""
    page = open_case(request, client_id, PURPOSE)
    enrolment = place_of(page)
    points = request.POST.getlist("point")
    given_by = request.POST.get("given_by", "")
    if given_by not in list(ConsentGiver):
        fault = gettext("Say who gives the consent.")
        return show(page, Typed(points=points, given_by="", faults=[("given_by", fault)]), 422)
    try:
        outcome = join_programme(
            enrolment=enrolment,
            points=points,
            language=page.client.language,
            given_by=ConsentGiver(given_by),
            by=request.actor,
            at=page.at,
        )
    except ConsentIncomplete as incomplete:
        fault = gettext("Go through this point together too, then tick it.")
        faults = [(f"point-{code}", fault) for code in incomplete.missing]
        return show(page, Typed(points=points, given_by=given_by, faults=faults), 422)
    except (ProgrammeClosed, MunicipalityNotIn, GroupNotHere):
        fault = gettext("The programme is not open to the client today, so nobody can join.")
        return show(page, Typed(points=points, given_by=given_by, faults=[("joining", fault)]), 422)
    except HasAPlace:
        page.tell("changed_meanwhile")
        return page.to("casework:joining")
    is_in = outcome.enrolment.state == EnrolmentState.ENROLLED
    page.tell("joined" if is_in else "queued")
    return page.to("casework:joining")


def place_of(page: CasePage) -> Enrolment:
    """The client's place or wish for one. Raises Http404 when there is none that goes on."""
    enrolment = page.enrolment
    if enrolment is None or enrolment.state in (EnrolmentState.ENDED, EnrolmentState.WITHDRAWN):
        page.missing("client", page.client.pk)
    return enrolment


def show(page: CasePage, typed: Typed, status: int = 200) -> HttpResponse:
    """The page, with what was typed when something is wrong with it."""
    enrolment = page.enrolment
    over = (EnrolmentState.ENDED, EnrolmentState.WITHDRAWN)
    facts: dict[str, Any] = {
        "enrolment": enrolment,
        "typed": typed,
        "fault_of": dict(typed.faults),
        "may_enrol": page.may(Permission.ENROL_CLIENTS),
        "may_assess": page.may(Permission.ASSESS_NEEDS),
        "interest": interest_of(page.request) if "interest" in _given(page.request) else None,
    }
    if enrolment is None or enrolment.state in over:
        choices, shut = choices_of(page.client, page.today)
        chosen = typed.choice or (choices[0].value if len(choices) == 1 else "")
        facts |= {"choices": choices, "shut": shut, "chosen": chosen}
        return page.show("casework/joining.html", facts, status)
    return page.show("casework/joining.html", facts | _place_facts(page, enrolment, typed), status)


def _given(request: Request) -> Mapping[str, Any]:
    return {**request.GET.dict(), **request.POST.dict()}


def _place_facts(page: CasePage, enrolment: Enrolment, typed: Typed) -> dict[str, Any]:
    room = room_of(enrolment, page.today)
    checks = checks_of(enrolment)
    recorded = legs_of(enrolment.programme, checks)
    ways = ways_of(enrolment.programme, recorded)
    before = is_before_place(enrolment)
    return {
        "room": room,
        "queue_place": room.place_of(enrolment),
        "is_offered": enrolment in room.offered,
        "is_before": before,
        "waits": before and _must_wait(enrolment, room),
        "points": points_of(enrolment, page.client.language),
        "legs": recorded if typed.legs is None else typed.legs,
        "ways": ways,
        "no_way": bool(ways) and all(one.refused for one in ways),
        "refused": [leg for leg in recorded if leg.check is not None and not leg.check.met],
        "missing_points": [code for code, _ in typed.faults if code.startswith("point-")],
    }


def _must_wait(enrolment: Enrolment, room: Any) -> bool:
    """Whether there is no place for the client now."""
    if enrolment.state == EnrolmentState.QUEUED:
        return enrolment not in room.offered
    return bool(room.is_full)
