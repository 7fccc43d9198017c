"""Messages to an address that somebody else gave: signed, and never sent inside one's own network.

    message = signed(secret, "evt_1", moment, body)
    outcome = send(checked("https://example.org/hook", networks=()), message)

The form is that of Standard Webhooks (www.standardwebhooks.com).
"""

from __future__ import annotations

from valinta.integrations.webhooks.addresses import AddressRefused, Target, checked
from valinta.integrations.webhooks.sending import Outcome, send
from valinta.integrations.webhooks.signing import Message, is_genuine, signed, written

__all__ = [
    "AddressRefused",
    "Message",
    "Outcome",
    "Target",
    "checked",
    "is_genuine",
    "send",
    "signed",
    "written",
]
