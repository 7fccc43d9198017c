"""The letter that answers a claim for a revised decision, with the appeal to the court."""

from __future__ import annotations

from valinta.integrations.letters.letter import Facts, Heading, Letter, Paragraph
from valinta.integrations.letters.render import render_letter
from valinta.plans.models import Claim
from valinta.processes.letter_parts import Frame, challenge_blocks, day, letter
from valinta.processes.letter_texts import own_words
from valinta.processes.letter_words import CLAIM_ANSWER, words_of
from valinta.rules.appeal import Challenge
from valinta.users.models import User


def write_claim_answer(*, claim: Claim, language: str) -> bytes:
    """The answer as PDF/UA in the language. The same answer gives the same bytes."""
    return render_letter(claim_answer_letter(claim=claim, language=language))


def claim_answer_letter(*, claim: Claim, language: str) -> Letter:
    """What the answer says, before it is typeset. The claim has been answered."""
    assert claim.answered_at is not None, "the claim has its answer"
    decision = claim.decision
    programme = decision.enrolment.programme
    words = words_of(
        CLAIM_ANSWER,
        language,
        own_words(programme, CLAIM_ANSWER, language, claim.answered_at.date()),
    )
    numbers = {"claim": str(claim.pk), "number": str(decision.pk)}
    frame = Frame(language, words["title"], words["number"].format(**numbers), claim.answered_at)
    outcome = words[f"outcome_{claim.outcome}"].format(new=claim.new_decision_id or "")
    by = User.objects.filter(pk=claim.answered_by_id or 0).values_list("display_name", flat=True)
    pairs = [
        (words["received"], day(claim.received_on, language)),
        (words["answered_on"], day(claim.answered_at.date(), language)),
        (words["answered_by"], by.first() or decision.organiser.name(language)),
    ]
    if claim.body:
        pairs.append((words["body"], claim.body))
    blocks = [
        Paragraph(words["intro"].format(number=decision.pk)),
        Heading(words["outcome"]),
        Paragraph(outcome),
        Heading(words["grounds"]),
        Paragraph(claim.answer),
        Heading(words["facts"]),
        Facts(pairs),
        *challenge_blocks(words, decision, Challenge.APPEAL, frame, **numbers),
    ]
    return letter(frame, decision, blocks)
