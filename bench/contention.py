"""S3: 32 connections on one budget, against 32 bare connections on one row."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import psycopg
from django.db import connection as ours_here

from bench import bare
from bench.figures import Figure, per_second, timed
from bench.volume import POT_CENTS, owner
from bench.world import MONTH, ORDERED_AT, World
from valinta.budgets.models import Pot
from valinta.catalogue.queries import price_on
from valinta.clients.models import Enrolment
from valinta.ledger.models import Account
from valinta.orders.actions import BudgetSpent
from valinta.orders.models import Order, OrderKind
from valinta.organisers import tenancy
from valinta.processes.place_order import place_order

CONNECTIONS = 32


class Overspent(AssertionError):
    """More was ordered than the budget had; no figure counts then."""


def measure(world: World, enrolment: Enrolment, each: int) -> list[Figure]:
    """Let everyone order from one budget that has money for three quarters of the orders."""
    attempts = CONNECTIONS * each
    price = price_on(world.offer, "", MONTH.starts_on).cents
    quantity = POT_CENTS * 100 // (price * (attempts * 3 // 4))
    cost = (price * quantity + 50) // 100
    fits = POT_CENTS // cost
    before = Order.objects.filter(enrolment=enrolment).count()
    ours = _all_at_once(lambda _: _orders(world, enrolment, quantity, each))
    placed = Order.objects.filter(enrolment=enrolment).count() - before
    pot = Pot.objects.get(budget__enrolment=enrolment)
    left = Account.objects.get(pk=pot.account_id).balance_cents
    if placed != min(fits, attempts) or left != POT_CENTS - placed * cost:
        raise Overspent(f"{placed} orders were placed where {fits} fit, and {left} cents are left.")
    with owner(world) as connection:
        bare.make_books(connection, world, [1])
        connection.execute("UPDATE bare_account SET credits = %s", [POT_CENTS])
    reference = _all_at_once(lambda who: _bare_orders(world, cost, who, each))
    return [
        Figure(
            "S3",
            f"{CONNECTIONS} connections, one budget: {placed} of {attempts} fit, none too many",
            per_second(attempts, ours),
            per_second(attempts, reference),
            ours / reference,
            "most",
            2.0,
            "x time",
        )
    ]


def _all_at_once(work: Callable[[int], None]) -> float:
    """Seconds from the moment when all are connected to the moment when the last is done."""
    gate = Barrier(CONNECTIONS + 1)
    failures: list[BaseException] = []

    def one(who: int) -> None:
        try:
            run = work_of(who)
            gate.wait()
            run()
        except BaseException as failure:
            failures.append(failure)
            gate.abort()

    def work_of(who: int) -> Callable[[], None]:
        return lambda: work(who)

    threads = [Thread(target=one, args=(who,)) for who in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    gate.wait()
    taken = timed(lambda: [thread.join() for thread in threads])
    if failures:
        raise failures[0]
    return taken


def _orders(world: World, enrolment: Enrolment, quantity: int, each: int) -> None:
    tenancy.enter([world.programme.organiser_id], None)
    try:
        for _ in range(each):
            try:
                place_order(
                    enrolment=enrolment,
                    offer=world.offer,
                    kind=OrderKind.PERIOD,
                    period=MONTH,
                    quantities={"": quantity},
                    by=world.clerk,
                    at=ORDERED_AT,
                )
            except BudgetSpent:
                continue
    finally:
        ours_here.close()


def _bare_orders(world: World, cost: int, who: int, each: int) -> None:
    with psycopg.connect(world.url, autocommit=True) as connection:
        for number in range(each):
            bare.reserve(connection, 1, cost, f"r{who}-{number}")
