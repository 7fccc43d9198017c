"""The verbs of caseloads, openings with a reason, and the log of contacts."""

from __future__ import annotations

from tests.permissions import calls_casework as calls
from tests.permissions.verb import CASE_MANAGER, DECIDER, SYSTEM, Verb
from valinta.clients import caseload_actions, contact_actions, opening_actions

VERBS: dict[str, Verb] = {
    # For oneself: a superior hands over instead.
    "take a client": Verb(caseload_actions.take_client, CASE_MANAGER, calls.take),
    "take a newcomer": Verb(caseload_actions.take_interest, CASE_MANAGER, calls.take_interest),
    "hand over clients": Verb(
        caseload_actions.hand_over, CASE_MANAGER | DECIDER | SYSTEM, calls.hand_over
    ),
    "cover for a colleague": Verb(
        caseload_actions.cover_for, CASE_MANAGER | DECIDER | SYSTEM, calls.cover
    ),
    "end a cover": Verb(
        caseload_actions.end_cover, CASE_MANAGER | DECIDER | SYSTEM, calls.end_cover
    ),
    "open a client with a reason": Verb(
        opening_actions.open_client, CASE_MANAGER | DECIDER, calls.open_up
    ),
    "log a contact": Verb(contact_actions.log_contact, CASE_MANAGER, calls.log),
    "change a contact": Verb(contact_actions.change_contact, CASE_MANAGER, calls.change),
    "take a contact back": Verb(contact_actions.cancel_contact, CASE_MANAGER, calls.cancel),
}
