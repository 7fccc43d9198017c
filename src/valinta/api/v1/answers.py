"""Answers of requests that change something: made once, given again when they are repeated."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from ninja import Schema

from valinta.api.door import ApiRequest
from valinta.api.once import once

JSON = "application/json"


def in_once(
    request: ApiRequest,
    shape: type[Schema],
    work: Callable[[], dict[str, Any]],
    *,
    status: int = 200,
) -> HttpResponse:
    """Do the work, and answer with its result in this shape; see `once`."""

    def answer() -> HttpResponse:
        made = shape.model_validate(work()).model_dump_json()
        return HttpResponse(made, status=status, content_type=JSON)

    return once(request, hashlib.sha256(request.body).digest(), answer)
