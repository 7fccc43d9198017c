"""Days in Finnish and Swedish end with a full stop; a sentence that ends with one has no other."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

# "14.3.." with a blank or a mark after it. Three points in a row are left as they are.
DOUBLED = re.compile(rb"(?<=[0-9]\.)\.(?=[\s<])")


def once(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Take the second of two full stops after a day out of a page."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if isinstance(response, HttpResponse) and response.get("Content-Type", "").startswith(
            "text/html"
        ):
            response.content = DOUBLED.sub(b"", response.content)
            if response.has_header("Content-Length"):
                response["Content-Length"] = str(len(response.content))
        return response

    return respond
