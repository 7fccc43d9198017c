"""Visits drawn for a check: a company's system reads why, what is asked, and what was found."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import Settings

from tests import jobs
from tests.api import Scene, add_provider, connect, line
from tests.receiver import Receiver, receiving
from valinta.api.scopes import Scope
from valinta.processes.draw_checks import answer_check, draw_checks
from valinta.programmes.models import Rulebook
from valinta.users.actor import system
from valinta.visits.checks import Check
from valinta.visits.drawing import number_of
from valinta.visits.states import Found


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    """A receiver on this machine, which the settings allow for once."""
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    with receiving() as one:
        yield one


def _report(scene: Scene, *references: str) -> None:
    scene.system.post("/visits", {"lines": [line(scene.order, one) for one in references]})


def _draw(scene: Scene, percent: str = "100") -> None:
    """Draw among what came in; a rulebook that draws every visit stands for the usual one."""
    stage, pk = scene.stage, scene.stage.organiser.pk
    with stage.scope():
        for rulebook in Rulebook.objects.filter(organiser_id=pk):
            rulebook.parameters["sample_rate_percent"] = percent
            Rulebook.objects.filter(pk=rulebook.pk).update(parameters=rulebook.parameters)
        draw_checks(organiser_id=pk, by=system(pk), at=stage.now)


def _find(scene: Scene, found: Found, words: str) -> None:
    stage = scene.stage
    with stage.scope():
        check = Check.objects.get(provider=scene.provider)
        answer_check(check=check, found=found, words=words, by=stage.manager, at=stage.now)


def _visit(scene: Scene, query: str = "", **headers: str) -> dict[str, Any]:
    (visit,) = scene.system.get(f"/visits{query}", **headers).said["items"]
    found: dict[str, Any] = visit
    return found


def test_a_visit_that_was_not_drawn_has_no_check(scene: Scene) -> None:
    _report(scene, "A")
    assert _visit(scene)["check"] is None


def test_a_drawn_visit_says_why_and_what_is_asked_in_the_language(scene: Scene) -> None:
    _report(scene, "A")
    _draw(scene)
    visit = _visit(scene, Accept_Language="sv")
    check = visit["check"]
    assert (check["state"], check["found_at"], check["words"]) == ("open", None, "")
    assert check["why"].startswith(
        "Det valdes genom lottning; sannolikheten var 100\N{NO-BREAK SPACE}%."
    )
    assert check["asked"].startswith("En kontroll fördröjer ingen betalning.")
    english = _visit(scene, Accept_Language="en")["check"]
    assert english["why"].startswith("It was drawn by lot; its chance was 100%.")
    # It is paid as every other visit.
    assert visit["state"] == "accepted"


def test_the_numbers_of_the_drawing_can_be_reckoned_again(scene: Scene) -> None:
    _report(scene, "A")
    _draw(scene)
    visit = _visit(scene)
    check = visit["check"]
    assert check["number"] == number_of(check["seed"], visit["id"]) < check["chance"]
    assert (check["by_gap"], set(check["risks"])) == (
        False,
        {"no_times", "no_code", "new_provider"},
    )


def test_what_was_found_is_told_and_nothing_is_asked_any_more(scene: Scene) -> None:
    _report(scene, "A")
    _draw(scene)
    _find(scene, Found.WRONG, "The visit was half an hour.")
    check = _visit(scene)["check"]
    assert (check["state"], check["words"]) == ("wrong", "The visit was half an hour.")
    assert check["asked"] is None
    assert check["found_at"] is not None


def test_visits_are_listed_by_the_state_of_their_check(scene: Scene) -> None:
    _report(scene, "A")
    _draw(scene)
    _report(scene, "B")
    assert _visit(scene, "?check=open")["reference"] == "A"
    assert scene.system.get("/visits?check=wrong").said["items"] == []
    _find(scene, Found.RIGHT, "")
    assert _visit(scene, "?check=right")["reference"] == "A"
    assert scene.system.get("/visits?check=open").said["items"] == []
    assert scene.system.get("/visits?check=later").status == 422


def test_a_drawing_and_a_finding_are_told_to_who_listens(scene: Scene, receiver: Receiver) -> None:
    other = add_provider(scene.stage, "Siivous Ky")
    unit_of = {"address": receiver.address, "events": ["visit.drawn", "visit.checked"]}
    assert scene.system.post("/webhooks", unit_of).status == 201
    _report(scene, "A")
    _report(other, "B")
    _draw(scene)
    _find(scene, Found.RIGHT, "")
    jobs.do_waiting("send_event")
    told = [json.loads(body) for _headers, body in receiver.came]
    visit = _visit(scene)["id"]
    assert sorted((one["type"], one["data"]["visit"]) for one in told) == [
        ("visit.checked", visit),
        ("visit.drawn", visit),
    ]
    assert {one["href"] for one in told} == {f"/api/v1/visits/{visit}"}
    # The other company was drawn as well; nobody of it listens.
    assert _visit(other)["check"]["state"] == "open"


def test_a_system_that_may_not_read_visits_reads_no_check(scene: Scene) -> None:
    _report(scene, "A")
    _draw(scene)
    narrow = connect(scene.stage, scene.provider, Scope.ORDERS_READ)
    narrow.sign_in()
    assert narrow.get("/visits?check=open").status == 403
