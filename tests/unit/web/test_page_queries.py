"""A page takes as many queries for thirty rows as for one, whatever it lists.

`SHOWN_ON` says which pages list which things. It is held against the pages themselves: a page that
grows without standing there fails, and so does one that stands there and does not grow. A table
of the database that nothing here fills fails as well, until it is said why no page lists it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from tests.unit.web.page_everything import ALL, one_of_everything
from tests.unit.web.page_kinds import MORE
from tests.unit.web.page_round import View, is_page, views
from tests.unit.web.rows import Scene
from valinta.catalogue.models import Listing, ListingKind, TrayWord
from valinta.organisers import tenancy

HOME = {"client:home", "client:start"}
CASE = {"casework:client"}
TRAY = {"public:tray", "public:approved"}
CHOOSING = {"client:order_new", "client:switch", "client:voucher"}
SHOWN_ON: dict[str, set[str]] = {
    "providers": TRAY | CHOOSING,
    "orders": HOME | CASE | {"client:orders", "client:history", "client:leave", "client:visits"}
    | {"client:message_new"},
    "visits_had": HOME | CASE | {"client:order", "client:visits"},
    "weeks": {"client:order"},
    "corrections": {"client:order", "client:visits"},
    "threads": {"client:messages"},
    "messages": {"client:thread"},
    "supporters": CASE | {"client:supporters", "public:sign_in"},
    "clients": {"casework:clients", "client:people"},
    "interests": {"casework:clients"},
    "support_plans": {"client:support_plan"},
    "comments": CASE | {"client:plan"},
    "plans": {"client:plan", "client:decisions"},
    "services": TRAY | CASE
    | {"client:budget", "client:leave", "client:order_new", "client:plan", "public:programme"}
    | {"public:services"},
    "adjustments": CASE | {"client:budget"},
    "vouchers": {"client:decisions"},
    "months": {"client:budget"},
    "rounds": {"client:wellbeing", "client:wellbeing_answers"},
    "questions": {"client:wellbeing_answers", "client:wellbeing_check"},
    "log": {"client:history", "client:looked", "public:sign_in"},
    "requests": CASE | {"client:requests"},
    "baskets": CASE | {"client:whatif"},
    "basket_lines": CASE | {"client:whatif"},
    "bands": HOME | CHOOSING | {"client:budget", "public:compare", "public:provider"}
    | {"public:tray"},
    "programmes": {"public:approved", "public:programmes", "public:services"},
    "towns": {"client:requests", "public:come_forward", "public:programme", "public:tray"},
}  # fmt: skip
# Pages that keep what they have shown, once for each content; they are opened once before counting.
KEEPS = {"client:voucher"}
# Tables that no page lists, and why.
NOT_LISTED = {
    "Absence": "no page tells of absences",
    "AccessCode": "a client has one at a time",
    "Allocation": "the newest is explained, and its lines are listed",
    "AllocationRule": "one is in force",
    "AnswersShown": "one choice of a client",
    "Assessment": "the newest is shown, and its needs are listed",
    "Batch": "no page of these portals lists files of visits",
    "Budget": "one is in force, and its months are listed",
    "FundingShare": "no page lists who pays",
    "Glance": "tells what is new, and is listed nowhere",
    "Notice": "waits for an e-mail to go out",
    "NoticeChoice": "one choice of a user",
    "PackLoad": "no page lists loads",
    "Payment": "no page of these portals lists payments",
    "Programme": "listed from other organisers, beyond this scope",
    "ProviderAccount": "one for each provider",
    "Quota": "counted and not listed",
    "Reception": "says who gets whose forms",
    "RefusedLine": "no page of these portals lists files of visits",
    "Rulebook": "one is in force; those of others are beyond this scope",
    "Run": "no page of these portals lists payments",
    "RunCorrection": "no page of these portals lists payments",
    "RunVisit": "no page of these portals lists payments",
    "Statement": "no page of these portals lists payments",
    "StatementLine": "no page of these portals lists payments",
    "Tries": "counts wrong codes",
    "VisitCode": "a client sees the newest once",
    "VoucherInformation": "kept as a record of what was told",
    "Worker": "no page lists a provider's workers",
}
Seen = dict[str, tuple[int, int]]


def look(round_: list[View]) -> Seen:
    """How many queries and how many elements each page has; nothing for what is no page."""
    found: Seen = {}
    for view in round_:
        if view.name in KEEPS:
            view.open()
        count = 0

        def counted(execute: Callable[..., Any], *args: Any) -> Any:
            nonlocal count
            count += 1
            return execute(*args)

        with connection.execute_wrapper(counted):
            answer = view.open()
        if is_page(answer):
            found[view.key] = count, len(re.findall(rb"<\w", answer.content))
    return found


def opened(world: Scene) -> list[View]:
    """The round over pages with one row each, every page of which has been opened once."""
    one_of_everything(world)
    round_ = views(world)
    look(round_)
    return round_


def grow(world: Scene, kinds: list[str]) -> None:
    """More of these; the pages before have left the tenancy scope."""
    tenancy.enter([world.organiser.pk], None)
    for kind in kinds:
        ALL[kind](world)


def test_the_pages_that_list_something_show_more_of_it_with_as_many_queries(world: Scene) -> None:
    round_ = opened(world)
    few = look(round_)
    for kind, names in SHOWN_ON.items():
        showing = [one for one in round_ if one.name in names]
        with transaction.atomic():
            grow(world, [kind])
            many = look(showing)
            transaction.set_rollback(True)
        slower = {
            path: (few[path][0], many[path][0]) for path in many if many[path][0] > few[path][0]
        }
        assert slower == {}, kind
        longer = {one.name for one in showing if many[one.key][1] > few[one.key][1]}
        assert longer == names, kind


def test_no_page_takes_more_queries_when_there_is_more_of_everything(world: Scene) -> None:
    assert set(SHOWN_ON) == set(ALL)
    round_ = opened(world)
    few = look(round_)
    grow(world, list(ALL))
    many = look(round_)
    assert set(many) == set(few)
    assert {
        path: (few[path][0], many[path][0]) for path in few if many[path][0] > few[path][0]
    } == {}
    longer = {
        one.name for one in round_ if one.key in few and many[one.key][1] > few[one.key][1]
    }
    assert longer == set.union(*SHOWN_ON.values()), "the table of lists and the pages differ"


def test_each_table_of_the_database_is_listed_or_it_is_said_why_not(world: Scene) -> None:
    one_of_everything(world)
    grow(world, list(ALL))
    models = [one for one in apps.get_models() if one.__module__.startswith("valinta.")]
    short = {
        one.__name__
        for one in models
        if one not in (Listing, ListingKind, TrayWord) and one._default_manager.count() <= MORE
    }
    assert sorted(short ^ set(NOT_LISTED)) == []
