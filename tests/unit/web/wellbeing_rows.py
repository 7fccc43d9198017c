"""Rounds of wellbeing questions for the people of the web tests."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.unit.web.rows import Scene
from valinta.clients.models import Client
from valinta.evaluation.models import Answer, Round

NOW = datetime(2020, 11, 19, 12, 0, tzinfo=ZoneInfo("Europe/Helsinki"))
SCALE = {
    "lowest": 0,
    "highest": 10,
    "lowest_words": {"fi": "En lainkaan", "sv": "Inte alls", "en": "Not at all"},
    "highest_words": {"fi": "Täysin", "sv": "Helt", "en": "Completely"},
}


def asked_question(code: str, kind: str, fi: str, easy: str) -> dict[str, Any]:
    return {
        "code": code,
        "kind": kind,
        "text": {"fi": fi, "sv": f"{fi} (sv)", "en": f"{fi} (en)"},
        "easy": {"fi": easy, "sv": easy, "en": easy},
        "scale": None if kind == "text" else SCALE,
    }


QUESTIONS = [
    asked_question("choice", "scale", "Oletko voinut itse päättää arjestasi?", "Saatko päättää?"),
    asked_question("goal-1", "goal", "Mikä on oma tavoitteesi?", "Kerro yksi tavoite."),
    asked_question("words", "text", "Mitä muuta haluat kertoa?", "Haluatko kertoa muuta?"),
]


def add_round(world: Scene, client: Client | None, number: int = 1, **more: Any) -> Round:
    """A round of three questions, open today unless said otherwise."""
    assert client is not None
    values: dict[str, Any] = {
        "measure_code": "koe",
        "measure_version": "1",
        "names": {"fi": "Arjen hyvinvointi", "sv": "Vardagen", "en": "Everyday life"},
        "questions": QUESTIONS,
        "moment": "during",
        "due_on": date(2020, 11, 20),
        "opens_on": date(2020, 11, 6),
        "closes_on": date(2020, 12, 11),
        "state": "open",
        "opened_at": NOW,
    }
    return Round.objects.create(
        organiser=world.organiser,
        enrolment=client.enrolments.get(),
        client=client,
        number=number,
        **(values | more),
    )


def add_answered(world: Scene, client: Client | None, number: int = 1) -> Round:
    """A round with its three answers, sent by the client."""
    assert client is not None and client.user is not None
    made = add_round(
        world, client, number, state="answered", answered_at=NOW, answered_by=client.user
    )
    for code, value, text in (("choice", 7, ""), ("goal-1", 4, "Kirjastoon"), ("words", None, "")):
        Answer.objects.create(
            organiser=world.organiser,
            round=made,
            code=code,
            number=value,
            text=text,
            left_out=code == "words",
            given_at=NOW,
            given_by=client.user,
        )
    return made
