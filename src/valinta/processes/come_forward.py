"""A resident comes forward for a programme: the form reaches the municipality's case managers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from valinta.audit.actions import Note, record
from valinta.clients.models import Interest
from valinta.clients.states import InterestState
from valinta.organisers import tenancy
from valinta.processes.enrol_client import GroupNotHere, MunicipalityNotIn
from valinta.programmes.models import Municipality, Programme, TargetGroup
from valinta.programmes.queries import municipality_on, must_be_open
from valinta.users.actor import Actor
from valinta.users.permissions import Permission

OPEN = (InterestState.RECEIVED, InterestState.CONTACTED)


class CannotBeReached(ValueError):
    """Neither a telephone number nor an e-mail address: nobody could answer."""


class NotAgreed(ValueError):
    """It is about another person, who has not agreed that their name is given."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the writer of the form said. `for_name`: whom it is about, when that is another."""

    name: str
    language: str
    phone: str = ""
    email: str = ""
    call_times: str = ""
    for_name: str = ""
    agreed: bool = False
    words: str = ""


@transaction.atomic
def come_forward(
    *,
    programme: Programme,
    municipality_code: str,
    target_group_code: str,
    said: Said,
    form_key: UUID,
    by: Actor,
    at: datetime,
) -> Interest:
    """Take in the form of a resident who is interested (OST-3); the same form twice is one row.

    A visitor with no role may do this for anyone; whoever has roles needs COME_FORWARD from one of
    them. An empty target group means that the writer is not sure. Raises ProgrammeClosed,
    MunicipalityNotIn, GroupNotHere, CannotBeReached or NotAgreed; then nothing has changed.
    """
    organiser_id = programme.organiser_id
    if by.roles:
        by.must(Permission.COME_FORWARD, organiser_id)
    if not (said.phone or said.email):
        raise CannotBeReached("Give a telephone number or an e-mail address, or both.")
    if said.for_name and not said.agreed:
        raise NotAgreed("Ask the other person first, and tick that they have agreed.")
    with tenancy.scope([organiser_id], by.user_id):
        municipality = _municipality(programme, municipality_code, at)
        group = _group(programme, municipality, target_group_code)
        return _take_in(programme, municipality, group, said, form_key, by, at)


def _municipality(programme: Programme, code: str, at: datetime) -> Municipality:
    must_be_open(programme, at.date())
    found = municipality_on(programme, code, at.date())
    if found is None:
        raise MunicipalityNotIn(
            f"Municipality {code or 'without a code'} is not in the programme {programme.code} on"
            f" {at.date()}. Choose one that is."
        )
    return found


def _group(programme: Programme, municipality: Municipality, code: str) -> TargetGroup | None:
    if not code:
        return None
    group = programme.target_groups.filter(code=code).first()
    if group is None or municipality.code not in (group.municipality_codes or [municipality.code]):
        raise GroupNotHere(
            f"The target group {code} is not one of municipality {municipality.code}."
            " Choose one that is, or none."
        )
    return group


def _take_in(
    programme: Programme,
    municipality: Municipality,
    group: TargetGroup | None,
    said: Said,
    form_key: UUID,
    by: Actor,
    at: datetime,
) -> Interest:
    phone = re.sub(r"[^+\d]", "", said.phone)
    interest, is_new = Interest.objects.get_or_create(
        organiser_id=programme.organiser_id,
        form_key=form_key,
        defaults={
            "programme": programme,
            "municipality": municipality,
            "target_group": group,
            "state": InterestState.RECEIVED,
            "name": said.name,
            "phone": phone or said.phone,
            "email": said.email,
            "call_times": said.call_times,
            "language": said.language,
            "for_name": said.for_name,
            "agreed": said.agreed,
            "words": said.words,
            "earlier": _earlier(programme, phone, said.email),
            "came_at": at,
        },
    )
    if is_new:
        note = Note("come_forward", "interest", interest.pk, "", InterestState.RECEIVED)
        record(organiser_id=programme.organiser_id, by_id=by.user_id, at=at, notes=[note])
    return interest


def _earlier(programme: Programme, phone: str, email: str) -> Interest | None:
    """An open form of the same writer, recognised by telephone number or e-mail address."""
    same = Q(pk__in=[])
    if phone:
        same |= Q(phone=phone)
    if email:
        same |= Q(email__iexact=email)
    found = Interest.objects.filter(same, programme=programme, state__in=OPEN)
    return found.order_by("pk").first()
