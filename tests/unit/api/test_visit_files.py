"""Large files by the API: sent, taken in by the same job as from the page, answered, and apart."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from django.test import Client as Browser
from pytest_django import Settings

from tests import jobs
from tests.api import Answer, Scene, add_provider, connect
from valinta.api.scopes import Scope
from valinta.processes.verify_books import verify_books
from valinta.visits.models import Visit, VisitFile

CSV, NDJSON = "text/csv", "application/x-ndjson"
TITLES = "order;reference;served_on;quantity"


def table(scene: Scene, *rows: str) -> bytes:
    return "\n".join([TITLES, *(f"{scene.order.pk};{row}" for row in rows)]).encode()


def send(scene: Scene, content: bytes, kind: str = CSV, **headers: str) -> Answer:
    return scene.system.send("/visits/files?name=March", content, kind, **headers)


def worked(scene: Scene) -> None:
    with scene.stage.scope():
        jobs.do_waiting("take_in_visit_file")
        assert verify_books() == []


def answers(scene: Scene, number: int, query: str = "", **headers: str) -> list[dict[str, Any]]:
    given = {"Authorization": f"Bearer {scene.system.token}"} | headers
    answer = Browser().get(f"/api/v1/visits/files/{number}/answers{query}", headers=given)
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode()
    return [json.loads(line) for line in text.splitlines()]


def test_a_file_is_sent_taken_in_and_answered(scene: Scene) -> None:
    sent = send(scene, table(scene, "A;2019-03-05;1", "B;5/3/2019;1", "C;5.3.2019;0,5"))
    assert sent.status == 202
    assert sent.headers["Location"] == f"/api/v1/visits/files/{sent.said['id']}"
    assert (sent.said["state"], sent.said["lines"], sent.said["percent"]) == ("waiting", 4, 0)
    worked(scene)
    number = sent.said["id"]
    told = scene.system.get(f"/visits/files/{number}").said
    assert (told["state"], told["percent"], told["name"]) == ("done", 100, "March")
    assert told["counts"] == {"taken": 2, "in_review": 0, "refused": 1, "repeated": 0}
    lines = answers(scene, number)
    assert [(one["line"], one["outcome"]) for one in lines] == [
        (2, "taken"), (3, "refused"), (4, "taken"),
    ]  # fmt: skip
    (bad,) = answers(scene, number, "?outcome=refused", **{"Accept-Language": "fi"})
    assert bad["what"].startswith("Rivin kenttää ”päivä”")
    listed = scene.system.get("/visits/files").said["items"]
    assert [one["id"] for one in listed] == [number]


def test_json_lines_are_taken_in_by_the_same_job(scene: Scene) -> None:
    line = {"order": scene.order.pk, "reference": "A", "served_on": "2019-03-05", "quantity": 1.5}
    number = send(scene, json.dumps(line).encode() + b"\n[]\n", NDJSON).said["id"]
    worked(scene)
    assert [one["outcome"] for one in answers(scene, number)] == ["taken", "refused"]


def test_the_same_key_sends_one_file(scene: Scene) -> None:
    content = table(scene, "A;2019-03-05;1")
    first = send(scene, content, Idempotency_Key="march")
    again = send(scene, content, Idempotency_Key="march")
    assert (first.status, again.status) == (202, 202)
    assert first.said["id"] == again.said["id"]
    with scene.stage.scope():
        assert VisitFile.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "kind", "headers", "status", "code"),
    [
        (gzip.compress(b"x" * 1_000_000), CSV, {}, 415, "unsupported_media_type"),
        (b"x", CSV, {"Content_Encoding": "gzip"}, 415, "unsupported_media_type"),
        (b"PK\x03\x04" + b"\0" * 90, CSV, {}, 415, "unsupported_media_type"),
        (b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>", CSV, {}, 415,
         "unsupported_media_type"),
        (b"[{}]", NDJSON, {}, 415, "unsupported_media_type"),
        (b"a;b", "application/xml", {}, 415, "unsupported_media_type"),
        (b" ", CSV, {}, 422, "no_lines"),
        (b"\n\r\n ", NDJSON, {}, 422, "no_lines"),
        (b"x" * 5000, CSV, {}, 413, "too_large"),
    ],
)  # fmt: skip
def test_what_holds_no_lines_is_refused_with_a_code_and_keeps_nothing(
    scene: Scene, settings: Settings, content: bytes, kind: str, headers: dict[str, str],
    status: int, code: str,
) -> None:  # fmt: skip
    settings.VISIT_FILE_LARGEST = 4000
    answer = send(scene, content, kind, **headers)
    assert (answer.status, answer.said["code"]) == (status, code)
    with scene.stage.scope():
        assert not VisitFile.objects.exists()


@pytest.mark.parametrize("sign", ["\0", "\ufffd", '"', "=1+1;", "ä" * 9000, "\x1b", "\u202e"])
def test_hostile_lines_are_answered_one_by_one_and_the_good_ones_are_kept(
    scene: Scene, sign: str
) -> None:
    content = table(scene, "A;2019-03-05;0,5", f"{sign};2019-03-05;1", "C;2019-03-05;0.5")
    number = send(scene, content).said["id"]
    worked(scene)
    told = answers(scene, number)
    assert [one["outcome"] for one in told if one["reference"] in ("A", "C")] == ["taken", "taken"]
    assert len(told) == 3
    with scene.stage.scope():
        assert Visit.objects.filter(reference__in=["A", "C"]).count() == 2


def test_another_company_and_a_narrower_system_never_see_the_file(scene: Scene) -> None:
    number = send(scene, table(scene, "A;2019-03-05;1")).said["id"]
    other = add_provider(scene.stage, "Siivous Ky")
    assert other.system.get("/visits/files").said["items"] == []
    for path in (f"/visits/files/{number}", f"/visits/files/{number}/answers"):
        assert other.system.get(path).status == 404
    assert scene.system.get(f"/visits/files/{number}").status == 200
    assert answers(scene, number) == []
    narrow = connect(scene.stage, scene.provider, Scope.VISITS_READ)
    narrow.sign_in()
    assert narrow.send("/visits/files", b"x", CSV).said["code"] == "missing_scope"
