"""Put words into a thread, and tell whom they concern: for verbs that have let their actor by."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from valinta.messages.files import MOST_FILES, Sent, TooManyFiles, kind_of, safe_name
from valinta.messages.models import Attachment, Message, Notice, NoticeChoice, Thread
from valinta.messages.states import NoticeKind, Route, Side
from valinta.users.actor import Actor


class WrittenByNobody(PermissionError):
    """A message is a person's own, under their name."""


class NothingSaid(ValueError):
    """A message needs words, and a thread a subject."""


def say(
    thread: Thread, side: Side, words: str, files: Sequence[Sent], by: Actor, at: datetime
) -> Message:
    """Put a message of a side into a thread, with the actor as its writer.

    Raises NothingSaid, WrittenByNobody, and what `kind_of` raises for a file.
    """
    if not words.strip():
        raise NothingSaid("Write what you want to say.")
    if len(files) > MOST_FILES:
        raise TooManyFiles(f"Send at most {MOST_FILES} files with one message.")
    message = Message.objects.create(
        organiser_id=thread.organiser_id,
        thread=thread,
        side=side,
        words=words.strip(),
        written_at=at,
        written_by_id=person_of(by),
    )
    for file in files:
        kind = kind_of(file)
        Attachment.objects.create(
            organiser_id=thread.organiser_id,
            message=message,
            name=safe_name(file, kind),
            kind=kind,
            size=len(file.content),
            content=file.content,
        )
    _tell(thread, by, at)
    return message


def _tell(thread: Thread, by: Actor, at: datetime) -> None:
    """An e-mail to those of both sides who chose it and have none waiting: news, no content.

    Nobody is written to about a client who has died.
    """
    if thread.client.died_on is not None:
        return
    concerned = set(thread.messages.values_list("written_by_id", flat=True))
    if thread.client.user_id is not None:
        concerned.add(thread.client.user_id)
    managed = thread.route in (Route.CASE_MANAGER, Route.VISIT)
    if managed and thread.client.case_manager_id is not None:
        concerned.add(thread.client.case_manager_id)
    put_notices(thread.organiser_id, concerned - {person_of(by)}, at)


def put_notices(organiser_id: int, user_ids: Collection[int], at: datetime) -> list[int]:
    """E-mails that there is something new, to those of the users who chose it; each has one.

    Gives the users for whom one was put now: not those who have one that waits.
    """
    choices = NoticeChoice.objects.filter(
        organiser_id=organiser_id, user_id__in=user_ids, confirmed_at__isnull=False
    )
    waiting = Notice.objects.filter(
        organiser_id=organiser_id, sent_at__isnull=True, kind=NoticeKind.NEWS
    ).values_list("user_id", flat=True)
    told = list(choices.exclude(user_id__in=waiting).values_list("user_id", flat=True))
    for user_id in told:
        Notice.objects.create(organiser_id=organiser_id, user_id=user_id, made_at=at)
    return told


def person_of(by: Actor) -> int:
    """The key of the user who writes. Raises WrittenByNobody for what is no person."""
    if by.user_id is None:
        raise WrittenByNobody("A message is written by a person under their own name.")
    return by.user_id
