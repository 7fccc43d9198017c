"""Enrol a client: the municipality is in, the group fits, there is a place and a consent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from valinta.clients import actions
from valinta.clients.models import Client, Enrolment
from valinta.clients.states import EnrolmentState
from valinta.programmes.models import Municipality, Programme, Quota, TargetGroup
from valinta.programmes.queries import municipality_on, must_be_open, quota_on
from valinta.users.actor import Actor


class MunicipalityNotIn(ValueError):
    """The client's municipality is not a member of the programme on the day (KEU-1)."""


class GroupNotHere(ValueError):
    """The target group is not one of the programme's, or not of the client's municipality."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: enrolled, or in the queue with the place in it (1 is first)."""

    enrolment: Enrolment
    place_in_queue: int | None


@transaction.atomic
def enrol_client(
    *,
    client: Client,
    programme: Programme,
    target_group: str,
    consent_items: Collection[str],
    by: Actor,
    at: datetime,
) -> Outcome:
    """Enrol the client, or queue them when the municipality's quota is full (OST-2).

    Raises ProgrammeClosed, MunicipalityNotIn, GroupNotHere, InProgrammeAlready or
    ConsentIncomplete; then nothing has changed.
    """
    on = at.date()
    must_be_open(programme, on)
    municipality, group = _place(programme, client, target_group, at)
    enrolment = Enrolment.objects.filter(
        client=client,
        programme=programme,
        state__in=[EnrolmentState.INTERESTED, EnrolmentState.QUEUED],
    ).first() or actions.note_interest(
        client=client,
        programme=programme,
        municipality=municipality,
        target_group=group,
        by=by,
        at=at,
    )
    if not _has_room(enrolment, at):
        if enrolment.state == EnrolmentState.INTERESTED:
            actions.queue_enrolment(enrolment=enrolment, by=by, at=at)
        return Outcome(enrolment, _place_in_queue(enrolment, at))
    required = [item["code"] for item in programme.terms.get("consent", [])]
    actions.start_enrolment(
        enrolment=enrolment,
        consent_items=consent_items,
        required_items=required,
        by=by,
        at=at,
    )
    return Outcome(enrolment, None)


def _place(
    programme: Programme, client: Client, target_group: str, at: datetime
) -> tuple[Municipality, TargetGroup]:
    municipality = municipality_on(programme, client.municipality_code, at.date())
    if municipality is None:
        raise MunicipalityNotIn(
            f"Municipality {client.municipality_code} is not in the programme {programme.code} on"
            f" {at.date()}. Clients of member municipalities can join."
        )
    group = programme.target_groups.filter(code=target_group).first()
    if group is None:
        raise GroupNotHere(
            f"The programme {programme.code} has no target group {target_group}."
            " Choose one of the groups fixed in its pack."
        )
    codes = group.municipality_codes
    if codes is not None and municipality.code not in codes:
        raise GroupNotHere(
            f"The target group {target_group} is not one of municipality {municipality.code}."
            " Choose a group of the client's own municipality."
        )
    return municipality, group


def _has_room(enrolment: Enrolment, at: datetime) -> bool:
    """Whether the quota has a place for this client now. Locks it, so two cannot share one."""
    quota = _quota(enrolment, at)
    if quota is None:
        return True
    Quota.objects.select_for_update().get(pk=quota.pk)
    taken = _members(enrolment, quota).filter(state=EnrolmentState.ENROLLED).count()
    return taken + _ahead(enrolment, quota).count() < quota.places


def _quota(enrolment: Enrolment, at: datetime) -> Quota | None:
    return quota_on(
        enrolment.programme,
        enrolment.municipality.code,
        enrolment.target_group.code,
        at.date(),
    )


def _members(enrolment: Enrolment, quota: Quota) -> QuerySet[Enrolment]:
    """The enrolments that share the quota with this one."""
    found = Enrolment.objects.filter(
        programme=enrolment.programme, municipality__code=quota.municipality_code
    )
    group = quota.target_group_code
    return found.filter(target_group__code=group) if group else found


def _ahead(enrolment: Enrolment, quota: Quota) -> QuerySet[Enrolment]:
    """Those in the same queue who came before; of two at one moment, the first one written."""
    earlier = Q(applied_at__lt=enrolment.applied_at) | Q(
        applied_at=enrolment.applied_at, pk__lt=enrolment.pk
    )
    return _members(enrolment, quota).filter(earlier, state=EnrolmentState.QUEUED)


def _place_in_queue(enrolment: Enrolment, at: datetime) -> int:
    quota = _quota(enrolment, at)
    return 1 if quota is None else _ahead(enrolment, quota).count() + 1
