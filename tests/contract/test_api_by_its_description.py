"""The whole API against its own description: whatever is sent, what comes back is what is told.

Requests are made from the description, right ones and wrong ones, and sent with tokens of several
systems to the site itself. No answer is a fault of the site, none differs from the description, and
none has anything of another company, unit or organiser in it.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as generating
from hypothesis import strategies as st
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from requests import Response
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from tests.contract.parties import WHO, Parties, gather
from valinta.api.v1.site import whole

DESCRIPTION = schemathesis.openapi.from_dict(whole())
# What removes a thing comes last, so that the others have something to find.
OPERATIONS = sorted(
    (one.ok() for one in DESCRIPTION.get_all_operations()),
    key=lambda one: (one.method == "delete", one.method != "get", one.path),
)
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
]
EXAMPLES = 40
# These need no token.
OPEN = ("/token", "/problems/{code}")


@pytest.fixture
def parties(fresh_database: str, settings: Settings, tmp_path: Path) -> Parties:
    """Who asks, and what they have."""
    settings.DEMO = True
    settings.API_REQUESTS_A_MINUTE = 1_000_000
    return gather(tmp_path)


def test_whatever_is_sent_the_answer_is_as_described(
    parties: Parties, live_server: LiveServer
) -> None:
    came: defaultdict[str, set[tuple[str, int]]] = defaultdict(set)
    for operation in OPERATIONS:
        _send_all_kinds(operation, parties, live_server.url, came[f"{operation.label}"])
    # Every address that is read was read for good, not only refused.
    right = {
        name for name, told in came.items() if any(who == "everything" and 200 <= status < 300
                                                   for who, status in told)
    }  # fmt: skip
    assert {name for name in came if name.startswith("GET")} - right == set()
    closed = {name: told for name, told in came.items() if not name.endswith(OPEN)}
    assert {status for told in closed.values() for who, status in told if who == "nobody"} <= {
        401, 404, 405,
    }  # fmt: skip


def _send_all_kinds(
    operation: APIOperation, parties: Parties, url: str, came: set[tuple[str, int]]
) -> None:
    @generating(
        max_examples=EXAMPLES,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
    @given(case=operation.as_strategy(), who=st.sampled_from(WHO), known=st.booleans())
    def send(case: Case, who: str, known: bool) -> None:
        if known:
            # Numbers of the first company: for the others they are somebody else's.
            for name, number in parties.numbers.items():
                if name in case.path_parameters:
                    case.path_parameters[name] = number
        came.add((who, _sent(case, who, parties, url).status_code))

    send()


def _sent(case: Case, who: str, parties: Parties, url: str) -> Response:
    response = case.call(base_url=url, headers=_token(parties, who))
    case.validate_response(response, checks=CHECKS)
    parties.keep_to_their_own(who, response)
    assert "ratelimit-policy" in response.headers
    assert who == "nobody" or "ratelimit" in response.headers, response.status_code
    return response


def _token(parties: Parties, who: str) -> dict[str, str]:
    token = parties.systems[who].token
    return {"Authorization": f"Bearer {token}"} if token else {}
