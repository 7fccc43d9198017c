"""Visits by the API: an answer for each line, in the asked language, and each visit once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pytest_django import Settings

from tests.api import Scene, line
from valinta.api.models import KeptAnswer
from valinta.plans.states import Way
from valinta.processes.report_table import report_table
from valinta.processes.verify_books import verify_books
from valinta.visits.models import Batch, Visit

NDJSON = "application/x-ndjson"


def _ndjson(lines: list[dict[str, Any]]) -> bytes:
    return "\n".join(json.dumps(one) for one in lines).encode()


def _kept(scene: Scene) -> int:
    with scene.stage.scope():
        assert verify_books() == []
        return Visit.objects.count()


def test_each_line_is_answered_and_good_lines_are_kept(scene: Scene) -> None:
    lines = [line(scene.order, "A"), line(scene.order, "B", "2019-03-32"), line(scene.order, "C")]
    answer = scene.system.post("/visits", {"lines": lines})
    assert answer.status == 200
    assert answer.said["counts"] == {"taken": 2, "in_review": 0, "refused": 1, "repeated": 0}
    assert [one["outcome"] for one in answer.said["lines"]] == ["taken", "refused", "taken"]
    bad = answer.said["lines"][1]
    assert (bad["line"], bad["reference"], bad["code"]) == (2, "B", "unreadable")
    assert "day" in bad["what"]
    assert _kept(scene) == 2


@pytest.mark.parametrize(
    ("asked", "word", "language"),
    [
        ("fi", "Rivin kenttää", "fi"),
        ("sv-FI,fi;q=0.5", "Radens fält", "sv"),
        ("en", "The field", "en"),
        ("de,fr;q=0.9", "The field", "en"),
    ],
)
def test_the_words_are_in_the_language_that_was_asked_for(
    scene: Scene, asked: str, word: str, language: str
) -> None:
    lines = {"lines": [line(scene.order, "B", "2019-03-32")]}
    answer = scene.system.post("/visits", lines, Accept_Language=asked)
    assert answer.said["lines"][0]["what"].startswith(word)
    assert answer.headers["Content-Language"] == language


def test_lines_come_as_ndjson_too_and_a_line_that_is_none_is_answered(scene: Scene) -> None:
    good = _ndjson([line(scene.order, "A"), line(scene.order, "B")])
    bad = b'\n{"order": 1\n[1]\n"x"\n{"a": NaN}\n\xff\xfe{}\n' + b"[" * 5000 + b"\n\n"
    answer = scene.system.send("/visits", good + bad, NDJSON)
    assert answer.said["counts"] == {"taken": 2, "in_review": 0, "refused": 6, "repeated": 0}
    assert {one["code"] for one in answer.said["lines"][2:]} == {"unreadable"}
    assert "whole line" in answer.said["lines"][2]["what"]


def test_a_dry_run_judges_and_keeps_nothing(scene: Scene) -> None:
    answer = scene.system.post("/visits?dry_run=true", {"lines": [line(scene.order, "A")]})
    assert (answer.said["batch"], answer.said["dry_run"]) == (None, True)
    assert answer.said["counts"]["taken"] == 1
    assert _kept(scene) == 0
    with scene.stage.scope():
        assert not Batch.objects.exists()


def test_the_same_reference_again_is_a_repetition(scene: Scene) -> None:
    lines = {"lines": [line(scene.order, "A")]}
    first = scene.system.post("/visits", lines).said["lines"][0]
    again = scene.system.post("/visits", lines).said["lines"][0]
    assert (first["outcome"], again["outcome"]) == ("taken", "repeated")
    assert first["visit"] == again["visit"]
    assert _kept(scene) == 1


def test_the_same_key_gets_the_same_answer_and_does_nothing_more(scene: Scene) -> None:
    lines = {"lines": [line(scene.order, "A")]}
    first = scene.system.post("/visits", lines, Idempotency_Key="one")
    again = scene.system.post("/visits", lines, Idempotency_Key="one")
    assert first.said == again.said
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    with scene.stage.scope():
        assert Batch.objects.count() == 1
    other = scene.system.post("/visits", {"lines": [line(scene.order, "B")]}, Idempotency_Key="one")
    assert (other.status, other.said["code"]) == (422, "idempotency_key_reused")


def test_a_key_whose_first_request_was_killed_is_worked_on_again(scene: Scene) -> None:
    lines = {"lines": [line(scene.order, "A")]}
    scene.system.post("/visits", lines, Idempotency_Key="one")
    with scene.stage.scope():
        KeptAnswer.objects.update(status=None, body=b"")
    again = scene.system.post("/visits", lines, Idempotency_Key="one")
    assert [one["outcome"] for one in again.said["lines"]] == ["repeated"]


@pytest.mark.parametrize(
    ("content", "kind", "status", "code"),
    [
        (b"{", "application/json", 400, "unreadable_body"),
        (b"5", "application/json", 400, "unreadable_body"),
        (b'{"lines": 5}', "application/json", 400, "unreadable_body"),
        (b"[" * 100_000, "application/json", 400, "unreadable_body"),
        (b"9" * 10_000, "application/json", 400, "unreadable_body"),
        ('{"lines": []}'.encode("utf-16"), "application/json", 400, "unreadable_body"),
        (b"[]", "application/json", 422, "no_lines"),
        (b"\n\n", NDJSON, 422, "no_lines"),
        (b"{}", "text/csv", 415, "unsupported_media_type"),
        (b"a=b", "multipart/form-data; boundary=x", 415, "unsupported_media_type"),
        (b"{}\n" * 100_001, NDJSON, 413, "too_many_lines"),
        (b"[" + b"{}," * 100_000 + b"{}]", "application/json", 413, "too_many_lines"),
    ],
)
def test_what_is_no_list_of_lines_is_refused_whole(
    scene: Scene, content: bytes, kind: str, status: int, code: str
) -> None:
    answer = scene.system.send("/visits", content, kind)
    assert (answer.status, answer.said["code"]) == (status, code)
    assert answer.said["detail"]
    assert _kept(scene) == 0


def test_too_large_a_request_is_refused_before_it_is_read(scene: Scene, settings: Settings) -> None:
    settings.API_LARGEST_REQUEST = 100
    answer = scene.system.send("/visits", b"x" * 101, NDJSON)
    assert (answer.status, answer.said["code"]) == (413, "too_large")


def test_packed_content_is_not_unpacked(scene: Scene) -> None:
    answer = scene.system.send("/visits", b"x", NDJSON, Content_Encoding="gzip")
    assert (answer.status, answer.said["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    "text", ["\x00", "\ud800", "=cmd|' /C calc'!A0", "💶" * 30, "ä" * 61, "\t\n\r\\N"]
)
def test_odd_characters_are_answered_and_break_nothing(scene: Scene, text: str) -> None:
    lines = [line(scene.order, text), line(scene.order, "good") | {"worker": text}]
    answer = scene.system.post("/visits", {"lines": lines})
    assert answer.status == 200
    assert len(answer.said["lines"]) == 2
    assert scene.system.get("/visits").status == 200


def test_a_line_without_a_band_has_that_of_its_start_whichever_door_it_takes(scene: Scene) -> None:
    stage, provider = scene.stage, scene.provider
    with stage.scope():
        bea = stage.client("Bea")
        stage.grant(bea, {"home-care": (Way.BUDGET, 20_00, False)})
        prices = {"weekday-day": "40.00", "weekday-evening": "45.00"}
        order = stage.order(bea, stage.offer(provider, "home-care", prices), 10_00)
    times = {"started_at": "2019-03-05T18:30", "ended_at": "2019-03-05T19:30"}
    by_api = {"order": order.pk, "reference": "A", **times}
    scene.system.post("/visits", {"lines": [by_api, line(order, "B")]})
    with stage.scope():
        report_table(
            programme=stage.programme,
            provider=provider,
            text=f"order;reference;day;started;ended\n{order.pk};C;4.3.2019;18:30;19:30",
            by=stage.worker(provider),
            at=stage.now,
            dry_run=False,
        )
        bands = dict(Visit.objects.values_list("reference", "band__code"))
    # Without times it is the first band for which the company has a price.
    assert bands == {"A": "weekday-evening", "B": "weekday-day", "C": "weekday-evening"}


def test_a_quantity_of_nothing_is_nothing_and_not_one(scene: Scene) -> None:
    none = {**line(scene.order, "A"), "quantity": 0}
    (answer,) = scene.system.post("/visits", {"lines": [none]}).said["lines"]
    assert (answer["outcome"], answer["code"]) == ("refused", "non_positive_quantity")
