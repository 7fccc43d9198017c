"""What surrounds every page: security headers, who is acting, and whether they may open it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, cast

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from valinta.clients.access import NotYourClient
from valinta.clients.models import Mandate
from valinta.organisers import tenancy
from valinta.organisers.models import Organiser
from valinta.providers.access import NotYourProvider, OwnCompany
from valinta.users.actor import Actor, NotAllowed, actor_of
from valinta.users.models import Holding
from valinta.users.permissions import Role
from valinta.web import clock
from valinta.web.errors import not_allowed
from valinta.web.letter_session import narrowed
from valinta.web.routes import ROUTES, Open

NOBODY = Actor(None, frozenset())
# Pages of this portal read what is public by nature, whoever opens them.
PUBLIC = "public"
REFUSALS = (NotAllowed, NotYourClient, NotYourProvider, OwnCompany)

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        # The style sheets draw their marks from data in themselves.
        "img-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


class Request(HttpRequest):
    """A request as views get it: who acts, and what day it is for each of their organisers."""

    actor: Actor
    days: dict[int, date]
    # What lets the reader open the pages of the client they act for, on such a page.
    mandate: Mandate | None
    reads_publicly: bool


Handler = Callable[[HttpRequest], HttpResponseBase]


def headers(get_response: Handler) -> Handler:
    """Refuse code and content from elsewhere, and keep personal pages out of caches."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()"
        )
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return respond


def acting(get_response: Handler) -> Handler:
    """Give the request its actor, and let the database show that actor's organisers only.

    The scope is always left afterwards: the connection goes back to a pool that others use.
    """

    def respond(http: HttpRequest) -> HttpResponseBase:
        request = cast(Request, http)
        request.actor, request.days = NOBODY, {}
        user_id = request.user.pk
        if user_id is None:
            return get_response(request)
        try:
            tenancy.enter((), user_id)
            full, request.days = actor_today(user_id)
            actor = narrowed(request, full)
            if actor is None:
                logout(request)
            request.actor = actor or NOBODY
            tenancy.enter(request.actor.organiser_ids, request.actor.user_id)
            return get_response(request)
        finally:
            tenancy.leave()

    return respond


def actor_today(user_id: int) -> tuple[Actor, dict[int, date]]:
    """The actor a user is now, and the day it is for each organiser they hold a role with.

    Organisers can live on different days in the demo, so roles are read once for each day there is.
    Expects the tenancy scope to name the user.
    """
    holdings = Holding.objects.filter(user_id=user_id)
    organisers = Organiser.objects.filter(pk__in=holdings.values("organiser_id"))
    days = {organiser.pk: clock.today(organiser) for organiser in organisers}
    roles: set[tuple[int, Role]] = set()
    for day in set(days.values()):
        held = actor_of(user_id, day).roles
        roles |= {(where, role) for where, role in held if days.get(where) == day}
    return Actor(user_id, frozenset(roles), frozenset(days.items())), days


class Guard:
    """Open a page only to those whom the table of routes lets in; an unlisted page to nobody."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return self.get_response(request)
        finally:
            # The connection goes back to a pool that others use.
            if getattr(request, "reads_publicly", False):
                tenancy.leave_public()

    def process_view(
        self, request: Request, view: Callable[..., Any], args: object, kwargs: object
    ) -> HttpResponseBase | None:
        """Let through, ask to sign in, or refuse."""
        match = request.resolver_match
        route = ROUTES.get(match.view_name) if match else None
        if route is None:
            raise PermissionDenied("This page is missing from the table of routes.")
        if match is not None and match.namespace == PUBLIC:
            request.reads_publicly = True
            tenancy.enter_public()
        if route.needs is Open.ANYONE:
            return None
        if request.actor.user_id is None:
            return redirect_to_login(request.get_full_path())
        if isinstance(route.needs, Open) or request.actor.organisers_where(route.needs):
            return None
        raise PermissionDenied(f"This page needs the permission {route.needs}.")

    def process_exception(self, request: Request, exception: Exception) -> HttpResponseBase | None:
        """A verb that refused: the page for that, and not the page for a fault of the site."""
        if isinstance(exception, REFUSALS):
            return not_allowed(request, exception)
        return None
