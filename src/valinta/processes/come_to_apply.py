"""Somebody comes to apply for a company: a user with a provider's role and no company yet.

The role lets them draft applications and see nothing of anybody else's.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction

from valinta.audit.actions import Note, record
from valinta.organisers import tenancy
from valinta.organisers.models import Organiser
from valinta.processes.accept_invitation import NameTaken, Newcomer
from valinta.programmes.models import Programme
from valinta.programmes.queries import must_be_open
from valinta.users.actor import Actor, actor_of
from valinta.users.holdings import cover
from valinta.users.models import User
from valinta.users.permissions import Permission, Role

Clock = Callable[[Organiser], datetime]


def come_to_apply(*, programme: Programme, user: User, now: Clock) -> Actor:
    """Let a user apply to the programme's organiser from today. Raises ProgrammeClosed."""
    organiser = programme.organiser
    at = now(organiser)
    with tenancy.scope([organiser.pk], user.pk), transaction.atomic():
        must_be_open(programme, at.date())
        actor = actor_of(user.pk, at.date())
        if not actor.may(Permission.APPLY_AS_PROVIDER, organiser.pk):
            _let_apply(user, organiser, at)
        return actor_of(user.pk, at.date())


def come_as_newcomer(*, programme: Programme, who: Newcomer, now: Clock) -> User:
    """Make a user who signs in with a password and may apply.

    Raises ProgrammeClosed, NameTaken, or Django's ValidationError when the password is too weak.
    """
    organiser = programme.organiser
    at = now(organiser)
    user = User(username=who.username, display_name=who.display_name, language=who.language)
    validate_password(who.password, user)
    user.set_password(who.password)
    with tenancy.scope([organiser.pk]), transaction.atomic():
        must_be_open(programme, at.date())
        try:
            with transaction.atomic():
                user.save()
        except IntegrityError as error:
            raise NameTaken from error
        _let_apply(user, organiser, at)
    return user


def _let_apply(user: User, organiser: Organiser, at: datetime) -> None:
    cover(
        user=user,
        organiser_id=organiser.pk,
        role=Role.PROVIDER,
        starts_on=at.date(),
        ends_on=None,
    )
    note = Note("come_to_apply", "user", user.pk, "", Role.PROVIDER)
    record(organiser_id=organiser.pk, by_id=user.pk, at=at, notes=[note])
