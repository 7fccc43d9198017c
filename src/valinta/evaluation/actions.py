"""Answer wellbeing questions: one at a time, with pauses, and never against one's will."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from valinta.audit.actions import Note, record
from valinta.clients.access import is_client, must_act_for
from valinta.clients.models import Client
from valinta.clients.states import MandateScope
from valinta.evaluation.models import Answer, AnswersShown, Round
from valinta.evaluation.states import ROUND, WAITING, QuestionKind, RoundState
from valinta.users.actor import Actor
from valinta.users.permissions import Permission

MOST_WORDS = 2000


class AnsweredByNobody(PermissionError):
    """An answer is a person's own, under their name."""


class RoundClosed(ValueError):
    """The round was answered or left out before, or its days have gone by."""


class UnknownQuestion(LookupError):
    """The round has no such question."""


class OutsideScale(ValueError):
    """The number is not one of the question's scale."""


class NothingAnswered(ValueError):
    """A goal or an answer in words needs words; a question can be left out instead."""


class TooManyWords(ValueError):
    """The words are longer than what is kept."""


class QuestionsLeft(ValueError):
    """Each question is answered or left out before the round is sent."""


@transaction.atomic
def answer_question(
    *, asked: Round, code: str, number: int | None, text: str, by: Actor, at: datetime
) -> Answer:
    """Answer a question of a round, or change the answer while the round is not sent.

    `number` is for scales and goals, `text` for goals and words. Raises NotYourClient,
    RoundClosed, UnknownQuestion, OutsideScale, NothingAnswered or TooManyWords.
    """
    locked = _open(asked, by, at)
    words = text.strip()
    _must_fit(_question(locked, code), number, words)
    return _keep(locked, code, {"number": number, "text": words, "left_out": False}, by, at)


@transaction.atomic
def leave_out_question(*, asked: Round, code: str, by: Actor, at: datetime) -> Answer:
    """Go past a question. Raises NotYourClient, RoundClosed or UnknownQuestion."""
    locked = _open(asked, by, at)
    _question(locked, code)
    return _keep(locked, code, {"number": None, "text": "", "left_out": True}, by, at)


@transaction.atomic
def pause_round(*, asked: Round, by: Actor, at: datetime) -> Round:
    """Stop for now; what is answered stays. Raises NotYourClient or RoundClosed."""
    locked = _open(asked, by, at)
    if locked.state == RoundState.PAUSED:
        return locked
    return _move(locked, RoundState.PAUSED, "pause_wellbeing", by, at)


@transaction.atomic
def send_answers(*, asked: Round, by: Actor, at: datetime) -> Round:
    """Send a round whose questions all have an answer; with all left out it counts as skipped.

    Raises NotYourClient, RoundClosed or QuestionsLeft.
    """
    locked = _open(asked, by, at)
    answers = list(locked.answers.all())
    if {one["code"] for one in locked.questions} != {one.code for one in answers}:
        raise QuestionsLeft("Answer each question or leave it out, and send then.")
    if all(one.left_out for one in answers):
        return _move(locked, RoundState.SKIPPED, "skip_wellbeing", by, at)
    locked.answered_at, locked.answered_by_id = at, by.user_id
    locked.by_proxy = _is_proxy(locked.client, by) or any(one.by_proxy for one in answers)
    return _move(locked, RoundState.ANSWERED, "answer_wellbeing", by, at)


@transaction.atomic
def skip_round(*, asked: Round, by: Actor, at: datetime) -> Round:
    """Leave out the whole round: what was answered in it is removed.

    Raises NotYourClient or RoundClosed.
    """
    locked = _open(asked, by, at)
    locked.answers.all().delete()
    return _move(locked, RoundState.SKIPPED, "skip_wellbeing", by, at)


@transaction.atomic
def show_answers(*, client: Client, shown: bool, by: Actor, at: datetime) -> AnswersShown:
    """Let the case manager see the answers, or not any more. Raises NotYourClient."""
    _must_answer(client, by, at)
    before = AnswersShown.objects.filter(client=client, shown=True).exists()
    values = {"shown": shown, "chosen_at": at, "chosen_by_id": by.user_id}
    choice, _ = AnswersShown.objects.update_or_create(
        client=client, defaults=values, create_defaults=values | {"organiser": client.organiser}
    )
    words = {True: "shown", False: "not shown"}
    note = Note(
        "show_wellbeing", "client", client.pk, words[before], words[shown], client_id=client.pk
    )
    record(organiser_id=client.organiser_id, by_id=by.user_id, at=at, notes=[note])
    return choice


def _must_answer(client: Client, by: Actor, at: datetime) -> None:
    permission = Permission.ANSWER_QUESTIONS
    must_act_for(client=client, permission=permission, scope=MandateScope.PLAN, by=by, at=at)
    if by.user_id is None:
        raise AnsweredByNobody("Questions are answered by a person under their own name.")


def _is_proxy(client: Client, by: Actor) -> bool:
    return not is_client(client, Permission.ANSWER_QUESTIONS, by)


def _open(asked: Round, by: Actor, at: datetime) -> Round:
    """The round, locked, when it can be answered now."""
    _must_answer(asked.client, by, at)
    locked = Round.objects.select_for_update(no_key=True).get(pk=asked.pk)
    if locked.state not in WAITING or not locked.opens_on <= at.date() < locked.closes_on:
        raise RoundClosed("These questions are answered, left out or over. Nothing was changed.")
    return locked


def _question(asked: Round, code: str) -> Mapping[str, Any]:
    for one in asked.questions:
        if one["code"] == code:
            found: Mapping[str, Any] = one
            return found
    raise UnknownQuestion(f"The round {asked.pk} has no question {code}.")


def _must_fit(question: Mapping[str, Any], number: int | None, words: str) -> None:
    scale = question["scale"]
    if scale is None and number is not None:
        raise OutsideScale("This question is answered in words only.")
    if scale is not None and (number is None or not scale["lowest"] <= number <= scale["highest"]):
        raise OutsideScale(f"Choose a number from {scale['lowest']} to {scale['highest']}.")
    if question["kind"] != QuestionKind.SCALE and not words:
        raise NothingAnswered("Write something, or leave the question out.")
    if question["kind"] == QuestionKind.SCALE and words:
        raise OutsideScale("This question is answered with a number only.")
    if len(words) > MOST_WORDS:
        raise TooManyWords(f"Write at most {MOST_WORDS} signs.")


def _keep(asked: Round, code: str, values: dict[str, Any], by: Actor, at: datetime) -> Answer:
    given = {"given_at": at, "given_by_id": by.user_id, "by_proxy": _is_proxy(asked.client, by)}
    answer, _ = Answer.objects.update_or_create(
        round=asked,
        code=code,
        defaults=values | given,
        create_defaults=values | given | {"organiser_id": asked.organiser_id},
    )
    if asked.state == RoundState.PAUSED:
        _move(asked, RoundState.OPEN, "resume_wellbeing", by, at)
    _note(asked, "answer_question", asked.state, by, at)
    return answer


def _move(asked: Round, state: RoundState, verb: str, by: Actor, at: datetime) -> Round:
    before = RoundState(asked.state)
    ROUND.check(before, state)
    asked.state = state
    asked.save()
    _note(asked, verb, before, by, at)
    return asked


def _note(asked: Round, verb: str, before: str, by: Actor, at: datetime) -> None:
    facts = {"measure": asked.measure_code, "moment": asked.moment}
    note = Note(
        verb, "round", asked.pk, before, asked.state, client_id=asked.client_id, facts=facts
    )
    record(organiser_id=asked.organiser_id, by_id=by.user_id, at=at, notes=[note])
