"""Problems: what went wrong, by RFC 9457, with codes that stay and words in the asked language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEDIA_TYPE = "application/problem+json"


class ProblemCode(StrEnum):
    """The codes of API v1. They stay; new ones may come."""

    INVALID_REQUEST = "invalid_request"
    UNREADABLE_BODY = "unreadable_body"
    BAD_CURSOR = "bad_cursor"
    NOT_SIGNED_IN = "missing_token"
    SIGNED_BY_ANOTHER = "invalid_token"
    SIGNED_TOO_LONG_AGO = "expired_token"
    REVOKED = "revoked"
    INVALID_CLIENT = "invalid_client"
    UNSUPPORTED_GRANT = "unsupported_grant_type"
    INVALID_SCOPE = "invalid_scope"
    MISSING_SCOPE = "missing_scope"
    NOT_ALLOWED = "not_allowed"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    STATE_FORBIDS = "state_forbids"
    IN_PROGRESS = "request_in_progress"
    TOO_LARGE = "too_large"
    TOO_MANY_LINES = "too_many_lines"
    NO_LINES = "no_lines"
    LINE_REFUSED = "line_refused"
    UNSUPPORTED_TYPE = "unsupported_media_type"
    KEY_REUSED = "idempotency_key_reused"
    ADDRESS_REFUSED = "address_refused"
    PRICE_REFUSED = "price_refused"
    TOO_MANY_REQUESTS = "too_many_requests"
    BUSY = "busy"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Words:
    """The status of a code, what it means, and how to mend it."""

    status: int
    title: str | Promise
    mend: str | Promise


_C = ProblemCode
WORDS: dict[ProblemCode, Words] = {
    _C.INVALID_REQUEST: Words(
        422,
        _("The request is not as it should be"),
        _("Correct the fields that are named under errors and send the request again."),
    ),
    _C.UNREADABLE_BODY: Words(
        400,
        _("The content of the request cannot be read"),
        _(
            "Send JSON in UTF-8, or for visits one JSON object on each line, and name its "
            "type in Content-Type."
        ),
    ),
    _C.BAD_CURSOR: Words(
        400,
        _("The cursor is not one of ours"),
        _(
            "Use the next_cursor of the answer before as it is, with the same filters, or "
            "begin without one."
        ),
    ),
    _C.NOT_SIGNED_IN: Words(
        401,
        _("A token is missing"),
        _("Ask for a token at /api/v1/token and send it in the header Authorization: Bearer."),
    ),
    _C.SIGNED_BY_ANOTHER: Words(
        401,
        _("The token is not valid"),
        _("Ask for a new token at /api/v1/token."),
    ),
    _C.SIGNED_TOO_LONG_AGO: Words(
        401,
        _("The token is too old"),
        _("Ask for a new token at /api/v1/token. A token works for 15 minutes."),
    ),
    _C.REVOKED: Words(
        401,
        _("The system has been ended or its secret was changed"),
        _("Ask an administrator of your company to connect the system again."),
    ),
    _C.INVALID_CLIENT: Words(
        401,
        _("The identifier and the secret do not belong together"),
        _("Check both. If the secret is lost, an administrator of your company can change it."),
    ),
    _C.UNSUPPORTED_GRANT: Words(
        400,
        _("Only client credentials give a token here"),
        _("Send grant_type=client_credentials."),
    ),
    _C.INVALID_SCOPE: Words(
        400,
        _("The system does not have this scope"),
        _("Ask for scopes that the system has, or for none: then the token has all of them."),
    ),
    _C.MISSING_SCOPE: Words(
        403,
        _("The token does not have the scope for this"),
        _(
            "Ask an administrator of your company to give the system the scope, and ask for a "
            "new token."
        ),
    ),
    _C.NOT_ALLOWED: Words(
        403,
        _("Your company may not do this here"),
        _("If you think it should, contact the organiser."),
    ),
    _C.NOT_FOUND: Words(
        404,
        _("There is nothing here for your company"),
        _("Check the address and the number."),
    ),
    _C.METHOD_NOT_ALLOWED: Words(
        405,
        _("This cannot be done at this address"),
        _("The header Allow names what can be done here."),
    ),
    _C.STATE_FORBIDS: Words(
        409,
        _("It is too late or too early for this"),
        _("Ask for the thing again and see its state."),
    ),
    _C.IN_PROGRESS: Words(
        409,
        _("The same request is being worked on"),
        _(
            "Wait for its answer, or send the request again after a while with the same "
            "Idempotency-Key."
        ),
    ),
    _C.TOO_LARGE: Words(
        413,
        _("The request is too large"),
        _("Send less at a time."),
    ),
    _C.TOO_MANY_LINES: Words(
        413,
        _("There are too many lines in one request"),
        _("Send at most 100,000 lines at a time. Nothing was taken in."),
    ),
    _C.NO_LINES: Words(
        422,
        _("There are no lines in the request"),
        _("Send at least one line."),
    ),
    _C.LINE_REFUSED: Words(
        422,
        _("The visit as it is now is refused"),
        _("Read under line what is wrong, mend it and send it again. Nothing was changed."),
    ),
    _C.UNSUPPORTED_TYPE: Words(
        415,
        _("This type of content is not taken here"),
        _("Send application/json, or application/x-ndjson for visits, without Content-Encoding."),
    ),
    _C.KEY_REUSED: Words(
        422,
        _("The Idempotency-Key was used for another request"),
        _("Make a new key for each new request."),
    ),
    _C.ADDRESS_REFUSED: Words(
        422,
        _("Messages cannot be sent to this address"),
        _(
            "Give an https address with a name that is found on the public internet, on port "
            "443 or 8443."
        ),
    ),
    _C.PRICE_REFUSED: Words(
        422,
        _("These prices cannot be taken into use like this"),
        _(
            "Read under why what is wrong, and under days from which days the programme takes "
            "new prices. Nothing was changed."
        ),
    ),
    _C.TOO_MANY_REQUESTS: Words(
        429,
        _("There have been too many requests"),
        _("Wait for the seconds that the header Retry-After says."),
    ),
    _C.BUSY: Words(
        503,
        _("Others are writing to the same orders just now"),
        _("Send the request again after a while. What was taken in is answered as repeated."),
    ),
    _C.FAILED: Words(
        500,
        _("Something failed on our side"),
        _("Send the request again after a while. If it fails again, contact the organiser."),
    ),
}  # fmt: skip


class Problem(Exception):
    """An answer that is not what was asked for. `facts` become members beside the standard ones."""

    def __init__(
        self,
        code: ProblemCode,
        detail: str | Promise = "",
        *,
        facts: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.code = code
        self.detail = detail
        self.facts = dict(facts or {})
        self.headers = dict(headers or {})
        super().__init__(f"{code}: {detail or WORDS[code].title}")


def answer(problem: Problem) -> HttpResponse:
    """The problem as a response, in the language that is active."""
    words = WORDS[problem.code]
    said = {
        "type": f"/api/v1/problems/{problem.code}",
        "title": str(words.title),
        "status": words.status,
        "detail": str(problem.detail or words.mend),
        "code": str(problem.code),
        **problem.facts,
    }
    return HttpResponse(
        json.dumps(said, ensure_ascii=False),
        status=words.status,
        content_type=MEDIA_TYPE,
        headers=problem.headers,
    )


BY_STATUS = {
    400: _C.UNREADABLE_BODY,
    401: _C.SIGNED_BY_ANOTHER,
    403: _C.NOT_ALLOWED,
    404: _C.NOT_FOUND,
    405: _C.METHOD_NOT_ALLOWED,
    413: _C.TOO_LARGE,
    415: _C.UNSUPPORTED_TYPE,
    429: _C.TOO_MANY_REQUESTS,
    503: _C.BUSY,
}
