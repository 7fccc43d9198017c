"""States and the transitions allowed between them, as one table per subject."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Generic, TypeVar

E = TypeVar("E", bound=StrEnum)


class IncompleteStates(TypeError):
    """A transition table does not name every state of its enum."""


class ForbiddenTransition(Exception):
    """The transition is not in the subject's table."""

    def __init__(self, subject: str, before: str, after: str, allowed: Collection[str]) -> None:
        self.subject = subject
        self.before = before
        self.after = after
        self.allowed = tuple(sorted(str(state) for state in allowed))
        ways = f"only to {', '.join(self.allowed)}" if self.allowed else "nowhere: it is final"
        super().__init__(
            f"The {subject} cannot go from {before} to {after}; from {before} it can go {ways}."
        )

    def __reduce__(self) -> tuple[type[ForbiddenTransition], tuple[str, str, str, tuple[str, ...]]]:
        return type(self), (self.subject, self.before, self.after, self.allowed)


class StateMachine(Generic[E]):
    """The transition table of one subject: for each state, the states that may come next.

    Every member of the enum must be a key; a final state has an empty set. A table that forgets
    a state raises ``IncompleteStates`` when it is built. Staying in a state is a transition like
    any other and is allowed only when the table says so.
    """

    def __init__(self, subject: str, next_states: Mapping[E, Collection[E]]) -> None:
        if not next_states:
            raise IncompleteStates(f"The transition table of the {subject} names no state.")
        self.subject = subject
        self._states: type[E] = type(next(iter(next_states)))
        self._next: dict[E, frozenset[E]] = {
            state: frozenset(after) for state, after in next_states.items()
        }
        forgotten = [state for state in self._states if state not in self._next]
        strangers = {after for every in self._next.values() for after in every} - set(self._states)
        if forgotten or strangers:
            raise IncompleteStates(
                f"The transition table of the {subject} forgets {forgotten} "
                f"and names {sorted(strangers)} that are not its states."
            )

    def check(self, before: E, after: E) -> None:
        """Return when the transition is allowed; raise ``ForbiddenTransition`` when it is not."""
        if not self.allows(before, after):
            raise ForbiddenTransition(self.subject, before, after, self.next_states(before))

    def allows(self, before: E, after: E) -> bool:
        """Whether the table has this transition. Text that names no state is a ``ValueError``."""
        return self._states(after) in self.next_states(before)

    def next_states(self, state: E) -> frozenset[E]:
        """The states that may come right after this one."""
        return self._next[self._states(state)]

    def is_final(self, state: E) -> bool:
        """Whether nothing may come after this state."""
        return not self.next_states(state)

    def reachable(self, start: E) -> frozenset[E]:
        """Every state that one or more transitions lead to from ``start``."""
        found: set[E] = set()
        waiting = set(self.next_states(start))
        while waiting:
            state = waiting.pop()
            found.add(state)
            waiting |= self._next[state] - found
        return frozenset(found)
