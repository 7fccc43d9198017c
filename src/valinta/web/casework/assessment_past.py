"""Earlier assessments of a client, and two of them side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from valinta.catalogue.models import Service
from valinta.clients.models import Enrolment
from valinta.needs.answers import Shape, read
from valinta.needs.comparing import Compared, Turn, compare, fresh
from valinta.needs.models import Assessment, InstrumentResult
from valinta.needs.states import AssessmentState

MOST = 10


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One service side by side, with its name and unit ("" where points are counted)."""

    names: Mapping[str, str]
    unit: str
    compared: Compared

    @property
    def turn(self) -> Turn:
        return self.compared.turn


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two assessments: the days, the goals of each, and every service of either."""

    before_at: datetime
    before_goals: Sequence[str]
    now_goals: Sequence[str]
    new_goals: Sequence[str]
    rows: Sequence[ComparedRow]
    by_points: bool = field(default=False)


def completed(enrolment: Enrolment) -> list[Assessment]:
    """The client's completed assessments of every place of theirs, newest first."""
    found = Assessment.objects.filter(
        enrolment__client_id=enrolment.client_id, state=AssessmentState.COMPLETED
    )
    newest = found.prefetch_related("needs__service").order_by("-completed_at", "-pk")
    return list(newest[:MOST])


def amounts_of(assessment: Assessment, by_points: bool) -> dict[str, int]:
    """What was needed by service code: in points, else in hundredths of the service's unit."""
    return {
        one.service.code: (one.points or 0) if by_points else one.quantity_hundredths
        for one in assessment.needs.all()
    }


def typed_amounts(shape: Shape, assessment: Assessment) -> dict[str, int]:
    """What the answers of an assessment under way say so far."""
    return {
        one.service: (one.points or 0) if shape.by_points else one.quantity_hundredths
        for one in read(shape, assessment.answers).needs
    }


def side_by_side(
    before: Assessment,
    now_goals: Sequence[str],
    now: Mapping[str, int],
    services: Sequence[Service],
    by_points: bool,
) -> SideBySide | None:
    """The earlier assessment beside the goals and amounts of now."""
    if before.completed_at is None:
        return None
    known = {one.code: one for one in services}
    rows = [
        ComparedRow(known[one.service].names, "" if by_points else known[one.service].unit, one)
        for one in compare(amounts_of(before, by_points), now)
        if one.service in known
    ]
    return SideBySide(
        before_at=before.completed_at,
        before_goals=before.goals,
        now_goals=now_goals,
        new_goals=fresh(before.goals, now_goals),
        rows=rows,
        by_points=by_points,
    )


@dataclass(frozen=True, slots=True)
class ShownScore:
    """A score of an instrument, its range, and the one before it."""

    names: Mapping[str, str]
    value: str
    lowest: str
    highest: str
    before: str


@dataclass(frozen=True, slots=True)
class ShownResult:
    """The newest result of one instrument."""

    names: Mapping[str, str]
    result: InstrumentResult
    scores: Sequence[ShownScore]


def results_of(enrolment: Enrolment) -> list[ShownResult]:
    """The newest result of each of the programme's instruments, with the scores before it."""
    kept = list(
        InstrumentResult.objects.filter(enrolment__client_id=enrolment.client_id).order_by(
            "-done_on", "-pk"
        )
    )
    found = []
    for instrument in enrolment.programme.terms.get("result_instruments", []):
        own = [one for one in kept if one.instrument == instrument["code"]]
        if own:
            earlier: Mapping[str, str] = own[1].scores if len(own) > 1 else {}
            scores = [
                ShownScore(
                    one["names"],
                    own[0].scores[one["code"]],
                    one["lowest"],
                    one["highest"],
                    earlier.get(one["code"], ""),
                )
                for one in instrument["scores"]
                if one["code"] in own[0].scores
            ]
            found.append(ShownResult(instrument["names"], own[0], scores))
    return found
