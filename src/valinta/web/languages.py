"""The language in an address: `?lang=sv` opens any page in Swedish, for links and search engines.

The choice itself is kept in a cookie, so links inside the site need no parameter.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from valinta.web.cookies import keep
from valinta.web.middleware import Handler

PARAMETER = "lang"


def by_address(get_response: Handler) -> Handler:
    """Speak the language that the address asks for, and keep it for the next page."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        code = request.GET.get(PARAMETER, "")
        if code not in dict(settings.LANGUAGES):
            return get_response(request)
        translation.activate(code)
        request.LANGUAGE_CODE = translation.get_language()
        return keep(get_response(request), settings.LANGUAGE_COOKIE_NAME, code)

    return respond


def without_language(address: str) -> str:
    """The address without its language, so that another language can be chosen on the page."""
    parts = urlsplit(address)
    asked = [one for one in parse_qsl(parts.query, keep_blank_values=True) if one[0] != PARAMETER]
    return urlunsplit(parts._replace(query=urlencode(asked)))
