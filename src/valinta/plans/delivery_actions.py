"""Letters are kept as they are made, and their way to the client is followed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from valinta.clients.access import must_act_for
from valinta.clients.states import MandateScope
from valinta.clients.trail import note_step
from valinta.plans.models import Claim, Decision, DecisionDocument, Delivery
from valinta.plans.moving import must_be_somebody
from valinta.plans.states import DeliveryWay
from valinta.rules.appeal import Sent, received_on
from valinta.users.actor import Actor
from valinta.users.permissions import Permission

_SENT = {
    DeliveryWay.PORTAL: Sent.ELECTRONICALLY,
    DeliveryWay.POST: Sent.BY_POST,
    DeliveryWay.IN_PERSON: Sent.IN_PERSON,
}


class NoPortal(ValueError):
    """The client does not use the portal, so the letter goes by post or by hand."""


class NobodyToRead(ValueError):
    """The client has died, so no letter goes out."""


class SentAlready(ValueError):
    """The letter went this way before."""


def keep_letters(
    *, decision: Decision, claim: Claim | None, letters: Mapping[str, bytes], at: datetime
) -> list[DecisionDocument]:
    """Keep letters as made, by language. One that is kept already stays as it is."""
    return [
        DecisionDocument.objects.get_or_create(
            organiser_id=decision.organiser_id,
            decision=decision,
            claim=claim,
            language=language,
            defaults={
                "content": content,
                "sha256": hashlib.sha256(content).hexdigest(),
                "made_at": at,
            },
        )[0]
        for language, content in letters.items()
    ]


@transaction.atomic
def send_letter(
    *,
    decision: Decision,
    claim: Claim | None,
    way: DeliveryWay,
    language: str,
    by: Actor,
    at: datetime,
) -> Delivery:
    """Send a letter: into the portal and by hand it is there at once, by post it is printed first.

    Raises WrongCapacity, NobodyToRead, NoPortal or SentAlready.
    """
    by.must(Permission.SEND_LETTERS, decision.organiser_id)
    sender = must_be_somebody(by)
    if decision.enrolment.client.died_on is not None:
        raise NobodyToRead("The client has died, so no letter goes out.")
    if way is DeliveryWay.PORTAL and decision.enrolment.client.user_id is None:
        raise NoPortal("The client has no account in the portal. Send the letter by post.")
    Decision.objects.select_for_update(no_key=True).get(pk=decision.pk)
    if Delivery.objects.filter(decision=decision, claim=claim, way=way).exists():
        raise SentAlready("The letter went this way before. Choose another way.")
    delivery = Delivery(
        organiser_id=decision.organiser_id,
        decision=decision,
        claim=claim,
        way=way,
        language=language,
        queued_at=at,
        queued_by_id=sender,
    )
    if way is not DeliveryWay.POST:
        _go(delivery, by, at)
    delivery.save()
    after = "queued" if delivery.sent_at is None else "sent"
    kind, verb = "delivery", "send_letter"
    note_step(decision.enrolment, verb, kind, delivery.pk, "", after, by, at)
    return delivery


@transaction.atomic
def mark_posted(*, delivery: Delivery, by: Actor, at: datetime) -> Delivery:
    """A printed letter has been taken to the post. Raises WrongCapacity or SentAlready."""
    by.must(Permission.SEND_LETTERS, delivery.organiser_id)
    locked = (
        Delivery.objects.select_for_update(of=("self",))
        .select_related("decision__enrolment")
        .get(pk=delivery.pk)
    )
    if locked.sent_at is not None:
        raise SentAlready("This letter was posted already.")
    _go(locked, by, at)
    locked.save()
    enrolment, verb = locked.decision.enrolment, "mark_posted"
    note_step(enrolment, verb, "delivery", locked.pk, "queued", "sent", by, at)
    return locked


@transaction.atomic
def note_opened(*, decision: Decision, claim: Claim | None, by: Actor, at: datetime) -> None:
    """Note that the client's side opened the letter in the portal for the first time.

    Raises NotYourClient.
    """
    enrolment = decision.enrolment
    see, scope = Permission.SEE_OWN_BUDGET, MandateScope.SEE
    must_act_for(client=enrolment.client, permission=see, scope=scope, by=by, at=at)
    waiting = Delivery.objects.select_for_update().filter(
        decision=decision, claim=claim, way=DeliveryWay.PORTAL, read_at__isnull=True
    )
    for delivery in waiting:
        delivery.read_at = at
        delivery.save(update_fields=["read_at"])
        note_step(enrolment, "note_opened", "delivery", delivery.pk, "sent", "read", by, at)


def _go(delivery: Delivery, by: Actor, at: datetime) -> None:
    delivery.sent_at, delivery.sent_by_id = at, must_be_somebody(by)
    delivery.received_on = received_on(_SENT[DeliveryWay(delivery.way)], at.date())
