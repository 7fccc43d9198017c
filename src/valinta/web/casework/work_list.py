"""The work list of a case manager in one statement: what is due, the most harmful first.

However many clients there are, it is two questions: the page with the names and the numbers, and
the names of those who came forward.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Q, QuerySet

from valinta.clients.models import Client, Cover, Interest
from valinta.clients.names import name_beginnings
from valinta.clients.states import InterestState
from valinta.users.actor import Actor
from valinta.web.casework.work_kinds import Kind
from valinta.web.casework.work_statement import Given, run, statement

PAGE_SIZE = 50
KEPT = 200
# Of so many clients everything is counted with the page; of more, apart from it.
FEW = 1_000


class Whose(StrEnum):
    """Whose clients are looked at."""

    MINE = "mine"
    COVER = "cover"
    NOBODYS = "unassigned"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Sieve:
    """What the list is narrowed to. `municipality` is a code; `words` the beginnings of names."""

    whose: Whose = Whose.MINE
    kind: Kind | None = None
    municipality: str = ""
    words: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Person:
    """A client as the list names them; `manager` is the name of the case manager, if any."""

    pk: int
    organiser_id: int
    family_name: str
    given_name: str
    non_disclosure: bool
    case_manager_id: int | None
    manager: str

    @property
    def full_name(self) -> str:
        """Given name and family name."""
        return f"{self.given_name} {self.family_name}"


@dataclass(frozen=True, slots=True)
class Due:
    """Something due: for a client or for somebody who came forward; sums in cents.

    `today` is the day of the organiser. `since` and `due_on` can both be unknown.
    """

    kind: Kind
    client: Person | None
    newcomer: Interest | None
    subject_id: int
    since: datetime | None
    due_on: date | None
    n: int
    cents: int | None
    mark: str
    today: date

    @property
    def client_id(self) -> int | None:
        """The client, if it is about one."""
        return self.client.pk if self.client else None

    @property
    def is_late(self) -> bool:
        """Whether the day has gone by."""
        return self.due_on is not None and self.due_on < self.today


@dataclass(frozen=True, slots=True)
class WorkList:
    """A page of what is due, whether more follows, and how many there are of each kind.

    `counts` is None where there are so many clients that counting is asked for apart.
    """

    rows: list[Due]
    counts: Mapping[Kind, int] | None
    more: bool


class _Row(NamedTuple):
    """A row of the statement: 0 says whether it counted, 1 a number of a kind, then the page."""

    number: int
    kind: str
    client_id: int | None
    subject_id: int
    since: datetime | None
    due_on: date | None
    mark: str
    n: int
    cents: int | None
    organiser_id: int
    family_name: str
    given_name: str
    non_disclosure: bool
    case_manager_id: int | None
    manager: str | None

    @property
    def person(self) -> Person | None:
        """The client whom the row is about."""
        if self.client_id is None:
            return None
        return Person(
            pk=self.client_id,
            organiser_id=self.organiser_id,
            family_name=self.family_name,
            given_name=self.given_name,
            non_disclosure=self.non_disclosure,
            case_manager_id=self.case_manager_id,
            manager=self.manager or "",
        )


def work_list(actor: Actor, sieve: Sieve, today: date, *, count: bool = False) -> WorkList:
    """What is due for the clients that the actor meets, narrowed by the sieve.

    `today` is the day where the actor's own roles name none. With `count`, each kind is counted
    however many clients there are.
    """
    found = _ask(actor, sieve, most=PAGE_SIZE + 1, count=count)
    rows = sorted(row for row in found if row.number > 1)
    days = dict(actor.days) or dict.fromkeys(actor.organiser_ids, today)
    counted = any(row.number == 0 and row.n for row in found)
    return WorkList(
        rows=_as_due(rows[:PAGE_SIZE], days),
        counts=_counts(found) if counted else None,
        more=len(rows) > PAGE_SIZE,
    )


def work_counts(actor: Actor, sieve: Sieve) -> Mapping[Kind, int]:
    """How many things are due of each kind, however many clients there are."""
    return _counts(_ask(actor, sieve, most=0, count=True))


def _counts(found: Sequence[_Row]) -> dict[Kind, int]:
    return {Kind(row.kind): row.n for row in found if row.number == 1}


def _ask(actor: Actor, sieve: Sieve, *, most: int, count: bool) -> list[_Row]:
    covered = _covered(actor) if sieve.whose in (Whose.MINE, Whose.COVER) else ()
    text, given = _statement(actor, sieve, covered)
    skip = (sieve.page - 1) * PAGE_SIZE
    page: Given = {
        "kinds": [sieve.kind] if sieve.kind else list(Kind),
        "few": FEW,
        "most": most,
        "skip": skip,
        "needed": skip + most,
        "count": count,
    }
    return [_Row(*row) for row in run(text, given | page)]


def _statement(actor: Actor, sieve: Sieve, covered: tuple[int, ...]) -> tuple[bytes, Given]:
    if sieve.words:
        # What was searched for is not kept anywhere.
        return _written(actor, sieve, covered)
    return _kept(actor, Sieve(sieve.whose, municipality=sieve.municipality), covered)


def _written(actor: Actor, sieve: Sieve, covered: tuple[int, ...]) -> tuple[bytes, Given]:
    people, came = people_of(actor, sieve, covered), newcomers_of(actor, sieve, covered)
    many = sieve.whose is Whose.ALL and not sieve.words
    text, given = statement(people, came, actor, many=many)
    narrowed = sieve.municipality or sieve.words
    return text, given | {"mine": sieve.whose is Whose.MINE and not narrowed}


# Writing the statement takes longer than most workers' lists take to read.
_kept = lru_cache(maxsize=KEPT)(_written)


def people_of(actor: Actor, sieve: Sieve, covered: Sequence[int]) -> QuerySet[Client]:
    """The clients looked at: of those whom the actor meets, whose they are, where, and by name.

    Nobody under non-disclosure is found by municipality: that would tell where they live.
    """
    # For one who has died nothing is due; what ends then ends by itself.
    people = Client.objects.met_by(actor).filter(died_on__isnull=True)
    if sieve.whose is Whose.NOBODYS:
        people = people.filter(case_manager_id__isnull=True)
    elif sieve.whose is not Whose.ALL:
        # By ids: with a subquery the database would not know how few they are.
        own = [actor.user_id or 0] if sieve.whose is Whose.MINE else []
        people = people.filter(case_manager_id__in=[*own, *covered])
    if sieve.municipality:
        people = people.filter(municipality_code=sieve.municipality, non_disclosure=False)
    for beginning in name_beginnings(sieve.words):
        people = people.filter(search_name__contains=f" {beginning}")
    return people


def newcomers_of(actor: Actor, sieve: Sieve, covered: Sequence[int]) -> QuerySet[Interest]:
    """Those who came forward and wait: mine are also those whom nobody has taken yet."""
    waiting = Interest.objects.visible_to(actor).filter(
        state__in=[InterestState.RECEIVED, InterestState.CONTACTED]
    )
    if sieve.whose is Whose.MINE:
        waiting = waiting.filter(Q(taken_by_id=actor.user_id) | Q(taken_by_id__isnull=True))
    elif sieve.whose is Whose.NOBODYS:
        waiting = waiting.filter(taken_by_id__isnull=True)
    elif sieve.whose is Whose.COVER:
        waiting = waiting.filter(taken_by_id__in=covered)
    if sieve.municipality:
        waiting = waiting.filter(municipality__code=sieve.municipality)
    # The name of a newcomer is not kept folded: there are few of them, and a search is for clients.
    return waiting.none() if sieve.words.strip() else waiting


def _covered(actor: Actor) -> tuple[int, ...]:
    """Whom the actor covers today, at whichever organiser."""
    today = Q(pk__in=[])
    for organiser_id, day in actor.days:
        today |= Q(organiser_id=organiser_id, valid__contains=day)
    covers = Cover.objects.filter(today, covered_by_id=actor.user_id or 0, ended_at__isnull=True)
    return tuple(sorted(set(covers.values_list("user_id", flat=True))))


def _as_due(rows: Sequence[_Row], days: Mapping[int, date]) -> list[Due]:
    came = [row.subject_id for row in rows if row.kind == Kind.INTEREST]
    newcomers = {
        one.pk: one
        for one in Interest.objects.filter(pk__in=came)
        .select_related("programme", "municipality", "taken_by")
        .defer("programme__terms")
    }
    found = []
    for row in rows:
        client = row.person
        newcomer = newcomers.get(row.subject_id) if row.kind == Kind.INTEREST else None
        whose = client or newcomer
        if whose is not None:
            found.append(
                Due(
                    kind=Kind(row.kind),
                    client=client,
                    newcomer=newcomer,
                    subject_id=row.subject_id,
                    since=row.since,
                    due_on=row.due_on,
                    n=row.n,
                    cents=row.cents,
                    mark=row.mark,
                    today=days[whose.organiser_id],
                )
            )
    return found
