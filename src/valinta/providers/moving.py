"""Applications go from state to state: for this room's own verbs, which have let the actor by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from valinta.audit.actions import Note, record
from valinta.providers.applying import Application
from valinta.providers.states import APPLICATION, ApplicationState
from valinta.users.actor import Actor


def locked_application(application: Application) -> Application:
    """The application as it is now; nobody else changes it before this transaction ends."""
    return (
        Application.objects.select_for_update(of=("self",))
        .select_related("programme")
        .get(pk=application.pk)
    )


def move_application(
    held: Application, state: ApplicationState, verb: str, by: Actor, at: datetime
) -> Application:
    """Take a locked application to another state, and note it. Raises ForbiddenTransition."""
    before = ApplicationState(held.state)
    APPLICATION.check(before, state)
    held.state = state
    held.save()
    note(held, verb, before, by, at)
    return held


def note(
    held: Application,
    verb: str,
    before: str,
    by: Actor,
    at: datetime,
    facts: Mapping[str, object] | None = None,
) -> None:
    """Tell the audit log what was done to an application."""
    row = Note(verb, "application", held.pk, before, held.state, facts=facts or {})
    record(organiser_id=held.organiser_id, by_id=by.user_id, at=at, notes=[row])
