"""The statement of the work list: the sources in the order of harm, a page of them, the numbers.

Where there are few clients, everything is read and counted. Where there are many, a source is read
only while the more harmful ones leave room on the page, and the numbers are asked for apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import psycopg
from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from valinta.clients.models import Client, Interest
from valinta.users.actor import Actor
from valinta.users.permissions import Permission
from valinta.web.casework.work_kinds import TERMS, Source
from valinta.web.casework.work_money import POTS, TODAYS
from valinta.web.casework.work_sources import SOURCES

Given = dict[str, Any]


def statement(
    people: QuerySet[Client], newcomers: QuerySet[Interest], actor: Actor, *, many: bool
) -> tuple[bytes, Given]:
    """The statement about these people for the actor, and what is given to it besides the page.

    `many`: they can be all clients of an organiser, so it does not begin from each of them.
    """
    given: Given = {
        "organisers": [str(one) for one, _day in sorted(actor.days)],
        "days": [day for _one, day in sorted(actor.days)],
        "deciding": [str(one) for one in sorted(actor.organisers_where(Permission.MAKE_DECISIONS))],
        "reader": actor.user_id or 0,
        "zone": settings.TIME_ZONE,
    }
    columns = ("organiser_id", "case_manager_id")
    people_sql = _embedded(people.order_by().values_list("pk", *columns), "p", given)
    came = newcomers.order_by().values_list("pk", "organiser_id", "programme_id", "came_at")
    newcomers_sql = _embedded(came, "i", given)
    text = _FRAME.format(
        people=people_sql or "SELECT 0, 0, 0 WHERE false",
        newcomers=newcomers_sql or "SELECT 0, 0, 0, now() WHERE false",
        terms=", ".join(_term(one) for one in TERMS),
        # Of many people at once: from all pots of the day. Of a few: from each one's own.
        todays=TODAYS.format(fence="OFFSET 0" if many else ""),
        pots=POTS,
        sources=",".join(map(_source, range(len(SOURCES)), SOURCES)),
        due="\nUNION ALL ".join(
            f"SELECT '{one.kind}', {one.harm}, * FROM s_{one.kind}" for one in SOURCES
        ),
    )
    return text.encode(), given


def run(text: bytes, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run the statement, planned once for each way of narrowing: planning it costs more than it."""
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    plain = {name: str(one) if type(one) is int else one for name, one in given.items()}
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(text, plain, prepare=True)
        return cursor.fetchall()


def _term(name: str) -> str:
    kind = "numeric" if name.endswith("percent") else "int"
    return f"(p.terms #>> '{{casework,due,{name}}}')::{kind} AS {name}"


def _source(number: int, source: Source) -> str:
    """The rows of a source, while they are needed, and how many rows there are up to it."""
    before = f"f_{SOURCES[number - 1].kind}" if number else "f_start"
    return _SOURCE.format(kind=source.kind, rows=source.rows, before=before)


def _embedded(rows: QuerySet[Any, Any], mark: str, given: Given) -> str:
    """A queryset's statement with its values named, to stand inside a larger one."""
    try:
        text, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return ""
    names = iter(range(len(values)))
    given |= {f"{mark}{number}": value for number, value in enumerate(values)}
    return re.sub("%s", lambda _found: f"%({mark}{next(names)})s", text)


# The condition has no column in it, so the server looks at it before it reads anything.
_SOURCE = """
s_{kind} (client_id, subject_id, since, due_on, n, cents, mark) AS MATERIALIZED (
    SELECT * FROM ({rows}) rows
    WHERE (SELECT counted FROM size)
        OR ('{kind}' = ANY (%(kinds)s::text[]) AND (SELECT n FROM {before}) < %(needed)s::int)),
f_{kind} (n) AS MATERIALIZED (
    SELECT (SELECT n FROM {before}) + (SELECT count(*) FROM s_{kind}))"""

_FRAME = """
WITH days (organiser_id, today) AS MATERIALIZED (
    SELECT * FROM unnest(%(organisers)s::bigint[], %(days)s::date[])),
people (id, organiser_id, case_manager_id) AS MATERIALIZED ({people}),
newcomers (id, organiser_id, programme_id, came_at) AS MATERIALIZED ({newcomers}),
size (counted) AS MATERIALIZED (
    SELECT %(count)s::boolean OR count(*) <= %(few)s::int
    FROM (SELECT FROM people LIMIT %(few)s::int + 1) counted),
terms AS MATERIALIZED (
    SELECT t.*, today + month_end_days >= (date_trunc('month', today) + interval '1 month')::date
        OR extract(day FROM today) > pace_after_days AS is_late_in_month
    FROM (SELECT p.id AS programme_id, p.organiser_id, d.today, {terms},
            p.terms @? '$.instruments[*] ? (@.kind == "budget" && @.carry_over == "to_next_month")'
                AS carries_over
        FROM programmes_programme p JOIN days d ON d.organiser_id = p.organiser_id) t),
clocks AS MATERIALIZED (
    SELECT organiser_id, today, min(message_answer_days) AS message_answer_days,
        min(mandate_notice_days) AS mandate_notice_days
    FROM terms GROUP BY organiser_id, today),
places AS MATERIALIZED (
    SELECT e.id, e.client_id, e.state, e.started_on, e.applied_at, t.*
    FROM people c JOIN clients_enrolment e ON e.client_id = c.id
    JOIN terms t ON t.programme_id = e.programme_id
    WHERE e.state IN ('interested', 'queued', 'enrolled')),
todays AS ({todays}),
pots AS MATERIALIZED ({pots}),
f_start (n) AS (SELECT 0::bigint),{sources},
due (kind, harm, client_id, subject_id, since, due_on, n, cents, mark) AS ({due}),
page AS (
    SELECT *, coalesce(due_on, (since AT TIME ZONE %(zone)s::text)::date) AS day
    FROM due WHERE kind = ANY (%(kinds)s::text[])
    ORDER BY harm, day, client_id, subject_id LIMIT %(most)s::int OFFSET %(skip)s::int)
SELECT 0, '', NULL::bigint, NULL::bigint, NULL::timestamptz, NULL::date, '', counted::int::bigint,
    NULL::bigint, NULL::bigint, '', '', false, NULL::bigint, NULL
FROM size
UNION ALL
SELECT 1, kind, NULL, NULL, NULL, NULL, '', count(*), NULL, NULL, '', '', false, NULL, NULL
FROM due WHERE (SELECT counted FROM size) GROUP BY kind
UNION ALL
SELECT 1 + row_number() OVER (ORDER BY harm, day, page.client_id, subject_id), kind,
    page.client_id, subject_id, since, due_on, mark, n, cents::bigint, c.organiser_id,
    c.family_name, c.given_name, c.non_disclosure, c.case_manager_id, u.display_name
FROM page LEFT JOIN clients_client c ON c.id = page.client_id
LEFT JOIN users_user u ON u.id = c.case_manager_id
"""
