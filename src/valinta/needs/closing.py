"""The last step of every assessment, however its needs were written."""

from __future__ import annotations

from datetime import datetime

from valinta.clients.trail import note_step
from valinta.needs.models import Assessment
from valinta.needs.states import ASSESSMENT, AssessmentState
from valinta.users.actor import Actor


def close(assessment: Assessment, verb: str, by: Actor, at: datetime) -> Assessment:
    """Move an assessment whose needs have been written to completed, and note it."""
    before = AssessmentState(assessment.state)
    ASSESSMENT.check(before, AssessmentState.COMPLETED)
    assessment.state = AssessmentState.COMPLETED
    assessment.completed_at = at
    assessment.save()
    enrolment, after = assessment.enrolment, AssessmentState.COMPLETED
    note_step(enrolment, verb, "assessment", assessment.pk, before, after, by, at)
    return assessment
