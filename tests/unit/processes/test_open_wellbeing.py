"""Rounds are opened when they are due, once, and closed when their days have gone by."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Stage, moment, open_stage
from valinta.audit.models import Entry
from valinta.clients.actions import end_enrolment
from valinta.evaluation.models import Round
from valinta.processes.open_wellbeing import Turned, open_due_rounds
from valinta.users.actor import NotAllowed, system

OWN = {"everyday-life", "own-goals"}


@pytest.fixture
def stage(db: None) -> Stage:
    return open_stage("keusote", on=date(2018, 3, 5))


def turn(stage: Stage, on: date) -> Turned:
    stage.on = on
    by = system(stage.organiser.pk)
    return open_due_rounds(programme=stage.programme, by=by, at=moment(on, 6))


def test_a_round_is_opened_once_for_each_of_our_own_measures(stage: Stage) -> None:
    place = stage.join(stage.client("Aino", municipality="Hyvinkää")).enrolment
    assert turn(stage, date(2018, 3, 5)) == Turned(2, 0)
    assert turn(stage, date(2018, 3, 6)) == Turned(0, 0)
    rounds = list(Round.objects.filter(enrolment=place))
    assert {one.measure_code for one in rounds} == OWN
    assert {one.moment for one in rounds} == {"before"}
    assert all(one.questions and one.closes_on == date(2018, 3, 26) for one in rounds)
    noted = Entry.objects.filter(verb="open_wellbeing", client_id=place.client_id)
    assert noted.count() == 2


def test_what_nobody_answered_is_closed_on_its_day_and_during_comes_in_its_time(
    stage: Stage,
) -> None:
    stage.join(stage.client("Aino", municipality="Hyvinkää"))
    turn(stage, date(2018, 3, 5))
    assert turn(stage, date(2018, 3, 25)) == Turned(0, 0)
    assert turn(stage, date(2018, 3, 26)) == Turned(0, 2)
    assert turn(stage, date(2018, 4, 20)) == Turned(0, 0)
    assert turn(stage, date(2018, 4, 21)) == Turned(2, 0)
    states = Round.objects.values_list("moment", "state")
    assert set(states) == {("before", "expired"), ("during", "open")}


def test_after_an_end_one_is_asked_once_more_and_after_a_withdrawal_not(stage: Stage) -> None:
    ended = stage.join(stage.client("Aino", municipality="Hyvinkää")).enrolment
    gone = stage.join(stage.client("Eino", municipality="Hyvinkää")).enrolment
    assert turn(stage, date(2018, 3, 6)) == Turned(4, 0)
    who: dict[str, Any] = {"reason": "Koe", "by": stage.manager, "at": stage.now}
    end_enrolment(enrolment=ended, withdrawn=False, **who)
    end_enrolment(enrolment=gone, withdrawn=True, **who)
    assert turn(stage, date(2018, 3, 7)) == Turned(0, 2)
    assert set(Round.objects.filter(enrolment=gone).values_list("state", flat=True)) == {"expired"}
    assert turn(stage, date(2018, 4, 6)).opened == 2
    assert Round.objects.filter(enrolment=ended, moment="after").count() == 2
    assert not Round.objects.filter(enrolment=gone, moment="after").exists()


def test_a_pack_that_changes_its_questions_leaves_those_asked_as_they_were(stage: Stage) -> None:
    stage.join(stage.client("Aino", municipality="Hyvinkää"))
    turn(stage, date(2018, 3, 5))
    asked = Round.objects.get(measure_code="everyday-life")
    before = asked.questions[0]["text"]["fi"]
    for measure in stage.programme.terms["measures"]:
        for question in measure["questions"]:
            question["text"]["fi"] = "Aivan muu kysymys"
    stage.programme.save()
    assert turn(stage, date(2018, 3, 6)) == Turned(0, 0)
    asked.refresh_from_db()
    assert asked.questions[0]["text"]["fi"] == before


def test_only_the_organisers_own_programme_is_turned(stage: Stage) -> None:
    other = open_stage("kanta-hame", on=date(2018, 11, 5))
    other.join(other.client("Elli"))
    stage.join(stage.client("Aino", municipality="Hyvinkää"))
    assert turn(stage, date(2018, 3, 5)).opened == 2
    assert {one.organiser_id for one in Round.objects.all()} == {stage.organiser.pk}
    with pytest.raises(NotAllowed):
        open_due_rounds(programme=other.programme, by=system(stage.organiser.pk), at=other.now)


def test_many_clients_need_no_more_queries_than_one(stage: Stage) -> None:
    stage.join(stage.client("Aino", municipality="Hyvinkää"))
    with CaptureQueriesContext(connection) as one:
        turn(stage, date(2018, 3, 5))
    for number in range(8):
        stage.join(stage.client(f"Asiakas{number}", municipality="Hyvinkää"))
    with CaptureQueriesContext(connection) as many:
        assert turn(stage, date(2018, 3, 5)) == Turned(16, 0)
    assert len(many) == len(one)
