"""Wellbeing questions put to a client, the answers, and whether the case manager sees them."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from valinta.clients.models import Client, Enrolment, mandates_today
from valinta.clients.states import MandateScope
from valinta.evaluation.states import Moment, RoundState
from valinta.organisers.models import Organiser
from valinta.users.actor import Actor
from valinta.users.models import User
from valinta.users.permissions import Permission, Role


class RoundQuerySet(models.QuerySet["Round"]):
    """Rounds, narrowed to what an actor may see."""

    def visible_to(self, actor: Actor) -> Self:
        """The client's side of all, and the case managers of those answered that are let seen."""
        rule = Q(organiser_id__in=actor.organisers_as(Role.SYSTEM))
        rule |= Q(
            organiser_id__in=actor.organisers_as(Role.CASE_MANAGER)
            & actor.organisers_where(Permission.SEE_CLIENTS),
            state=RoundState.ANSWERED,
            client__answers_shown__shown=True,
            client__in=Client.objects.met_by(actor),
        )
        if actor.user_id is not None:
            own = actor.organisers_as(Role.CLIENT)
            rule |= Q(organiser_id__in=own, client__user_id=actor.user_id)
            mandates = mandates_today(actor, MandateScope.SEE)
            rule |= Q(client_id__in=mandates.values("client_id"))
        return self.filter(rule)


class Round(models.Model):
    """A measure put to a client once (KEU-12).

    `questions` are the words as they were when it was opened, so that an old answer is read with
    its own question. `number` tells apart the times of `during`, from 1 on. `closes_on` is the
    first day on which it is no longer answered. `by_proxy`: someone answered in the client's place.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="rounds")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="rounds")
    measure_code = models.CharField(max_length=60)
    measure_version = models.CharField(max_length=40)
    names = models.JSONField()
    questions = models.JSONField()
    moment = models.CharField(max_length=6, choices=[(one, one) for one in Moment])
    number = models.PositiveSmallIntegerField(default=0)
    due_on = models.DateField()
    opens_on = models.DateField()
    closes_on = models.DateField()
    state = models.CharField(max_length=8, choices=[(one, one) for one in RoundState])
    opened_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    by_proxy = models.BooleanField(default=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "measure_code", "moment", "number"],
                name="measure_is_asked_once_at_its_moment",
            ),
            models.CheckConstraint(
                name="round_state_is_known", condition=Q(state__in=list(RoundState))
            ),
            models.CheckConstraint(
                name="only_rounds_during_are_counted",
                condition=Q(moment=Moment.DURING, number__gte=1)
                | Q(moment__in=[Moment.BEFORE, Moment.AFTER], number=0),
            ),
            models.CheckConstraint(
                name="round_closes_after_it_opens", condition=Q(closes_on__gt=F("opens_on"))
            ),
            models.CheckConstraint(
                name="answered_round_says_when_and_by_whom",
                condition=~Q(state=RoundState.ANSWERED)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["client", "state"], name="rounds_of_a_client")]


class Answer(models.Model):
    """The answer to one question of a round: a number, words or both; or it was left out."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="answers")
    code = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField(null=True)
    text = models.TextField(default="")
    left_out = models.BooleanField(default=False)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by_proxy = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "code"], name="question_has_one_answer"),
            models.CheckConstraint(
                name="answer_says_something_or_is_left_out",
                condition=Q(left_out=True, number__isnull=True, text="")
                | (Q(left_out=False) & (Q(number__isnull=False) | ~Q(text=""))),
            ),
        ]


class AnswersShown(models.Model):
    """Whether a client's case manager sees the answers. No row: not."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    client = models.OneToOneField(Client, on_delete=models.CASCADE, related_name="answers_shown")
    shown = models.BooleanField()
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
