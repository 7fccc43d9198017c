"""Information on a voucher that a worker goes through with the client, or sends by post."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from valinta.budgets.models import Voucher, VoucherInformation
from valinta.budgets.states import InformationWay
from valinta.clients.trail import note_step
from valinta.users.actor import Actor, NotAllowed
from valinta.users.permissions import Permission


class NotRecorded(ValueError):
    """What is read in the portal notes itself; a worker records the other ways."""


@transaction.atomic
def record_information(
    *,
    voucher: Voucher,
    way: InformationWay,
    language: str,
    content: Mapping[str, object],
    sha256: str,
    by: Actor,
    at: datetime,
) -> VoucherInformation:
    """Keep proof that a worker gave the client the information (act 569/2009 section 6).

    The same again changes nothing. Raises NotRecorded.
    """
    by.must(Permission.SEND_LETTERS, voucher.organiser_id)
    if by.user_id is None:
        raise NotAllowed(Permission.SEND_LETTERS, voucher.organiser_id)
    if way is InformationWay.PORTAL:
        raise NotRecorded("Choose whether it was gone through in person or sent by post.")
    given, is_new = VoucherInformation.objects.get_or_create(
        organiser_id=voucher.organiser_id,
        voucher=voucher,
        language=language,
        sha256=sha256,
        given_to_id=voucher.enrolment.client.user_id,
        way=way,
        defaults={"content": dict(content), "given_at": at, "recorded_by_id": by.user_id},
    )
    if is_new:
        kind, verb = "voucher_information", "record_information"
        note_step(voucher.enrolment, verb, kind, given.pk, "", way, by, at)
    return given
