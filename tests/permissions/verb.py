"""A row of the table of verbs, and the groups of people that the rows name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.permissions.cast import MANDATES
from tests.permissions.stage import Stage

CLIENT = frozenset({"client"})
MAY_ACT = frozenset({"representative", "representative who acts and sees no more"})
MAY_WRITE = frozenset({"representative who sees the plan"})
CASE_MANAGER = frozenset({"case manager"})
EVERY_REPRESENTATIVE = frozenset({*MANDATES, "representative of nobody"})
DECIDER = frozenset({"decision maker"})
PROVIDER = frozenset({"provider"})
FINANCE = frozenset({"finance preparer", "finance approver"})
OFFICE = frozenset({"office"})
SYSTEM = frozenset({"system"})


@dataclass(frozen=True)
class Verb:
    """A verb: its function, for whom it works, and a call that works for them."""

    function: Callable[..., object]
    works_for: frozenset[str]
    call: Callable[[Stage], object]
    # Verbs about the subject client or the subject provider, for the table of wrong people.
    about: str = ""


ORDERERS = CLIENT | MAY_ACT | CASE_MANAGER | SYSTEM
ENDERS = CLIENT | CASE_MANAGER | DECIDER | SYSTEM
