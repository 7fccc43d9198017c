"""What a Django project writes first: lock the row, look, change it, save; row by row."""

from __future__ import annotations

from django.db import models, transaction
from django.utils import timezone

from bench.world import MONTH, ORDERED_AT, World
from valinta.audit.models import Entry
from valinta.budgets.models import Pot
from valinta.catalogue.queries import price_on
from valinta.clients.models import Enrolment
from valinta.ledger.kinds import AccountKind, CauseKind, TransferKind
from valinta.ledger.models import Account, Transfer
from valinta.orders.models import Order, OrderKind, Slice
from valinta.orders.states import OrderState
from valinta.programmes.ranges import as_range

OWNER = "owner"


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


def reserve_by_orm(account: int, number: int) -> None:
    """Move money between a bare account and the bare ledger, in one transaction."""
    with transaction.atomic(using=OWNER):
        held = BareAccount._default_manager.using(OWNER).select_for_update().get(pk=account)
        if held.credits - held.debits < 1000:
            return
        held.debits += 1000
        held.save(using=OWNER)
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
        ).save(using=OWNER)


def place_by_orm(world: World, enrolment: Enrolment) -> None:
    """Place the same order as `place_order` does, each row saved on its own, in one transaction.

    Only the pot, its price and its money are looked at; the programme, the approval and the plan
    are taken for good.
    """
    organiser = enrolment.organiser_id
    price = price_on(world.offer, "", MONTH.starts_on).cents
    with transaction.atomic(using=OWNER):
        pot = Pot.objects.using(OWNER).get(budget__enrolment=enrolment)
        source = Account.objects.using(OWNER).select_for_update().get(pk=pot.account_id)
        if source.balance_cents < price:
            return
        order = Order(
            organiser_id=organiser,
            enrolment=enrolment,
            client_id=enrolment.client_id,
            offer=world.offer,
            service_id=world.offer.service_id,
            provider_id=world.offer.approval.provider_id,
            kind=OrderKind.PERIOD,
            state=OrderState.PLACED,
            placed_at=ORDERED_AT,
            valid=as_range(MONTH),
        )
        order.save(using=OWNER)
        hold = Account(organiser_id=organiser, kind=AccountKind.HOLD, floor=0)
        hold.save(using=OWNER)
        Slice(
            organiser_id=organiser,
            order=order,
            pot=pot,
            source=source,
            hold=hold,
            quantity_hundredths=100,
            reserved_cents=price,
            valid=as_range(MONTH),
        ).save(using=OWNER)
        Transfer(
            organiser_id=organiser,
            debit=source,
            credit=hold,
            cents=price,
            kind=TransferKind.RESERVE,
            happened_at=ORDERED_AT,
            cause_kind=CauseKind.ORDER,
            cause_id=order.pk,
            key=f"reserve:{hold.pk}",
        ).save(using=OWNER)
        Entry(
            organiser_id=organiser,
            at=ORDERED_AT,
            verb="place_order",
            subject_kind="order",
            subject_id=order.pk,
            after=OrderState.PLACED,
            client_id=enrolment.client_id,
        ).save(using=OWNER)
