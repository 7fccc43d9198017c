"""The way in for who applies for a company: a username of their own, then the application."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from valinta.processes.accept_invitation import NameTaken, Newcomer
from valinta.processes.come_to_apply import come_as_newcomer, come_to_apply
from valinta.users.brakes import Brake, Key
from valinta.users.models import User
from valinta.web import clock
from valinta.web.caller import caller
from valinta.web.middleware import NOBODY
from valinta.web.public.brakes import TOO_MANY_REQUESTS, let_try
from valinta.web.public.forms import NewcomerForm
from valinta.web.public.programme_picture import ProgrammePicture, find_programme
from valinta.web.public.welcome import welcome

# A small company's own people apply; nobody makes twenty usernames an hour.
BY_SENDER = Brake("apply", 20, timedelta(hours=1), timedelta(days=1), timedelta(days=1))


@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest, organiser: str, programme: str) -> HttpResponse:
    """Make a username, or go on with the one the reader has, and begin an application."""
    picture = find_programme(organiser, programme)
    if picture.phase is None:
        return redirect("public:become_provider", organiser, programme)
    actor = getattr(request, "actor", NOBODY)
    signed_in = actor.user_id is not None and not actor.without
    if request.method == "GET":
        return _show(request, picture, NewcomerForm(), signed_in)
    if signed_in:
        user = User.objects.get(username=request.user.get_username())
        come_to_apply(programme=picture.programme, user=user, now=clock.now)
        return redirect(_begin(picture))
    form = NewcomerForm(request.POST)
    if not form.is_valid():
        return _show(request, picture, form, signed_in, 422)
    if not let_try([Key(BY_SENDER, caller(request))], form, "name"):
        return _show(request, picture, form, signed_in, TOO_MANY_REQUESTS)
    return _join(request, picture, form)


def _join(request: HttpRequest, picture: ProgrammePicture, form: NewcomerForm) -> HttpResponse:
    given = form.cleaned_data
    language = (get_language() or "fi").split("-")[0]
    who = Newcomer(given["username"], given["name"], given["password"], language)
    try:
        user = come_as_newcomer(programme=picture.programme, who=who, now=clock.now)
    except NameTaken:
        taken = gettext("Someone has this username already. Choose another one.")
        form.add_error("username", taken)
    except ValidationError as error:
        form.add_error("password", error)
    else:
        return welcome(request, user, _begin(picture))
    return _show(request, picture, form, signed_in=False, status=422)


def _begin(picture: ProgrammePicture) -> str:
    return reverse("provider:apply_begin", kwargs={"programme_id": picture.programme.pk})


def _show(
    request: HttpRequest,
    picture: ProgrammePicture,
    form: NewcomerForm,
    signed_in: bool,
    status: int = 200,
) -> HttpResponse:
    context = {
        "picture": picture,
        "form": form,
        "can_begin": signed_in,
        "password_rules": " ".join(str(rule) for rule in password_validators_help_texts()),
    }
    return render(request, "public/apply.html", context, status=status)
