"""The lock on every page: the table of routes says what it needs, and who is a stranger to whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from valinta.organisers import tenancy
from valinta.web.access import is_stranger, note_refusal
from valinta.web.errors import not_allowed
from valinta.web.middleware import REFUSALS, Handler, Request
from valinta.web.routes import ROUTES, Open

# Pages of this portal read what is public by nature, whoever opens them.
PUBLIC = "public"


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
        self,
        request: Request,
        view: Callable[..., Any],
        args: object,
        kwargs: Mapping[str, Any],
    ) -> HttpResponseBase | None:
        """Let through, ask to sign in, or refuse."""
        match = request.resolver_match
        route = ROUTES.get(match.view_name) if match else None
        if route is None:
            raise PermissionDenied("This page is missing from the table of routes.")
        if match is not None and match.namespace == PUBLIC:
            request.reads_publicly = True
            tenancy.enter_public()
        if route.needs in (Open.ANYONE, Open.MACHINES):
            return None
        if request.actor.user_id is None:
            return redirect_to_login(request.get_full_path())
        if isinstance(route.needs, Open) or request.actor.organisers_where(route.needs):
            return None
        _hide_from_strangers(request, kwargs)
        raise PermissionDenied(f"This page needs the permission {route.needs}.")

    def process_exception(self, request: Request, exception: Exception) -> HttpResponseBase | None:
        """A verb that refused: the page for that, and not the page for a fault of the site."""
        if isinstance(exception, REFUSALS):
            return not_allowed(request, exception)
        return None


def _hide_from_strangers(request: Request, named: Mapping[str, Any]) -> None:
    """Raise Http404, after noting the attempt, when the page is about a client unknown to them.

    The client and whoever acts for them learn instead why the page does not open.
    """
    kind = next((one for one in ("client", "visit") if f"{one}_id" in named), None)
    if kind is None or not request.actor.organiser_ids:
        return
    if is_stranger(request, kind, named[f"{kind}_id"]):
        note_refusal(request, kind, named[f"{kind}_id"])
        raise Http404("There is no such page for this reader.")
