"""Send the e-mails that wait: there is something new, sign in to see it. Never what it is.

News go to confirmed addresses only; the one that waits for it gets its code.

A notice is first taken, so that two senders do not send it twice, and noted as sent when the mail
server has it. A sender that dies in between leaves it taken; it is tried again after a while.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext

from valinta.audit.actions import Note, record
from valinta.messages.addresses import code_for
from valinta.messages.models import Notice, NoticeChoice
from valinta.messages.states import NoticeKind
from valinta.users.actor import Actor
from valinta.users.permissions import Permission

MOST_TRIES = 5
AGAIN_AFTER = timedelta(minutes=15)


def send_notices(*, organiser_id: int, site: str, sender: str, by: Actor, at: datetime) -> int:
    """Send what waits for the organiser's people, and say how many e-mails went out.

    `site` is the address of the sign-in page, `sender` the address in From. Raises NotAllowed.
    """
    by.must(Permission.LOAD_PROGRAMMES, organiser_id)
    sent = 0
    while (notice := _take(organiser_id, at)) is not None:
        choice = NoticeChoice.objects.filter(
            organiser_id=organiser_id, user_id=notice.user_id
        ).first()
        if choice is not None and _is_for(notice, choice):
            _mail(notice, choice, site, sender).send()
            sent += 1
        Notice.objects.filter(pk=notice.pk).update(sent_at=at)
        note = Note("send_notice", "notice", notice.pk, "", "sent")
        record(organiser_id=organiser_id, by_id=by.user_id, at=at, notes=[note])
    return sent


@transaction.atomic
def _take(organiser_id: int, at: datetime) -> Notice | None:
    """The oldest notice that nobody has taken, or that was taken long ago and not sent."""
    free = Q(taken_at__isnull=True) | Q(taken_at__lt=at - AGAIN_AFTER)
    notice = (
        Notice.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(free, organiser_id=organiser_id, sent_at__isnull=True, tries__lt=MOST_TRIES)
        .select_related("user")
        .order_by("made_at", "pk")
        .first()
    )
    if notice is not None:
        notice.taken_at, notice.tries = at, notice.tries + 1
        notice.save(update_fields=["taken_at", "tries"])
    return notice


def _is_for(notice: Notice, choice: NoticeChoice) -> bool:
    """Whether the address is to get this: news when it is confirmed, the code while it waits."""
    return (choice.confirmed_at is not None) == (notice.kind == NoticeKind.NEWS)


def _mail(notice: Notice, choice: NoticeChoice, site: str, sender: str) -> EmailMessage:
    with translation.override(notice.user.language):
        if notice.kind == NoticeKind.CODE:
            subject = gettext("Your code for e-mails from Valinta")
            body = gettext(
                "Hello,\n\nthis address was given for e-mails from Valinta. Sign in and write this"
                " code under Messages, E-mails about answers:\n\n%(code)s\n\n%(site)s\n\nThe code"
                " works for a day. If you did not ask for it, you need to do nothing: you get no"
                " more e-mails.\n"
            ) % {"code": code_for(choice), "site": site}
        else:
            subject = gettext("There is something new for you in Valinta")
            body = gettext(
                "Hello,\n\nthere is something new for you in Valinta. Sign in to see it:\n%(site)s"
                "\n\nFor your safety this message does not say what it is about. You can end these"
                " e-mails in Valinta, under Messages.\n"
            ) % {"site": site}
        return EmailMessage(subject, body, sender, [choice.email])
