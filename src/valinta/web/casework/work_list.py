"""The work list of a case manager in one statement: what is due, the most harmful first.

However many clients there are, it is three questions: the page with the counts, the names, and the
names of those who came forward.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import psycopg
from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet

from valinta.clients.models import Client, Cover, Interest
from valinta.clients.names import name_beginnings
from valinta.clients.states import InterestState
from valinta.users.actor import Actor
from valinta.web.casework.work_sources import SOURCES, TERMS, Kind

PAGE_SIZE = 50


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
class Due:
    """Something due: for a client or for somebody who came forward; sums in cents.

    `today` is the day of the organiser. `since` and `due_on` can both be unknown.
    """

    kind: Kind
    client: Client | None
    newcomer: Interest | None
    subject_id: int
    since: datetime | None
    due_on: date | None
    n: int
    cents: int | None
    mark: str
    today: date

    @property
    def is_late(self) -> bool:
        """Whether the day has gone by."""
        return self.due_on is not None and self.due_on < self.today


@dataclass(frozen=True, slots=True)
class WorkList:
    """A page of what is due, how many there are of each kind, and of the chosen kind in all."""

    rows: list[Due]
    counts: Mapping[Kind, int]
    number: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.number // PAGE_SIZE))


def work_list(actor: Actor, sieve: Sieve, today: date) -> WorkList:
    """What is due for the clients that the actor meets, narrowed by the sieve.

    `today` is the day where the actor's own roles name none.
    """
    days = dict(actor.days) or dict.fromkeys(actor.organiser_ids, today)
    found = _run(*_statement(people_of(actor, sieve), newcomers_of(actor, sieve), actor, sieve))
    counts = {Kind(row[1]): int(row[8]) for row in found if row[0] == 0}
    rows = sorted(row for row in found if row[0] > 0)
    number = counts.get(sieve.kind, 0) if sieve.kind else sum(counts.values())
    return WorkList(_with_names(rows, days), counts, number, sieve.page)


def people_of(actor: Actor, sieve: Sieve) -> QuerySet[Client]:
    """The clients looked at: of those whom the actor meets, whose they are, where, and by name.

    Nobody under non-disclosure is found by municipality: that would tell where they live.
    """
    # For one who has died nothing is due; what ends then ends by itself.
    people = Client.objects.met_by(actor).filter(died_on__isnull=True)
    if sieve.whose is not Whose.ALL:
        people = people.filter(_whose(actor, sieve.whose))
    if sieve.municipality:
        people = people.filter(municipality_code=sieve.municipality, non_disclosure=False)
    for beginning in name_beginnings(sieve.words):
        people = people.filter(search_name__contains=f" {beginning}")
    return people


def _whose(actor: Actor, whose: Whose) -> Q:
    """Whose they are, by ids: with a subquery the database would not know how few they are."""
    if whose is Whose.NOBODYS:
        return Q(case_manager_id__isnull=True)
    own = [actor.user_id or 0] if whose is Whose.MINE else []
    return Q(case_manager_id__in=[*own, *_covered(actor)])


def newcomers_of(actor: Actor, sieve: Sieve) -> QuerySet[Interest]:
    """Those who came forward and wait: mine are also those whom nobody has taken yet."""
    waiting = Interest.objects.visible_to(actor).filter(
        state__in=[InterestState.RECEIVED, InterestState.CONTACTED]
    )
    if sieve.whose is Whose.MINE:
        waiting = waiting.filter(Q(taken_by_id=actor.user_id) | Q(taken_by_id__isnull=True))
    elif sieve.whose is Whose.NOBODYS:
        waiting = waiting.filter(taken_by_id__isnull=True)
    elif sieve.whose is Whose.COVER:
        waiting = waiting.filter(taken_by_id__in=_covered(actor))
    if sieve.municipality:
        waiting = waiting.filter(municipality__code=sieve.municipality)
    # The name of a newcomer is not kept folded: there are few of them, and a search is for clients.
    return waiting.none() if sieve.words.strip() else waiting


def _covered(actor: Actor) -> list[int]:
    """Whom the actor covers today, at whichever organiser."""
    today = Q(pk__in=[])
    for organiser_id, day in actor.days:
        today |= Q(organiser_id=organiser_id, valid__contains=day)
    covers = Cover.objects.filter(today, covered_by_id=actor.user_id or 0, ended_at__isnull=True)
    return sorted(set(covers.values_list("user_id", flat=True)))


def _statement(
    people: QuerySet[Client], newcomers: QuerySet[Interest], actor: Actor, sieve: Sieve
) -> tuple[str, dict[str, Any]]:
    given: dict[str, Any] = {
        "organisers": [str(one) for one, _day in sorted(actor.days)],
        "days": [day for _one, day in sorted(actor.days)],
        "reader": actor.user_id or 0,
        "zone": settings.TIME_ZONE,
        "kinds": [sieve.kind] if sieve.kind else list(Kind),
        "most": PAGE_SIZE,
        "skip": (sieve.page - 1) * PAGE_SIZE,
    }
    columns = ("organiser_id", "case_manager_id")
    people_sql = _embedded(people.order_by().values_list("pk", *columns), "p", given)
    came = newcomers.order_by().values_list("pk", "organiser_id", "programme_id", "came_at")
    newcomers_sql = _embedded(came, "i", given)
    text = _FRAME.format(
        people=people_sql or "SELECT 0, 0, 0 WHERE false",
        newcomers=newcomers_sql or "SELECT 0, 0, 0, now() WHERE false",
        terms=", ".join(_term(one) for one in TERMS),
        sources="\nUNION ALL\n".join(
            f"SELECT '{one.kind}', {one.harm}, * FROM ({one.rows}) {one.kind}_rows"
            " (client_id, subject_id, since, due_on, n, cents, mark)"
            for one in SOURCES
        ),
    )
    return text, given


def _term(name: str) -> str:
    kind = "numeric" if name.endswith("percent") else "int"
    return f"(p.terms #>> '{{casework,due,{name}}}')::{kind} AS {name}"


def _embedded(rows: QuerySet[Any, Any], mark: str, given: dict[str, Any]) -> str:
    """A queryset's statement with its values named, to stand inside a larger one."""
    try:
        text, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return ""
    names = iter(range(len(values)))
    given |= {f"{mark}{number}": value for number, value in enumerate(values)}
    return re.sub("%s", lambda _found: f"%({mark}{next(names)})s", text)


_FRAME = """
WITH days (organiser_id, today) AS MATERIALIZED (
    SELECT * FROM unnest(%(organisers)s::bigint[], %(days)s::date[])),
people (id, organiser_id, case_manager_id) AS MATERIALIZED ({people}),
newcomers (id, organiser_id, programme_id, came_at) AS MATERIALIZED ({newcomers}),
terms AS MATERIALIZED (
    SELECT p.id AS programme_id, p.organiser_id, d.today, {terms},
        p.terms @? '$.instruments[*] ? (@.kind == "budget" && @.carry_over == "to_next_month")'
            AS carries_over
    FROM programmes_programme p JOIN days d ON d.organiser_id = p.organiser_id),
places AS MATERIALIZED (
    SELECT e.id, e.client_id, e.state, e.started_on, e.applied_at, t.*,
        t.today + t.month_end_days
            >= (date_trunc('month', t.today) + interval '1 month')::date
            OR extract(day FROM t.today) > t.pace_after_days AS is_late_in_month
    FROM people c JOIN clients_enrolment e ON e.client_id = c.id
    JOIN terms t ON t.programme_id = e.programme_id
    WHERE e.state IN ('interested', 'queued', 'enrolled')),
pots AS MATERIALIZED (
    SELECT pot.id, pl.client_id, pl.today, pot.valid, pot.granted_cents,
        a.credits - a.debits AS unspent, pl.month_end_days, pl.unused_percent,
        pl.pace_after_days, pl.pace_percent, pl.carries_over
    FROM places pl
    JOIN budgets_budget b ON b.enrolment_id = pl.id AND b.state = 'in_force'
    JOIN budgets_pot pot ON pot.budget_id = b.id AND pot.service_id IS NULL
        AND pot.granted_cents > 0 AND pot.valid @> pl.today
    JOIN ledger_account a ON a.id = pot.account_id
    WHERE pl.is_late_in_month),
due (kind, harm, client_id, subject_id, since, due_on, n, cents, mark) AS MATERIALIZED ({sources})
SELECT 0, kind, 0, NULL::bigint, 0, NULL::timestamptz, NULL::date, '', count(*), NULL::bigint
FROM due GROUP BY kind
UNION ALL
SELECT * FROM (
    SELECT row_number() OVER (ORDER BY harm,
            coalesce(due_on, (since AT TIME ZONE %(zone)s::text)::date), client_id, subject_id),
        kind, harm, client_id, subject_id, since, due_on, mark, n, cents
    FROM due WHERE kind = ANY (%(kinds)s::text[])
    ORDER BY 1 LIMIT %(most)s::int OFFSET %(skip)s::int) page
"""


def _run(text: str, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run the statement, planned once for each way of narrowing: planning it costs more than it."""
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    plain = {name: str(one) if type(one) is int else one for name, one in given.items()}
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(text.encode(), plain, prepare=True)
        return cursor.fetchall()


def _with_names(rows: Sequence[tuple[Any, ...]], days: Mapping[int, date]) -> list[Due]:
    clients = {
        one.pk: one
        for one in Client.objects.filter(pk__in=[row[3] for row in rows if row[3]])
        .select_related("organiser", "case_manager")
        .defer("contact")
    }
    came = [row[4] for row in rows if row[1] == Kind.INTEREST]
    newcomers = {
        one.pk: one
        for one in Interest.objects.filter(pk__in=came).select_related(
            "organiser", "programme", "municipality", "taken_by"
        )
    }
    found = []
    for row in rows:
        client = clients.get(row[3])
        newcomer = newcomers.get(row[4]) if row[1] == Kind.INTEREST else None
        whose = client or newcomer
        if whose is not None:
            found.append(
                Due(
                    kind=Kind(row[1]),
                    client=client,
                    newcomer=newcomer,
                    subject_id=row[4],
                    since=row[5],
                    due_on=row[6],
                    n=int(row[8]),
                    cents=None if row[9] is None else int(row[9]),
                    mark=row[7],
                    today=days[whose.organiser_id],
                )
            )
    return found
