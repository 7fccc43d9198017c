"""Contacts set against outcomes (KAI-6): the worker's minutes between two rounds of answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Avg

from valinta.clients.contact_sums import Spent, spent_between
from valinta.evaluation.models import Answer, Round
from valinta.evaluation.states import QuestionKind, RoundState
from valinta.organisers.statements import run_planned
from valinta.users.actor import Actor


@dataclass(frozen=True, slots=True)
class Between:
    """From one answered round to the next: whose, which, the minutes, and the mean answers.

    The means are of the questions on a scale; None where none was answered.
    """

    enrolment_id: int
    measure_code: str
    from_moment: str
    to_moment: str
    began_at: datetime
    ended_at: datetime
    spent: Spent
    mean_before: float | None
    mean_after: float | None


# Each answered round with the one before it of the same measure and place.
_STEPS = """
SELECT r.enrolment_id, r.measure_code, r.before_moment, r.moment, r.before_at, r.answered_at,
    count(c.id), coalesce(sum(c.minutes), 0), b.mean, a.mean
FROM (
    SELECT id, client_id, enrolment_id, measure_code, moment, answered_at,
        lag(id) OVER w AS before_id, lag(moment) OVER w AS before_moment,
        lag(answered_at) OVER w AS before_at
    FROM evaluation_round
    WHERE organiser_id = %(organiser)s::bigint AND state = 'answered'
    WINDOW w AS (PARTITION BY enrolment_id, measure_code ORDER BY answered_at, id)) r
LEFT JOIN clients_contact c ON c.client_id = r.client_id AND c.cancelled_at IS NULL
    AND c.happened_at >= r.before_at AND c.happened_at < r.answered_at
LEFT JOIN LATERAL (SELECT avg(number)::float AS mean FROM evaluation_answer
    WHERE round_id = r.before_id) b ON true
LEFT JOIN LATERAL (SELECT avg(number)::float AS mean FROM evaluation_answer
    WHERE round_id = r.id) a ON true
WHERE r.before_id IS NOT NULL
GROUP BY r.id, r.enrolment_id, r.measure_code, r.before_moment, r.moment, r.before_at,
    r.answered_at, b.mean, a.mean
ORDER BY r.enrolment_id, r.measure_code, r.answered_at
"""


def between_rounds(organiser_id: int) -> list[Between]:
    """Every step from one answered round to the next at an organiser, in one query.

    For figures over many clients: it names no person, and the answers are means.
    """
    return [
        Between(
            enrolment_id=place,
            measure_code=measure,
            from_moment=first,
            to_moment=second,
            began_at=began_at,
            ended_at=ended_at,
            spent=Spent(int(contacts), int(minutes)),
            mean_before=before,
            mean_after=after,
        )
        for place, measure, first, second, began_at, ended_at, contacts, minutes, before, after in (
            run_planned(_STEPS, {"organiser": organiser_id})
        )
    ]


@dataclass(frozen=True, slots=True)
class Step:
    """One client's step: the answered round, when, and what was spent since the one before it.

    `spent` is None for the first. `mean` is of the questions on a scale.
    """

    round: Round
    answered_at: datetime
    spent: Spent | None
    mean: float | None


def steps_of(client_id: int, actor: Actor) -> list[Step]:
    """The client's answered rounds that the actor may see, the oldest first, in three queries."""
    answered = Round.objects.visible_to(actor).filter(
        client_id=client_id, state=RoundState.ANSWERED
    )
    rounds = list(answered.order_by("answered_at", "pk"))
    means = dict(
        Answer.objects.filter(round__in=rounds, number__isnull=False)
        .values_list("round_id")
        .annotate(mean=Avg("number"))
    )
    moments = [one.answered_at for one in rounds if one.answered_at is not None]
    spent: list[Spent | None] = [None, *spent_between(client_id, moments)]
    return [
        Step(one, at, since, means.get(one.pk))
        for one, at, since in zip(rounds, moments, spent[: len(rounds)], strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Compared:
    """A question answered at first and now, in the words of the newest round; None: left out."""

    text: dict[str, str]
    is_goal: bool
    words: str
    first: int | None
    now: int | None
    lowest: int
    highest: int
    answered_at: datetime | None

    @property
    def percent(self) -> int:
        """How far along the scale the client is now, in whole per cent."""
        span = max(self.highest - self.lowest, 1)
        return ((self.now or self.lowest) - self.lowest) * 100 // span


@dataclass(frozen=True, slots=True)
class BeforeAndNow:
    """The first answered round beside the newest of the same measure."""

    first: Round
    now: Round
    rows: list[Compared]

    @property
    def has_two(self) -> bool:
        """Whether there are two rounds to compare."""
        return self.first.pk != self.now.pk

    @property
    def has_goals(self) -> bool:
        """Whether goals of the client were asked about."""
        return any(one.is_goal for one in self.rows)


def before_and_now(client_id: int, actor: Actor) -> BeforeAndNow | None:
    """The client's wellbeing at first and now, when the client lets the actor see it.

    Of the measure that was answered last; the client's own goals of the newest round that asked
    about them. None without an answered round that the actor sees.
    """
    rounds = list(
        Round.objects.visible_to(actor)
        .filter(client_id=client_id, state=RoundState.ANSWERED)
        .prefetch_related("answers")
        .order_by("answered_at", "pk")
    )
    if not rounds:
        return None
    about_goals = [one for one in rounds if _asks_about(one, goals=True)]
    measured = [one for one in rounds if _asks_about(one, goals=False)]
    main = measured or rounds
    now = main[-1]
    first = next(one for one in main if one.measure_code == now.measure_code)
    rows = [one for one in _compared(first, now) if not one.is_goal]
    for newest in about_goals[-1:]:
        rows += [one for one in _compared(newest, newest) if one.is_goal]
    return BeforeAndNow(first, now, rows)


def _asks_about(asked: Round, *, goals: bool) -> bool:
    """Whether a round asks for figures about the client's goals, or about anything else."""
    kinds = {one["kind"] for one in asked.questions} - {QuestionKind.TEXT}
    return QuestionKind.GOAL in kinds if goals else bool(kinds - {QuestionKind.GOAL})


def _compared(first: Round, now: Round) -> list[Compared]:
    then, latest = _by_code(first), _by_code(now)
    return [
        Compared(
            text=asked["text"],
            is_goal=asked["kind"] == QuestionKind.GOAL,
            words=latest[asked["code"]].text if asked["code"] in latest else "",
            first=then[asked["code"]].number if asked["code"] in then else None,
            now=latest[asked["code"]].number if asked["code"] in latest else None,
            lowest=asked["scale"]["lowest"],
            highest=asked["scale"]["highest"],
            answered_at=now.answered_at,
        )
        for asked in now.questions
        if asked["kind"] != QuestionKind.TEXT
    ]


def _by_code(asked: Round) -> dict[str, Answer]:
    return {one.code: one for one in asked.answers.all()}
