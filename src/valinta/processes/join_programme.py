"""From a wish to join to a place: a group of the municipality, and a consent point by point."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from valinta.clients import actions
from valinta.clients.interest_actions import answer_interest
from valinta.clients.models import Client, Enrolment, Interest
from valinta.clients.states import EnrolmentState, InterestState
from valinta.needs.models import ConsentPoint
from valinta.needs.states import ConsentGiver
from valinta.processes.enrol_client import (
    GroupNotHere,
    MunicipalityNotIn,
    Outcome,
    enrol_client,
)
from valinta.programmes.models import Programme
from valinta.programmes.names import named
from valinta.programmes.queries import municipality_on, must_be_open
from valinta.users.actor import Actor
from valinta.users.permissions import Permission

BEFORE_A_PLACE = (EnrolmentState.INTERESTED, EnrolmentState.QUEUED)
OVER = (EnrolmentState.ENDED, EnrolmentState.WITHDRAWN)


class AlreadyInProgramme(ValueError):
    """The client has a place in the programme, or waits for one."""


class HasAPlace(ValueError):
    """The client is in the programme already; leaving it is another matter."""


@transaction.atomic
def ask_for_place(
    *,
    client: Client,
    programme: Programme,
    target_group: str,
    interest: Interest | None = None,
    by: Actor,
    at: datetime,
) -> Enrolment:
    """Note that the client wants to join, in a target group of their municipality (KEU-2).

    An `interest` that the client came with is answered by this. Raises ProgrammeClosed,
    MunicipalityNotIn, GroupNotHere or AlreadyInProgramme; then nothing has changed.
    """
    by.must(Permission.ENROL_CLIENTS, client.organiser_id)
    must_be_open(programme, at.date())
    # Two who note it for one client at the same time wait for each other here.
    Client.objects.select_for_update(no_key=True).get(pk=client.pk)
    if Enrolment.objects.filter(client=client, programme=programme).exclude(state__in=OVER):
        raise AlreadyInProgramme(
            f"The client is in the programme {programme.code} or waits for a place. Go on with it."
        )
    town = municipality_on(programme, client.municipality_code, at.date())
    if town is None:
        raise MunicipalityNotIn(
            f"Municipality {client.municipality_code} is not in the programme {programme.code} on"
            f" {at.date()}. Clients of member municipalities can join."
        )
    group = programme.target_groups.filter(code=target_group).first()
    if group is None or town.code not in (group.municipality_codes or [town.code]):
        raise GroupNotHere(
            f"The target group {target_group} is not one of municipality {town.code}."
            " Choose a group of the client's own municipality."
        )
    enrolment = actions.note_interest(
        client=client, programme=programme, municipality=town, target_group=group, by=by, at=at
    )
    if interest is not None:
        answer_interest(interest=interest, to=InterestState.ENROLLED, by=by, at=at)
    return enrolment


@transaction.atomic
def join_programme(
    *,
    enrolment: Enrolment,
    points: Collection[str],
    language: str,
    given_by: ConsentGiver,
    by: Actor,
    at: datetime,
) -> Outcome:
    """Give the place, or put in the queue, and keep each point gone through in whose words (KEU-3).

    Raises what `enrol_client` raises, and HasAPlace.
    """
    by.must(Permission.ENROL_CLIENTS, enrolment.organiser_id)
    current = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if current.state not in BEFORE_A_PLACE:
        raise HasAPlace("The client's place has been settled already. Look at it on the page.")
    outcome = enrol_client(
        client=current.client,
        programme=current.programme,
        target_group=current.target_group.code,
        consent_items=points,
        by=by,
        at=at,
    )
    if outcome.enrolment.state == EnrolmentState.ENROLLED:
        _keep_points(outcome.enrolment, points, language, given_by, by, at)
    return outcome


def _keep_points(
    enrolment: Enrolment,
    points: Collection[str],
    language: str,
    given_by: ConsentGiver,
    by: Actor,
    at: datetime,
) -> None:
    ConsentPoint.objects.bulk_create(
        ConsentPoint(
            organiser_id=enrolment.organiser_id,
            enrolment=enrolment,
            item=item["code"],
            text=named(item["text"], language),
            language=language,
            given_by=given_by,
            gone_at=at,
            gone_by_id=by.user_id,
        )
        for item in enrolment.programme.terms.get("consent", [])
        if item["code"] in points
    )


@transaction.atomic
def close_without_place(*, enrolment: Enrolment, reason: str, by: Actor, at: datetime) -> Enrolment:
    """End the wish to join before there was a place, with the reason. Raises HasAPlace."""
    by.must(Permission.ENROL_CLIENTS, enrolment.organiser_id)
    current = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if current.state not in BEFORE_A_PLACE:
        raise HasAPlace("The client's place has been settled already. Look at it on the page.")
    return actions.end_enrolment(enrolment=current, withdrawn=False, reason=reason, by=by, at=at)
