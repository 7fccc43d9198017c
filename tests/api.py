"""Systems of providers in tests: connected by the verbs, asking over the test client."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.test import Client as Browser

from tests.cast import Stage, open_stage
from valinta.api.client_actions import register_api_client
from valinta.api.models import ApiClient
from valinta.api.scopes import Scope
from valinta.orders.models import Order
from valinta.organisers import tenancy
from valinta.plans.states import Way
from valinta.providers.models import Provider, Unit

TODAY = date(2019, 3, 6)


@dataclass
class Answer:
    """An answer of the API: its status, headers and content."""

    status: int
    headers: Any
    said: Any


@dataclass
class System:
    """A provider's system with its secret, and the token it has now."""

    client: ApiClient
    secret: str
    token: str = ""

    def sign_in(self, *scopes: Scope) -> Answer:
        """Get a token, with these scopes or all."""
        form = {
            "grant_type": "client_credentials",
            "client_id": self.client.identifier,
            "client_secret": self.secret,
            "scope": " ".join(scopes),
        }
        answer = _answer(
            Browser().post(
                "/api/v1/token",
                "&".join(f"{k}={v}" for k, v in form.items()),
                content_type="application/x-www-form-urlencoded",
            )
        )
        self.token = answer.said.get("access_token", "")
        return answer

    def get(self, path: str, **headers: str) -> Answer:
        """GET /api/v1<path> with the token."""
        return _answer(Browser().get(f"/api/v1{path}", headers=self._headers(headers)))

    def post(self, path: str, content: Any = None, **headers: str) -> Answer:
        """POST JSON to /api/v1<path> with the token."""
        return self.send(path, json.dumps(content or {}).encode(), "application/json", **headers)

    def send(self, path: str, content: bytes, kind: str, **headers: str) -> Answer:
        """POST any bytes."""
        given = self._headers(headers)
        return _answer(Browser().post(f"/api/v1{path}", content, content_type=kind, headers=given))

    def delete(self, path: str) -> Answer:
        """DELETE /api/v1<path> with the token."""
        return _answer(Browser().delete(f"/api/v1{path}", headers=self._headers({})))

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in more.items()}
        return ({"Authorization": f"Bearer {self.token}"} if self.token else {}) | named


def _answer(response: Any) -> Answer:
    is_json = "json" in response.headers.get("Content-Type", "")
    said = json.loads(response.content) if is_json and response.content else {}
    return Answer(response.status_code, response.headers, said)


def connect(
    stage: Stage, provider: Provider, *scopes: Scope, days: int = 300, unit: Unit | None = None
) -> System:
    """Connect a system of the provider, or its unit, with these scopes, or all."""
    with stage.scope():
        made = register_api_client(
            provider=provider,
            organiser_id=stage.organiser.pk,
            name="Visit system",
            scopes=scopes or tuple(Scope),
            ends_on=stage.on + timedelta(days=days),
            unit=unit,
            by=stage.worker(provider),
            at=stage.now,
        )
    return System(made.client, made.secret)


@dataclass
class Scene:
    """A stage with a provider that has an accepted order, and its system with a token."""

    stage: Stage
    provider: Provider
    order: Order
    system: System


def open_scene(pack: str = "keusote", name: str = "Kotiapu Oy", *scopes: Scope) -> Scene:
    """Open the stage in March 2019; the setting DEMO has to be on for the clock to follow."""
    stage = open_stage(pack, on=TODAY)
    stage.organiser.demo_today = TODAY
    stage.organiser.save()
    scene = add_provider(stage, name, *scopes)
    tenancy.leave()
    return scene


def add_provider(stage: Stage, name: str, *scopes: Scope) -> Scene:
    """One more provider with an order and a system, on the same stage."""
    with stage.scope():
        provider = stage.provider(name)
        aino = stage.client("Aino")
        stage.grant(aino, {"cleaning": (Way.BUDGET, 40_00, False)})
        order = stage.order(aino, stage.offer(provider, "cleaning", "30.00"), 20_00)
        system = connect(stage, provider, *scopes)
    system.sign_in()
    return Scene(stage, provider, order, system)


def line(
    order: Order, reference: str, day: str = "2019-03-05", quantity: str = "1"
) -> dict[str, Any]:
    """A line about a visit."""
    return {"order": order.pk, "reference": reference, "served_on": day, "quantity": quantity}
