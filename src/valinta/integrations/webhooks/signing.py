"""The signature: HMAC-SHA256 over the message's id, the moment and the body."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

_PREFIX = "whsec_"
# An older message may have been caught and sent again by another.
TOLERANCE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: the body, and the headers that say who sent it and when."""

    body: bytes
    headers: Mapping[str, str]


def written(secret: bytes) -> str:
    """The secret as it is told to the receiver."""
    return _PREFIX + base64.b64encode(secret).decode()


def signed(secret: bytes, message_id: str, at: datetime, body: bytes) -> Message:
    """The message with its headers. The id stays the same when it is sent again; the moment not."""
    moment = str(int(at.timestamp()))
    headers = {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{_signature(secret, message_id, moment, body)}",
    }
    return Message(body, headers)


def is_genuine(told: str, headers: Mapping[str, str], body: bytes, at: datetime) -> bool:
    """Whether a message was signed with the secret that was told, at most five minutes ago."""
    given = {name.lower(): value for name, value in headers.items()}
    moment = given.get("webhook-timestamp", "")
    if not moment.isdigit() or abs(at.timestamp() - int(moment)) > TOLERANCE.total_seconds():
        return False
    secret = base64.b64decode(told.removeprefix(_PREFIX))
    right = f"v1,{_signature(secret, given.get('webhook-id', ''), moment, body)}"
    return any(
        hmac.compare_digest(one, right) for one in given.get("webhook-signature", "").split()
    )


def _signature(secret: bytes, message_id: str, moment: str, body: bytes) -> str:
    text = f"{message_id}.{moment}.".encode() + body
    return base64.b64encode(hmac.new(secret, text, hashlib.sha256).digest()).decode()
