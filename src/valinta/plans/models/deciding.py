"""Who may decide up to which sum, what has been prepared for a decision, and decisions."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q

from valinta.clients.models import Enrolment
from valinta.organisers.models import Organiser
from valinta.plans.models.writing import ServicePlan
from valinta.plans.states import DecisionState, ProposalKind, ProposalState
from valinta.programmes.models import no_overlap
from valinta.users.models import User


class DecisionPower(models.Model):
    """An office holder decides on sums up to a limit in cents a month; no limit is null.

    As soon as an organiser keeps powers at all, nobody decides there without one.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="decision_powers")
    monthly_limit_cents = models.BigIntegerField(null=True)
    given_at = models.DateTimeField()
    given_by_id = models.BigIntegerField(null=True)
    valid = DateRangeField()

    class Meta:
        constraints = [
            no_overlap("powers_to_decide_do_not_overlap", "organiser", "user"),
            models.CheckConstraint(
                name="power_to_decide_is_not_negative",
                condition=Q(monthly_limit_cents__isnull=True) | Q(monthly_limit_cents__gte=0),
            ),
        ]


class Decision(models.Model):
    """An administrative decision on services. Never edited: a change is a new decision.

    A refusal says no to what was applied for, with its grounds, and may have no plan. The database
    refuses every change but an end: the state, its moment, and days that are cut off.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="decisions")
    plan = models.ForeignKey(
        ServicePlan, null=True, on_delete=models.PROTECT, related_name="decisions"
    )
    state = models.CharField(max_length=10, choices=[(one, one) for one in DecisionState])
    monthly_cents = models.BigIntegerField()
    legal_basis = models.JSONField()
    grounds = models.TextField(default="")
    prepared_by_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    valid = DateRangeField()

    class Meta:
        constraints = [
            no_overlap(
                "decisions_in_force_do_not_overlap", "enrolment", state=DecisionState.IN_FORCE
            ),
            models.CheckConstraint(
                name="ended_decision_has_its_moment",
                condition=Q(
                    state__in=[DecisionState.IN_FORCE, DecisionState.REFUSED],
                    ended_at__isnull=True,
                )
                | Q(state=DecisionState.ENDED, ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="who_prepared_a_decision_does_not_make_it",
                condition=Q(prepared_by_id__isnull=True)
                | Q(made_by_id__isnull=True)
                | ~Q(prepared_by_id=F("made_by_id")),
            ),
            models.CheckConstraint(
                name="refusal_has_grounds_and_no_money",
                condition=(Q(state=DecisionState.REFUSED, monthly_cents=0) & ~Q(grounds=""))
                | (~Q(state=DecisionState.REFUSED) & Q(plan__isnull=False)),
            ),
        ]


class DecisionProposal(models.Model):
    """What a worker has prepared for someone with the power to decide.

    A grant is of a signed plan for a period; `income_tested` has the value of a voucher's unit in
    cents by service code where income decides it, and `ends_orders` the ids of orders that end with
    the decision because they do not fit it. A refusal has its grounds.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=6, choices=[(one, one) for one in ProposalKind])
    plan = models.ForeignKey(
        ServicePlan, null=True, on_delete=models.PROTECT, related_name="proposals"
    )
    state = models.CharField(max_length=8, choices=[(one, one) for one in ProposalState])
    monthly_cents = models.BigIntegerField()
    income_tested = models.JSONField(default=dict)
    ends_orders = models.JSONField(default=list)
    grounds = models.TextField(default="")
    prepared_at = models.DateTimeField()
    prepared_by_id = models.BigIntegerField()
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.BigIntegerField(null=True)
    return_reason = models.TextField(default="")
    decision = models.OneToOneField(
        Decision, null=True, on_delete=models.PROTECT, related_name="proposal"
    )
    valid = DateRangeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(state=ProposalState.PREPARED),
                name="one_proposal_of_a_client_waits",
            ),
            models.CheckConstraint(
                name="answered_proposal_says_by_whom",
                condition=Q(
                    state=ProposalState.PREPARED,
                    answered_at__isnull=True,
                    answered_by_id__isnull=True,
                )
                | Q(
                    ~Q(state=ProposalState.PREPARED),
                    answered_at__isnull=False,
                    answered_by_id__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="decided_proposal_has_its_decision",
                condition=Q(state=ProposalState.DECIDED, decision__isnull=False)
                | (~Q(state=ProposalState.DECIDED) & Q(decision__isnull=True)),
            ),
            models.CheckConstraint(
                name="returned_proposal_has_a_reason",
                condition=~Q(state=ProposalState.RETURNED) | ~Q(return_reason=""),
            ),
            models.CheckConstraint(
                name="who_prepared_a_proposal_does_not_decide_on_it",
                condition=~Q(state=ProposalState.DECIDED) | ~Q(prepared_by_id=F("answered_by_id")),
            ),
            models.CheckConstraint(
                name="proposal_says_what_is_granted_or_why_not",
                condition=Q(kind=ProposalKind.GRANT, plan__isnull=False)
                | (Q(kind=ProposalKind.REFUSE) & ~Q(grounds="")),
            ),
        ]
