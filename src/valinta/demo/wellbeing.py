"""Wellbeing questions of the demo: answered at the start, and due again on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from valinta.demo.clients import Lived
from valinta.evaluation import actions
from valinta.evaluation.models import Round
from valinta.evaluation.queries import waiting_rounds
from valinta.processes.open_wellbeing import open_due_rounds
from valinta.programmes.models import Programme
from valinta.users.actor import system

# By language: the goals that people name, and what they add in their own words.
GOALS: dict[str, tuple[str, ...]] = {
    "fi": ("Pääsen kirjastoon joka viikko", "Jaksan laittaa ruokaa itse", "Nukun paremmin"),
    "sv": (
        "Jag kommer till biblioteket varje vecka",
        "Jag orkar laga mat själv",
        "Jag sover bättre",
    ),
}
WORDS = {"fi": "Kaipaan enemmän ulkoilua.", "sv": "Jag vill vara mer ute."}


def ask_how_people_are(programme: Programme, lived: Sequence[Lived], at: datetime) -> None:
    """Most have answered at the start; now it is due again, and one has paused in the middle.

    The questions of the start are opened and answered two days after each joined. `at` is the
    demo's day: what is due then waits, for the clients whose programme asks on the way.
    """
    by = system(programme.organiser_id)
    first = max(
        (one.enrolment.started_on for one in lived if one.enrolment.started_on), default=None
    )
    if first is None:
        return
    days = (at.date() - first).days
    then = at - timedelta(days=max(days - 2, 0))
    open_due_rounds(programme=programme, by=by, at=then)
    for number, one in enumerate(lived):
        if number % 4 != 3:
            _answer(one, number, then + timedelta(hours=number))
        if number % 3 == 0:
            _show(one, then + timedelta(hours=number))
    open_due_rounds(programme=programme, by=by, at=at)
    if len(lived) > 2:
        _begin_and_pause(lived[2], at)


def _waiting(one: Lived, at: datetime) -> list[Round]:
    return list(waiting_rounds(one.client.pk, one.person.actor, at.date()))


def _answer(one: Lived, number: int, at: datetime) -> None:
    who: dict[str, Any] = {"by": one.person.actor, "at": at}
    for asked in _waiting(one, at):
        for place, question in enumerate(asked.questions):
            code = question["code"]
            if (place + number) % 7 == 6:
                actions.leave_out_question(asked=asked, code=code, **who)
            else:
                given = _given(question, one.client.language, place, number)
                actions.answer_question(asked=asked, code=code, **given, **who)
        actions.send_answers(asked=asked, **who)


def _given(question: Mapping[str, Any], language: str, place: int, number: int) -> dict[str, Any]:
    """A made-up answer: numbers around the middle, goals and words in the client's language."""
    text = {"scale": "", "goal": GOALS[language][place % 3], "text": WORDS[language]}
    rated = 3 + (place * 2 + number) % 6
    return {
        "number": None if question["scale"] is None else rated,
        "text": text[question["kind"]],
    }


def _show(one: Lived, at: datetime) -> None:
    actions.show_answers(client=one.client, shown=True, by=one.person.actor, at=at)


def _begin_and_pause(one: Lived, at: datetime) -> None:
    """The first two questions, then a pause."""
    who: dict[str, Any] = {"by": one.person.actor, "at": at}
    for asked in _waiting(one, at)[:1]:
        for place, question in enumerate(asked.questions[:2]):
            given = _given(question, one.client.language, place, 4)
            actions.answer_question(asked=asked, code=question["code"], **given, **who)
        actions.pause_round(asked=asked, **who)
