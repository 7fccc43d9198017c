"""The whole API against its own description: whatever is sent, what comes back is what is told.

Requests are made from the description, right ones and wrong ones, and sent with tokens of several
systems to the site itself. No answer is a fault of the site, none differs from the description, and
none has anything of another company or organiser in it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

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

from tests.api import Scene, System, add_provider, connect, line, open_scene
from valinta.api.models import Subscription
from valinta.api.scopes import Scope
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
WHO = ["everything", "reads only", "another company", "another organiser", "nobody"]


@dataclass
class Parties:
    """Systems by who they are, and what each must never see."""

    systems: dict[str, System]
    secrets: dict[str, list[str]]
    numbers: dict[str, int]


@pytest.fixture
def parties(fresh_database: str, settings: Settings) -> Parties:
    """Three companies of two organisers, each with an order, a visit and a webhook."""
    settings.DEMO = True
    settings.API_REQUESTS_A_MINUTE = 1_000_000
    scenes = {"everything": open_scene(), "another organiser": open_scene("kainuu")}
    scenes["another company"] = add_provider(scenes["everything"].stage, "Siivous Ky")
    secrets = {
        who: _live(scene, f"{number}-ref") for number, (who, scene) in enumerate(scenes.items())
    }
    here = scenes["everything"]
    narrow = connect(here.stage, here.provider, Scope.ORDERS_READ, Scope.VISITS_READ)
    narrow.sign_in()
    systems = {who: scene.system for who, scene in scenes.items()}
    systems["reads only"] = narrow
    systems["nobody"] = System(narrow.client, "")
    secrets["reads only"] = secrets["everything"]
    visit = here.system.get("/visits").said["items"][0]["id"]
    hook = here.system.get("/webhooks").said["items"][0]["id"]
    file = here.system.get("/visits/files").said["items"][0]["id"]
    return Parties(
        systems,
        secrets,
        {"order_id": here.order.pk, "visit_id": visit, "webhook_id": hook, "file_id": file},
    )


def _live(scene: Scene, reference: str) -> list[str]:
    """Let the company do something; gives what nobody else may see of it."""
    scene.system.post("/visits", {"lines": [line(scene.order, reference)]})
    scene.system.send(f"/visits/files?name={reference}", b"order;reference\n1;x\n", "text/csv")
    with scene.stage.scope():
        Subscription.objects.create(
            organiser=scene.stage.organiser,
            provider=scene.provider,
            client=scene.system.client,
            address=f"https://{reference}.example.org/",
            kinds=["order.placed"],
            made_at=scene.stage.now,
        )
        family = scene.order.client.family_name
    return [reference, family, scene.system.client.identifier, scene.system.secret]


def test_whatever_is_sent_the_answer_is_as_described(
    parties: Parties, live_server: LiveServer
) -> None:
    came: defaultdict[str, set[tuple[str, int]]] = defaultdict(set)
    for operation in OPERATIONS:
        _send_all_kinds(operation, parties, live_server.url, came[f"{operation.label}"])
    seen = {
        name: {status // 100 for who, status in told if who == "everything"}
        for name, told in came.items()
    }
    assert {
        name for name, classes in seen.items() if name.startswith("GET") and 2 not in classes
    } <= {
        "GET /api/v1/problems/{code}",
        "GET /api/v1/statements/{statement_id}",
    }
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
        token = parties.systems[who].token
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        response = case.call(base_url=url, headers=headers)
        case.validate_response(response, checks=CHECKS)
        _keeps_to_its_own(parties, who, response)
        came.add((who, response.status_code))

    send()


def _keeps_to_its_own(parties: Parties, who: str, response: Response) -> None:
    own = set(parties.secrets.get(who, []))
    for others, secrets in parties.secrets.items():
        for secret in set(secrets) - own:
            assert secret not in response.text, f"{who} saw what is of {others}"
