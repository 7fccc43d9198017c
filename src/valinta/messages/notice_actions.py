"""Choose notices by e-mail: an address is used only after a code sent to it has come back."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from valinta.audit.actions import Note, record
from valinta.messages.addresses import GOOD_FOR, is_code
from valinta.messages.models import Notice, NoticeChoice
from valinta.messages.saying import WrittenByNobody
from valinta.messages.states import NoticeKind
from valinta.organisers.models import Organiser
from valinta.users.actor import Actor
from valinta.users.brakes import (
    BY_ADDRESS_ASKED,
    BY_ADDRESS_CODE,
    Key,
    count_success,
    count_try,
)
from valinta.users.permissions import Permission


class NotAnAddress(ValueError):
    """The text is not an e-mail address."""


class AddressCodeNotGood(ValueError):
    """The code is wrong or too old, or no address waits for one."""


def choose_notices(
    *, organiser: Organiser, email: str, by: Actor, at: datetime
) -> NoticeChoice | None:
    """Get an e-mail when there is something new; an empty address ends that. For oneself only.

    A new address waits until its code has come back (`confirm_address`); the code is sent to it by
    `valinta notices`. The same address again, while it waits, sends a new code. Raises NotAnAddress
    or TooManyTries: nobody has many addresses written to.
    """
    by.must(Permission.WRITE_MESSAGES, organiser.pk)
    user_id, address = _person(by), email.strip()
    if not address:
        return _end(organiser, user_id, by, at)
    try:
        validate_email(address)
    except ValidationError as error:
        raise NotAnAddress("Write an e-mail address like name@example.fi.") from error
    before = NoticeChoice.objects.filter(organiser=organiser, user_id=user_id).first()
    if before is not None and before.email == address and before.confirmed_at is not None:
        return before
    count_try([Key(BY_ADDRESS_ASKED, f"user {user_id}")], at)
    return _ask(organiser, user_id, address, by, at)


def confirm_address(*, organiser: Organiser, code: str, by: Actor, at: datetime) -> NoticeChoice:
    """Confirm the address with the code that was sent to it; from now on it is used.

    A wrong try counts, also when it is refused, so this is not called inside a transaction that
    the refusal would undo. Raises AddressCodeNotGood or TooManyTries.
    """
    by.must(Permission.WRITE_MESSAGES, organiser.pk)
    user_id = _person(by)
    brake = [Key(BY_ADDRESS_CODE, f"user {user_id}")]
    count_try(brake, at)
    with transaction.atomic():
        choice = (
            NoticeChoice.objects.select_for_update()
            .filter(organiser=organiser, user_id=user_id, confirmed_at__isnull=True)
            .first()
        )
        good = choice is not None and at < choice.chosen_at + GOOD_FOR and is_code(choice, code)
        if choice is not None and good:
            choice.confirmed_at, choice.nonce = at, ""
            choice.save(update_fields=["confirmed_at", "nonce"])
        _note("confirm_address", organiser, "confirmed" if good else "refused", by, at)
    if choice is None or not good:
        raise AddressCodeNotGood(
            "This code is not good: it may be mistyped or older than a day. Save the address again"
            " to get a new code."
        )
    count_success(brake, at)
    return choice


@transaction.atomic
def _ask(organiser: Organiser, user_id: int, address: str, by: Actor, at: datetime) -> NoticeChoice:
    """Keep the address as one that waits, with its code in the outbox."""
    fresh = {
        "email": address,
        "chosen_at": at,
        "nonce": secrets.token_hex(16),
        "confirmed_at": None,
    }
    choice, _ = NoticeChoice.objects.update_or_create(
        organiser=organiser, user_id=user_id, defaults=fresh
    )
    # News for the address before this one are for nobody now, and a code of before is no good.
    Notice.objects.filter(organiser=organiser, user_id=user_id, sent_at__isnull=True).delete()
    Notice.objects.create(organiser=organiser, user_id=user_id, made_at=at, kind=NoticeKind.CODE)
    _note("choose_notices", organiser, "waits for its code", by, at)
    return choice


@transaction.atomic
def _end(organiser: Organiser, user_id: int, by: Actor, at: datetime) -> None:
    NoticeChoice.objects.filter(organiser=organiser, user_id=user_id).delete()
    Notice.objects.filter(organiser=organiser, user_id=user_id, sent_at__isnull=True).delete()
    _note("choose_notices", organiser, "none", by, at)


def _person(by: Actor) -> int:
    if by.user_id is None:
        raise WrittenByNobody("An address is a person's own.")
    return by.user_id


def _note(verb: str, organiser: Organiser, after: str, by: Actor, at: datetime) -> None:
    note = Note(verb, "user", by.user_id or 0, after=after)
    record(organiser_id=organiser.pk, by_id=by.user_id, at=at, notes=[note])
