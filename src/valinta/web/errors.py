"""Pages for when something is not there, is not allowed or has failed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from valinta.providers.access import NotAtYourLevel, OwnCompany


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: in the reader's language, with the ways on."""
    return render(request, "404.html", status=404)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: in the reader's language, with who can help."""
    actor = getattr(request, "actor", None)
    if isinstance(exception, OwnCompany):
        return render(request, "403_own_company.html", status=403)
    if isinstance(exception, NotAtYourLevel):
        return render(request, "403_level.html", status=403)
    if actor is not None and actor.without:
        return render(request, "403_by_letter.html", status=403)
    return render(request, "403.html", status=403)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that was open too long or came from elsewhere: nothing was saved."""
    return render(request, "form_too_old.html", status=403)


def failed(request: HttpRequest) -> HttpResponse:
    """500: in all three languages at once, and without the database or the session."""
    return HttpResponse(loader.get_template("500.html").render(), status=500)
