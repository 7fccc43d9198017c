"""A request whose connection breaks on the way is not taken for a whole one."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest

from tests.api import Scene
from valinta.config.whole_requests import CutOff, Whole
from valinta.config.wsgi import application
from valinta.visits.models import Batch

FILE = b"order;reference;served_on;quantity\n%d;A;2019-03-05;1"


def _sent(scene: Scene, path: str, kind: str, content: bytes, said: int, **more: str) -> Any:
    """What the application answers to content that says of itself that it has `said` bytes."""
    begun: list[str] = []
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": f"/api/v1{path}",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.input": BytesIO(content),
        "wsgi.url_scheme": "http",
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(said),
        "HTTP_AUTHORIZATION": f"Bearer {scene.system.token}",
        **more,
    }
    body = b"".join(application(environ, lambda status, _headers: begun.append(status)))
    return int(begun[0].split()[0]), json.loads(body)


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
