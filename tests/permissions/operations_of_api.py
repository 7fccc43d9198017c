"""Every operation of the API: how it is asked for, what it needs, and whose thing it names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.permissions import calls_api
from tests.permissions.stage import Stage
from valinta.api.scopes import Scope
from valinta.catalogue.models import Price
from valinta.processes.change_prices import price_days
from valinta.settlements.models import Statement
from valinta.visits.files import VisitFile
from valinta.visits.models import Visit

JSON, CSV = "application/json", "text/csv"
Numbers = Mapping[str, int]
Body = Callable[[Stage, Numbers], object]


@dataclass(frozen=True)
class Operation:
    """How an operation is asked for. `names`: the kind of the thing in its address.

    `works` is the status for whose thing it is. `lists`: it gives things that nobody else sees.
    """

    method: str
    path: str
    scope: Scope | None
    names: str = ""
    works: int = 200
    body: Body | None = None
    kind: str = JSON
    lists: bool = False


def _reason(s: Stage, numbers: Numbers) -> object:
    return {"reason": "Koe"}


def _correction(s: Stage, numbers: Numbers) -> object:
    visit = Visit.objects.select_related("band").get(pk=numbers["visit_id"])
    return _line(visit) | {"reference": "koe-correct"}


def _lines(s: Stage, numbers: Numbers) -> object:
    visit = Visit.objects.select_related("band").get(pk=numbers["visit_id"])
    return {"lines": [_line(visit) | {"reference": "koe-api"}]}


def _line(visit: Visit) -> dict[str, Any]:
    return {
        "order": visit.order_id,
        "served_on": visit.served_on.isoformat(),
        "started_at": visit.started_at and visit.started_at.isoformat(),
        "ended_at": visit.ended_at and visit.ended_at.isoformat(),
        "quantity": f"{visit.quantity_hundredths / 100}",
        "band": visit.band.code,
        "late_reason": "Koe",
    }


def _file(s: Stage, numbers: Numbers) -> object:
    return f"order;reference\n{numbers['order_id']};koe-file\n".encode()


def _prices(s: Stage, numbers: Numbers) -> object:
    offer = s.offer
    price = Price.objects.filter(offer=offer, superseded_at__isnull=True).select_related("band")[0]
    return {
        "programme": s.side.programme.code,
        "service": offer.service.code,
        "starts_on": price_days(offer, s.at.date())[0].isoformat(),
        "prices": {price.band.code: price.cents - 1},
    }


def _webhook(s: Stage, numbers: Numbers) -> object:
    return {"address": "https://8.8.8.8/", "events": ["order.placed"]}


_S = Scope
_ORDER, _VISIT, _HOOK = "/orders/{order_id}", "/visits/{visit_id}", "/webhooks/{webhook_id}"
_FILE = "/visits/files/{file_id}"
_MANAGE = Scope.WEBHOOKS_MANAGE
OPERATIONS: dict[str, Operation] = {
    "get_me": Operation("GET", "/me", None),
    "list_orders": Operation("GET", "/orders", _S.ORDERS_READ, lists=True),
    "get_order": Operation("GET", _ORDER, _S.ORDERS_READ, "order"),
    # It has been accepted before.
    "accept_order": Operation("POST", f"{_ORDER}/accept", _S.ORDERS_ANSWER, "order", 409),
    "decline_order": Operation(
        "POST", f"{_ORDER}/decline", _S.ORDERS_ANSWER, "order", 409, _reason
    ),
    "report_visits": Operation("POST", "/visits", _S.VISITS_WRITE, body=_lines),
    "list_visits": Operation("GET", "/visits", _S.VISITS_READ, lists=True),
    "get_visit": Operation("GET", _VISIT, _S.VISITS_READ, "visit"),
    "withdraw_visit": Operation(
        "POST", f"{_VISIT}/withdraw", _S.VISITS_WRITE, "visit", body=_reason
    ),
    "correct_visit": Operation(
        "POST", f"{_VISIT}/correct", _S.VISITS_WRITE, "visit", body=_correction
    ),
    "send_visit_file": Operation(
        "POST", "/visits/files", _S.VISITS_WRITE, works=202, body=_file, kind=CSV
    ),
    "list_visit_files": Operation("GET", "/visits/files", _S.VISITS_READ, lists=True),
    "get_visit_file": Operation("GET", _FILE, _S.VISITS_READ, "visit_file"),
    "get_visit_file_answers": Operation("GET", f"{_FILE}/answers", _S.VISITS_READ, "visit_file"),
    "list_statements": Operation("GET", "/statements", _S.STATEMENTS_READ, lists=True),
    "get_statement": Operation(
        "GET", "/statements/{statement_id}", _S.STATEMENTS_READ, "statement"
    ),
    "list_prices": Operation("GET", "/prices", _S.PRICES_READ, lists=True),
    "change_prices": Operation("POST", "/prices?dry_run=true", _S.PRICES_WRITE, body=_prices),
    "list_webhooks": Operation("GET", "/webhooks", _MANAGE, lists=True),
    "make_webhook": Operation("POST", "/webhooks", _MANAGE, works=201, body=_webhook),
    "get_webhook": Operation("GET", _HOOK, _MANAGE, "webhook"),
    "end_webhook": Operation("DELETE", _HOOK, _MANAGE, "webhook"),
    "renew_webhook_secret": Operation("POST", f"{_HOOK}/secret", _MANAGE, "webhook"),
    "resume_webhook": Operation("POST", f"{_HOOK}/resume", _MANAGE, "webhook"),
    "test_webhook": Operation("POST", f"{_HOOK}/test", _MANAGE, "webhook"),
    "list_webhook_messages": Operation(
        "GET", f"{_HOOK}/messages", _MANAGE, "webhook", lists=True
    ),
    "replay_webhook": Operation(
        "POST", f"{_HOOK}/messages/{{message_id}}/replay", _MANAGE, "webhook"
    ),
}  # fmt: skip
# Whoever asks, with a token or without.
OPEN = {"get_token", "get_problem"}
# The number of the thing in an address, by its kind.
KEYS = {
    "order": "order_id",
    "visit": "visit_id",
    "visit_file": "file_id",
    "statement": "statement_id",
    "webhook": "webhook_id",
}


def numbers_of(s: Stage) -> dict[str, int]:
    """The subject company's things, by the names that addresses have for them."""
    company = calls_api.provider(s).pk
    own = {"provider_id": company, "organiser": s.side.organiser}
    told = calls_api.told(s)
    statements = Statement.objects.filter(**own, run__state__in=["approved", "sent"])
    return {
        "order_id": s.side.order_id,
        "visit_id": s.visit(),
        "file_id": VisitFile.objects.filter(**own).order_by("pk")[0].pk,
        "statement_id": statements.order_by("pk")[0].pk,
        "webhook_id": told.subscription_id,
        "message_id": told.pk,
    }
