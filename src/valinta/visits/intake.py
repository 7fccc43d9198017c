"""Take in one chunk of lines: stage, judge, keep, capture, answer. One transaction, one chunk."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, TypeAlias

from django.db import connection, transaction

from valinta.ledger.posting import post_selected
from valinta.visits import adjudication as rules
from valinta.visits.codes import Code
from valinta.visits.lines import LOCAL

# From so many lines on, other visits are looked up as a set and not one by one.
MANY = 500
Parameters: TypeAlias = dict[str, int | str | datetime | date | None]


class LineAnswer(NamedTuple):
    """What became of a line: `taken`, `repeated`, `in_review` or `refused` with code and facts.

    `visit_id` is the visit that the line is now, or has been; None for a refused line.
    """

    line: int
    reference: str
    outcome: str
    code: Code | None
    facts: dict[str, object]
    visit_id: int | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many lines had which outcome."""

    taken: int = 0
    in_review: int = 0
    refused: int = 0
    repeated: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.taken + other.taken,
            self.in_review + other.in_review,
            self.refused + other.refused,
            self.repeated + other.repeated,
        )


@dataclass(frozen=True, slots=True)
class Door:
    """Where a chunk comes in: whose it is, which batch, and the accounts that are touched.

    `only_orders`: where the sender reports for some of the provider's clients and no others.
    `keeps_refused`: how many refused lines are kept to be mended one by one; None: all.
    """

    organiser_id: int
    programme_id: int
    provider_id: int
    batch_id: int
    payable_account_id: int
    funding_account_id: int
    by_id: int | None
    at: datetime
    only_orders: tuple[int, ...] | None = None
    keeps_refused: int | None = None


def take_in_chunk(rows: Sequence[str], door: Door) -> tuple[Counts, list[LineAnswer]]:
    """Judge the lines, given as rows for the stage, and keep what is good; in one transaction.

    Lines already taken in are answered as repeated and change nothing.
    """
    parameters: Parameters = {
        "organiser": door.organiser_id,
        "programme": door.programme_id,
        "provider": door.provider_id,
        "batch": door.batch_id,
        "funding": door.funding_account_id,
        "payable": door.payable_account_id,
        "today": door.at.astimezone(LOCAL).date(),
        "at": door.at,
        "only_orders": _as_array(door.only_orders),
        "keeps_refused": door.keeps_refused,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS visit_stage, visit_old, visit_judged")
        cursor.execute(rules.STAGE)
        with cursor.copy(rules.COPY_STAGE) as copy:
            copy.write("".join(rows))
        cursor.execute(rules.SMALL_SAMPLE)
        cursor.execute("ANALYZE visit_stage")
        cursor.execute(rules.LOCK_OFFERS, parameters)
        cursor.execute(rules.LOCK_CLIENTS, parameters)
        cursor.execute(rules.LOCK_SLICES, parameters)
        repeats = _set_repeats_aside(parameters)
        if len(repeats) == len(rows):
            return Counts(repeated=len(repeats)), repeats
        counts, answers = _judge_and_keep(parameters, door, many=len(rows) >= MANY)
        if repeats:
            counts += Counts(repeated=len(repeats))
            answers = sorted([*answers, *repeats], key=lambda answer: answer.line)
        return counts, answers


def _as_array(numbers: tuple[int, ...] | None) -> str | None:
    """Numbers in the database's words for an array."""
    return None if numbers is None else f"{{{','.join(map(str, numbers))}}}"


def _set_repeats_aside(parameters: Parameters) -> list[LineAnswer]:
    """Take out of the stage, and answer, the lines that surely repeat what was taken in before."""
    with connection.cursor() as cursor:
        cursor.execute(rules.FIND_OLD, parameters)
        cursor.execute(rules.SURE)
        found, sure, different = cursor.fetchone()
        if not sure:
            return []
        if different < found:
            cursor.execute(rules.SHARED_REFERENCES)
        cursor.execute(rules.LEAVE_SURE_OUT)
        cursor.execute(rules.SURE_ANSWERS)
        return [
            LineAnswer(line, reference, "repeated", None, {}, old)
            for line, reference, old in cursor.fetchall()
        ]


def _judge_and_keep(
    parameters: Parameters, door: Door, *, many: bool
) -> tuple[Counts, list[LineAnswer]]:
    with connection.cursor() as cursor:
        cursor.execute(rules.JUDGE, parameters)
        cursor.execute(rules.CONCERNED)
        some_good, some_late, slices, clients, workers, lo, hi = cursor.fetchone()
        if some_good:
            concerned = {
                "slices": slices,
                "clients": clients,
                "workers": workers,
                "lo": lo,
                "hi": hi,
            }
            _judge_together({**parameters, **concerned}, many=many)
        if some_late:
            cursor.execute(rules.SET_ASIDE_LATE)
        cursor.execute(rules.ANSWER_REPEATS)
        cursor.execute(rules.COUNTS)
        counts = Counts(*cursor.fetchone())
        if some_good:
            _keep(parameters, door)
        if counts.refused:
            cursor.execute(rules.INSERT_REFUSED, parameters)
        return counts, _answers()


def _judge_together(parameters: Parameters, *, many: bool) -> None:
    """Judge what is good by itself against the order's room and against other visits."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE visit_judged")
        cursor.execute(rules.TIGHT, parameters)
        beyond, past_pot = rules.fit(cursor.fetchall())
        if beyond:
            cursor.execute(rules.REFUSE_BEYOND, {"lines": beyond})
        if past_pot:
            cursor.execute(rules.MARK_OVER_BUDGET, {"lines": past_pot})
        if many:
            cursor.execute(rules.JOIN_SETS)
        if parameters["lo"]:
            cursor.execute(rules.elsewhere(Code.CLIENT_ELSEWHERE, "client_id"), parameters)
        if parameters["lo"] and parameters["workers"]:
            cursor.execute(rules.elsewhere(Code.WORKER_ELSEWHERE, "worker"), parameters)
        if many:
            cursor.execute(rules.JOIN_AS_PLANNED)


def _keep(parameters: Parameters, door: Door) -> None:
    """Keep the visits, and capture those that are accepted."""
    with connection.cursor() as cursor:
        cursor.execute(rules.INSERT_VISITS, parameters)
    post_selected(
        select=rules.CAPTURES,
        parameters=parameters,
        organiser_id=door.organiser_id,
        by_id=door.by_id,
        at=door.at,
        fresh=True,
    )


def _answers() -> list[LineAnswer]:
    with connection.cursor() as reading:
        reading.execute(rules.ANSWERS)
        return [
            LineAnswer(
                line,
                reference,
                outcome,
                Code(code) if code else None,
                json.loads(facts) if isinstance(facts, str) else facts or {},
                visit_id,
            )
            for line, reference, code, outcome, facts, visit_id in reading.fetchall()
        ]
