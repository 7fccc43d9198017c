"""S1: place an order, one after another, against bare statements and against the ORM."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from bench import bare
from bench.by_orm import place_by_orm, reserve_by_orm
from bench.figures import Figure, per_second
from bench.volume import owner
from bench.world import MONTH, ORDERED_AT, World
from valinta.clients.models import Enrolment
from valinta.orders.models import OrderKind
from valinta.processes.place_order import place_order

TURNS = 5


def measure(world: World, enrolments: Sequence[Enrolment], count: int) -> list[Figure]:
    """Place orders for clients in turn; the references move the same money in turn."""
    pots = list(range(1, len(enrolments) + 1))
    ways: dict[str, Callable[[int], object]] = {
        "ours": lambda n: _place(world, enrolments[n % len(enrolments)]),
        "statement": lambda n: bare.reserve(connection, pots[n % len(pots)], 1000, f"s{n}"),
        "orm": lambda n: reserve_by_orm(pots[n % len(pots)], n),
        "rows": lambda n: place_by_orm(world, enrolments[n % len(enrolments)]),
    }
    seconds = dict.fromkeys(ways, 0.0)
    with owner(world) as connection:
        bare.make_books(connection, world, pots)
        # In turns, so that what else the machine does meets all of them.
        for turn in range(TURNS):
            some = range(turn * count // TURNS, (turn + 1) * count // TURNS)
            for name, way in ways.items():
                seconds[name] += _each(way, some)
    said = {
        "statement": ("against the bare guarded statement", 0.4),
        "orm": ("against a bare transfer by select_for_update and save", 3.0),
        "rows": ("against the same rows saved through the ORM", 3.0),
    }
    return [
        Figure(
            "S1",
            f"place an order, {words}",
            per_second(count, seconds["ours"]),
            per_second(count, seconds[name]),
            seconds[name] / seconds["ours"],
            "least",
            goal,
        )
        for name, (words, goal) in said.items()
    ]


def _each(way: Callable[[int], object], some: range) -> float:
    started = time.perf_counter()
    for number in some:
        way(number)
    return time.perf_counter() - started


def _place(world: World, enrolment: Enrolment) -> None:
    place_order(
        enrolment=enrolment,
        offer=world.offer,
        kind=OrderKind.PERIOD,
        period=MONTH,
        quantities={"": 100},
        by=world.clerk,
        at=ORDERED_AT,
    )
