"""Brakes on doors that open with a secret: some tries are free, then each costs a longer wait.

A try is counted before the secret is looked at, so many tries at the same time are counted too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from valinta.users.models import Tries

SALT = "valinta.users.brakes"


@dataclass(frozen=True, slots=True)
class Brake:
    """`free` tries in a row, then waits that double from `first_wait` up to `longest_wait`.

    The count starts again when nothing was tried for `forgets_after`, or after a success.
    """

    door: str
    free: int
    first_wait: timedelta
    longest_wait: timedelta
    forgets_after: timedelta
    # Whether one success clears the whole count; if not, it only takes back its own try.
    clears: bool = True


_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# Passwords: slow for guessing, short enough for a person who has forgotten.
BY_NAME = Brake("name", 5, _MINUTE, _HOUR, _DAY)
# A care home or an office shares one address; whoever tries many names from it is slowed down.
BY_CALLER = Brake("caller", 30, _MINUTE, _HOUR, 2 * _HOUR, clears=False)
# A date of birth is easy to guess, so the code of a letter is guarded for longer.
BY_LETTER_CODE = Brake("letter", 5, 15 * _MINUTE, _DAY, 30 * _DAY)
BY_INVITATION_CODE = Brake("invitation", 5, 15 * _MINUTE, _DAY, 30 * _DAY)
# An e-mail address is confirmed by a code; nobody has letters sent to many addresses of others.
BY_ADDRESS_CODE = Brake("address code", 5, 15 * _MINUTE, _DAY, 30 * _DAY)
BY_ADDRESS_ASKED = Brake("address asked", 5, 15 * _MINUTE, _DAY, _DAY)
LONGEST_MEMORY = 30 * _DAY


class TooManyTries(PermissionError):
    """The door has been tried too often; it opens again at `until`."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(f"Too many tries. Wait until {until:%d.%m.%Y %H:%M} and try again.")


@dataclass(frozen=True, slots=True)
class Key:
    """One brake on one username, code or caller."""

    brake: Brake
    of: str

    @property
    def mark(self) -> str:
        """What is kept of it: a digest that only this installation can make."""
        text = f"{self.brake.door}:{self.of}"
        return salted_hmac(SALT, text, algorithm="sha256").hexdigest()


@transaction.atomic
def count_try(keys: Sequence[Key], at: datetime) -> None:
    """Count a try on each key before it is judged. Raises TooManyTries, and counts none then."""
    held = [(key, _held(key, at)) for key in sorted(keys, key=lambda one: one.mark)]
    locks = [row.locked_until for _, row in held if row.locked_until and row.locked_until > at]
    if locks:
        raise TooManyTries(max(locks))
    for key, row in held:
        brake = key.brake
        row.count = 1 if row.last_at < at - brake.forgets_after else row.count + 1
        row.last_at = at
        row.locked_until = at + _wait(brake, row.count) if row.count >= brake.free else None
        row.save()


@transaction.atomic
def count_success(keys: Sequence[Key], at: datetime) -> None:
    """Open the brakes after a right secret, or take the try back where others use the same key."""
    for key in sorted(keys, key=lambda one: one.mark):
        row = _held(key, at)
        row.count = 0 if key.brake.clears else max(row.count - 1, 0)
        if row.count < key.brake.free:
            row.locked_until = None
        row.save()


def _held(key: Key, at: datetime) -> Tries:
    row, is_new = Tries.objects.get_or_create(mark=key.mark, defaults={"last_at": at})
    if is_new:
        Tries.objects.filter(last_at__lt=at - LONGEST_MEMORY).delete()
    return Tries.objects.select_for_update().get(pk=row.pk)


def _wait(brake: Brake, count: int) -> timedelta:
    times: int = 2 ** min(count - brake.free, 30)
    return min(brake.first_wait * times, brake.longest_wait)
