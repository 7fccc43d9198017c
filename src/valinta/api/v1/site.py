"""Version 1 put together: its operations, how failures are answered, and its own description."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.urls import path
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from valinta.api.door import note_refused_by_verb
from valinta.api.hook_actions import NotYetTried, SubscriptionEnded, TooManySubscriptions
from valinta.api.problems import BY_STATUS, Problem, ProblemCode, answer
from valinta.api.v1 import (
    about,
    orders,
    prices,
    signing_in,
    statements,
    visit_changes,
    visit_files,
    visits,
    webhooks,
)
from valinta.api.v1.description import described
from valinta.integrations.webhooks import AddressRefused
from valinta.processes.take_in_visits import NotAProviderHere
from valinta.shared.states import ForbiddenTransition
from valinta.visits.actions import SettledAlready
from valinta.visits.withdrawing_actions import WithdrawnAlready

log = logging.getLogger(__name__)

api = NinjaAPI(
    title="Valinta",
    version="1",
    description="Orders, visits, statements and prices of a provider, for its own systems.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
api.add_router("/token", signing_in.router)
api.add_router("/orders", orders.router)
api.add_router("/visits/files", visit_files.router)
api.add_router("/visits", visits.router)
api.add_router("/visits", visit_changes.router)
api.add_router("/statements", statements.router)
api.add_router("/prices", prices.router)
api.add_router("/webhooks", webhooks.router)
api.add_router("", about.router)

# What verbs and Django raise, and the problem that it is.
PROBLEMS: tuple[tuple[type[Exception], ProblemCode], ...] = (
    (PermissionError, ProblemCode.NOT_ALLOWED),
    (NotAProviderHere, ProblemCode.NOT_ALLOWED),
    (ForbiddenTransition, ProblemCode.STATE_FORBIDS),
    (SubscriptionEnded, ProblemCode.STATE_FORBIDS),
    (NotYetTried, ProblemCode.STATE_FORBIDS),
    (TooManySubscriptions, ProblemCode.STATE_FORBIDS),
    (SettledAlready, ProblemCode.STATE_FORBIDS),
    (WithdrawnAlready, ProblemCode.STATE_FORBIDS),
    (AddressRefused, ProblemCode.ADDRESS_REFUSED),
    (Http404, ProblemCode.NOT_FOUND),
    (RequestDataTooBig, ProblemCode.TOO_LARGE),
    (SuspiciousOperation, ProblemCode.UNREADABLE_BODY),
    (UnreadablePostError, ProblemCode.UNREADABLE_BODY),
    (OperationalError, ProblemCode.BUSY),
)


@api.exception_handler(Problem)
def problem(request: HttpRequest, error: Problem | type[Problem]) -> HttpResponse:
    assert isinstance(error, Problem)
    return answer(error)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
    assert isinstance(error, ValidationError)
    faults = [
        {
            "in": str(one["loc"][0]),
            "field": ".".join(str(part) for part in one["loc"][2:] or one["loc"][1:]),
            "what": str(one["msg"]),
        }
        for one in error.errors
    ]
    return answer(Problem(ProblemCode.INVALID_REQUEST, facts={"errors": faults}))


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError | type[HttpError]) -> HttpResponse:
    assert isinstance(error, HttpError)
    return answer(Problem(BY_STATUS.get(error.status_code, ProblemCode.FAILED)))


@api.exception_handler(Exception)
def failed(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    for kind, code in PROBLEMS:
        if isinstance(error, kind):
            if code is ProblemCode.NOT_ALLOWED:
                note_refused_by_verb(request)
            return answer(Problem(code))
    log.error("The API failed: %s %s", request.method, request.path, exc_info=True)
    return answer(Problem(ProblemCode.FAILED))


def openapi(request: HttpRequest) -> JsonResponse:
    """The description of the API, OpenAPI 3.1."""
    return JsonResponse(described(api))


def whole() -> dict[str, Any]:
    """The description, for whoever writes it to a file or tests it."""
    return described(api)


_operations = [one for one in api.urls[0] if getattr(one, "name", "") != "api-root"]
urlpatterns = [path("openapi.json", openapi, name="openapi"), *_operations]
app_name = "api"
