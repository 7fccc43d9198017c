"""Budgets and vouchers in force. A pot's money is in the ledger; here is only what it is for."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from valinta.budgets.states import BudgetState, InformationWay, VoucherState
from valinta.catalogue.models import Service, TimeBand
from valinta.clients.models import Enrolment
from valinta.ledger.models import Account
from valinta.organisers.models import Organiser
from valinta.plans.models import Decision
from valinta.programmes.models import no_overlap


class Budget(models.Model):
    """A personal budget: a sum for each calendar month of the decision, split into pots."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="budgets")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="budget")
    state = models.CharField(max_length=10, choices=[(one, one) for one in BudgetState])
    monthly_cents = models.BigIntegerField()
    valid = DateRangeField()

    class Meta:
        constraints = [
            no_overlap("budgets_in_force_do_not_overlap", "enrolment", state=BudgetState.IN_FORCE),
        ]


class Pot(models.Model):
    """Money of one budget month: free (no service), or kept for one mandatory service (KEU-5)."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="pots")
    service = models.ForeignKey(Service, null=True, on_delete=models.PROTECT)
    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="+")
    granted_cents = models.BigIntegerField()
    valid = DateRangeField()
    # The days of `valid` as columns, kept by the database: where rows are locked to organisers, it
    # finds days by an index and does not find ranges by one.
    starts_on = models.GeneratedField(
        expression=models.Func("valid", function="lower"),
        output_field=models.DateField(),
        db_persist=True,
    )
    ends_on = models.GeneratedField(
        expression=models.Func("valid", function="upper"),
        output_field=models.DateField(),
        db_persist=True,
    )

    class Meta:
        constraints = [
            no_overlap("earmarked_pots_do_not_overlap", "budget", "service"),
            no_overlap("free_pots_do_not_overlap", "budget", service__isnull=True),
            # For a slice's foreign key: the account that pays is that of the pot.
            models.UniqueConstraint(
                fields=["id", "account", "organiser"], name="pot_with_its_account"
            ),
        ]
        indexes = [
            # The free pots of a day of all clients of an organiser, for the work list.
            models.Index(
                fields=["organiser", "ends_on", "starts_on"],
                include=["budget", "account", "granted_cents"],
                condition=Q(service__isnull=True, granted_cents__gt=0),
                name="free_pots_by_day",
            ),
        ]


class Voucher(models.Model):
    """A voucher for one service: a quantity (hundredths of the unit) for a period."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="vouchers")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="vouchers")
    service = models.ForeignKey(Service, on_delete=models.PROTECT)
    state = models.CharField(max_length=10, choices=[(one, one) for one in VoucherState])
    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="+")
    quantity_hundredths = models.PositiveIntegerField()
    granted_cents = models.BigIntegerField()
    refusal_reason = models.TextField(default="")
    valid = DateRangeField()

    class Meta:
        constraints = [
            no_overlap(
                "vouchers_for_a_service_do_not_overlap",
                "enrolment",
                "service",
                state__in=[VoucherState.OFFERED, VoucherState.ACCEPTED],
            ),
            models.UniqueConstraint(
                fields=["id", "account", "organiser"], name="voucher_with_its_account"
            ),
        ]


class VoucherUnit(models.Model):
    """The voucher's value for one unit in a band, in cents, as decided for this client."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    voucher = models.ForeignKey(Voucher, on_delete=models.CASCADE, related_name="units")
    band = models.ForeignKey(TimeBand, on_delete=models.PROTECT)
    cents = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["voucher", "band"], name="band_has_one_voucher_value"),
            models.CheckConstraint(name="voucher_value_is_above_zero", condition=Q(cents__gt=0)),
        ]


class VoucherInformation(models.Model):
    """Proof that a reader was told what the law asks before answering (act 569/2009 section 6).

    `content` is what was shown: values, prices, self-payment and the fee otherwise; `sha256` names
    it. The same content is noted once for a reader, language and way. What a worker went through
    with the client, or posted, was recorded by that worker.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="information")
    language = models.CharField(max_length=2)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    given_at = models.DateTimeField()
    given_to_id = models.BigIntegerField(null=True)
    way = models.CharField(
        max_length=9, choices=[(one, one) for one in InformationWay], default=InformationWay.PORTAL
    )
    recorded_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["voucher", "given_to_id", "language", "sha256", "way"],
                name="the_same_information_is_given_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="information_given_by_a_worker_says_by_whom",
                condition=Q(way=InformationWay.PORTAL, recorded_by_id__isnull=True)
                | (~Q(way=InformationWay.PORTAL) & Q(recorded_by_id__isnull=False)),
            ),
        ]
