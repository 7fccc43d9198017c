"""The examples of the API's page are sent as they stand there, and answered as it says."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import translation
from pytest_django import Settings

from tests.api import open_scene
from tests.repository.files import ROOT
from valinta.api.hooks import EventKind
from valinta.api.problems import WORDS, ProblemCode
from valinta.api.scopes import Scope

PAGE = (ROOT / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
PAIRS = re.findall(r"```http\n(.*?)```\s+```json (\d+)\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def told(db: None, settings: Settings) -> dict[str, str]:
    """What stands in braces on the page."""
    settings.DEMO = True
    scene = open_scene()
    system = scene.system
    return {
        "identifier": system.client.identifier,
        "secret": system.secret,
        "token": system.token,
        "order": str(scene.order.pk),
    }


def test_the_page_has_examples_of_every_kind() -> None:
    assert len(PAIRS) == PAGE.count("```http") >= 7
    assert {status for _, status, _ in PAIRS} >= {"200", "201", "401", "409"}


@pytest.mark.parametrize("place", range(len(PAIRS)))
def test_an_example_is_answered_as_the_page_says(place: int, told: dict[str, str]) -> None:
    request, status, answer = PAIRS[place]
    for name, value in told.items():
        request = request.replace(f"{{{name}}}", value)
    head, _, body = request.partition("\n\n")
    first, *lines = head.strip().split("\n")
    method, path = first.split(" ")
    headers = dict(line.split(": ", 1) for line in lines)
    kind = headers.pop("Content-Type", "application/json")
    response = Browser().generic(
        method, path, body.strip().encode(), content_type=kind, headers=headers
    )
    said = json.loads(response.content)
    assert response.status_code == int(status), said
    _alike(json.loads(answer), said, "answer")
    if int(status) >= 400:
        assert {name: said[name] for name in json.loads(answer)} == json.loads(answer)


def _alike(shown: Any, said: Any, where: str) -> None:
    """The answer has each member that the page shows, and none besides, of the same kind."""
    if isinstance(shown, dict):
        assert isinstance(said, dict), where
        assert shown.keys() == said.keys(), where
        for name in shown:
            _alike(shown[name], said[name], f"{where}.{name}")
    elif isinstance(shown, list) and shown and isinstance(shown[0], dict):
        assert len(shown) == len(said), where
        for place, one in enumerate(shown):
            _alike(one, said[place], f"{where}[{place}]")
    elif shown is not None and said is not None:
        assert type(shown) is type(said), where


def test_the_example_in_the_description_is_taken(told: dict[str, str]) -> None:
    description = Browser().get("/api/v1/openapi.json").json()
    body = description["paths"]["/api/v1/visits"]["post"]["requestBody"]["content"]
    (example,) = body["application/json"]["examples"].values()
    lines = [{**line, "order": int(told["order"])} for line in example["value"]["lines"]]
    answer = Browser().post(
        "/api/v1/visits",
        json.dumps({"lines": lines}),
        content_type="application/json",
        headers={"Authorization": f"Bearer {told['token']}"},
    )
    assert [one["outcome"] for one in answer.json()["lines"]] == ["taken"]


def test_every_scope_and_event_is_told_on_the_page() -> None:
    for word in [*Scope, *EventKind]:
        assert f"`{word}`" in PAGE, word


def test_every_code_of_a_problem_is_told_on_the_page_with_its_status_and_meaning() -> None:
    with translation.override("en"):
        for code, words in WORDS.items():
            assert f"| `{code}` | {words.status} | {words.title} |" in PAGE, code
    assert set(WORDS) == set(ProblemCode)
