"""A claim for a revised decision gets its answer, and the answer its letters."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from valinta.plans.claim_actions import Answer, answer_claim
from valinta.plans.models import Claim, Decision
from valinta.processes.letters_of_decision import write_letters
from valinta.users.actor import Actor


@transaction.atomic
def answer_claim_by_letter(
    *, claim: Claim, answer: Answer, new_decision: Decision | None, by: Actor, at: datetime
) -> Claim:
    """Answer a claim and keep the letters of the answer. Raises what `answer_claim` raises."""
    answered = answer_claim(claim=claim, answer=answer, new_decision=new_decision, by=by, at=at)
    write_letters(answered.decision, answered, at)
    return answered
