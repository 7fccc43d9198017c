"""Visits taken back and corrected by the API, until they are settled."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.api import Scene, line
from valinta.processes.verify_books import verify_books
from valinta.visits.actions import confirm_visit
from valinta.visits.models import Visit


def _sent(scene: Scene, reference: str = "A") -> int:
    answer = scene.system.post("/visits", {"lines": [line(scene.order, reference)]})
    number: int = answer.said["lines"][0]["visit"]
    return number


def test_a_visit_is_taken_back_once(scene: Scene) -> None:
    visit = _sent(scene)
    answer = scene.system.post(f"/visits/{visit}/withdraw", {"reason": "Wrong client."})
    assert (answer.status, answer.said["state"]) == (200, "rejected")
    again = scene.system.post(f"/visits/{visit}/withdraw")
    assert (again.status, again.said["code"]) == (409, "state_forbids")
    with scene.stage.scope():
        assert verify_books() == []


def test_a_visit_is_corrected_and_the_books_hold(scene: Scene) -> None:
    visit = _sent(scene)
    given = {"reference": "A-2", "served_on": "2019-03-05", "quantity": "0.5"}
    answer = scene.system.post(f"/visits/{visit}/correct", given)
    assert answer.status == 200
    assert (answer.said["reference"], answer.said["payable_cents"]) == ("A-2", 15_00)
    assert scene.system.get(f"/visits/{visit}").said["state"] == "rejected"
    with scene.stage.scope():
        assert verify_books() == []


def test_a_correction_that_is_refused_changes_nothing_and_says_why(scene: Scene) -> None:
    visit = _sent(scene)
    given = {"reference": "A-2", "served_on": "2019-03-05", "quantity": "9999"}
    answer = scene.system.post(f"/visits/{visit}/correct", given)
    assert (answer.status, answer.said["code"]) == (422, "line_refused")
    assert answer.said["line"]["code"] == "beyond_ordered"
    assert scene.system.get(f"/visits/{visit}").said["state"] == "accepted"


@pytest.mark.parametrize(
    ("day", "starts", "ends"),
    [
        ("1919-03-05", "1919-03-05T10:00:00", "1919-03-05T11:00:00"),
        ("2019-03-05", "9999-12-31T20:00:00", "9999-12-31T21:00:00"),
        ("2019-03-05", "0001-01-01T00:00:00+14:00", "0001-01-01T01:00:00+14:00"),
        ("2019-03-05", "9999-12-31T23:00:00-14:00", "9999-12-31T23:30:00-14:00"),
    ],
)
def test_a_correction_of_a_day_outside_of_the_calendar_is_refused(
    scene: Scene, day: str, starts: str, ends: str
) -> None:
    visit = _sent(scene)
    given = {"reference": "A-2", "served_on": day, "started_at": starts, "ended_at": ends}
    answer = scene.system.post(f"/visits/{visit}/correct", given)
    assert (answer.status, answer.said["code"]) == (422, "line_refused")
    assert answer.said["line"]["mend"]
    assert scene.system.get(f"/visits/{visit}").said["state"] == "accepted"


def test_a_settled_visit_stays(scene: Scene, tmp_path: Any) -> None:
    visit, stage = _sent(scene), scene.stage
    with stage.scope():
        confirm_visit(visit_id=Visit.objects.get().pk, by=stage.manager, at=stage.now)
        stage.pay(stage.settle(stage.on + timedelta(days=1)), tmp_path)
    answer = scene.system.post(f"/visits/{visit}/withdraw")
    assert (answer.status, answer.said["code"]) == (409, "state_forbids")
