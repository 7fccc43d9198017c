"""Accounts and transfers. Rows are written by `valinta.ledger.posting` and by nobody else."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from valinta.ledger.kinds import AccountKind, CauseKind, TransferKind
from valinta.organisers.models import Organiser


class Account(models.Model):
    """A place money can be. Running totals are kept by the database itself, in whole cents.

    `credits - debits` is the balance; it may not go below `floor` (null: no floor).
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    kind = models.CharField(max_length=16, choices=[(kind, kind) for kind in AccountKind])
    debits = models.BigIntegerField(default=0)
    credits = models.BigIntegerField(default=0)
    floor = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="account_stays_at_or_above_its_floor",
                condition=models.Q(floor__isnull=True)
                | models.Q(credits__gte=models.F("debits") + models.F("floor")),
            ),
            models.CheckConstraint(
                name="account_of_held_money_has_a_floor",
                condition=models.Q(kind__in=[AccountKind.FUNDING, AccountKind.PAYABLE])
                | models.Q(floor__isnull=False, floor__gte=0),
            ),
            models.CheckConstraint(
                name="account_kind_is_known", condition=models.Q(kind__in=list(AccountKind))
            ),
        ]

    @property
    def balance_cents(self) -> int:
        """What is in the account now, in cents."""
        return self.credits - self.debits


class Transfer(models.Model):
    """Money moves from the debit account to the credit account. Balances by construction."""

    # The posting trigger checks for a whole statement at once that both accounts are there and that
    # they are the organiser's; a foreign key would check row by row for the same guarantee (see
    # docs/decisions). The account's own foreign key keeps the organiser.
    organiser = models.ForeignKey(
        Organiser, on_delete=models.PROTECT, db_constraint=False, db_index=False
    )
    debit = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    credit = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    cents = models.BigIntegerField()
    kind = models.CharField(max_length=8, choices=[(kind, kind) for kind in TransferKind])
    happened_at = models.DateTimeField()
    posted_at = models.DateTimeField(db_default=Now())
    by_id = models.BigIntegerField(null=True)
    cause_kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in CauseKind])
    cause_id = models.BigIntegerField()
    key = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organiser", "key"], name="transfer_key_is_used_once"),
            models.CheckConstraint(
                name="transfer_moves_at_least_a_cent", condition=models.Q(cents__gt=0)
            ),
            models.CheckConstraint(
                name="transfer_goes_to_another_account",
                condition=~models.Q(debit=models.F("credit")),
            ),
            models.CheckConstraint(
                name="transfer_kind_is_known", condition=models.Q(kind__in=list(TransferKind))
            ),
        ]
        indexes = [
            models.Index(fields=["cause_kind", "cause_id"], name="transfer_by_cause"),
        ]
