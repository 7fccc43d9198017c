"""What surrounds every page: security headers, and who is acting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import cast

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase

from valinta.clients.access import NotYourClient
from valinta.clients.models import Mandate
from valinta.organisers import tenancy
from valinta.organisers.models import Organiser
from valinta.providers.access import NotAtYourLevel, NotYourProvider, OwnCompany
from valinta.users.actor import Actor, NotAllowed, actor_of
from valinta.users.models import Holding
from valinta.users.permissions import Role
from valinta.web import clock
from valinta.web.letter_session import narrowed

NOBODY = Actor(None, frozenset())
REFUSALS = (NotAllowed, NotYourClient, NotYourProvider, NotAtYourLevel, OwnCompany)

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        # The program that opens a worker's day without a connection; see `provider.kept`.
        "worker-src 'self'",
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
    # Whose page was opened, on a page of the client portal.
    client_id: int
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
