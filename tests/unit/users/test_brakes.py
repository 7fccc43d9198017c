"""Brakes: some tries are free, then each costs a longer wait; nothing personal is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from valinta.users.brakes import (
    BY_CALLER,
    BY_LETTER_CODE,
    BY_NAME,
    LONGEST_MEMORY,
    Brake,
    Key,
    TooManyTries,
    count_success,
    count_try,
)
from valinta.users.models import Tries

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def tries_until_locked(key: Key, at: datetime) -> int:
    """How many tries in a row at one moment are let through."""
    for number in range(100):
        try:
            count_try([key], at)
        except TooManyTries:
            return number
    raise AssertionError("The brake never held.")


def wait_of(key: Key, at: datetime) -> timedelta:
    with pytest.raises(TooManyTries) as caught:
        count_try([key], at)
    return caught.value.until - at


@pytest.mark.parametrize("brake", [BY_NAME, BY_CALLER, BY_LETTER_CODE])
def test_so_many_tries_are_free_as_the_brake_says(brake: Brake) -> None:
    key = Key(brake, "aino")
    assert tries_until_locked(key, NOON) == brake.free
    assert wait_of(key, NOON) == brake.first_wait


def test_each_further_try_doubles_the_wait_up_to_the_longest() -> None:
    key, at = Key(BY_NAME, "aino"), NOON
    tries_until_locked(key, at)
    waits = []
    for _ in range(8):
        waits.append(wait_of(key, at))
        at += waits[-1]
        count_try([key], at)
    assert waits == [timedelta(minutes=n) for n in (1, 2, 4, 8, 16, 32, 60, 60)]


def test_tries_made_while_the_door_is_locked_do_not_lengthen_the_wait() -> None:
    key = Key(BY_NAME, "aino")
    tries_until_locked(key, NOON)
    for second in range(50):
        assert wait_of(key, NOON + timedelta(seconds=second)) == MINUTE - timedelta(seconds=second)


def test_a_right_password_opens_the_brake_on_the_name() -> None:
    key = Key(BY_NAME, "aino")
    for _ in range(BY_NAME.free - 1):
        count_try([key], NOON)
    count_success([key], NOON)
    assert tries_until_locked(key, NOON) == BY_NAME.free


def test_one_success_does_not_clear_what_a_caller_has_tried_on_others() -> None:
    """Whoever guesses at many names cannot wash the count away with a name of their own."""
    key = Key(BY_CALLER, "192.0.2.7")
    for _ in range(BY_CALLER.free - 2):
        count_try([key], NOON)
    count_try([key], NOON)
    count_success([key], NOON)
    assert tries_until_locked(key, NOON) == 2


def test_the_count_is_forgotten_after_a_quiet_time() -> None:
    key = Key(BY_NAME, "aino")
    for _ in range(BY_NAME.free - 1):
        count_try([key], NOON)
    later = NOON + BY_NAME.forgets_after + MINUTE
    assert tries_until_locked(key, later) == BY_NAME.free


def test_when_one_key_is_locked_the_try_is_counted_on_none() -> None:
    name, caller = Key(BY_NAME, "aino"), Key(BY_CALLER, "192.0.2.7")
    tries_until_locked(name, NOON)
    with pytest.raises(TooManyTries):
        count_try([name, caller], NOON)
    assert tries_until_locked(caller, NOON) == BY_CALLER.free


def test_other_names_and_other_doors_are_not_held_back() -> None:
    tries_until_locked(Key(BY_NAME, "aino"), NOON)
    count_try([Key(BY_NAME, "onni")], NOON)
    count_try([Key(BY_LETTER_CODE, "aino")], NOON)


def test_neither_a_name_nor_an_address_can_be_read_from_what_is_kept() -> None:
    count_try([Key(BY_NAME, "aino"), Key(BY_CALLER, "192.0.2.7")], NOON)
    marks = list(Tries.objects.values_list("mark", flat=True))
    assert {len(mark) for mark in marks} == {64}
    assert not any("aino" in mark or "192.0.2.7" in mark for mark in marks)


def test_old_tries_are_removed_when_new_ones_come() -> None:
    count_try([Key(BY_NAME, "aino")], NOON)
    count_try([Key(BY_NAME, "onni")], NOON + LONGEST_MEMORY + MINUTE)
    assert Tries.objects.count() == 1
