"""What leaves the house about a decision: letters as made, how they got there, and claims."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from valinta.organisers.models import Organiser
from valinta.plans.models.deciding import Decision
from valinta.plans.models.writing import Paper
from valinta.plans.states import ClaimOutcome, ClaimState, ClaimWay, DeliveryWay


class Claim(models.Model):
    """A claim for a revised decision (oikaisuvaatimus, omprövningsbegäran; act 434/2003 ch. 7 a).

    `received_on` is the day it came to the organiser and `due_on` the last day of the time, null
    while nothing shows when the decision was received. `decided_by_id` made the decision, so that
    the database can refuse the same person's answer. `body` is who answered, such as a committee
    with the day and section of its meeting.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="claims")
    state = models.CharField(max_length=8, choices=[(one, one) for one in ClaimState])
    way = models.CharField(max_length=6, choices=[(one, one) for one in ClaimWay])
    words = models.TextField()
    paper = models.ForeignKey(Paper, null=True, on_delete=models.PROTECT, related_name="+")
    made_by_id = models.BigIntegerField()
    received_at = models.DateTimeField()
    received_on = models.DateField()
    due_on = models.DateField(null=True)
    decided_by_id = models.BigIntegerField(null=True)
    taken_at = models.DateTimeField(null=True)
    taken_by_id = models.BigIntegerField(null=True)
    outcome = models.CharField(
        max_length=12, default="", choices=[(one, one) for one in ClaimOutcome]
    )
    answer = models.TextField(default="")
    body = models.CharField(max_length=160, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.BigIntegerField(null=True)
    new_decision = models.OneToOneField(
        Decision, null=True, on_delete=models.PROTECT, related_name="answers_claim"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision"],
                condition=~Q(state=ClaimState.ANSWERED),
                name="one_claim_on_a_decision_is_open",
            ),
            models.CheckConstraint(name="claim_says_something", condition=~Q(words="")),
            models.CheckConstraint(
                name="answered_claim_has_its_answer",
                condition=(
                    Q(
                        state=ClaimState.ANSWERED,
                        outcome__in=list(ClaimOutcome),
                        answered_at__isnull=False,
                        answered_by_id__isnull=False,
                    )
                    & ~Q(answer="")
                )
                | (~Q(state=ClaimState.ANSWERED) & Q(outcome="", answered_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="who_decided_does_not_answer_the_claim",
                condition=Q(answered_by_id__isnull=True)
                | Q(decided_by_id__isnull=True)
                | ~Q(answered_by_id=F("decided_by_id")),
            ),
            models.CheckConstraint(
                name="changed_decision_is_a_new_one",
                condition=Q(outcome=ClaimOutcome.CHANGED, new_decision__isnull=False)
                | (~Q(outcome=ClaimOutcome.CHANGED) & Q(new_decision__isnull=True)),
            ),
        ]

    @property
    def is_in_time(self) -> bool:
        """Whether it came before the time ended; the time has not begun without a receipt."""
        return self.due_on is None or self.received_on <= self.due_on


class DecisionDocument(models.Model):
    """The letter of a decision, or of the answer to a claim on it, as made: never changed."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="documents")
    claim = models.ForeignKey(Claim, null=True, on_delete=models.PROTECT, related_name="documents")
    language = models.CharField(max_length=2)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "claim", "language"],
                name="letter_is_made_once_in_a_language",
                nulls_distinct=False,
            ),
        ]


class Delivery(models.Model):
    """A letter on its way to the client, and the day it counts as received (act 434/2003 ch. 9).

    By post it waits to be printed until `sent_at`. `received_on` follows from the way and the day
    of sending; `read_at` is when it was first opened in the portal.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="deliveries")
    claim = models.ForeignKey(Claim, null=True, on_delete=models.PROTECT, related_name="deliveries")
    way = models.CharField(max_length=9, choices=[(one, one) for one in DeliveryWay])
    language = models.CharField(max_length=2)
    queued_at = models.DateTimeField()
    queued_by_id = models.BigIntegerField()
    sent_at = models.DateTimeField(null=True)
    sent_by_id = models.BigIntegerField(null=True)
    received_on = models.DateField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sent_letter_has_its_day_of_receipt",
                condition=Q(
                    sent_at__isnull=True,
                    sent_by_id__isnull=True,
                    received_on__isnull=True,
                    way=DeliveryWay.POST,
                )
                | Q(sent_at__isnull=False, sent_by_id__isnull=False, received_on__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["decision", "claim", "way"],
                name="letter_goes_once_by_each_way",
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(
                fields=["organiser", "queued_at"],
                condition=Q(sent_at__isnull=True),
                name="letter_waits_for_the_printer",
            ),
        ]
