"""Settlement runs, statements for providers, payments. Membership of a run is a row of its own."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from valinta.catalogue.models import Service, TimeBand
from valinta.ledger.models import Account
from valinta.orders.models import Order
from valinta.organisers.models import Organiser
from valinta.programmes.models import Programme
from valinta.providers.levels import LEVELS
from valinta.providers.models import Provider, Worker
from valinta.settlements.states import PaymentState, RunState
from valinta.users.actor import Actor
from valinta.users.permissions import Permission
from valinta.visits.models import Correction, Visit


class RunQuerySet(models.QuerySet["Run"]):
    """Runs, narrowed to what an actor may see."""

    def visible_to(self, actor: Actor) -> Self:
        """Runs of the organisers for which the actor may see the funding."""
        return self.filter(organiser_id__in=actor.organisers_where(Permission.SEE_FUNDING))


class Run(models.Model):
    """A settlement of one programme up to (not including) the cut-off day.

    Who prepares cannot approve: a constraint, not a habit.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    cut_off_on = models.DateField()
    execute_on = models.DateField()
    state = models.CharField(max_length=9, choices=[(one, one) for one in RunState])
    prepared_at = models.DateTimeField()
    prepared_by_id = models.BigIntegerField()
    approved_at = models.DateTimeField(null=True)
    approved_by_id = models.BigIntegerField(null=True)
    sent_at = models.DateTimeField(null=True)
    file_sha256 = models.CharField(max_length=64, default="")
    in_transit = models.OneToOneField(
        Account, null=True, on_delete=models.PROTECT, related_name="+"
    )
    paid = models.OneToOneField(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = RunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="who_prepares_a_run_does_not_approve_it",
                condition=Q(approved_by_id__isnull=True) | ~Q(approved_by_id=F("prepared_by_id")),
            ),
            models.CheckConstraint(
                name="approved_run_has_its_approver",
                condition=Q(state__in=[RunState.PREPARED, RunState.CANCELLED])
                | Q(approved_at__isnull=False, approved_by_id__isnull=False),
            ),
            models.CheckConstraint(
                name="sent_run_has_its_moment",
                condition=~Q(state=RunState.SENT) | Q(sent_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(state=RunState.PREPARED),
                name="one_run_is_prepared_at_a_time",
            ),
        ]


# Before that a run can be cancelled, and its statements with it.
TOLD = (RunState.APPROVED, RunState.SENT)


class StatementQuerySet(models.QuerySet["Statement"]):
    """Statements, narrowed to what an actor may see."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of organisers whose funding the actor may see, and of the actor's own company.

        A company sees the statements of approved runs, at the levels that see money, and none who
        work in one unit of it.
        """
        rule = Q(organiser_id__in=actor.organisers_where(Permission.SEE_FUNDING))
        own = actor.organisers_where(Permission.SEE_OWN_STATEMENTS)
        if actor.machine is not None:
            if actor.machine.unit_id is not None:
                return self.none()
            company = actor.machine.provider_id
            return self.filter(
                rule | Q(organiser_id__in=own, provider_id=company, run__state__in=TOLD)
            )
        levels = [one for one, may in LEVELS.items() if Permission.SEE_OWN_STATEMENTS in may]
        for organiser_id, day in actor.days:
            if organiser_id in own and actor.user_id is not None:
                works = Worker.objects.filter(
                    user_id=actor.user_id, valid__contains=day, level__in=levels, unit=None
                )
                rule |= Q(
                    organiser_id=organiser_id,
                    provider_id__in=works.values("provider_id"),
                    run__state__in=TOLD,
                )
        return self.filter(rule)


class Statement(models.Model):
    """What one provider is told and paid: new work and corrections, with the balance carried in.

    `returned_cents` are earlier payments that the bank returned and that are paid again.
    `carried_in_cents` is zero or negative; `payment_cents` is what is paid now; what stays
    negative is carried to the next run.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="statements")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT)
    visits = models.PositiveIntegerField()
    work_cents = models.BigIntegerField()
    correction_cents = models.BigIntegerField()
    returned_cents = models.BigIntegerField(default=0)
    carried_in_cents = models.BigIntegerField()
    payment_cents = models.BigIntegerField()
    carried_out_cents = models.BigIntegerField()

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "provider"], name="provider_has_one_statement"),
            models.CheckConstraint(
                name="statement_adds_up",
                condition=Q(
                    payment_cents=F("work_cents")
                    + F("correction_cents")
                    + F("returned_cents")
                    + F("carried_in_cents")
                    - F("carried_out_cents")
                ),
            ),
            models.CheckConstraint(
                name="statement_pays_or_carries",
                condition=Q(payment_cents__gte=0, carried_out_cents=0)
                | Q(payment_cents=0, carried_out_cents__lt=0),
            ),
        ]


class StatementLine(models.Model):
    """The work of one order, band and price, so that a provider can check every cent."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, db_index=False)
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="lines")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, db_index=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, db_index=False)
    band = models.ForeignKey(TimeBand, on_delete=models.PROTECT, db_index=False)
    price_cents = models.PositiveIntegerField()
    visits = models.PositiveIntegerField()
    quantity_hundredths = models.BigIntegerField()
    cents = models.BigIntegerField()


class RunVisit(models.Model):
    """A visit belongs to one run: the visit is the key."""

    visit = models.OneToOneField(Visit, primary_key=True, on_delete=models.PROTECT)
    run = models.ForeignKey(Run, on_delete=models.CASCADE)
    organiser = models.ForeignKey(
        Organiser, on_delete=models.PROTECT, db_index=False, db_constraint=False
    )


class RunCorrection(models.Model):
    """A correction is settled in one run: the correction is the key."""

    correction = models.OneToOneField(Correction, primary_key=True, on_delete=models.PROTECT)
    run = models.ForeignKey(Run, on_delete=models.CASCADE)
    organiser = models.ForeignKey(
        Organiser, on_delete=models.PROTECT, db_index=False, db_constraint=False
    )


class Payment(models.Model):
    """One line of the payment file. It can go to an approved provider's account and nowhere else.

    The bank account is copied at approval, so making the file again gives the same bytes.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="payment")
    state = models.CharField(max_length=10, choices=[(one, one) for one in PaymentState])
    creditor_name = models.CharField(max_length=140)
    iban = models.CharField(max_length=34)
    bic = models.CharField(max_length=11, default="")
    postal_address = models.JSONField(default=dict)
    reference = models.CharField(max_length=25, unique=True)
    cents = models.BigIntegerField()
    answered_at = models.DateTimeField(null=True)
    return_reason = models.CharField(max_length=140, default="")
    repaid_in = models.ForeignKey(Run, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="payment_is_above_zero", condition=Q(cents__gt=0)),
            models.CheckConstraint(
                name="answered_payment_has_its_moment",
                condition=Q(state=PaymentState.IN_TRANSIT) | Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="only_a_returned_payment_is_paid_again",
                condition=Q(repaid_in__isnull=True) | Q(state=PaymentState.RETURNED),
            ),
        ]
