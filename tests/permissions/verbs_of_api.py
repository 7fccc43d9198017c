"""The verbs about the systems of providers and what they are told of."""

from __future__ import annotations

from tests.permissions import calls_api as calls
from tests.permissions.verb import OFFICE, PROVIDER, SYSTEM, Verb
from valinta.api import client_actions, hook_actions

# The company's own, and the office, which ends a system whose secret has leaked.
KEEPS = PROVIDER | OFFICE | SYSTEM

VERBS: dict[str, Verb] = {
    "connect a system": Verb(client_actions.register_api_client, KEEPS, calls.register, "provider"),
    "change a system's secret": Verb(
        client_actions.rotate_api_secret, KEEPS, calls.rotate, "provider"
    ),
    "end a system": Verb(client_actions.revoke_api_client, KEEPS, calls.revoke, "provider"),
    "subscribe to events": Verb(hook_actions.subscribe_webhook, KEEPS, calls.subscribe, "provider"),
    "end a subscription": Verb(hook_actions.end_webhook, KEEPS, calls.end, "provider"),
    "renew a webhook's secret": Verb(
        hook_actions.renew_webhook_secret, KEEPS, calls.renew, "provider"
    ),
    "resume a webhook": Verb(hook_actions.resume_webhook, KEEPS, calls.resume, "provider"),
    "send a message again": Verb(hook_actions.replay_webhook, KEEPS, calls.replay, "provider"),
    "send a test message": Verb(hook_actions.try_webhook, KEEPS, calls.try_out, "provider"),
}
