"""Answering an invitation to support a client: type the code, look at what it means, accept."""

from __future__ import annotations

from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from valinta.clients.codes import as_typed
from valinta.clients.mandates import MandateExists, MandateForOneself
from valinta.clients.models import Invitation
from valinta.processes.accept_invitation import (
    NameTaken,
    Newcomer,
    NotInvited,
    accept_as_newcomer,
    accept_invitation,
    open_invitation,
)
from valinta.users.brakes import BY_INVITATION_CODE
from valinta.users.models import User
from valinta.web import clock
from valinta.web.middleware import NOBODY
from valinta.web.public.brakes import TOO_MANY_REQUESTS, keys_of, let_try, succeeded
from valinta.web.public.forms import InvitationForm, NewcomerForm
from valinta.web.public.welcome import welcome


@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """First the code; then who invites, to what and until when; then yes."""
    form = InvitationForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _ask_code(request, form, 422 if form.errors else 200)
    code = form.cleaned_data["code"]
    keys = keys_of(request, BY_INVITATION_CODE, as_typed(code))
    if not let_try(keys, form, "code"):
        return _ask_code(request, form, TOO_MANY_REQUESTS)
    try:
        found = open_invitation(code=code, now=clock.now)
        answer = _answer(request, found, code)
    except NotInvited:
        form.add_error("code", _not_invited())
        return _ask_code(request, form, 422)
    succeeded(keys)
    return answer


def _answer(request: HttpRequest, found: Invitation, code: str) -> HttpResponse:
    step = request.POST.get("step", "")
    if step == "accept" and _signed_in(request):
        return _accept(request, found, code)
    if step == "join" and not _signed_in(request):
        return _join(request, found, code)
    return _offer(request, found, code)


def _accept(request: HttpRequest, found: Invitation, code: str) -> HttpResponse:
    user = User.objects.get(username=request.user.get_username())
    try:
        accept_invitation(code=code, user=user, now=clock.now)
    except MandateForOneself:
        return _offer(request, found, code, refusal="oneself")
    except MandateExists:
        return _offer(request, found, code, refusal="exists")
    request.session["told"] = "invitation_accepted"
    return redirect("client:people")


def _join(request: HttpRequest, found: Invitation, code: str) -> HttpResponse:
    form = NewcomerForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        who = Newcomer(given["username"], given["name"], given["password"], _language())
        try:
            user = accept_as_newcomer(code=code, who=who, now=clock.now)
        except NameTaken:
            taken = gettext("Someone has this username already. Choose another one.")
            form.add_error("username", taken)
        except ValidationError as error:
            form.add_error("password", error)
        else:
            answer = welcome(request, user, "")
            request.session["told"] = "invitation_accepted"
            return answer
    return _offer(request, found, code, form)


def _offer(
    request: HttpRequest,
    found: Invitation,
    code: str,
    form: NewcomerForm | None = None,
    refusal: str = "",
) -> HttpResponse:
    shown = form or NewcomerForm(initial={"name": found.name})
    context = {
        "invitation": found,
        "code": code,
        "form": shown,
        "refusal": refusal,
        "can_accept": _signed_in(request),
        "password_rules": " ".join(str(rule) for rule in password_validators_help_texts()),
    }
    status = 422 if shown.errors or refusal else 200
    return render(request, "public/invitation_offer.html", context, status=status)


def _ask_code(request: HttpRequest, form: InvitationForm, status: int) -> HttpResponse:
    return render(request, "public/invitation.html", {"form": form}, status=status)


def _signed_in(request: HttpRequest) -> bool:
    """Whether the reader signed in as a user; a letter's code is not enough for new rights."""
    actor = getattr(request, "actor", NOBODY)
    return actor.user_id is not None and not actor.without


def _language() -> str:
    return (get_language() or "fi").split("-")[0]


def _not_invited() -> str:
    return gettext(
        "The code is wrong, or it has been used, taken back or grown too old. Check it, or ask the"
        " person who invited you for a new one."
    )
