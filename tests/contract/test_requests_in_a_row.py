"""Requests that follow from each other: what one answer tells goes into the next request.

Every answer is held against the description, as in the test beside this one, and looked through for
what belongs to another company, unit or organiser.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.contract.parties import WHO, Parties, gather
from tests.contract.test_api_by_its_description import CHECKS, DESCRIPTION
from valinta.processes.verify_books import verify_books

ROOT = "/api/v1"
LISTS = {
    "/orders": "/orders/{order_id}",
    "/visits": "/visits/{visit_id}",
    "/visits/files": "/visits/files/{file_id}",
    "/statements": "/statements/{statement_id}",
    "/prices": None,
    "/webhooks": "/webhooks/{webhook_id}",
}
VISIT = {"served_on": "2019-03-04", "quantity": "0.5"}


@dataclass
class Walk:
    """One system's requests, each held against the description."""

    who: str
    parties: Parties
    url: str

    def ask(self, method: str, path: str, body: Any = None, **more: Any) -> tuple[int, Any]:
        """The status and the content of the answer; `query` and the numbers in the path by name."""
        operation = DESCRIPTION[ROOT + path][method]
        query = more.pop("query", {})
        given = {"body": body, "media_type": "application/json"} if body is not None else {}
        case = operation.Case(path_parameters=more, query=query, **given)
        token = self.parties.systems[self.who].token
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        response = case.call(base_url=self.url, headers=headers)
        case.validate_response(response, checks=CHECKS)
        self.parties.keep_to_their_own(self.who, response)
        is_json = "json" in response.headers["content-type"][0] and response.content
        return response.status_code, response.json() if is_json else None

    def all_of(self, path: str) -> list[int]:
        """The numbers of a whole list, one row at a time by its cursors."""
        found: list[int] = []
        query: dict[str, Any] = {"limit": 1}
        while True:
            status, said = self.ask("GET", path, query=query)
            if status != 200:
                return found
            found += [one["id"] for one in said["items"]]
            if said["next_cursor"] is None:
                return found
            query = {"limit": 1, "cursor": said["next_cursor"]}


@pytest.fixture
def walks(
    fresh_database: str, settings: Settings, tmp_path: Path, live_server: LiveServer
) -> dict[str, Walk]:
    settings.DEMO = True
    settings.API_REQUESTS_A_MINUTE = 1_000_000
    parties = gather(tmp_path)
    return {who: Walk(who, parties, live_server.url) for who in WHO}


def test_what_one_system_lists_no_other_finds(walks: dict[str, Walk]) -> None:
    """Each reads all that it may; every number of it is then asked for by all the others."""
    seen = {
        (who, path): walk.all_of(path) for who, walk in walks.items() for path in LISTS
    }  # fmt: skip
    assert all(seen["everything", path] for path in LISTS)
    assert all(seen["another company", path] for path in LISTS if path != "/statements")
    assert not any(seen["nobody", path] for path in LISTS)
    # Prices are the whole company's, and a unit may read them.
    assert {path for path in LISTS if seen["a unit", path]} == {"/prices"}
    for (owner, path), numbers in seen.items():
        one = LISTS[path]
        if one is None:
            continue
        name = one[one.index("{") + 1 : -1]
        for number in numbers:
            for who, walk in walks.items():
                status, _said = walk.ask("GET", one, **{name: number})
                is_own = number in seen[who, path]
                assert (status == 200) == is_own, (owner, who, path, number, status)


def test_a_visit_from_its_report_to_its_end(walks: dict[str, Walk]) -> None:
    walk = walks["everything"]
    order = walk.parties.numbers["order_id"]
    line = {"order": order, "reference": "walk-1", **VISIT}
    for dry, outcome in ((True, "taken"), (False, "taken"), (False, "repeated")):
        status, said = walk.ask("POST", "/visits", {"lines": [line]}, query={"dry_run": dry})
        assert (status, said["lines"][0]["outcome"]) == (200, outcome)
    number = said["lines"][0]["visit"]
    entry = {"reference": "walk-2", **VISIT, "quantity": "1"}
    status, corrected = walk.ask("POST", "/visits/{visit_id}/correct", entry, visit_id=number)
    assert (status, corrected["quantity"]) == (200, "1.00")
    again, said = walk.ask("POST", "/visits/{visit_id}/withdraw", {}, visit_id=number)
    assert (again, said["code"]) == (409, "state_forbids")
    for expected in (200, 409):
        status, _said = walk.ask(
            "POST", "/visits/{visit_id}/withdraw", {"reason": "x"}, visit_id=corrected["id"]
        )
        assert status == expected
    stage = walk.parties.stage
    with stage.scope():
        assert verify_books() == []


def test_a_settled_visit_and_an_answered_order_stay_as_they_are(walks: dict[str, Walk]) -> None:
    walk = walks["everything"]
    settled = next(
        one["id"]
        for one in walk.ask("GET", "/visits", query={"limit": 100})[1]["items"]
        if one["statement"]
    )
    assert walk.ask("POST", "/visits/{visit_id}/withdraw", {}, visit_id=settled)[0] == 409
    order = walk.parties.numbers["order_id"]
    assert walk.ask("POST", "/orders/{order_id}/accept", order_id=order)[0] == 409
    said = walk.ask("POST", "/orders/{order_id}/decline", {"reason": "x"}, order_id=order)
    assert said[0] == 409


def test_a_webhook_from_its_making_to_its_end(walks: dict[str, Walk]) -> None:
    walk = walks["everything"]
    content = {"address": "https://8.8.8.8/valinta", "events": ["visit.drawn"]}
    status, made = walk.ask("POST", "/webhooks", content)
    number = {"webhook_id": made["id"]}
    assert (status, made["secret"][:6]) == (201, "whsec_")
    status, message = walk.ask("POST", "/webhooks/{webhook_id}/test", **number)
    assert (status, message["type"]) == (200, "test")
    sent = {"message_id": message["id"], **number}
    path = "/webhooks/{webhook_id}/messages/{message_id}/replay"
    # It waits to be sent for the first time.
    assert walk.ask("POST", path, **sent)[0] == 409
    _status, listed = walk.ask("GET", "/webhooks/{webhook_id}/messages", **number)
    assert [one["id"] for one in listed["items"]] == [message["id"]]
    for name in ("secret", "resume"):
        assert walk.ask("POST", f"/webhooks/{{webhook_id}}/{name}", **number)[0] == 200
    for who in ("another company", "another organiser", "a unit"):
        assert walks[who].ask("POST", path, **sent)[0] == 404
        assert walks[who].ask("DELETE", "/webhooks/{webhook_id}", **number)[0] == 404
    assert walk.ask("DELETE", "/webhooks/{webhook_id}", **number)[0] == 200
    assert walk.ask("GET", "/webhooks/{webhook_id}", **number)[0] == 404
