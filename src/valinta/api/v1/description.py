"""The OpenAPI 3.1 description: what each operation says of itself, and what all have in common."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import get_schema

from valinta.api.door import Needs
from valinta.api.problems import MEDIA_TYPE, WORDS
from valinta.api.scopes import Scope
from valinta.api.tokens import LIFETIME
from valinta.api.v1.examples import IDEMPOTENCY_KEY

ROOT = "api/v1/"
SCOPES = {
    Scope.ORDERS_READ: "See the orders made to the company.",
    Scope.ORDERS_ANSWER: "Accept and decline orders.",
    Scope.VISITS_READ: "See the visits that the company has reported.",
    Scope.VISITS_WRITE: "Report visits.",
    Scope.STATEMENTS_READ: "See what the company is paid.",
    Scope.PRICES_READ: "See the company's prices.",
    Scope.PRICES_WRITE: "Give notice of new prices.",
    Scope.WEBHOOKS_MANAGE: "Have addresses told of events.",
}
_HEADERS: dict[str, Any] = {
    "RateLimit-Policy": "How many requests a minute there are.",
    "RateLimit": "How many are left, and for how many seconds.",
}
# These have no Idempotency-Key: done twice they come to the same, or send a message once more.
_PLAIN = {"get_token", "resume_webhook", "test_webhook", "replay_webhook"}


@lru_cache(1)
def described(api: NinjaAPI) -> dict[str, Any]:
    """The whole description."""
    whole: dict[str, Any] = dict(get_schema(api, ROOT))
    needs = _needs(api)
    for methods in whole["paths"].values():
        for method, operation in methods.items():
            _complete(method, operation, needs)
    whole["components"]["securitySchemes"] = {
        "OAuth2": {
            "type": "oauth2",
            "flows": {
                "clientCredentials": {
                    "tokenUrl": "/api/v1/token",
                    "scopes": {str(scope): words for scope, words in SCOPES.items()},
                }
            },
            "description": f"A token works for {LIFETIME.total_seconds() / 60:.0f} minutes.",
        },
        "Basic": {"type": "http", "scheme": "basic"},
    }
    whole["info"]["license"] = {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"}
    whole["servers"] = [{"url": "/"}]
    whole["x-problem-codes"] = {str(code): words.status for code, words in WORDS.items()}
    return whole


def _needs(api: NinjaAPI) -> dict[str, Needs]:
    """By the operation's id, what its token needs."""
    found = {}
    for _prefix, router in api._routers:
        for view in router.path_operations.values():
            for operation in view.operations:
                for auth in operation.auth_callbacks:
                    if isinstance(auth, Needs) and operation.operation_id:
                        found[operation.operation_id] = auth
    return found


def _complete(method: str, operation: dict[str, Any], needs: dict[str, Needs]) -> None:
    auth = needs.get(operation["operationId"])
    if auth is not None:
        operation["security"] = [{"OAuth2": [str(auth.scope)] if auth.scope else []}]
    if method == "post" and operation["operationId"] not in _PLAIN:
        operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
    for status, response in operation["responses"].items():
        if int(status) >= 400 and "content" in response:
            response["content"] = {MEDIA_TYPE: next(iter(response["content"].values()))}
        if auth is not None:
            response["headers"] = {
                name: {"description": words, "schema": {"type": "string"}}
                for name, words in _HEADERS.items()
            }
