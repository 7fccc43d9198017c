"""Claims for a revised decision: received, looked into, answered by another than who decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from valinta.clients.access import must_act_for
from valinta.clients.states import MandateScope
from valinta.clients.trail import note_step
from valinta.plans.models import Claim, Decision, Delivery
from valinta.plans.moving import Scan, keep_paper, must_be_somebody
from valinta.plans.states import CLAIM, ClaimOutcome, ClaimState, ClaimWay
from valinta.rules.appeal import Challenge, last_day
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a claim, in which words, and who answers, such as a committee's meeting."""

    outcome: ClaimOutcome
    words: str
    body: str = ""


class ClaimEmpty(ValueError):
    """A claim says what should be changed, and why."""


class ClaimOpen(ValueError):
    """A claim on the decision waits for its answer already."""


class ClaimFromTheFuture(ValueError):
    """A claim came after the decision was made, and not later than today."""


class ClaimAnswered(ValueError):
    """The claim was answered meanwhile."""


class AnswerMissing(ValueError):
    """An answer has its words: what was decided and why."""


class NewDecisionMissing(ValueError):
    """A decision that changes is made anew; the answer names the new one."""


class InTime(ValueError):
    """A claim that came in time is looked into."""


class YouDecided(PermissionError):
    """Who made the decision does not answer the claim on it."""

    def __init__(self) -> None:
        super().__init__("You made this decision. Somebody else answers the claim on it.")


@transaction.atomic
def make_claim(
    *,
    decision: Decision,
    words: str,
    way: ClaimWay,
    received_on: date,
    scan: Scan | None,
    by: Actor,
    at: datetime,
) -> Claim:
    """Receive a claim: from the client's side in the portal, or on paper by a worker.

    A late one is received too; to look at it or not is decided in its answer. Raises NotYourClient,
    WrongCapacity, ClaimEmpty, ClaimOpen or ClaimFromTheFuture.
    """
    enrolment = decision.enrolment
    claim_it, scope = Permission.MAKE_CLAIMS, MandateScope.PLAN
    must_act_for(client=enrolment.client, permission=claim_it, scope=scope, by=by, at=at)
    maker = must_be_somebody(by)
    if not words.strip():
        raise ClaimEmpty("Write what should be changed, and why.")
    if not decision.made_at.date() <= received_on <= at.date():
        raise ClaimFromTheFuture(
            f"The claim came between {decision.made_at.date()} and {at.date()}."
        )
    Decision.objects.select_for_update(no_key=True).get(pk=decision.pk)
    if decision.claims.exclude(state=ClaimState.ANSWERED).exists():
        raise ClaimOpen("A claim on this decision waits for its answer already.")
    claim = Claim.objects.create(
        organiser_id=decision.organiser_id,
        decision=decision,
        state=ClaimState.RECEIVED,
        way=way,
        words=words.strip(),
        paper=keep_paper(enrolment, scan, by, at) if scan else None,
        made_by_id=maker,
        received_at=at,
        received_on=received_on,
        due_on=claim_until(decision),
        decided_by_id=decision.made_by_id,
    )
    note_step(enrolment, "make_claim", "claim", claim.pk, "", claim.state, by, at)
    return claim


def claim_until(decision: Decision) -> date | None:
    """The last day for a claim: from the first receipt that is shown; None while none is."""
    received = (
        Delivery.objects.filter(decision=decision, claim=None, received_on__isnull=False)
        .order_by("received_on")
        .values_list("received_on", flat=True)
        .first()
    )
    return None if received is None else last_day(Challenge.CLAIM, received)


@transaction.atomic
def take_claim(*, claim: Claim, by: Actor, at: datetime) -> Claim:
    """Begin to look into a claim. Raises WrongCapacity, YouDecided or ClaimAnswered."""
    locked = _open(claim, by)
    locked.taken_at, locked.taken_by_id = at, by.user_id
    return _move(locked, ClaimState.HANDLED, "take_claim", by, at)


@transaction.atomic
def answer_claim(
    *, claim: Claim, answer: Answer, new_decision: Decision | None, by: Actor, at: datetime
) -> Claim:
    """Answer a claim. One that changes something names the new decision that does.

    Raises YouDecided, ClaimAnswered, AnswerMissing, NewDecisionMissing, or InTime when a claim that
    came in time would not be examined.
    """
    locked = _open(claim, by)
    if not answer.words.strip():
        raise AnswerMissing("Write the answer: what was decided, and why.")
    changed = answer.outcome is ClaimOutcome.CHANGED
    made_after = new_decision is not None and new_decision.made_at >= locked.received_at
    same = new_decision is not None and (
        new_decision.enrolment_id == locked.decision.enrolment_id
        and new_decision.pk != locked.decision_id
    )
    if changed != (made_after and same):
        raise NewDecisionMissing(
            "Make the new decision first: a change is always a new decision. Without a change there"
            " is none."
        )
    if answer.outcome is ClaimOutcome.NOT_EXAMINED and locked.is_in_time:
        raise InTime("The claim came in time, so it is looked into.")
    locked.outcome, locked.answer = answer.outcome, answer.words.strip()
    locked.body, locked.new_decision = answer.body.strip(), new_decision
    locked.answered_at, locked.answered_by_id = at, by.user_id
    return _move(locked, ClaimState.ANSWERED, "answer_claim", by, at)


def _open(claim: Claim, by: Actor) -> Claim:
    by.must(Permission.ANSWER_CLAIMS, claim.organiser_id)
    if must_be_somebody(by) == claim.decided_by_id:
        raise YouDecided
    locked = (
        Claim.objects.select_for_update(of=("self",))
        .select_related("decision__enrolment__client")
        .get(pk=claim.pk)
    )
    if locked.state == ClaimState.ANSWERED:
        raise ClaimAnswered("This claim was answered meanwhile.")
    return locked


def _move(claim: Claim, state: ClaimState, verb: str, by: Actor, at: datetime) -> Claim:
    before = ClaimState(claim.state)
    CLAIM.check(before, state)
    claim.state = state
    claim.save()
    note_step(claim.decision.enrolment, verb, "claim", claim.pk, before, state, by, at)
    return claim
