"""Rounds that wait, and answers given before."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from valinta.clients.states import EnrolmentState
from valinta.evaluation.models import Answer, AnswersShown, Round
from valinta.evaluation.states import WAITING, QuestionKind, RoundState
from valinta.users.actor import Actor


def waiting_rounds(client_id: int, actor: Actor, today: date) -> QuerySet[Round]:
    """Rounds to be answered today with what is answered of them, the one due first first."""
    return (
        Round.objects.visible_to(actor)
        .filter(client_id=client_id, state__in=WAITING, opens_on__lte=today, closes_on__gt=today)
        .exclude(enrolment__state=EnrolmentState.WITHDRAWN)
        .prefetch_related("answers")
        .order_by("due_on", "pk")
    )


def answered_rounds(client_id: int, actor: Actor) -> QuerySet[Round]:
    """Rounds that were answered, the newest first, with their answers."""
    return (
        Round.objects.visible_to(actor)
        .filter(client_id=client_id, state=RoundState.ANSWERED)
        .select_related("answered_by")
        .prefetch_related("answers")
        .order_by("-answered_at", "-pk")
    )


def former_goal(asked: Round, code: str) -> str:
    """What the client named last time under the same goal of the measure; "" for nothing."""
    goals = {one["code"] for one in asked.questions if one["kind"] == QuestionKind.GOAL}
    if code not in goals:
        return ""
    before = Answer.objects.filter(
        code=code,
        round__client_id=asked.client_id,
        round__measure_code=asked.measure_code,
        round__state=RoundState.ANSWERED,
    )
    found = before.exclude(text="").order_by("-given_at", "-pk").first()
    return found.text if found else ""


def case_manager_sees(client_id: int) -> bool:
    """Whether the client lets the case manager see the answers."""
    return AnswersShown.objects.filter(client_id=client_id, shown=True).exists()
