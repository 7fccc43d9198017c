"""The organiser's side: judge evidence, ask for a clarification, refuse, and note the approval."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction

from valinta.providers.application_actions import WordsMissing
from valinta.providers.applying import Application, Clarification, Evidence
from valinta.providers.conditions import entries_of, standings
from valinta.providers.models import Approval
from valinta.providers.moving import locked_application, move_application, note
from valinta.providers.states import WAITING, ApplicationState, EvidenceState
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


class ConditionsNotMet(ValueError):
    """Conditions are not met; `codes` are theirs, in the pack's order."""

    def __init__(self, codes: Collection[str]) -> None:
        self.codes = tuple(codes)
        super().__init__(
            f"These conditions are not met: {', '.join(self.codes)}. Accept what shows them, or ask"
            " the applicant for a clarification."
        )


class StillTime(ValueError):
    """The applicant has time to answer the clarification; `answer_by` is the last day."""

    def __init__(self, answer_by: date) -> None:
        self.answer_by = answer_by
        super().__init__(f"The applicant may answer until {answer_by}. Refuse after that day.")


class DayPassed(ValueError):
    """A clarification is answered by a day that is still to come."""


class NotWaiting(ValueError):
    """The application is not sent, or it is decided on already."""


@transaction.atomic
def judge_evidence(
    *, evidence: Evidence, accepted: bool, words: str = "", by: Actor, at: datetime
) -> Evidence:
    """Take a piece of evidence as proof, or not and say why.

    Raises NotAllowed, NotWaiting or WordsMissing.
    """
    by.must(Permission.APPROVE_PROVIDERS, evidence.organiser_id)
    held = locked_application(evidence.application)
    if held.state not in (*WAITING, ApplicationState.APPROVED):
        raise NotWaiting("Evidence is looked at while its application waits, or is approved.")
    if not accepted and not words.strip():
        raise WordsMissing("Say what is wrong with it, so that the applicant can mend it.")
    found = Evidence.objects.select_for_update().defer("content").get(pk=evidence.pk)
    found.state = EvidenceState.ACCEPTED if accepted else EvidenceState.REFUSED
    found.answer, found.judged_at, found.judged_by_id = words.strip(), at, by.user_id
    found.save(update_fields=["state", "answer", "judged_at", "judged_by_id"])
    facts = {"evidence": found.pk, "condition": found.condition, "became": found.state}
    note(held, "judge_evidence", held.state, by, at, facts)
    return found


@transaction.atomic
def ask_clarification(
    *, application: Application, questions: str, answer_by: date, by: Actor, at: datetime
) -> Clarification:
    """Ask the applicant something, to be answered by a day; earlier rounds stay.

    Raises NotAllowed, WordsMissing, DayPassed or ForbiddenTransition.
    """
    by.must(Permission.APPROVE_PROVIDERS, application.organiser_id)
    if not questions.strip():
        raise WordsMissing("Write what the applicant should clarify.")
    if answer_by <= at.date():
        raise DayPassed("Give the applicant time: choose a day after today.")
    held = locked_application(application)
    move_application(held, ApplicationState.CLARIFICATION, "ask_clarification", by, at)
    return Clarification.objects.create(
        organiser_id=held.organiser_id,
        application=held,
        questions=questions.strip(),
        asked_at=at,
        asked_by_id=by.user_id,
        answer_by=answer_by,
    )


@transaction.atomic
def refuse_application(
    *,
    application: Application,
    grounds: str,
    appeal: Mapping[str, str],
    by: Actor,
    at: datetime,
) -> Application:
    """Refuse with the grounds, and say by language how it is challenged.

    An application that waits for a clarification is refused when the day to answer has passed.
    Raises NotAllowed, WordsMissing, StillTime or ForbiddenTransition.
    """
    by.must(Permission.APPROVE_PROVIDERS, application.organiser_id)
    if not grounds.strip():
        raise WordsMissing("Write the grounds: the applicant has the right to know them.")
    held = locked_application(application)
    open_round = held.clarifications.filter(answered_at__isnull=True).first()
    if open_round is not None and at.date() <= open_round.answer_by:
        raise StillTime(open_round.answer_by)
    held.grounds, held.appeal = grounds.strip(), dict(appeal)
    held.decided_at, held.decided_by_id = at, by.user_id
    held.lines.update(approved=False)
    return move_application(held, ApplicationState.REFUSED, "refuse_application", by, at)


def must_meet_conditions(held: Application, on: date) -> None:
    """Raise ConditionsNotMet unless each condition of the programme is met on the day."""
    evidence = held.evidence.defer("content")
    lacking = [
        one.condition.code
        for one in standings(held, evidence, entries_of(held), on)
        if one.lack is not None
    ]
    if lacking:
        raise ConditionsNotMet(lacking)


@transaction.atomic
def note_approval(
    *,
    application: Application,
    approval: Approval,
    service_codes: Collection[str],
    grounds: str,
    appeal: Mapping[str, str],
    by: Actor,
    at: datetime,
) -> Application:
    """Note that an application was approved for these services, and the rest refused.

    Raises NotAllowed, WordsMissing when something is refused without grounds, ConditionsNotMet or
    ForbiddenTransition.
    """
    by.must(Permission.APPROVE_PROVIDERS, application.organiser_id)
    held = locked_application(application)
    must_meet_conditions(held, at.date())
    rest = held.lines.exclude(service_code__in=service_codes)
    if rest.exists() and not grounds.strip():
        raise WordsMissing("Some services are not approved: write the grounds.")
    held.grounds, held.appeal = grounds.strip(), dict(appeal)
    held.decided_at, held.decided_by_id, held.approval = at, by.user_id, approval
    rest.update(approved=False)
    held.lines.filter(service_code__in=service_codes).update(approved=True)
    return move_application(held, ApplicationState.APPROVED, "approve_application", by, at)
