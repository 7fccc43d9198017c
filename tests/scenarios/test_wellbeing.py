"""Central Uusimaa: how people are is asked before, during and after, when it is due (KEU-12)."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client as Browser
from pytest_django import Settings

from tests.cast import Stage, open_stage
from tests.mission import shows
from valinta.clients.actions import end_enrolment, give_mandate
from valinta.clients.models import Client
from valinta.demo.people import Person, person
from valinta.evaluation.models import Answer, Round
from valinta.processes.open_wellbeing import open_due_rounds
from valinta.shared.periods import Period
from valinta.users.actor import system
from valinta.users.permissions import Role

JOINED = date(2018, 3, 5)
SECOND_MONTH = date(2018, 5, 5)
NUMBER, LEAVE, PAUSE = {"do": "next", "number": "4"}, {"do": "leave"}, {"do": "pause"}


@pytest.fixture
def stage(db: None, settings: Settings) -> Stage:
    settings.DEMO = True
    return open_stage("keusote", on=JOINED)


def live_on(stage: Stage, day: date) -> None:
    """The clock goes to a day, and the nightly work opens what is due."""
    stage.on = stage.organiser.demo_today = day
    with stage.scope():
        stage.organiser.save()
        by = system(stage.organiser.pk)
        open_due_rounds(programme=stage.programme, by=by, at=stage.now)


def browser_of(one: Person) -> Browser:
    browser = Browser(headers={"accept-language": "fi"})
    browser.force_login(one.user)
    return browser


def text_of(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def asked_on(stage: Stage, moment: str, measure: str = "everyday-life") -> Round:
    with stage.scope():
        return Round.objects.get(moment=moment, measure_code=measure)


def answer_all(browser: Browser, own: str, asked: Round, number: str) -> None:
    """Every number the same; what wants words is left out; sent at the end."""
    at = f"{own}wellbeing/{asked.pk}/"
    for place, question in enumerate(asked.questions, 1):
        plain = question["kind"] == "scale"
        given = {"do": "next", "number": number} if plain else LEAVE
        assert browser.post(f"{at}{place}/", given).status_code == 302
    assert browser.post(f"{at}check/")["Location"] == f"{at}thanks/"


def daughter(stage: Stage, aino: Client) -> Person:
    made = person(stage.organiser, "Kaisa Esimerkki", Role.REPRESENTATIVE, "fi", "-kaisa")
    give_mandate(
        client=aino,
        user=made.user,
        kind="authorised",
        scope=["see", "plan"],
        period=Period(stage.on, stage.on + timedelta(days=400)),
        by=stage.actor(aino),
        at=stage.now,
    )
    return made


@shows("KEU-12")
def test_wellbeing_is_asked_before_during_and_after(stage: Stage) -> None:
    aino = stage.client("Aino", municipality="Hyvinkää")
    place = stage.join(aino).enrolment
    kaisa = browser_of(daughter(stage, aino))
    browser, own = browser_of(stage.people[aino.pk]), f"/my/{aino.pk}/"

    # Before: on the day she joins, Aino's home page asks her. She answers everything.
    live_on(stage, JOINED)
    assert "Haluaisimme tietää, mitä sinulle kuuluu." in text_of(browser, own)
    before = asked_on(stage, "before")
    page = text_of(browser, f"{own}wellbeing/{before.pk}/1/")
    assert "Kysymys 1/6" in page
    assert "Kuinka tyytyväinen olet elämääsi nyt?" in page
    answer_all(browser, own, before, "4")

    # A licensed measure of the programme is asked by nobody here: it has no questions.
    with stage.scope():
        assert set(Round.objects.values_list("measure_code", flat=True)) == {
            "everyday-life",
            "own-goals",
        }

    # Between the times nothing is asked.
    live_on(stage, date(2018, 4, 10))
    assert "Haluaisimme tietää" not in text_of(browser, own)

    # During: two months on. She answers one, has a pause, and goes on another day.
    live_on(stage, SECOND_MONTH)
    during = asked_on(stage, "during")
    at = f"{own}wellbeing/{during.pk}/"
    browser.post(f"{at}1/", PAUSE | {"number": "7"})
    assert asked_on(stage, "during").state == "paused"
    live_on(stage, SECOND_MONTH + timedelta(days=3))
    assert "Jatka kysymyksiä" in text_of(browser, own)
    assert f'href="{at}2/"' in text_of(browser, f"{own}wellbeing/")

    # The daughter answers the rest in her place, and that is marked for good.
    for number in range(2, 6):
        kaisa.post(f"{at}{number}/", NUMBER)
    kaisa.post(f"{at}6/", LEAVE)
    kaisa.post(f"{at}check/")
    during = asked_on(stage, "during")
    assert (during.state, during.by_proxy) == ("answered", True)
    with stage.scope():
        by_proxy = dict(during.answers.values_list("code", "by_proxy"))
    assert by_proxy.pop("satisfaction") is False
    assert all(by_proxy.values())
    assert "asiakkaan puolesta vastasi Kaisa" in text_of(browser, f"{own}wellbeing/answers/")

    # After: the place ends, and a month later she is asked once more on the same pages.
    stage.on = date(2018, 6, 1)
    with stage.scope():
        end_enrolment(
            enrolment=place, withdrawn=False, reason="Muutto", by=stage.manager, at=stage.now
        )
    live_on(stage, date(2018, 7, 1))
    answer_all(browser, own, asked_on(stage, "after"), "8")
    with stage.scope():
        told = Answer.objects.filter(code="satisfaction", round__enrolment=place)
        assert list(told.order_by("given_at").values_list("round__moment", "number")) == [
            ("before", 4),
            ("during", 7),
            ("after", 8),
        ]
    history = text_of(browser, f"{own}history/")
    assert history.count("Vastasit kysymyksiin voinnistasi.") == 3
