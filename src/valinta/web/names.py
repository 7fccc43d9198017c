"""Names of users who did something, for pages that say who."""

from __future__ import annotations

from collections.abc import Iterable

from valinta.users.models import User


def names_of(ids: Iterable[int | None]) -> dict[int, str]:
    """The names by id of the users, in one query."""
    wanted = {one for one in ids if one is not None}
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "display_name"))
