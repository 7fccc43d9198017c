"""What the page of joining shows: places to ask for, the place held, the checklist, the legs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from valinta.clients.models import Client, Enrolment
from valinta.clients.states import EnrolmentState
from valinta.needs.models import ConsentPoint, EligibilityCheck
from valinta.processes.places import Room, Rooms
from valinta.programmes.models import Municipality, Programme
from valinta.programmes.names import named
from valinta.web.names import names_of

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """A target group of the client's municipality that can be asked for, with its places."""

    value: str
    programme: Names
    group: Names
    description: Names
    room: Room


@dataclass(frozen=True, slots=True)
class Shut:
    """A programme that the client cannot join on the day, and why in a word.

    `closed`: not open on the day. `not_member`: the municipality is not in it, perhaps `from_on`.
    `no_group`: no target group of the municipality.
    """

    programme: Names
    why: str
    town: Names
    from_on: date | None = None
    members: Sequence[Names] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the checklist in the client's language, and how it was gone through, if it was."""

    code: str
    text: str
    kept: ConsentPoint | None
    by: str


def choices_of(client: Client, on: date) -> tuple[list[Choice], list[Shut]]:
    """What the client can ask to join on the day, and what not, with the reason (KEU-1, KEU-2)."""
    programmes = list(
        Programme.objects.filter(organiser_id=client.organiser_id)
        .prefetch_related("phases", "municipalities", "target_groups")
        .order_by("pk")
    )
    rooms = Rooms([one.pk for one in programmes], on)
    choices: list[Choice] = []
    shut: list[Shut] = []
    for programme in programmes:
        refusal = _shut(programme, client, on)
        own = [] if refusal else _groups(programme, client.municipality_code, rooms)
        choices += own
        if refusal or not own:
            town = _town(programme, client.municipality_code)
            shut.append(refusal or Shut(programme.names, "no_group", town))
    return choices, shut


def _groups(programme: Programme, town: str, rooms: Rooms) -> list[Choice]:
    told: Mapping[str, Names] = programme.terms.get("target_groups", {})
    return [
        Choice(
            value=f"{programme.pk}:{group.code}",
            programme=programme.names,
            group=group.names,
            description=told.get(group.code, {}),
            room=rooms.of(programme.pk, town, group.code),
        )
        for group in sorted(programme.target_groups.all(), key=lambda one: one.pk)
        if town in (group.municipality_codes or [town])
    ]


def _shut(programme: Programme, client: Client, on: date) -> Shut | None:
    town = _town(programme, client.municipality_code)
    if not any(on in phase.valid for phase in programme.phases.all()):
        return Shut(programme.names, "closed", town)
    here = [one for one in programme.municipalities.all() if one.valid is not None]
    own = [one for one in here if one.code == client.municipality_code]
    if any(on in one.valid for one in own):
        return None
    later = [one.valid.lower for one in own if one.valid.lower > on]
    members = [one.names for one in here if on in one.valid]
    return Shut(programme.names, "not_member", town, min(later, default=None), members)


def _town(programme: Programme, code: str) -> Names:
    found: list[Municipality] = [one for one in programme.municipalities.all() if one.code == code]
    return found[0].names if found else {}


def room_of(enrolment: Enrolment, on: date) -> Room:
    """The places that the client shares."""
    rooms = Rooms([enrolment.programme_id], on)
    return rooms.of(
        enrolment.programme_id, enrolment.municipality.code, enrolment.target_group.code
    )


def points_of(enrolment: Enrolment, language: str) -> list[Point]:
    """The checklist in the client's language; what was gone through is told as it was read then."""
    kept = {one.item: one for one in enrolment.points.all()}
    names = names_of(one.gone_by_id for one in kept.values())
    items = enrolment.programme.terms.get("consent", [])
    return [
        Point(
            code=item["code"],
            text=kept[item["code"]].text if item["code"] in kept else named(item["text"], language),
            kept=kept.get(item["code"]),
            by=names.get(kept[item["code"]].gone_by_id or 0, "") if item["code"] in kept else "",
        )
        for item in items
    ]


def checks_of(enrolment: Enrolment) -> dict[str, EligibilityCheck]:
    """What has been recorded of each leg."""
    return {one.leg: one for one in enrolment.eligibility.all()}


def is_before_place(enrolment: Enrolment | None) -> bool:
    """Whether the client wants a place or waits for one."""
    wanting = (EnrolmentState.INTERESTED, EnrolmentState.QUEUED)
    return enrolment is not None and enrolment.state in wanting
