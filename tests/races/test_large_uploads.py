"""Uploads of hundreds of megabytes to the served site: its processes stay small."""

from __future__ import annotations

import http.client
import json
import re
import socket
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path
from subprocess import Popen

import psutil
import pytest
from pytest_django import Settings

from tests import jobs
from tests.api import Scene, open_scene
from tests.api_process import free_port, serving
from valinta.processes.verify_books import verify_books
from valinta.visits.models import Visit, VisitFile

pytestmark = pytest.mark.race
MEGABYTE = 1024 * 1024


@pytest.fixture
def scene(fresh_database: str, settings: Settings) -> Scene:
    settings.DEMO = True
    return open_scene()


def peak(server: Popen[bytes]) -> float:
    """Megabytes that the largest of the server's processes has held at most."""
    most = 0
    for one in [psutil.Process(server.pid), *psutil.Process(server.pid).children(recursive=True)]:
        status = Path(f"/proc/{one.pid}/status").read_text(encoding="ascii")
        found = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
        most = max(most, int(found[1]) if found else 0)
    return most / 1024


def send(port: int, scene: Scene, content: Iterator[bytes], size: int) -> tuple[int, str]:
    """POST the content as it is made; the status and the code of a problem."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    headers = {
        "Authorization": f"Bearer {scene.system.token}",
        "Content-Type": "text/csv",
        "Content-Length": str(size),
    }
    connection.request("POST", "/api/v1/visits/files?name=large", content, headers)
    answer = connection.getresponse()
    said = json.loads(answer.read())
    connection.close()
    return answer.status, said.get("code", "")


def test_a_line_of_hundreds_of_megabytes_leaves_the_server_small(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    megabytes = 300
    monkeypatch.setenv("VALINTA_VISIT_FILE_LARGEST", str(400 * MEGABYTE))
    good = f"order;reference;served_on;quantity\n{scene.order.pk};A;2019-03-05;1\n".encode()

    def attack() -> Iterator[bytes]:
        yield good
        yield from repeat(b"x" * MEGABYTE, megabytes)

    with serving(port := free_port()) as server:
        send(port, scene, iter([good]), len(good))
        before = peak(server)
        size = len(good) + megabytes * MEGABYTE
        assert send(port, scene, attack(), size) == (202, "")
        after = peak(server)
    # Far less than what was sent, wherever in the server it might have been kept.
    assert after - before < megabytes / 3, (before, after)
    with scene.stage.scope():
        jobs.do_waiting("take_in_visit_file")
        file = VisitFile.objects.select_related("batch").order_by("-pk")[0]
        assert (file.batch.repeated, file.batch.refused) == (1, 1)
        assert Visit.objects.count() == 1
        assert verify_books() == []


def test_an_upload_that_breaks_off_is_not_taken_in(scene: Scene) -> None:
    """Cut after "1", the amount may have been 1,5; the sender repeats the whole."""
    content = f"order;reference;served_on;quantity\n{scene.order.pk};A;2019-03-05;1".encode()
    head = {"Authorization": f"Bearer {scene.system.token}", "Content-Type": "text/csv"}
    with serving(port := free_port()):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        head["Content-Length"] = str(len(content) + 2)
        connection.request("POST", "/api/v1/visits/files", iter([content]), head)
        connection.sock.shutdown(socket.SHUT_WR)
        answer = connection.getresponse()
        assert (answer.status, json.loads(answer.read())["code"]) == (400, "unreadable_body")
        connection.close()
    with scene.stage.scope():
        assert not VisitFile.objects.exists()
