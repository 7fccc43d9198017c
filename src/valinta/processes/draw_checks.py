"""Each night some of the visits that came in are drawn for a check, more of those with a risk.

What a person has looked into already (a visit that was set aside) is not drawn again.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db import connection, transaction
from django.utils.text import Truncator

from valinta.audit.actions import Note, record
from valinta.jobs.registry import job
from valinta.organisers.models import Organiser
from valinta.processes.hand_in_file import must_be_system
from valinta.programmes.models import Rulebook
from valinta.users.actor import Actor
from valinta.users.permissions import Permission
from valinta.visits.checks import Check, Drawing
from valinta.visits.drawing import CANDIDATES, Candidate, Drawn, Risk, chance_of, draw
from valinta.visits.models import Batch
from valinta.visits.states import Found

MOST_WORDS = 2_000
_AT_A_TIME = 2_000


class CheckNeedsWords(ValueError):
    """What was wrong with a visit is said; the provider reads it."""


class CheckedAlready(ValueError):
    """Somebody has said what the check found."""


@job("draw_checks", each="40 1 * * *")
def draw_checks(*, organiser_id: int, by: Actor, at: datetime) -> Drawing | None:
    """Draw among the visits of every batch that was finished since the last drawing.

    The seed is made now, when the visits are in. A second run finds nothing more to draw from, and
    returns None.
    """
    must_be_system(by, organiser_id)
    with transaction.atomic():
        # One drawing at a time: how many visits have gone by is handed on from one to the next.
        Organiser.objects.select_for_update(no_key=True).get(pk=organiser_id)
        batches = Batch.objects.filter(
            organiser_id=organiser_id, drawing__isnull=True, finished_at__isnull=False
        )
        if not batches.exists():
            return None
        before = Drawing.objects.filter(organiser_id=organiser_id).order_by("-pk").first()
        drawing = Drawing.objects.create(
            organiser_id=organiser_id,
            drawn_at=at,
            seed=secrets.token_hex(32),
            waiting=before.waiting if before else {},
        )
        batches.update(drawing=drawing)
        _draw(drawing)
        note = Note("draw_checks", "drawing", drawing.pk, "", "drawn")
        record(organiser_id=organiser_id, by_id=by.user_id, at=at, notes=[note])
        return drawing


def candidates(drawing: Drawing, terms: Mapping[int, Mapping[str, object]]) -> Iterator[Candidate]:
    """The visits among which a drawing draws, with their chances by the rulebooks of their days."""
    given = {"organiser": drawing.organiser_id, "drawing": drawing.pk}
    with connection.chunked_cursor() as cursor:
        cursor.execute(CANDIDATES, given)
        while rows := cursor.fetchmany(_AT_A_TIME):
            for visit_id, provider_id, rulebook_id, days, at_ceiling, no_times, no_code in rows:
                rules = terms[rulebook_id]
                is_new = days is not None and days < int(str(rules["sample_new_provider_days"]))
                risks = _risks(is_new, at_ceiling, no_times, no_code)
                yield Candidate(
                    visit_id,
                    provider_id,
                    chance_of(rules, risks),
                    int(str(rules["sample_max_gap_visits"])),
                    risks,
                )


def _risks(*found: bool) -> tuple[Risk, ...]:
    return tuple(risk for risk, is_there in zip(Risk, found, strict=True) if is_there)


def _draw(drawing: Drawing) -> None:
    organiser_id = drawing.organiser_id
    terms = dict(Rulebook.objects.filter(organiser_id=organiser_id).values_list("pk", "parameters"))
    waiting = {int(provider_id): gone_by for provider_id, gone_by in drawing.waiting.items()}
    looked_at = 0

    def counted() -> Iterator[Candidate]:
        nonlocal looked_at
        for one in candidates(drawing, terms):
            looked_at += 1
            yield one

    made: list[Check] = []
    for one in draw(counted(), drawing.seed, waiting):
        made.append(_check(drawing, one))
        drawing.drawn += 1
        if len(made) >= _AT_A_TIME:
            Check.objects.bulk_create(made)
            made = []
    Check.objects.bulk_create(made)
    drawing.looked_at, drawing.waiting = looked_at, waiting
    drawing.save()


def _check(drawing: Drawing, drawn: Drawn) -> Check:
    return Check(
        organiser_id=drawing.organiser_id,
        provider_id=drawn.visit.provider_id,
        drawing=drawing,
        visit_id=drawn.visit.visit_id,
        chance=drawn.visit.chance,
        number=drawn.number,
        by_gap=drawn.by_gap,
        risks=[str(one) for one in drawn.visit.risks],
    )


@transaction.atomic
def answer_check(*, check: Check, found: Found, words: str, by: Actor, at: datetime) -> Check:
    """Say what a check found; the provider reads it. `words` may be empty when all was right.

    Raises CheckNeedsWords, CheckedAlready or NotAllowed.
    """
    by.must(Permission.REVIEW_VISITS, check.organiser_id)
    locked = Check.objects.select_for_update(of=("self",)).select_related("visit").get(pk=check.pk)
    if locked.found:
        raise CheckedAlready("Somebody has said meanwhile what this check found.")
    if found is Found.WRONG and not words.strip():
        raise CheckNeedsWords("Say what was wrong with the visit; the company reads it.")
    locked.found, locked.words = found, Truncator(words.strip()).chars(MOST_WORDS)
    locked.found_at, locked.found_by_id = at, by.user_id
    locked.save()
    client_id = locked.visit.client_id
    note = Note("answer_check", "check", locked.pk, "", locked.found, client_id=client_id)
    record(organiser_id=locked.organiser_id, by_id=by.user_id, at=at, notes=[note])
    return locked
