"""Where a person goes who has just signed in, and in which language."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from valinta.organisers import tenancy
from valinta.users.models import User
from valinta.users.permissions import Permission
from valinta.web import letter_session
from valinta.web.cookies import keep
from valinta.web.middleware import actor_today
from valinta.web.routes import ROUTES

# By what a person may do: their work goes before what is their own.
FIRST_PAGES = (
    (Permission.SEE_CLIENTS, "casework:work"),
    (Permission.LOAD_PROGRAMMES, "office:home"),
    (Permission.SEE_OWN_ORDERS, "provider:start"),
    (Permission.SEE_OWN_BUDGET, "client:start"),
)


def welcome(request: HttpRequest, user: User, target: str) -> HttpResponse:
    """Begin the user's session and go to the page they wanted, or to their first one."""
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    letter_session.end(request)
    return speak(redirect(safe(target) or _first_page(user)), user.language)


def safe(target: str) -> str:
    """The address when it is of this site, else nothing."""
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts=None) else ""


def speak(answer: HttpResponse, code: str) -> HttpResponse:
    """Keep the language in a cookie of our own, when it is one of ours."""
    if code in dict(settings.LANGUAGES):
        return keep(answer, settings.LANGUAGE_COOKIE_NAME, code)
    return answer


def _first_page(user: User) -> str:
    with tenancy.scope((), user.pk):
        actor, _ = actor_today(user.pk)
    for permission, name in FIRST_PAGES:
        if name in ROUTES and actor.organisers_where(permission):
            return name
    return "public:front"
