"""The table of routes: what each page needs. A page that is not here answers nobody."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from valinta.users.permissions import Permission


class Open(StrEnum):
    """Pages that need no permission."""

    ANYONE = "anyone"
    SIGNED_IN = "signed in"


@dataclass(frozen=True, slots=True)
class Route:
    """What a page needs, and the kind of object its address names ("" for none).

    A page about an object looks it up through `valinta.web.access`, which narrows it to what the
    actor may see.
    """

    needs: Permission | Open
    about: str = ""


ROUTES: dict[str, Route] = {
    "public:front": Route(Open.ANYONE),
    "public:sign_in": Route(Open.ANYONE),
    "public:demo_sign_in": Route(Open.ANYONE),
    "public:sign_out": Route(Open.ANYONE),
    "public:language": Route(Open.ANYONE),
    "client:start": Route(Permission.SEE_OWN_BUDGET),
    "client:home": Route(Permission.SEE_OWN_BUDGET, "client"),
    "client:confirm": Route(Permission.CONFIRM_VISITS, "visit"),
    "client:dispute": Route(Permission.CONFIRM_VISITS, "visit"),
    "casework:clients": Route(Permission.SEE_CLIENTS),
    "casework:client": Route(Permission.SEE_CLIENTS, "client"),
}
