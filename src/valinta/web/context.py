"""What the frame of every page needs: the links of the head, languages, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from valinta.clients.models import Mandate
from valinta.clients.states import MandateScope
from valinta.users.actor import Actor
from valinta.web.middleware import NOBODY
from valinta.web.routes import ROUTES, Open

EASY_COOKIE = "easy"
Words = str | Promise

MENU: tuple[tuple[str, Words], ...] = (
    ("client:start", _("My budget")),
    ("casework:work", _("Work list")),
    ("casework:clients", _("Clients")),
    ("casework:proposals", _("To decide")),
    ("casework:letters", _("Letters to post")),
    ("casework:messages", _("Messages")),
    ("office:home", _("Programmes")),
    ("provider:start", _("Company")),
)
# With one client's pages open, the menu leads to that client's.
CLIENT_MENU: tuple[tuple[str, Words], ...] = (
    ("client:home", _("My budget")),
    ("client:orders", _("Services")),
    ("client:plan", _("Plan")),
    ("client:messages", _("Messages")),
)
# With which scopes of a mandate one who acts for the client sees them.
IN_SIGHT_OF: dict[str, frozenset[str]] = {
    "client:home": frozenset({MandateScope.SEE}),
    "client:orders": frozenset({MandateScope.SEE, MandateScope.SEE_BUDGET}),
    "client:plan": frozenset({MandateScope.SEE, MandateScope.SEE_PLAN}),
    "client:messages": frozenset({MandateScope.SEE}),
}
FOOT: tuple[tuple[str, Words], ...] = (
    ("public:budget", _("What is a personal budget?")),
    ("public:voucher", _("What is a voucher?")),
    ("public:programmes", _("Programmes")),
    ("public:tray", _("Services and providers")),
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
        "menu": _menu(request, actor),
        "foot_links": _links(request.path, FOOT, {}, actor),
        "languages": settings.LANGUAGES,
        "here": request.get_full_path(),
        "signed_in": request.user if actor.user_id is not None else None,
        "offers_easy": not _is_for_workers(request),
        "easy": request.COOKIES.get(EASY_COOKIE) == "1",
        "by_letter": bool(actor.without),
        "demo": settings.DEMO,
    }


def _is_for_workers(request: HttpRequest) -> bool:
    """Whether the page is one of the professionals', which have no easy partner."""
    found = request.resolver_match
    return found is not None and found.namespace in ("casework", "office")


def _menu(request: HttpRequest, actor: Actor) -> list[Link]:
    client_id: int | None = getattr(request, "client_id", None)
    if client_id is None:
        return _links(request.path, MENU, {}, actor)
    address = {"client_id": client_id}
    home = reverse("client:home", kwargs=address)
    # The portal's first page is the home of whoever has but one client to open.
    path = home if request.path == reverse("client:start") else request.path
    own = [one for one in CLIENT_MENU if _in_sight(request, one[0])]
    return _links(path, own, address, actor) + _links(path, MENU[1:], {}, actor)


def _in_sight(request: HttpRequest, name: str) -> bool:
    """Whether the page is among those that the reader's mandate for the client opens, if any."""
    mandate: Mandate | None = getattr(request, "mandate", None)
    return mandate is None or bool(IN_SIGHT_OF[name] & set(mandate.scope))


def _links(
    path: str,
    names: Sequence[tuple[str, Words]],
    address: dict[str, Any],
    actor: Actor,
) -> list[Link]:
    found = [
        (reverse(name, kwargs=address), str(text))
        for name, text in names
        if name in ROUTES and _may_open(name, actor)
    ]
    # A portal's home is the beginning of all its addresses; the longest match says where we are.
    matching = [where for where, _text in found if path.startswith(where)]
    here = max(matching, key=len, default="")
    return [Link(where, text, where == here) for where, text in found]


def _may_open(name: str, actor: Actor) -> bool:
    needs = ROUTES[name].needs
    if isinstance(needs, Open):
        return needs is Open.ANYONE or actor.user_id is not None
    return bool(actor.organisers_where(needs))
