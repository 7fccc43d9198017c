"""What the frame of every page needs: the links of the head, languages, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from valinta.users.actor import Actor
from valinta.web.middleware import NOBODY
from valinta.web.routes import ROUTES, Open

MENU: tuple[tuple[str, str | Promise], ...] = (
    ("client:start", _("My budget")),
    ("casework:clients", _("Clients")),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the head, and whether the reader is in that part of the site."""

    address: str
    text: str
    is_here: bool


def frame(request: HttpRequest) -> dict[str, Any]:
    """The head's links that the reader may open, the languages, and the address of this page."""
    actor: Actor = getattr(request, "actor", NOBODY)
    return {
        "menu": [
            Link(reverse(name), str(text), request.path.startswith(reverse(name)))
            for name, text in MENU
            if _may_open(name, actor)
        ],
        "languages": settings.LANGUAGES,
        "here": request.get_full_path(),
        "signed_in": request.user if actor.user_id is not None else None,
        "demo": settings.DEMO,
    }


def _may_open(name: str, actor: Actor) -> bool:
    needs = ROUTES[name].needs
    if isinstance(needs, Open):
        return needs is Open.ANYONE or actor.user_id is not None
    return bool(actor.organisers_where(needs))
