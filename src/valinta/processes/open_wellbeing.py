"""Open the wellbeing questions that are due, and close those whose days have gone by (KEU-12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from valinta.audit.actions import Note, record
from valinta.clients.models import Enrolment
from valinta.clients.states import EnrolmentState
from valinta.evaluation.due import Due, due_today
from valinta.evaluation.models import Round
from valinta.evaluation.states import ROUND, WAITING, RoundState
from valinta.programmes.models import Programme
from valinta.users.actor import Actor
from valinta.users.permissions import Permission

# How far back an end of a place is looked for; after that nobody is asked any more.
_LOOK_BACK = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Turned:
    """How many rounds were opened, and how many closed because their days have gone by."""

    opened: int
    closed: int


@transaction.atomic
def open_due_rounds(*, programme: Programme, by: Actor, at: datetime) -> Turned:
    """Open each round that is due on the day and not there yet; close those that are over.

    Doing it again on the same day changes nothing. Who withdrew their consent is not asked, and
    what waits for them is closed. Raises NotAllowed.
    """
    by.must(Permission.LOAD_PROGRAMMES, programme.organiser_id)
    # Two runs at the same time wait for each other here.
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    today = at.date()
    closed = _close(programme, today, by, at)
    there = set(
        Round.objects.filter(enrolment__programme=programme).values_list(
            "enrolment_id", "measure_code", "moment", "number"
        )
    )
    new = [
        _round(enrolment, due, at)
        for enrolment, due in _due(programme, today)
        if (enrolment.pk, due.measure["code"], due.moment, due.number) not in there
    ]
    Round.objects.bulk_create(new)
    notes = [_note(one, "open_wellbeing", "") for one in new]
    record(organiser_id=programme.organiser_id, by_id=by.user_id, at=at, notes=notes)
    return Turned(len(new), closed)


def _due(programme: Programme, today: date) -> Iterator[tuple[Enrolment, Due]]:
    """The places in the programme, with what is due for each."""
    ended = Q(state=EnrolmentState.ENDED, ended_on__gte=today - _LOOK_BACK)
    places = Enrolment.objects.filter(
        Q(state=EnrolmentState.ENROLLED) | ended, programme=programme, started_on__isnull=False
    )
    for one in places.order_by("pk"):
        if one.started_on is None:
            continue
        for measure in programme.terms.get("measures", []):
            for due in due_today(measure, one.started_on, one.ended_on, today):
                yield one, due


def _round(enrolment: Enrolment, due: Due, at: datetime) -> Round:
    return Round(
        organiser_id=enrolment.organiser_id,
        enrolment=enrolment,
        client_id=enrolment.client_id,
        measure_code=due.measure["code"],
        measure_version=due.measure["version"],
        names=due.measure["names"],
        questions=list(_as_asked(due.measure["questions"])),
        moment=due.moment,
        number=due.number,
        due_on=due.due_on,
        opens_on=due.opens_on,
        closes_on=due.closes_on,
        state=RoundState.OPEN,
        opened_at=at,
    )


def _as_asked(questions: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The questions; where there are no easy words in a language, the plain ones stand for them."""
    for one in questions:
        yield one | {"easy": one["text"] | one["easy"]}


def _close(programme: Programme, today: date, by: Actor, at: datetime) -> int:
    over = Q(closes_on__lte=today) | Q(enrolment__state=EnrolmentState.WITHDRAWN)
    rows = Round.objects.select_for_update(no_key=True, of=("self",)).filter(
        over, enrolment__programme=programme, state__in=WAITING
    )
    notes = []
    for one in rows.order_by("pk"):
        before = RoundState(one.state)
        ROUND.check(before, RoundState.EXPIRED)
        one.state = RoundState.EXPIRED
        notes.append(_note(one, "close_wellbeing", before))
    keys = [note.subject_id for note in notes]
    Round.objects.filter(pk__in=keys).update(state=RoundState.EXPIRED)
    record(organiser_id=programme.organiser_id, by_id=by.user_id, at=at, notes=notes)
    return len(notes)


def _note(one: Round, verb: str, before: str) -> Note:
    facts = {"measure": one.measure_code, "moment": one.moment}
    return Note(verb, "round", one.pk, before, one.state, client_id=one.client_id, facts=facts)
