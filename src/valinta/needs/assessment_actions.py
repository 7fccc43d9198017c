"""Assess needs together with the client: begin, save as one goes, and complete (OST-4).

Several workers may have one assessment open. Each saving carries the version that was seen; a stale
one is refused with what another has changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from valinta.clients.models import Enrolment
from valinta.clients.states import EnrolmentState
from valinta.clients.trail import note_step
from valinta.needs.answers import Offered, Shape, goals_of, participants_of, read
from valinta.needs.closing import close
from valinta.needs.models import Assessment, AssessmentSave, Need
from valinta.needs.states import AssessmentState
from valinta.programmes.models import Programme
from valinta.shared.changes import Change, Content, difference, tidied
from valinta.users.actor import Actor
from valinta.users.permissions import Permission

OVER = (EnrolmentState.ENDED, EnrolmentState.WITHDRAWN)
FIRST_ANSWERS = {"with-client": "1", "with-case_manager": "1"}


class PlaceIsOver(ValueError):
    """The client has left the programme, so nothing is assessed for it any more."""


class AssessmentIsCompleted(ValueError):
    """The assessment has been completed; a change begins a new one."""


class AssessmentChanged(ValueError):
    """Another has saved the assessment after it was opened; nothing was saved, nothing is lost."""

    def __init__(self, newest: Assessment, changes: Sequence[Change]) -> None:
        self.newest = newest
        self.changes = tuple(changes)
        super().__init__(
            f"Another has changed {', '.join(sorted({one.field for one in changes}))}."
            " Look at what changed, and save again with the newest version."
        )


class AssessmentIncomplete(ValueError):
    """Something is missing or wrong; `faults` has a word for each by its field."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = dict(faults)
        super().__init__(f"Mend these first: {', '.join(sorted(faults))}.")


def shape_of(programme: Programme) -> Shape:
    """What an assessment asks in the programme, from its pack and its tray."""
    services = programme.services.order_by("pk").values_list("code", "can_be_mandatory")
    items = programme.terms.get("need_items", [])
    return Shape([Offered(code, may) for code, may in services], items)


@transaction.atomic
def start_assessment(*, enrolment: Enrolment, by: Actor, at: datetime) -> Assessment:
    """Begin an assessment; one that is under way is gone on with. Raises PlaceIsOver."""
    by.must(Permission.ASSESS_NEEDS, enrolment.organiser_id)
    # Two who begin at the same time wait for each other here, and get the same assessment.
    locked = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if locked.state in OVER:
        raise PlaceIsOver("The client has left the programme. Assess when they have joined again.")
    under_way = Assessment.objects.filter(enrolment=locked, state=AssessmentState.STARTED).first()
    if under_way is not None:
        return under_way
    assessment = Assessment.objects.create(
        organiser_id=locked.organiser_id,
        enrolment=locked,
        state=AssessmentState.STARTED,
        participants=participants_of(FIRST_ANSWERS),
        answers=FIRST_ANSWERS,
        started_at=at,
        assessed_by_id=by.user_id,
    )
    started = AssessmentState.STARTED
    note_step(locked, "start_assessment", "assessment", assessment.pk, "", started, by, at)
    return assessment


@transaction.atomic
def save_assessment(
    *,
    assessment: Assessment,
    typed: Content,
    seen_version: int,
    sitting: str = "",
    by: Actor,
    at: datetime,
) -> Assessment:
    """Keep what was typed. Fields that are not among those typed stay as they are.

    `sitting` names one opening of the form: what the same person saved from it a moment ago is no
    change by another. The same words again make no new version. Raises AssessmentChanged or
    AssessmentIsCompleted.
    """
    by.must(Permission.ASSESS_NEEDS, assessment.organiser_id)
    locked = _locked(assessment)
    changes = _by_others(locked, seen_version, sitting, by)
    if changes:
        raise AssessmentChanged(locked, changes)
    current: dict[str, str] = locked.answers
    kept = {field: text for field, text in current.items() if field not in typed}
    answers = {**kept, **tidied(typed)}
    changed = difference(current, answers)
    if not changed:
        return locked
    locked.version += 1
    locked.answers, locked.notes = answers, answers.get("notes", "")
    locked.participants, locked.goals = participants_of(answers), goals_of(answers)
    locked.save()
    AssessmentSave.objects.create(
        organiser_id=locked.organiser_id,
        assessment=locked,
        version=locked.version,
        changes={field: list(pair) for field, pair in changed.items()},
        sitting=sitting,
        saved_at=at,
        saved_by_id=by.user_id,
    )
    state = AssessmentState.STARTED
    place = locked.enrolment
    note_step(place, "save_assessment", "assessment", locked.pk, state, state, by, at)
    return locked


@transaction.atomic
def complete_assessment(
    *, assessment: Assessment, seen_version: int, sitting: str = "", by: Actor, at: datetime
) -> Assessment:
    """Complete an assessment that has been saved; its needs are written from the answers.

    Raises AssessmentIncomplete when something is missing, AssessmentChanged when another has saved
    a newer version, or AssessmentIsCompleted.
    """
    by.must(Permission.ASSESS_NEEDS, assessment.organiser_id)
    locked = _locked(assessment)
    changes = _by_others(locked, seen_version, sitting, by)
    if changes:
        raise AssessmentChanged(locked, changes)
    programme = locked.enrolment.programme
    reading = read(shape_of(programme), locked.answers)
    if reading.faults:
        raise AssessmentIncomplete(reading.faults)
    services = {one.code: one for one in programme.services.all()}
    Need.objects.bulk_create(
        Need(
            organiser_id=locked.organiser_id,
            assessment=locked,
            service=services[one.service],
            quantity_hundredths=one.quantity_hundredths,
            points=one.points,
            mandatory=one.mandatory,
            reason=one.reason,
        )
        for one in reading.needs
    )
    return close(locked, "complete_assessment", by, at)


def _locked(assessment: Assessment) -> Assessment:
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if locked.state != AssessmentState.STARTED:
        raise AssessmentIsCompleted(
            "This assessment has been completed already. Begin a new one to change something."
        )
    return locked


def _by_others(assessment: Assessment, seen: int, sitting: str, by: Actor) -> list[Change]:
    """What has been saved after the version seen, in another sitting or by another person."""
    newer = assessment.saves.filter(version__gt=seen).order_by("version")
    if sitting:
        newer = newer.exclude(saved_by_id=by.user_id, sitting=sitting)
    return [
        Change(field, was, now, save.saved_by_id, save.saved_at)
        for save in newer
        for field, (was, now) in save.changes.items()
    ]
