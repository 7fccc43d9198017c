"""The door: whose system asks, whether it may, and what every answer carries."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag
from django.utils.translation.trans_real import parse_accept_lang_header
from ninja.security import HttpBearer

from valinta.api import limits, tokens
from valinta.api.limits import Allowance
from valinta.api.models import ApiClient
from valinta.api.problems import BY_STATUS, MEDIA_TYPE, Problem, ProblemCode, answer
from valinta.api.scopes import Scope, without
from valinta.api.tokens import Token
from valinta.audit.actions import Note, record
from valinta.organisers import clock, tenancy
from valinta.organisers.models import Organiser
from valinta.users.actor import Actor, Machine
from valinta.users.permissions import Role

log = logging.getLogger(__name__)
ROOT = "/api/"
LANGUAGES = ("fi", "sv", "en")
Handler = Callable[[HttpRequest], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Caller:
    """A system that has been let in: what it may do, and the moment it is for the organiser."""

    client: ApiClient
    scopes: frozenset[Scope]
    actor: Actor
    at: datetime

    @property
    def organiser(self) -> Organiser:
        return self.client.organiser


class ApiRequest(HttpRequest):
    """A request of a system that has been let in."""

    caller: Caller
    allowance: Allowance


class Needs(HttpBearer):
    """Let in a token with the scope, or raise the Problem; None: any token that works."""

    def __init__(self, scope: Scope | None) -> None:
        self.scope = scope
        super().__init__()

    def __call__(self, request: HttpRequest) -> Caller:
        token = _bearer(request)
        if not token:
            raise Problem(ProblemCode.NOT_SIGNED_IN, headers=_asking(""))
        return self.authenticate(request, token)

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        asked = cast(ApiRequest, request)
        asked.caller = _let_in(asked, token, self.scope)
        return asked.caller


def _bearer(request: HttpRequest) -> str:
    """The token of the header Authorization, or nothing."""
    word, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if word.lower() == "bearer" else ""


def _let_in(request: ApiRequest, text: str, scope: Scope | None) -> Caller:
    try:
        token, client = _of_token(text)
    except tokens.BadToken as error:
        raise Problem(ProblemCode.SIGNED_BY_ANOTHER, headers=_asking("invalid_token")) from error
    count_request(request, client)
    now = clock.now(client.organiser)
    if not client.works_on(now.date()) or client.generation != token.generation:
        refuse(client, ProblemCode.REVOKED, now, request)
    if token.expired:
        refuse(client, ProblemCode.SIGNED_TOO_LONG_AGO, now, request)
    scopes = token.scopes & client.may
    if scope is not None and scope not in scopes:
        refuse(client, ProblemCode.MISSING_SCOPE, now, request, needs=scope)
    tenancy.enter([client.organiser_id], client.user_id)
    return Caller(client, scopes, actor_of_system(client, scopes, now), now)


def _of_token(text: str) -> tuple[Token, ApiClient]:
    """What a token says, and whose it is; its organiser's rows are in view. Raises BadToken."""
    token = tokens.read(text)
    # The token is signed by this installation, so what it says of the organiser is true.
    tenancy.enter([token.organiser_id], None)
    found = ApiClient.objects.select_related("organiser", "provider", "unit", "user")
    client = found.filter(pk=token.client_id).first()
    if client is None:
        raise tokens.BadToken("The system of this token is not there.")
    return token, client


def actor_of_system(client: ApiClient, scopes: frozenset[Scope], now: datetime) -> Actor:
    """Who acts where a system does: the role of providers, narrowed to its own and its scopes."""
    return Actor(
        client.user_id,
        frozenset({(client.organiser_id, Role.PROVIDER)}),
        frozenset({(client.organiser_id, now.date())}),
        without(scopes),
        Machine(client.provider_id, client.unit_id),
    )


def count_request(request: HttpRequest, client: ApiClient) -> None:
    """Count the request against the system's limit. Raises Problem when there are too many."""
    allowance = limits.count(client, clock.moment())
    cast(ApiRequest, request).allowance = allowance
    if allowance.left < 0:
        raise Problem(ProblemCode.TOO_MANY_REQUESTS)


def refuse(
    client: ApiClient,
    code: ProblemCode,
    at: datetime,
    request: HttpRequest,
    *,
    needs: Scope | None = None,
) -> NoReturn:
    """Note in the organiser's audit log that a system was refused, and raise the Problem."""
    said: dict[str, object] = {"needs": str(needs)} if needs is not None else {}
    _note_refusal(client, code, at, request, said)
    error = "insufficient_scope" if needs is not None else "invalid_token"
    raise Problem(code, facts=said, headers=_asking(error))


def note_refused_by_verb(request: HttpRequest) -> None:
    """Note that a system was let in, and then refused by the verb itself."""
    caller = getattr(request, "caller", None)
    if isinstance(caller, Caller):
        _note_refusal(caller.client, ProblemCode.NOT_ALLOWED, caller.at, request, {})


def _note_refusal(
    client: ApiClient,
    code: ProblemCode,
    at: datetime,
    request: HttpRequest,
    more: Mapping[str, object],
) -> None:
    facts = {"why": str(code), "method": str(request.method), **more}
    note = Note("refused", "api_client", client.pk, facts=facts)
    record(organiser_id=client.organiser_id, by_id=client.user_id, at=at, notes=[note])


def missing(request: ApiRequest, kind: str, subject_id: int) -> NoReturn:
    """Note that something was asked for that is not the provider's, and raise the 404 Problem."""
    caller = request.caller
    # An address may name a number that no row can have.
    subject = subject_id if subject_id < 2**63 else 0
    note = Note("refused", kind, subject, facts={"api_client": caller.client.pk})
    record(
        organiser_id=caller.client.organiser_id,
        by_id=caller.client.user_id,
        at=caller.at,
        notes=[note],
    )
    raise Problem(ProblemCode.NOT_FOUND)


def _asking(error: str) -> dict[str, str]:
    """What RFC 6750 wants to be said with a refusal."""
    return {"WWW-Authenticate": 'Bearer realm="valinta"' + (f', error="{error}"' if error else "")}


def frame(get_response: Handler) -> Handler:
    """Middleware: the language of the answer, problems for all refusals, ETag, limits, the scope.

    Nothing here knows cookies: the API is for systems, and a browser's session opens nothing.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(ROOT):
            return get_response(request)
        with translation.override(language(request)):
            try:
                response = _counted(request, _as_problem(get_response(request)))
            finally:
                tenancy.leave()
            return _dressed(request, response)

    return respond


def language(request: HttpRequest) -> str:
    """The first of Finnish, Swedish and English that Accept-Language asks for; else English."""
    asked = parse_accept_lang_header(request.headers.get("Accept-Language", "")[:500])
    for code, _weight in asked:
        if code.split("-")[0] in LANGUAGES:
            return code.split("-")[0]
    return "en"


def _counted(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Count an answer for which no scope was asked, as of an address that does not exist."""
    if hasattr(request, "allowance") or not (text := _bearer(request)):
        return response
    try:
        count_request(request, _of_token(text)[1])
    except tokens.BadToken:
        return response
    except Problem as error:
        return answer(error)
    return response


def _as_problem(response: HttpResponseBase) -> HttpResponseBase:
    """A page about a refusal becomes a problem with the same status."""
    is_problem = response.headers.get("Content-Type", "").startswith(MEDIA_TYPE)
    if response.status_code < 400 or is_problem:
        return response
    code = BY_STATUS.get(response.status_code, ProblemCode.FAILED)
    kept = {"Allow": response.headers["Allow"]} if "Allow" in response.headers else {}
    return answer(Problem(code, headers=kept))


def _dressed(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    patch_vary_headers(response, ["Accept-Language", "Authorization"])
    response.headers.setdefault("Content-Language", translation.get_language() or "en")
    allowance = getattr(request, "allowance", None)
    for name, value in (allowance.headers if allowance else limits.policy()).items():
        response.headers[name] = value
    if request.method not in ("GET", "HEAD") or response.status_code != 200:
        return response
    if isinstance(response, HttpResponse):
        set_response_etag(response)
        response.headers["Cache-Control"] = "private, no-cache"
        return (
            get_conditional_response(request, etag=response.headers["ETag"], response=response)
            or response
        )
    return response
