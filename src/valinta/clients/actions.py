"""Write about clients: register a person, note interest, enrol with consent, end, absence."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import IntegrityError, transaction

from valinta.audit.actions import Note, record
from valinta.clients.access import must_act_for
from valinta.clients.mandates import checked_scope, must_be_another, write_mandate
from valinta.clients.models import Absence, Client, Enrolment, Mandate
from valinta.clients.states import ENROLMENT, EnrolmentState, MandateScope
from valinta.programmes.models import Municipality, Programme, TargetGroup
from valinta.programmes.ranges import as_range
from valinta.shared.ids import NotAnIdentityCode, is_identity_code
from valinta.shared.periods import Period
from valinta.users.actor import Actor
from valinta.users.models import User
from valinta.users.permissions import Permission

ONCE = "client_is_in_a_programme_once"


class MandateEnded(ValueError):
    """The mandate has been taken back before."""


class AbsenceGoneBy(ValueError):
    """The client's side notes days to come; days gone by are the case manager's to note."""


class InProgrammeAlready(ValueError):
    """The client is in the programme, in its queue, or has come forward for it."""

    def __init__(self, programme: str) -> None:
        super().__init__(
            f"The client has a place in the programme {programme} already, or waits for one. Open"
            " that; to begin again, end it first."
        )


class ConsentIncomplete(ValueError):
    """Joining is voluntary: every point of the checklist has to be gone through first (KEU-3)."""

    def __init__(self, missing: Collection[str]) -> None:
        self.missing = tuple(sorted(missing))
        super().__init__(
            f"Go through these points with the client first: {', '.join(self.missing)}."
        )


@transaction.atomic
def register_client(
    *,
    organiser_id: int,
    given_name: str,
    family_name: str,
    identity_code: str,
    born_on: date,
    language: str,
    municipality_code: str,
    user: User | None = None,
    case_manager: User | None = None,
    contact: dict[str, object] | None = None,
    non_disclosure: bool = False,
    by: Actor,
    at: datetime,
) -> Client:
    """Add a person. Raises NotAnIdentityCode when the code's shape or check sign is wrong."""
    by.must(Permission.ENROL_CLIENTS, organiser_id)
    if not is_identity_code(identity_code):
        raise NotAnIdentityCode(
            "This is not a personal identity code. Check each sign, the last one too."
        )
    client = Client.objects.create(
        organiser_id=organiser_id,
        given_name=given_name,
        family_name=family_name,
        identity_code=identity_code,
        born_on=born_on,
        language=language,
        municipality_code=municipality_code,
        user=user,
        case_manager=case_manager,
        contact=contact or {},
        non_disclosure=non_disclosure,
    )
    _note(client, "register_client", "client", client.pk, "", "registered", by, at)
    return client


@transaction.atomic
def note_interest(
    *,
    client: Client,
    programme: Programme,
    municipality: Municipality,
    target_group: TargetGroup,
    by: Actor,
    at: datetime,
) -> Enrolment:
    """Note that the client wants to join; a place is looked for next (OST-3).

    Raises NotYourClient, or InProgrammeAlready when the client has come forward, waits or is in.
    """
    must_act_for(
        client=client, permission=Permission.COME_FORWARD, scope=MandateScope.PLAN, by=by, at=at
    )
    try:
        with transaction.atomic():
            enrolment = Enrolment.objects.create(
                organiser_id=client.organiser_id,
                client=client,
                programme=programme,
                municipality=municipality,
                target_group=target_group,
                state=EnrolmentState.INTERESTED,
                applied_at=at,
            )
    except IntegrityError as error:
        if ONCE not in str(error):
            raise
        raise InProgrammeAlready(programme.code) from error
    _note(client, "note_interest", "enrolment", enrolment.pk, "", enrolment.state, by, at)
    return enrolment


@transaction.atomic
def queue_enrolment(*, enrolment: Enrolment, by: Actor, at: datetime) -> Enrolment:
    """Put the client in the queue: the quota is full (OST-2)."""
    by.must(Permission.ENROL_CLIENTS, enrolment.organiser_id)
    return _move(enrolment, EnrolmentState.QUEUED, "queue_enrolment", by, at)


@transaction.atomic
def start_enrolment(
    *,
    enrolment: Enrolment,
    consent_items: Collection[str],
    required_items: Collection[str],
    by: Actor,
    at: datetime,
) -> Enrolment:
    """Enrol with consent. Raises ConsentIncomplete when a point of the checklist is missing."""
    by.must(Permission.ENROL_CLIENTS, enrolment.organiser_id)
    missing = set(required_items) - set(consent_items)
    if missing:
        raise ConsentIncomplete(missing)
    enrolment.consent_items = sorted(consent_items)
    enrolment.consent_given_at = at
    enrolment.started_on = at.date()
    return _move(enrolment, EnrolmentState.ENROLLED, "start_enrolment", by, at)


@transaction.atomic
def end_enrolment(
    *, enrolment: Enrolment, withdrawn: bool, reason: str, by: Actor, at: datetime
) -> Enrolment:
    """End the client's place: withdrawn by the client (KEU-3), or ended for another reason.

    Raises NotYourClient.
    """
    if withdrawn:
        must_act_for(
            client=enrolment.client,
            permission=Permission.WITHDRAW_CONSENT,
            scope=MandateScope.PLAN,
            by=by,
            at=at,
        )
        enrolment.consent_withdrawn_at = at
    else:
        by.must(Permission.ENROL_CLIENTS, enrolment.organiser_id)
    enrolment.ended_on = at.date()
    enrolment.end_reason = reason
    state = EnrolmentState.WITHDRAWN if withdrawn else EnrolmentState.ENDED
    return _move(enrolment, state, "end_enrolment", by, at)


@transaction.atomic
def record_absence(
    *, client: Client, kind: str, period: Period, by: Actor, at: datetime
) -> Absence:
    """Note days when the client is away, for instance in hospital; no visit is paid for then.

    Days gone by are noted by the organiser's workers only, since visits of them may have been
    made. Raises NotYourClient or AbsenceGoneBy.
    """
    must_act_for(
        client=client, permission=Permission.ORDER_SERVICES, scope=MandateScope.ORDER, by=by, at=at
    )
    if period.starts_on < at.date() and not by.may(Permission.ENROL_CLIENTS, client.organiser_id):
        raise AbsenceGoneBy(
            "Give a first day of today or later, or ask the case manager to note it."
        )
    absence = Absence.objects.create(
        organiser_id=client.organiser_id,
        client=client,
        kind=kind,
        valid=as_range(period),
    )
    _note(client, "record_absence", "absence", absence.pk, "", "recorded", by, at)
    return absence


@transaction.atomic
def give_mandate(
    *,
    client: Client,
    user: User,
    kind: str,
    scope: Collection[str],
    period: Period,
    by: Actor,
    at: datetime,
) -> Mandate:
    """Let a user act for the client as what `kind` says, within scopes of `MandateScope`.

    The client gives it, or a caseworker records a guardian; a representative passes nothing on.
    Raises NotYourClient, MandateForOneself, MandateExists, or what `checked_scope` raises.
    """
    must_act_for(
        client=client, permission=Permission.GIVE_MANDATES, scope=MandateScope.PLAN, by=by, at=at
    )
    must_be_another(client, user.pk, by)
    checked = checked_scope(kind, scope)
    mandate = write_mandate(client=client, user=user, kind=kind, scope=checked, period=period)
    _note(client, "give_mandate", "mandate", mandate.pk, "", "given", by, at)
    return mandate


@transaction.atomic
def end_mandate(*, mandate: Mandate, by: Actor, at: datetime) -> Mandate:
    """Take a mandate back from this moment on. Raises NotYourClient or MandateEnded."""
    must_act_for(
        client=mandate.client,
        permission=Permission.GIVE_MANDATES,
        scope=MandateScope.PLAN,
        by=by,
        at=at,
    )
    locked = Mandate.objects.select_for_update().get(pk=mandate.pk)
    if locked.ended_at is not None:
        raise MandateEnded("This mandate has been taken back already.")
    locked.ended_at = at
    locked.save()
    _note(locked.client, "end_mandate", "mandate", locked.pk, "given", "ended", by, at)
    return locked


def _move(
    enrolment: Enrolment, state: EnrolmentState, verb: str, by: Actor, at: datetime
) -> Enrolment:
    stored = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    before = EnrolmentState(stored.state)
    ENROLMENT.check(before, state)
    enrolment.state = state
    enrolment.save()
    _note(enrolment.client, verb, "enrolment", enrolment.pk, before, state, by, at)
    return enrolment


def _note(
    client: Client,
    verb: str,
    kind: str,
    subject_id: int,
    before: str,
    after: str,
    by: Actor,
    at: datetime,
) -> None:
    note = Note(verb, kind, subject_id, before, after, client_id=client.pk)
    record(organiser_id=client.organiser_id, by_id=by.user_id, at=at, notes=[note])
