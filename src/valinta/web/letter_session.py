"""A session opened with the code of a letter: it lasts an hour, and less may be done in it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest

from valinta.clients.models import AccessCode
from valinta.organisers import tenancy
from valinta.processes.sign_in_by_letter import actor_by_letter, is_in_force
from valinta.users.actor import Actor
from valinta.users.models import User
from valinta.web import clock

KEY = "by_letter"


def begin(request: HttpRequest, access: AccessCode, user: User) -> None:
    """Sign the client's user in by the code."""
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    request.session[KEY] = [access.organiser_id, access.pk]
    request.session.set_expiry(settings.ACCESS_CODE_MINUTES * 60)


def end(request: HttpRequest) -> None:
    """Make the session an ordinary one, when its user has signed in with a password."""
    if request.session.pop(KEY, None) is not None:
        request.session.set_expiry(None)


def narrowed(request: HttpRequest, full: Actor) -> Actor | None:
    """The actor that the code leaves of the user's; None when the code works no more.

    In a session of the ordinary kind, the user's own actor.
    """
    if KEY not in request.session:
        return full
    organiser_id, access_id = request.session[KEY]
    if full.user_id is None:
        return None
    with tenancy.scope([organiser_id], full.user_id):
        access = (
            AccessCode.objects.filter(pk=access_id, client__user_id=full.user_id)
            .select_related("client__user", "organiser")
            .first()
        )
        if access is None or not is_in_force(access, clock.now(access.organiser)):
            return None
        return actor_by_letter(access, full)
