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
from tests.unit.web.page_table import KEEPS, NOT_LISTED, SHOWN_ON
from tests.unit.web.rows import Scene
from valinta.catalogue.models import Listing, ListingKind, TrayWord
from valinta.organisers import tenancy

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
    """The round over pages with one row each, all of which have been opened once."""
    one_of_everything(world)
    round_ = views(world)
    pages = look(round_)
    return [one for one in round_ if one.key in pages]


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
    longer = {one.name for one in round_ if one.key in few and many[one.key][1] > few[one.key][1]}
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
