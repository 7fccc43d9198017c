"""Letters are written when a decision or an answer is made, and kept: nobody reads another text."""

from __future__ import annotations

from datetime import datetime

from valinta.plans.delivery_actions import keep_letters
from valinta.plans.models import Claim, Decision, DecisionDocument
from valinta.processes.write_claim_answer import write_claim_answer
from valinta.processes.write_decision_letter import write_decision_letter

OFFICIAL = ("fi", "sv")


def write_letters(decision: Decision, claim: Claim | None, moment: datetime) -> None:
    """Write and keep the letter in both official languages and in the client's own."""
    languages = {*OFFICIAL, decision.enrolment.client.language}
    letters = {one: _write(decision, claim, one) for one in sorted(languages)}
    keep_letters(decision=decision, claim=claim, letters=letters, at=moment)


def letter_of(
    decision: Decision, claim: Claim | None, language: str, moment: datetime
) -> DecisionDocument:
    """The kept letter in the language; one that nobody has asked for before is written now."""
    kept = DecisionDocument.objects.filter(
        decision=decision, claim=claim, language=language
    ).first()
    if kept is not None:
        return kept
    letters = {language: _write(decision, claim, language)}
    return keep_letters(decision=decision, claim=claim, letters=letters, at=moment)[0]


def _write(decision: Decision, claim: Claim | None, language: str) -> bytes:
    if claim is None:
        return write_decision_letter(decision=decision, language=language)
    return write_claim_answer(claim=claim, language=language)
