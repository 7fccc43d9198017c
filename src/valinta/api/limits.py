"""How often a system may ask: counted in the database, so that it holds over all processes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from valinta.api.models import ApiClient

WINDOW = timedelta(minutes=1)
_COUNT = """
INSERT INTO api_usage (client_id, organiser_id, since, requests)
VALUES (%s, %s, %s, 1)
ON CONFLICT (client_id) DO UPDATE SET
    requests = CASE WHEN api_usage.since = excluded.since THEN api_usage.requests + 1 ELSE 1 END,
    since = excluded.since
RETURNING requests
"""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of the minute: `left` requests (below zero: too many) for `seconds` more."""

    left: int
    seconds: int

    @property
    def headers(self) -> dict[str, str]:
        """The headers of the IETF draft on rate limits, and Retry-After when nothing is left."""
        left = {"RateLimit": f'"minute";r={max(self.left, 0)};t={self.seconds}'}
        return policy() | left | ({"Retry-After": str(self.seconds)} if self.left < 0 else {})


def policy() -> dict[str, str]:
    """What any system may ask: it stands on every answer, also where no system is known."""
    quota, window = settings.API_REQUESTS_A_MINUTE, int(WINDOW.total_seconds())
    return {"RateLimit-Policy": f'"minute";q={quota};w={window}'}


def count(client: ApiClient, at: datetime) -> Allowance:
    """Count one request of the client at a moment of the real clock, and tell what is left."""
    since = at.replace(second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [client.pk, client.organiser_id, since])
        (asked,) = cursor.fetchone()
    left = settings.API_REQUESTS_A_MINUTE - asked
    return Allowance(left, max(60 - at.second, 1))
