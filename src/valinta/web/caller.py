"""From which address a request comes, for brakes on doors only; it is never kept as such."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def caller(request: HttpRequest) -> str:
    """The caller's address. Behind proxies of one's own, the one that the outermost of them saw.

    What a caller writes into the header by themselves stands before that and is not believed.
    """
    if settings.PROXIES:
        seen = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
        if len(seen) >= settings.PROXIES and (address := seen[-settings.PROXIES].strip()):
            return address
    return str(request.META.get("REMOTE_ADDR", ""))
