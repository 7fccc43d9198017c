"""The addresses of the API: whoever is signed in to the pages, it opens by a token alone."""

from __future__ import annotations

from django.urls import reverse

from valinta.web.routes import ROUTES, Open

METHODS = {
    "api:token": "POST",
    "api:order_accept": "POST",
    "api:order_decline": "POST",
    "api:visit_withdraw": "POST",
    "api:visit_correct": "POST",
    "api:webhook_secret": "POST",
    "api:webhook_resume": "POST",
    "api:webhook_test": "POST",
    "api:webhook_replay": "POST",
}
# Status for everybody, whether signed in or not.
PAGES: dict[str, tuple[str, int]] = {
    name: (METHODS.get(name, "GET"), 401)
    for name, route in ROUTES.items()
    if route.needs is Open.MACHINES
} | {"api:token": ("POST", 415), "api:openapi": ("GET", 200), "api:problem": ("GET", 200)}

_NAMED: dict[str, object] = {
    "order_id": 1,
    "visit_id": 1,
    "file_id": 1,
    "statement_id": 1,
    "webhook_id": 1,
    "message_id": 1,
    "code": "not_found",
}
_OF: dict[str, tuple[str, ...]] = {
    "api:problem": ("code",),
    "api:order": ("order_id",),
    "api:order_accept": ("order_id",),
    "api:order_decline": ("order_id",),
    "api:visit": ("visit_id",),
    "api:visit_file": ("file_id",),
    "api:visit_file_answers": ("file_id",),
    "api:visit_withdraw": ("visit_id",),
    "api:visit_correct": ("visit_id",),
    "api:statement": ("statement_id",),
    "api:webhook": ("webhook_id",),
    "api:webhook_secret": ("webhook_id",),
    "api:webhook_resume": ("webhook_id",),
    "api:webhook_test": ("webhook_id",),
    "api:webhook_messages": ("webhook_id",),
    "api:webhook_replay": ("webhook_id", "message_id"),
}


def address(name: str) -> str:
    """An address of the API."""
    return reverse(name, kwargs={one: _NAMED[one] for one in _OF.get(name, ())})
