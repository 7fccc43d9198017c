"""A phase follows another: who goes on as they are, and who needs something first (SIU-1).

A place, a decision and its money are not a phase's: they go on by themselves when their days do and
the new phase still has the municipality and the group. Nothing is granted here: a decision that
ends needs a new one, by who decides. What this does is to look at each client, and to keep that it
was done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db import transaction

from valinta.audit.actions import Note, record
from valinta.audit.models import Entry
from valinta.clients.models import Enrolment
from valinta.clients.states import EnrolmentState
from valinta.orders.models import Order
from valinta.orders.states import OPEN
from valinta.plans.models import Decision
from valinta.plans.states import DecisionState
from valinta.programmes.models import Phase, Programme
from valinta.users.actor import Actor
from valinta.users.permissions import Permission

CARRIED = "carry_over"


class WhyNot(StrEnum):
    """Why a client does not go on as they are."""

    NO_DECISION = "no_decision"
    DECISION_ENDS = "decision_ends"
    TOWN_OUT = "town_out"
    GROUP_GONE = "group_gone"


class NothingFollows(ValueError):
    """No phase begins on the day on which the former one ends."""


class TooEarly(ValueError):
    """Clients are carried over on the first day of the new phase or later."""


@dataclass(frozen=True, slots=True)
class GoesOn:
    """A client who goes on: the decision, what a month is worth in cents, and open orders."""

    enrolment: Enrolment
    decision: Decision
    monthly: int
    orders: int


@dataclass(frozen=True, slots=True)
class StaysBehind:
    """A client who needs something first, and since when. Their place stays until then."""

    enrolment: Enrolment
    why: WhyNot
    on: date | None


@dataclass(frozen=True, slots=True)
class Continuation:
    """The turn from a phase to the next. `done_at`: when clients were carried over, if they were.

    `waiting` is how many wait for a place or an answer; they keep their turn.
    """

    former: Phase
    phase: Phase
    goes_on: tuple[GoesOn, ...]
    stays_behind: tuple[StaysBehind, ...]
    waiting: int
    done_at: datetime | None

    @property
    def monthly(self) -> int:
        """What a month of those who go on is worth, in cents."""
        return sum(one.monthly for one in self.goes_on)


def turns(programme: Programme) -> list[tuple[Phase, Phase]]:
    """The phases that follow each other without a gap, two by two."""
    phases = list(programme.phases.order_by("valid"))
    pairs = zip(phases, phases[1:], strict=False)
    return [(one, later) for one, later in pairs if one.valid.upper == later.valid.lower]


def what_continues(programme: Programme, phase: Phase) -> Continuation:
    """Who goes on into the phase, and who does not and why, in a fixed number of queries.

    Raises NothingFollows.
    """
    former = next((one for one, later in turns(programme) if later.pk == phase.pk), None)
    if former is None:
        raise NothingFollows("No phase ends where this one begins, so nobody is carried over.")
    on = phase.valid.lower
    places = Enrolment.objects.filter(programme=programme, client__died_on__isnull=True)
    enrolled = list(
        # Who came in the new phase was never in the former one.
        places.filter(state=EnrolmentState.ENROLLED)
        .exclude(started_on__gte=on)
        .select_related("client__case_manager", "municipality", "target_group")
        .order_by("pk")
    )
    decisions = _decisions(enrolled, on)
    towns = set(programme.municipalities.filter(valid__contains=on).values_list("code", flat=True))
    orders = _orders(enrolled, on)
    goes_on, stays = [], []
    for place in enrolled:
        decision = decisions.get(place.pk)
        why = _why_not(place, decision, towns, on)
        if why is None and decision is not None:
            count = orders.get(place.pk, 0)
            goes_on.append(GoesOn(place, decision, decision.monthly_cents, count))
        else:
            ended = decision.valid.upper if decision is not None else None
            stays.append(StaysBehind(place, why or WhyNot.NO_DECISION, ended))
    waiting = places.filter(state__in=[EnrolmentState.INTERESTED, EnrolmentState.QUEUED]).count()
    done = Entry.objects.filter(
        organiser_id=programme.organiser_id,
        verb="continue_programme",
        subject_kind="phase",
        subject_id=phase.pk,
    ).order_by("pk")
    first = done.first()
    at = first.at if first else None
    return Continuation(former, phase, tuple(goes_on), tuple(stays), waiting, at)


@transaction.atomic
def continue_programme(
    *, programme: Programme, phase: Phase, by: Actor, at: datetime
) -> Continuation:
    """Carry the clients over into a phase: each who goes on has it in their log.

    Doing it again adds those who have got what they needed meanwhile. Raises NothingFollows or
    TooEarly.
    """
    by.must(Permission.LOAD_PROGRAMMES, programme.organiser_id)
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    if at.date() < phase.valid.lower:
        raise TooEarly("Carry the clients over on the first day of the new phase or later.")
    found = what_continues(programme, phase)
    before = Entry.objects.filter(
        organiser_id=programme.organiser_id, verb=CARRIED, facts__phase=phase.code
    ).values_list("subject_id", flat=True)
    carried = set(before)
    notes = [
        Note(
            CARRIED, "enrolment", one.enrolment.pk, EnrolmentState.ENROLLED,
            EnrolmentState.ENROLLED, client_id=one.enrolment.client_id,
            facts={"phase": phase.code, "decision": one.decision.pk},
        )
        for one in found.goes_on
        if one.enrolment.pk not in carried
    ]  # fmt: skip
    facts = {"goes_on": len(found.goes_on), "stays_behind": len(found.stays_behind)}
    notes.append(Note("continue_programme", "phase", phase.pk, "", "continued", facts=facts))
    record(organiser_id=programme.organiser_id, by_id=by.user_id, at=at, notes=notes)
    return what_continues(programme, phase)


def _why_not(
    place: Enrolment, decision: Decision | None, towns: set[str], on: date
) -> WhyNot | None:
    codes = place.target_group.municipality_codes
    if place.municipality.code not in towns:
        return WhyNot.TOWN_OUT
    if codes is not None and place.municipality.code not in codes:
        return WhyNot.GROUP_GONE
    if decision is None:
        return WhyNot.NO_DECISION
    if decision.valid.upper is not None and decision.valid.upper <= on:
        return WhyNot.DECISION_ENDS
    return None


def _decisions(places: list[Enrolment], on: date) -> dict[int, Decision]:
    """The last decision in force of each place that reaches to the day, or else the last at all."""
    rows = Decision.objects.filter(
        enrolment__in=places, state=DecisionState.IN_FORCE, valid__startswith__lte=on
    ).order_by("valid")
    return {one.enrolment_id: one for one in rows}


def _orders(places: list[Enrolment], on: date) -> dict[int, int]:
    """How many open orders of each place reach into the phase."""
    found: dict[int, int] = {}
    rows = Order.objects.filter(
        enrolment__in=places, state__in=OPEN, valid__endswith__gt=on
    ).values_list("enrolment_id", flat=True)
    for key in rows:
        found[key] = found.get(key, 0) + 1
    return found
