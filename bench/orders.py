"""S1: place an order, one after another, against bare statements and against an ORM transaction."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models, transaction
from django.utils import timezone

from bench import bare
from bench.figures import Figure, per_second, timed
from bench.volume import owner
from bench.world import MONTH, ORDERED_AT, World
from valinta.clients.models import Enrolment
from valinta.orders.models import OrderKind
from valinta.processes.place_order import place_order


class BareAccount(models.Model):
    """The bare account as an ORM model, for what a Django project writes first."""

    organiser_id = models.BigIntegerField()
    kind = models.CharField(max_length=16)
    debits = models.BigIntegerField()
    credits = models.BigIntegerField()
    floor = models.BigIntegerField(null=True)

    class Meta:
        app_label = "bench"
        managed = False
        db_table = "bare_account"


class BareTransfer(models.Model):
    """The bare ledger's row as an ORM model."""

    organiser_id = models.BigIntegerField()
    debit_id = models.BigIntegerField()
    credit_id = models.BigIntegerField()
    cents = models.BigIntegerField()
    kind = models.CharField(max_length=8)
    happened_at = models.DateTimeField()
    posted_at = models.DateTimeField(default=timezone.now)
    by_id = models.BigIntegerField(null=True)
    cause_kind = models.CharField(max_length=10)
    cause_id = models.BigIntegerField()
    key = models.CharField(max_length=80)

    class Meta:
        app_label = "bench"
        managed = False
        db_table = "bare_transfer"


def measure(world: World, enrolments: Sequence[Enrolment], count: int) -> list[Figure]:
    """Place orders for clients in turn; the references move the same money in turn."""
    pots = list(range(1, len(enrolments) + 1))
    with owner(world) as connection:
        bare.make_books(connection, world, pots)
        part = count // 5
        ours = statement = orm = 0.0
        # In turns, so that what else the machine does meets all three.
        for turn in range(5):
            some = range(turn * part, (turn + 1) * part)
            ours += timed(lambda some=some: _place(world, enrolments, some))
            statement += timed(
                lambda some=some: [
                    bare.reserve(connection, pots[n % len(pots)], 1000, f"s{n}") for n in some
                ]
            )
            orm += timed(lambda some=some: [_reserve_by_orm(pots[n % len(pots)], n) for n in some])
    done = 5 * part
    return [
        Figure(
            "S1",
            "place an order, against select_for_update and save in the ORM",
            per_second(done, ours),
            per_second(done, orm),
            orm / ours,
            "least",
            3.0,
        ),
        Figure(
            "S1",
            "place an order, against the bare guarded statement",
            per_second(done, ours),
            per_second(done, statement),
            statement / ours,
            "least",
            0.4,
        ),
    ]


def _place(world: World, enrolments: Sequence[Enrolment], some: range) -> None:
    for number in some:
        place_order(
            enrolment=enrolments[number % len(enrolments)],
            offer=world.offer,
            kind=OrderKind.PERIOD,
            period=MONTH,
            quantities={"": 100},
            by=world.clerk,
            at=ORDERED_AT,
        )


def _reserve_by_orm(account: int, number: int) -> None:
    with transaction.atomic(using="owner"):
        held = BareAccount.objects.using("owner").select_for_update().get(pk=account)
        if held.credits - held.debits < 1000:
            return
        held.debits += 1000
        held.save(using="owner")
        BareTransfer(
            organiser_id=held.organiser_id,
            debit_id=account,
            credit_id=0,
            cents=1000,
            kind="reserve",
            happened_at=ORDERED_AT,
            cause_kind="order",
            cause_id=1,
            key=f"o{number}",
        ).save(using="owner")
