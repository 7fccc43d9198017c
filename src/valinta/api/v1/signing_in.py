"""A token for an identifier and a secret: the client credentials grant of OAuth 2 (RFC 6749)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Literal

from django.http import HttpRequest, QueryDict
from ninja import Field, Router, Schema

from valinta.api import tokens
from valinta.api.client_actions import has_secret
from valinta.api.door import count_request
from valinta.api.models import ApiClient
from valinta.api.problems import Problem, ProblemCode
from valinta.api.scopes import Scope
from valinta.api.v1 import examples
from valinta.api.v1.words import ProblemOut
from valinta.audit.actions import Note, record
from valinta.organisers import clock, tenancy

router = Router(tags=["token"])
_LONGEST = 200
_FORM = "application/x-www-form-urlencoded"


class TokenOut(Schema):
    """A token that works for `expires_in` seconds."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
    scope: str = Field(description="The scopes of the token, with spaces between.")


@router.post(
    "",
    response={200: TokenOut, **dict.fromkeys((400, 401, 413, 415, 429), ProblemOut)},
    auth=None,
    url_name="token",
    operation_id="get_token",
    summary="A token for an identifier and a secret",
    openapi_extra=examples.TOKEN,
)
def get_token(request: HttpRequest) -> dict[str, object]:
    """Identifier and secret go into the header Authorization: Basic, or into the form."""
    form = _form(request)
    if form.get("grant_type") != "client_credentials":
        raise _refused(ProblemCode.UNSUPPORTED_GRANT, "unsupported_grant_type")
    identifier, secret = _credentials(request, form)
    client = _client(request, identifier, secret)
    scopes = _scopes(client, form.get("scope", ""))
    return {
        "access_token": tokens.issue(client, scopes),
        "token_type": "Bearer",
        "expires_in": int(tokens.LIFETIME.total_seconds()),
        "scope": " ".join(sorted(scopes)),
    }


def _form(request: HttpRequest) -> Mapping[str, str]:
    if (request.content_type or "").lower() != _FORM:
        raise Problem(ProblemCode.UNSUPPORTED_TYPE)
    return QueryDict(request.body, encoding="utf-8").dict()


def _credentials(request: HttpRequest, form: Mapping[str, str]) -> tuple[str, str]:
    word, _, packed = request.headers.get("Authorization", "").partition(" ")
    if word.lower() != "basic":
        return form.get("client_id", ""), form.get("client_secret", "")
    try:
        text = base64.b64decode(packed.strip(), validate=True).decode()
    except (binascii.Error, ValueError) as error:
        raise _refused(ProblemCode.INVALID_CLIENT, "invalid_client") from error
    identifier, _, secret = text.partition(":")
    return identifier, secret


def _client(request: HttpRequest, identifier: str, secret: str) -> ApiClient:
    """The system that has this secret. Raises the Problem invalid_client, after noting the try."""
    wrong = _refused(ProblemCode.INVALID_CLIENT, "invalid_client")
    if not identifier.isascii() or not identifier.isprintable() or len(identifier) > _LONGEST:
        raise wrong
    with tenancy.holding(identifier):
        rows = ApiClient.objects.select_related("organiser", "unit")
        found = rows.filter(identifier=identifier).first()
    if found is None or len(secret) > _LONGEST:
        raise wrong
    tenancy.enter([found.organiser_id], found.user_id)
    count_request(request, found)
    now = clock.now(found.organiser)
    if not found.works_on(now.date()) or not has_secret(found, secret, now):
        why = "secret" if found.works_on(now.date()) else "ended"
        note = Note("refused", "api_client", found.pk, facts={"why": why})
        record(organiser_id=found.organiser_id, by_id=found.user_id, at=now, notes=[note])
        raise wrong
    return found


def _scopes(client: ApiClient, asked: str) -> frozenset[Scope]:
    if not asked.strip():
        return client.may
    names = set(asked.split())
    if not names <= {str(one) for one in client.may}:
        has = " ".join(sorted(client.may))
        raise _refused(ProblemCode.INVALID_SCOPE, "invalid_scope", has=has)
    return frozenset(Scope(one) for one in names)


def _refused(code: ProblemCode, error: str, **facts: str) -> Problem:
    """The problem with the member that RFC 6749 asks for as well."""
    headers = {"WWW-Authenticate": 'Basic realm="valinta"'} if error == "invalid_client" else {}
    return Problem(code, facts={"error": error, **facts}, headers=headers)
