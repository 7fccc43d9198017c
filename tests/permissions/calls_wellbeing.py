"""Calls of the verbs of wellbeing questions; the table is in `verbs.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.permissions.stage import Stage
from valinta.evaluation import actions
from valinta.evaluation.models import Round
from valinta.evaluation.states import WAITING
from valinta.processes.open_wellbeing import open_due_rounds

CODE = "satisfaction"


def waiting(s: Stage) -> Round:
    """A round of the client's that is open, with nothing answered in it yet."""
    rounds = Round.objects.filter(client_id=s.side.client_id, state__in=WAITING)
    found = rounds.get(measure_code="everyday-life")
    found.answers.all().delete()
    rounds.filter(pk=found.pk).update(state="open")
    return Round.objects.get(pk=found.pk)


def answer(s: Stage) -> object:
    return actions.answer_question(asked=waiting(s), code=CODE, number=5, text="", **s.who)


def leave_out(s: Stage) -> object:
    return actions.leave_out_question(asked=waiting(s), code=CODE, **s.who)


def pause(s: Stage) -> object:
    return actions.pause_round(asked=waiting(s), **s.who)


def send(s: Stage) -> object:
    asked = waiting(s)
    own: dict[str, Any] = {"by": s.side.actor("client"), "at": s.at}
    for one in asked.questions:
        actions.leave_out_question(asked=asked, code=one["code"], **own)
    actions.answer_question(asked=asked, code=CODE, number=5, text="", **own)
    return actions.send_answers(asked=asked, **s.who)


def skip(s: Stage) -> object:
    return actions.skip_round(asked=waiting(s), **s.who)


def show(s: Stage) -> object:
    return actions.show_answers(client=s.client, shown=True, **s.who)


def open_due(s: Stage) -> object:
    Round.objects.filter(client_id=s.side.client_id).delete()
    return open_due_rounds(programme=s.side.programme, **s.who)


# The verbs of the client's side, each with its call; all work for the same people.
OWN: dict[str, tuple[Callable[..., object], Callable[[Stage], object]]] = {
    "answer a question": (actions.answer_question, answer),
    "leave a question out": (actions.leave_out_question, leave_out),
    "pause questions": (actions.pause_round, pause),
    "send answers": (actions.send_answers, send),
    "leave questions out": (actions.skip_round, skip),
    "show answers to the case manager": (actions.show_answers, show),
}
