"""Checks of the wellbeing measures: what is asked can be answered, and when is never in doubt."""

from collections.abc import Iterator

from valinta.programmes.pack.faults import Finding, Place
from valinta.programmes.pack.schema import Pack
from valinta.programmes.pack.schema_measures import AskingFacts, MeasureFacts, ScaleFacts

MOST_STEPS = 10
_SHORTEST_MONTH = 28


def check_measures(pack: Pack) -> Iterator[Finding]:
    """Our own measures have questions and days, licensed ones neither, and scales have two ends."""
    for at, measure in enumerate(pack.measures):
        place: Place = ("measures", at)
        yield from _check_kind(place, measure)
        if measure.asking is not None:
            yield from _check_asking((*place, "asking"), measure, measure.asking)
        yield from _check_scales(place, measure)


def _check_kind(place: Place, measure: MeasureFacts) -> Iterator[Finding]:
    own = measure.kind == "own"
    if own and (not measure.questions or measure.asking is None):
        problem = f"the measure {measure.code!r} is our own and has no questions or no asking"
        yield Finding(place, problem, "add questions: and asking:, or write kind: results_only")
    if not own and (measure.questions or measure.asking is not None):
        problem = f"the measure {measure.code!r} is licensed and its questions are not for a pack"
        yield Finding(place, problem, "remove questions: and asking:; its results are taken in")


def _check_asking(place: Place, measure: MeasureFacts, asking: AskingFacts) -> Iterator[Finding]:
    for moment, key, value in (
        ("during", "every_months", asking.every_months),
        ("after", "after_end_days", asking.after_end_days),
    ):
        if (moment in measure.moments) != (value is not None):
            problem = f"{key} and the moment {moment!r} of {measure.code!r} do not fit each other"
            mend = f"give {key} a number when {moment} is among the moments, and null when not"
            yield Finding((*place, key), problem, mend)
    open_days = asking.open_before_days + asking.open_after_days
    if asking.every_months is not None and open_days > asking.every_months * _SHORTEST_MONTH:
        problem = f"{measure.code!r} would be open twice at the same time"
        yield Finding((*place, "open_after_days"), problem, "shorten the days, or ask less often")


def _check_scales(place: Place, measure: MeasureFacts) -> Iterator[Finding]:
    for at, question in enumerate(measure.questions):
        where: Place = (*place, "questions", at)
        if (question.kind == "text") != (question.scale is None):
            problem = (
                f"the question {question.code!r} is {question.kind} and its scale does not fit"
            )
            yield Finding(where, problem, "give scale: to scale and goal, and none to text")
        elif question.scale is not None:
            yield from _check_ends((*where, "scale"), question.scale)


def _check_ends(place: Place, scale: ScaleFacts) -> Iterator[Finding]:
    if not 0 < scale.highest - scale.lowest <= MOST_STEPS:
        problem = f"a scale from {scale.lowest} to {scale.highest} cannot be shown"
        yield Finding(
            (*place, "highest"), problem, "let it be higher than the lowest, by ten at most"
        )
