"""Cookies of our own: a choice of the reader, kept for a year, never read by code in the page."""

from __future__ import annotations

from typing import TypeVar

from django.conf import settings
from django.http import HttpResponseBase

YEAR_IN_SECONDS = 365 * 24 * 60 * 60
Answer = TypeVar("Answer", bound=HttpResponseBase)


def keep(answer: Answer, cookie: str, value: str) -> Answer:
    """Keep the choice in a cookie of this name."""
    answer.set_cookie(
        cookie,
        value,
        max_age=YEAR_IN_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer
