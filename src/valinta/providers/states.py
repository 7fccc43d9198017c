"""States of a provider's application, of its evidence, and of an entry in a register."""

from __future__ import annotations

from enum import StrEnum

from valinta.shared.states import StateMachine


class ApplicationState(StrEnum):
    """An application is drafted, sent, perhaps clarified, and decided on or taken back."""

    DRAFT = "draft"
    SENT = "sent"
    CLARIFICATION = "clarification"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


_A = ApplicationState
APPLICATION = StateMachine(
    "application",
    {
        _A.DRAFT: {_A.SENT, _A.WITHDRAWN},
        _A.SENT: {_A.CLARIFICATION, _A.APPROVED, _A.REFUSED, _A.WITHDRAWN},
        # An answer brings it back to who decides; without one it can only be refused.
        _A.CLARIFICATION: {_A.SENT, _A.REFUSED, _A.WITHDRAWN},
        _A.APPROVED: set(),
        _A.REFUSED: set(),
        _A.WITHDRAWN: set(),
    },
)
WAITING = (ApplicationState.SENT, ApplicationState.CLARIFICATION)
# While it is in one of these the applicant can hand in evidence.
OPEN = (ApplicationState.DRAFT, *WAITING)


class EvidenceState(StrEnum):
    """A piece of evidence is handed in, and taken as proof or not."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class EntryState(StrEnum):
    """An entry in a register: applied for with the right to work, in force, refused or removed."""

    MAY_OPERATE = "may_operate"
    REGISTERED = "registered"
    REFUSED = "refused"
    REMOVED = "removed"


_E = EntryState
ENTRY = StateMachine(
    "register entry",
    {
        _E.MAY_OPERATE: {_E.REGISTERED, _E.REFUSED, _E.REMOVED},
        _E.REGISTERED: {_E.REMOVED},
        _E.REFUSED: set(),
        _E.REMOVED: set(),
    },
)
PROVES = (EntryState.MAY_OPERATE, EntryState.REGISTERED)


class SigningRight(StrEnum):
    """By what right a person signs an application for a company."""

    OWNER = "owner"
    ARTICLES = "articles"
    PROCURATION = "procura"
    AUTHORISED = "authorised"
