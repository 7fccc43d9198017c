"""Whether an actor may act for a provider on a day: one rule for every verb of a provider."""

from __future__ import annotations

from datetime import datetime

from valinta.providers.models import Worker
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


class NotYourProvider(PermissionError):
    """The actor does not work for the provider on the day."""

    def __init__(self) -> None:
        super().__init__(
            "This belongs to a provider you do not work for today. Ask the provider to list you"
            " among its workers."
        )


def must_work_for(
    *, provider_id: int, organiser_id: int, permission: Permission, by: Actor, at: datetime
) -> None:
    """Let the provider's own workers of the day by, and the system.

    Raises NotAllowed when no role gives the permission, else NotYourProvider.
    """
    by.must(permission, organiser_id)
    if by.may_for_all(permission, organiser_id):
        return
    if by.user_id is None:
        raise NotYourProvider
    workers = Worker.objects.filter(
        provider_id=provider_id, user_id=by.user_id, valid__contains=at.date()
    )
    if not workers.exists():
        raise NotYourProvider
