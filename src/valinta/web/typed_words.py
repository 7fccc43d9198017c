"""What comes in from forms and addresses, without signs that nobody types."""

from __future__ import annotations

import re

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.http.request import UnreadablePostError

from valinta.web.middleware import Handler

# Control characters but the ends of lines and tabs. The database cannot keep the first of them.
_UNTYPED = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


def without_control_characters(get_response: Handler) -> Handler:
    """Take control characters out of every name and value that was sent.

    They come with text that is copied from other programs, and from those who try what breaks.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        _clean(request, "GET")
        if request.method == "POST":
            try:
                _clean(request, "POST")
            except UnreadablePostError as error:
                # The connection broke on the way: half a form is none.
                raise BadRequest("The request ended early.") from error
        return get_response(request)

    return respond


def _clean(request: HttpRequest, what: str) -> None:
    sent: QueryDict = getattr(request, what)
    texts = (text for key, values in sent.lists() for text in (key, *values))
    if not any(_UNTYPED.search(text) for text in texts):
        return
    clean = QueryDict(mutable=True, encoding=sent.encoding)
    for key, values in sent.lists():
        clean.setlist(_UNTYPED.sub("", key), [_UNTYPED.sub("", value) for value in values])
    setattr(request, what, clean)
