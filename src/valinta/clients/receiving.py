"""Those who come forward, who receives them, and who stands in for whom (OST-3)."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Exists, OuterRef, Q

from valinta.clients.states import InterestState
from valinta.organisers.models import Organiser
from valinta.programmes.models import Municipality, Programme, TargetGroup, no_overlap
from valinta.users.actor import Actor
from valinta.users.models import User
from valinta.users.permissions import Permission, Role


class Cover(models.Model):
    """A worker's clients are looked after by a colleague from one day to another."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="covers")
    covered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="covering")
    valid = DateRangeField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            no_overlap(
                "worker_is_covered_by_a_colleague_once",
                "organiser",
                "user",
                "covered_by",
                ended_at__isnull=True,
            ),
            models.CheckConstraint(
                name="nobody_covers_for_themselves", condition=~Q(user=models.F("covered_by"))
            ),
        ]


def covered_by(user_id: int, organiser_id: int, day: date) -> models.QuerySet[Cover]:
    """For whom the user stands in on the day."""
    return Cover.objects.filter(
        organiser_id=organiser_id,
        covered_by_id=user_id,
        valid__contains=day,
        ended_at__isnull=True,
    )


class Reception(models.Model):
    """Who receives those who come forward from a municipality, from one day to another (OST-3).

    Where nobody is named for a municipality, every case manager of the organiser receives them.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    municipality_code = models.CharField(max_length=3)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="receptions")
    valid = DateRangeField()

    class Meta:
        constraints = [
            no_overlap("receiver_is_named_once", "organiser", "municipality_code", "user")
        ]


class InterestQuerySet(models.QuerySet["Interest"]):
    """Those who came forward, narrowed to what an actor may see."""

    def visible_to(self, actor: Actor) -> Self:
        """The case managers who receive the municipality's people on their own day."""
        rule = Q(organiser_id__in=actor.organisers_as(Role.SYSTEM))
        working = actor.organisers_where(Permission.ENROL_CLIENTS)
        for organiser_id, day in actor.days:
            if organiser_id in working and actor.user_id is not None:
                rule |= Q(organiser_id=organiser_id) & _received_by(actor.user_id, day)
        return self.filter(rule)


def _received_by(user_id: int, day: date) -> Q:
    """Those of municipalities for which the user is named on the day, or nobody is."""
    named = Reception.objects.filter(
        organiser_id=OuterRef("organiser_id"),
        municipality_code=OuterRef("municipality__code"),
        valid__contains=day,
    )
    return Q(~Exists(named)) | Q(Exists(named.filter(user_id=user_id)))


class Interest(models.Model):
    """Someone came forward for a programme (OST-3). Not a client yet: no identity code is asked.

    `name` is who writes and is reached; `for_name` whom it is about, when that is another person
    who has agreed. A null target group means that the writer was not sure. `form_key` is of one
    filled-in form, so that sending it twice gives one row; `earlier` is an open interest of the
    same writer; `taken_by` the worker who answers.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="interests")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    target_group = models.ForeignKey(TargetGroup, null=True, on_delete=models.PROTECT)
    state = models.CharField(max_length=10, choices=InterestState.choices())
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, default="")
    email = models.EmailField(default="")
    call_times = models.CharField(max_length=200, default="")
    language = models.CharField(max_length=2)
    for_name = models.CharField(max_length=120, default="")
    agreed = models.BooleanField(default=False)
    words = models.TextField(default="")
    form_key = models.UUIDField()
    earlier = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    taken_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    came_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = InterestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organiser", "form_key"], name="form_is_taken_once"),
            models.CheckConstraint(
                name="who_comes_forward_can_be_reached", condition=~Q(phone="") | ~Q(email="")
            ),
            models.CheckConstraint(
                name="another_is_named_with_their_consent",
                condition=Q(for_name="") | Q(agreed=True),
            ),
            models.CheckConstraint(
                name="closed_interest_has_its_moment",
                condition=Q(
                    state__in=[InterestState.RECEIVED, InterestState.CONTACTED],
                    closed_at__isnull=True,
                )
                | Q(
                    state__in=[InterestState.ENROLLED, InterestState.CLOSED],
                    closed_at__isnull=False,
                ),
            ),
        ]
