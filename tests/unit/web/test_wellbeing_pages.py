"""Wellbeing questions on the client's pages: one at a time, never a must, seen by whom one lets."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from tests.unit.web.conftest import signed_in
from tests.unit.web.rows import TODAY, Scene
from tests.unit.web.wellbeing_rows import NOW, add_answered, add_round
from valinta.audit.models import Entry
from valinta.clients.models import Enrolment, Mandate
from valinta.evaluation import actions
from valinta.evaluation.models import Answer, AnswersShown, Round
from valinta.organisers import tenancy
from valinta.users.actor import Actor, actor_of

NEXT, LEAVE, PAUSE = {"do": "next"}, {"do": "leave"}, {"do": "pause"}


def actor(world: Scene, key: str) -> Actor:
    user_id = world.users[key].pk
    with tenancy.scope([world.organiser.pk], user_id):
        return actor_of(user_id, TODAY)


def enter(world: Scene) -> None:
    """Work for the organiser again: each request leaves the scope when it ends."""
    tenancy.enter([world.organiser.pk], None)


def page(world: Scene, end: str = "") -> str:
    assert world.aino is not None
    return f"/my/{world.aino.pk}/wellbeing/{end}"


def text_of(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def let_kaisa_plan(world: Scene) -> None:
    Mandate.objects.filter(user=world.users["kaisa"]).update(
        scope=["confirm", "order", "plan", "see"]
    )


def test_the_home_page_says_that_questions_wait_and_says_nothing_otherwise(world: Scene) -> None:
    browser, home = signed_in(world, "aino"), page(world).removesuffix("wellbeing/")
    assert "wellbeing" not in text_of(browser, home)
    enter(world)
    add_round(world, world.aino)
    text = text_of(browser, home)
    assert "Haluaisimme tietää, mitä sinulle kuuluu." in text
    assert page(world) in text


@pytest.mark.parametrize(
    "closed",
    [
        {"opens_on": date(2020, 11, 20)},
        {"closes_on": date(2020, 11, 19)},
        {"state": "skipped"},
        {"state": "expired"},
    ],
)
def test_what_is_not_open_today_is_neither_shown_nor_answered(
    world: Scene, closed: dict[str, Any]
) -> None:
    asked = add_round(world, world.aino, **closed)
    browser = signed_in(world, "aino")
    assert "Nyt ei ole kysymyksiä." in text_of(browser, page(world))
    for end in ("1/", "check/"):
        answer = browser.get(page(world, f"{asked.pk}/{end}"), follow=True)
        assert "aika on ohi" in answer.content.decode()
    assert browser.post(page(world, f"{asked.pk}/1/"), NEXT | {"number": "5"}).status_code == 302
    enter(world)
    assert not Answer.objects.exists()


def test_who_withdrew_is_not_asked(world: Scene) -> None:
    add_round(world, world.aino)
    Enrolment.objects.filter(client=world.aino).update(state="withdrawn", ended_on=TODAY)
    assert "Nyt ei ole kysymyksiä." in text_of(signed_in(world, "aino"), page(world))


def test_one_question_on_a_page_to_the_end_and_the_answers_are_read_back(world: Scene) -> None:
    asked = add_round(world, world.aino)
    browser, at = signed_in(world, "aino"), page(world, f"{asked.pk}/")
    first = text_of(browser, f"{at}1/")
    assert "Kysymys 1/3" in first
    assert "Oletko voinut itse päättää arjestasi?" in first
    assert "0 = En lainkaan" in first and "10 = Täysin" in first
    assert first.count('type="radio"') == 11
    assert browser.post(f"{at}1/", NEXT | {"number": "8"})["Location"] == f"{at}2/"
    goal = NEXT | {"number": "0", "text": "Pääsen kirjastoon"}
    assert browser.post(f"{at}2/", goal)["Location"] == f"{at}3/"
    assert browser.post(f"{at}3/", LEAVE)["Location"] == f"{at}check/"
    back = text_of(browser, f"{at}check/")
    assert "Pääsen kirjastoon" in back and "Jätetty väliin" in back
    # A change comes back to the list.
    change = NEXT | {"number": "9", "from": "check"}
    assert browser.post(f"{at}1/", change)["Location"] == f"{at}check/"
    assert browser.post(f"{at}check/")["Location"] == f"{at}thanks/"
    assert "Kiitos vastauksistasi" in text_of(browser, f"{at}thanks/")
    given = text_of(browser, page(world, "answers/"))
    assert "Pääsen kirjastoon" in given and "Matkan varrella" in given
    assert "puolesta" not in given
    enter(world)
    asked.refresh_from_db()
    assert (asked.state, asked.by_proxy) == ("answered", False)
    found = list(asked.answers.order_by("code").values_list("code", "number", "text", "left_out"))
    assert found == [
        ("choice", 9, "", False),
        ("goal-1", 0, "Pääsen kirjastoon", False),
        ("words", None, "", True),
    ]
    assert Entry.objects.filter(verb="answer_wellbeing", subject_id=asked.pk).count() == 1


def test_what_lacks_is_told_at_the_question_and_the_words_stay(world: Scene) -> None:
    asked = add_round(world, world.aino)
    answer = signed_in(world, "aino").post(
        page(world, f"{asked.pk}/2/"), NEXT | {"text": "Pääsen kirjastoon"}
    )
    text = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert text.count("Valitse numero tai jätä tämä kysymys väliin.") == 2
    assert 'value="Pääsen kirjastoon"' in text
    enter(world)
    assert not Answer.objects.exists()


@pytest.mark.parametrize("number", ["", "11", "-1", "7.5", "seven"])
def test_only_a_number_of_the_scale_is_an_answer(world: Scene, number: str) -> None:
    asked = add_round(world, world.aino)
    answer = signed_in(world, "aino").post(page(world, f"{asked.pk}/1/"), NEXT | {"number": number})
    assert answer.status_code == 422


def test_a_pause_keeps_what_is_answered_and_goes_on_where_it_was_left(world: Scene) -> None:
    asked = add_round(world, world.aino)
    browser, at = signed_in(world, "aino"), page(world, f"{asked.pk}/")
    browser.post(f"{at}1/", PAUSE | {"number": "6"})
    text = text_of(browser, page(world))
    assert "Vastauksesi ovat tallessa." in text
    assert "1/3 kysymystä on valmiina." in text
    assert f'href="{at}2/"' in text
    enter(world)
    asked.refresh_from_db()
    assert asked.state == "paused"
    # A pause in the middle of a word stands in nobody's way, and loses nothing that was kept.
    assert browser.post(f"{at}2/", PAUSE | {"text": "Kesken"}).status_code == 302
    browser.post(f"{at}2/", LEAVE)
    enter(world)
    asked.refresh_from_db()
    assert asked.state == "open"
    assert asked.answers.get(code="choice").number == 6


def test_the_whole_round_can_be_left_out(world: Scene) -> None:
    asked = add_round(world, world.aino)
    browser = signed_in(world, "aino")
    browser.post(page(world, f"{asked.pk}/1/"), NEXT | {"number": "6"})
    answer = browser.post(page(world, f"{asked.pk}/skip/"), follow=True)
    assert "Se ei muuta sinulle mitään." in answer.content.decode()
    enter(world)
    asked.refresh_from_db()
    assert asked.state == "skipped"
    assert not asked.answers.exists()


def test_a_round_of_which_everything_is_left_out_is_no_answer(world: Scene) -> None:
    asked = add_round(world, world.aino)
    browser, at = signed_in(world, "aino"), page(world, f"{asked.pk}/")
    unready = browser.post(f"{at}check/", follow=True)
    assert "ei ole vielä vastausta" in unready.content.decode()
    for number in (1, 2, 3):
        browser.post(f"{at}{number}/", LEAVE)
    browser.post(f"{at}check/")
    enter(world)
    asked.refresh_from_db()
    assert asked.state == "skipped"


def test_a_goal_named_last_time_is_there_to_be_rated_again(world: Scene) -> None:
    add_answered(world, world.aino, 1)
    asked = add_round(world, world.aino, 2)
    text = text_of(signed_in(world, "aino"), page(world, f"{asked.pk}/2/"))
    assert 'value="Kirjastoon"' in text
    assert "checked" not in text


def test_easy_pages_ask_in_easy_words(world: Scene) -> None:
    asked = add_round(world, world.aino)
    browser = signed_in(world, "aino")
    browser.cookies["easy"] = "1"
    text = text_of(browser, page(world, f"{asked.pk}/1/"))
    assert "Saatko päättää?" in text
    assert "Oletko voinut itse päättää" not in text
    assert "Vääriä vastauksia ei ole." in text


def test_who_answers_in_the_clients_place_is_marked(world: Scene) -> None:
    asked = add_round(world, world.aino)
    browser, at = signed_in(world, "kaisa"), page(world, f"{asked.pk}/")
    # Kaisa may see and order, not plan: she reads that questions wait, and answers none.
    assert "Aloita" not in text_of(browser, page(world))
    assert browser.get(f"{at}1/").status_code == 404
    enter(world)
    let_kaisa_plan(world)
    assert "Aloita" in text_of(browser, page(world))
    assert "Aino" in text_of(browser, f"{at}1/")
    browser.post(f"{at}1/", NEXT | {"number": "5"})
    # Aino answers the rest and sends: one answer of Kaisa's marks the round.
    own = signed_in(world, "aino")
    own.post(f"{at}2/", LEAVE)
    own.post(f"{at}3/", LEAVE)
    own.post(f"{at}check/")
    enter(world)
    asked.refresh_from_db()
    assert (asked.state, asked.by_proxy) == ("answered", True)
    assert dict(asked.answers.values_list("code", "by_proxy")) == {
        "choice": True,
        "goal-1": False,
        "words": False,
    }
    assert "puolesta" in text_of(own, page(world, "answers/"))


def test_the_case_manager_sees_the_answers_only_when_the_client_lets(
    world: Scene, elsewhere: Scene
) -> None:
    there = add_answered(world, world.aino)
    waiting = add_round(world, world.aino, 2)
    browser = signed_in(world, "aino")

    def seen(who: Scene, key: str) -> set[int]:
        with tenancy.scope([world.organiser.pk, elsewhere.organiser.pk]):
            rounds = Round.objects.visible_to(actor(who, key))
            return set(rounds.values_list("pk", flat=True))

    for key in ("leena", "paavo", "helmi", "onni"):
        assert seen(world, key) == set(), key
    assert seen(world, "aino") == seen(world, "kaisa") == {there.pk, waiting.pk}
    assert "ei näe vastauksiasi" in text_of(browser, page(world))
    browser.post(page(world, "show/"), {"shown": "yes"})
    assert seen(world, "leena") == {there.pk}, "what is not sent is nobody else's"
    for key in ("paavo", "helmi", "onni"):
        assert seen(world, key) == set(), key
    for key in ("aino", "leena"):
        assert seen(elsewhere, key) == set(), key
    browser.post(page(world, "show/"), {"shown": "no"})
    assert seen(world, "leena") == set()
    enter(world)
    assert AnswersShown.objects.get().shown is False
    assert Entry.objects.filter(verb="show_wellbeing").count() == 2


def test_the_pages_are_the_clients_own(world: Scene, elsewhere: Scene) -> None:
    asked = add_round(world, world.aino)
    with tenancy.scope([elsewhere.organiser.pk]):
        theirs = add_round(elsewhere, elsewhere.aino)
    for end in ("", "answers/", f"{asked.pk}/1/", f"{asked.pk}/check/"):
        assert Browser().get(page(world, end)).status_code == 302
        assert signed_in(world, "onni").get(page(world, end)).status_code == 404
        assert signed_in(elsewhere, "aino").get(page(world, end)).status_code == 404
        assert signed_in(world, "aino").get(page(world, end)).status_code == 200
    browser = signed_in(world, "aino")
    for end in (f"{theirs.pk}/1/", f"{theirs.pk}/check/", f"{theirs.pk}/thanks/"):
        assert browser.get(page(world, end)).status_code == 404
    enter(world)
    refused = Entry.objects.filter(verb="refused", subject_kind="round", subject_id=theirs.pk)
    assert refused.count() == 3


def queries_of(browser: Browser, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize("end", ["", "answers/"])
def test_one_round_or_thirty_need_the_same_queries(world: Scene, end: str) -> None:
    browser = signed_in(world, "aino")
    add_round(world, world.aino, 1)
    add_answered(world, world.aino, 2)
    few = queries_of(browser, page(world, end))
    enter(world)
    for number in range(3, 33):
        add_round(world, world.aino, number)
        add_answered(world, world.aino, number + 100)
    assert queries_of(browser, page(world, end)) == few


def test_the_verbs_themselves_refuse_what_does_not_fit(world: Scene) -> None:
    asked = add_round(world, world.aino)
    who: dict[str, Any] = {"asked": asked, "by": actor(world, "aino"), "at": NOW}
    for code, number, text, error in (
        ("choice", 11, "", actions.OutsideScale),
        ("choice", None, "", actions.OutsideScale),
        ("choice", 5, "sanoja", actions.OutsideScale),
        ("words", 5, "sanoja", actions.OutsideScale),
        ("words", None, "  ", actions.NothingAnswered),
        ("goal-1", 5, "", actions.NothingAnswered),
        ("words", None, "x" * 2001, actions.TooManyWords),
        ("other", 5, "", actions.UnknownQuestion),
    ):
        with pytest.raises(error):
            actions.answer_question(code=code, number=number, text=text, **who)
    with pytest.raises(actions.QuestionsLeft):
        actions.send_answers(**who)
    late = who | {"at": NOW + timedelta(days=22)}
    with pytest.raises(actions.RoundClosed):
        actions.leave_out_question(code="choice", **late)
    assert not Answer.objects.exists()
