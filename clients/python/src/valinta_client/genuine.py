"""Whether a webhook's message was sent by who told the secret."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Mapping

TOLERANCE_SECONDS = 300


def is_genuine(
    secret: str, headers: Mapping[str, str], body: bytes, *, now: float | None = None
) -> bool:
    """Whether the message is signed with the secret, and at most five minutes old.

    `body` are the bytes as they came. The header `webhook-id` stays the same when a message is sent
    again: keep it, and do nothing the second time.
    """
    given = {name.lower(): value for name, value in headers.items()}
    moment, message = given.get("webhook-timestamp", ""), given.get("webhook-id", "")
    at = time.time() if now is None else now
    if not moment.isdigit() or abs(at - int(moment)) > TOLERANCE_SECONDS:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    mark = hmac.new(key, f"{message}.{moment}.".encode() + body, hashlib.sha256).digest()
    right = f"v1,{base64.b64encode(mark).decode()}"
    signatures = given.get("webhook-signature", "").split()
    return any(hmac.compare_digest(one, right) for one in signatures)
