"""A transition table allows what it lists and nothing else."""

import pickle
from enum import StrEnum

import pytest

from valinta.shared.states import ForbiddenTransition, IncompleteStates, StateMachine


class Door(StrEnum):
    SHUT = "shut"
    OPEN = "open"
    LOCKED = "locked"
    WALLED_UP = "walled up"


TABLE = {
    Door.SHUT: {Door.OPEN, Door.LOCKED, Door.WALLED_UP},
    Door.OPEN: {Door.SHUT},
    Door.LOCKED: {Door.SHUT},
    Door.WALLED_UP: set(),
}
DOOR: StateMachine[Door] = StateMachine("door", TABLE)
ALLOWED = {
    ("shut", "open"), ("shut", "locked"), ("shut", "walled up"), ("open", "shut"),
    ("locked", "shut"),
}  # fmt: skip


@pytest.mark.parametrize("before", Door)
@pytest.mark.parametrize("after", Door)
def test_every_pair_of_states_is_allowed_or_forbidden_as_listed(before: Door, after: Door) -> None:
    if (before.value, after.value) in ALLOWED:
        DOOR.check(before, after)
        assert DOOR.allows(before, after)
    else:
        assert not DOOR.allows(before, after)
        with pytest.raises(ForbiddenTransition):
            DOOR.check(before, after)


def test_a_forbidden_transition_says_what_is_allowed_instead() -> None:
    with pytest.raises(ForbiddenTransition) as caught:
        DOOR.check(Door.LOCKED, Door.OPEN)
    assert str(caught.value) == (
        "The door cannot go from locked to open; from locked it can go only to shut."
    )
    assert (caught.value.subject, caught.value.before, caught.value.after) == (
        "door", "locked", "open",
    )  # fmt: skip


def test_a_final_state_says_so() -> None:
    assert DOOR.is_final(Door.WALLED_UP)
    assert not DOOR.is_final(Door.SHUT)
    with pytest.raises(ForbiddenTransition, match="it is final"):
        DOOR.check(Door.WALLED_UP, Door.OPEN)


def test_a_forbidden_transition_survives_a_queue() -> None:
    error = ForbiddenTransition("door", Door.OPEN, Door.LOCKED, {Door.SHUT})
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_reachable_states_follow_transitions_to_the_end() -> None:
    assert DOOR.reachable(Door.OPEN) == {Door.OPEN, Door.SHUT, Door.LOCKED, Door.WALLED_UP}
    assert DOOR.reachable(Door.WALLED_UP) == frozenset()


def test_a_state_read_from_a_table_row_is_understood_and_nonsense_is_not() -> None:
    assert DOOR.allows("shut", "open")
    with pytest.raises(ValueError, match="ajar"):
        DOOR.allows(Door.SHUT, "ajar")


def test_a_table_that_forgets_a_state_is_refused_when_built() -> None:
    with pytest.raises(IncompleteStates, match="LOCKED"):
        StateMachine("door", {state: TABLE[state] for state in Door if state != Door.LOCKED})


def test_a_table_that_leads_to_no_known_state_is_refused_when_built() -> None:
    with pytest.raises(IncompleteStates, match="ajar"):
        StateMachine("door", TABLE | {Door.SHUT: {"ajar"}})


def test_an_empty_table_is_refused_when_built() -> None:
    with pytest.raises(IncompleteStates, match="names no state"):
        StateMachine[Door]("door", {})


def test_changing_the_mapping_afterwards_changes_nothing() -> None:
    mapping = {state: set(after) for state, after in TABLE.items()}
    machine = StateMachine("door", mapping)
    mapping[Door.WALLED_UP].add(Door.OPEN)
    assert machine.is_final(Door.WALLED_UP)
