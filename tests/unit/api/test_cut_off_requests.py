"""A request whose connection breaks on the way is not taken for a whole one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client as Browser

from tests.api import Scene
from valinta.config.whole_requests import CutOff, Whole, whole_requests
from valinta.visits.models import Batch

FILE = b"order;reference;served_on;quantity\n%d;A;2019-03-05;1"


def _sent(scene: Scene, path: str, kind: str, content: bytes, said: int, **more: str) -> Any:
    """What is answered to content that says of itself that it has `said` bytes."""
    server: dict[str, Any] = {
        "wsgi.input": Whole(BytesIO(content), said),
        "CONTENT_LENGTH": str(said),
        "HTTP_AUTHORIZATION": f"Bearer {scene.system.token}",
        **more,
    }
    answer = Browser().generic("POST", f"/api/v1{path}", content, kind, **server)
    return answer.status_code, json.loads(answer.content)


def test_a_file_that_was_cut_off_is_not_taken_in(scene: Scene) -> None:
    """The last line could have gone on: 1 may have been 1,5."""
    content = FILE % scene.order.pk
    status, said = _sent(scene, "/visits/files", "text/csv", content, len(content) + 2)
    assert (status, said["code"]) == (400, "unreadable_body")
    with scene.stage.scope():
        assert not Batch.objects.exists()


def test_lines_that_were_cut_off_keep_their_key_for_the_whole(scene: Scene) -> None:
    line = {"order": scene.order.pk, "reference": "A", "served_on": "2019-03-05", "quantity": "1"}
    content = json.dumps(line).encode() + b"\n"
    ndjson, key = "application/x-ndjson", {"HTTP_IDEMPOTENCY_KEY": "march"}
    status, said = _sent(scene, "/visits", ndjson, content, 2 * len(content), **key)
    assert (status, said["code"]) == (400, "unreadable_body")
    status, said = _sent(scene, "/visits", ndjson, content, len(content), **key)
    assert (status, said["counts"]["taken"]) == (200, 1)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("application/x-www-form-urlencoded", b"username=a&password=b"),
        (
            "multipart/form-data; boundary=B",
            b'--B\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\n1;A;',
        ),
    ],
)
def test_a_form_that_was_cut_off_is_none(kind: str, content: bytes) -> None:
    long = len(content) + 100
    server: dict[str, Any] = {
        "wsgi.input": Whole(BytesIO(content), long),
        "CONTENT_LENGTH": str(long),
    }
    answer = Browser().generic("POST", "/sign-in/", content, kind, **server)
    assert answer.status_code == 400


@pytest.mark.parametrize(("length", "is_watched"), [("4", True), ("", False), ("much", False)])
def test_content_that_says_its_length_is_watched(length: str, is_watched: bool) -> None:
    seen: list[object] = []

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        seen.append(environ["wsgi.input"])
        return []

    environ: dict[str, Any] = {"wsgi.input": BytesIO(b"one"), "CONTENT_LENGTH": length}
    assert whole_requests(application)(environ, None) == []
    assert isinstance(seen[0], Whole) is is_watched


def test_whole_content_is_read_whole_however_it_is_asked_for() -> None:
    text = b"one\ntwo\nthree"
    assert Whole(BytesIO(text + b"of another"), len(text)).read() == text
    held = Whole(BytesIO(text), len(text))
    assert (held.read(2), held.readline(), held.readline(2)) == (b"on", b"e\n", b"tw")
    assert (held.read(100), held.read(100), held.readline()) == (b"o\nthree", b"", b"")


def test_what_is_missing_at_the_end_is_never_read_as_the_end() -> None:
    with pytest.raises(CutOff):
        Whole(BytesIO(b"one"), 4).read()
    held = Whole(BytesIO(b"one"), 4)
    assert held.readline() == b"one"
    with pytest.raises(CutOff):
        held.readline()
