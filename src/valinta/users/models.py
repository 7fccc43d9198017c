"""Users sign in; a holding says which hat a user wears, for which organiser, from when to when."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from valinta.organisers.models import Organiser
from valinta.users.permissions import Role


class User(AbstractBaseUser):
    """Someone who signs in. Not every client is one, and most users are not clients."""

    username = models.CharField(max_length=80, unique=True)
    display_name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, default="fi")
    is_active = models.BooleanField(default=True)
    made_for_demo = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]
    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    def __str__(self) -> str:
        return self.username


class Holding(models.Model):
    """A user holds a role for an organiser during a half-open period of days."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="holdings")
    role = models.CharField(max_length=20, choices=[(role, role) for role in Role])
    valid = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="holding_of_a_role_does_not_overlap_itself",
                expressions=[
                    ("organiser", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="nobody_holds_the_system_role", condition=~models.Q(role=Role.SYSTEM)
            ),
        ]


class RoleInvitation(models.Model):
    """Somebody new is asked to take a role; who types the code gets it, once.

    `starts_on` and `ends_on` are the role's half-open days. The code is kept only as a digest.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=[(role, role) for role in Role])
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    code_digest = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="nobody_is_invited_to_the_system_role", condition=~models.Q(role=Role.SYSTEM)
            ),
            models.CheckConstraint(
                name="role_invitation_is_answered_once",
                condition=models.Q(accepted_at__isnull=True) | models.Q(withdrawn_at__isnull=True),
            ),
        ]

    def is_open_at(self, at: datetime) -> bool:
        """Whether the code still works at a moment."""
        return self.accepted_at is None and self.withdrawn_at is None and at < self.expires_at


class Tries(models.Model):
    """How often a door has been tried in a row, by a mark that tells nobody who tried.

    `mark` is a salted digest of the door with a username, a code or a caller's address. See
    `valinta.users.brakes`.
    """

    mark = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)
    locked_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "tries"
