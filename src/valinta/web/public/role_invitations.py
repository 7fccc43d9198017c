"""Answering an invitation to a worker's role: type the code, look at what it means, accept."""

from __future__ import annotations

from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from valinta.clients.codes import as_typed
from valinta.processes.accept_invitation import NameTaken, Newcomer, NotInvited
from valinta.processes.invite_worker import (
    accept_role,
    accept_role_as_newcomer,
    open_role_invitation,
)
from valinta.users.brakes import BY_INVITATION_CODE
from valinta.users.models import RoleInvitation, User
from valinta.web import clock
from valinta.web.middleware import NOBODY
from valinta.web.public.brakes import TOO_MANY_REQUESTS, keys_of, let_try, succeeded
from valinta.web.public.forms import InvitationForm, NewcomerForm
from valinta.web.public.welcome import welcome


@require_http_methods(["GET", "POST"])
def role_invitation(request: HttpRequest) -> HttpResponse:
    """First the code; then which role, where and until when; then yes."""
    form = InvitationForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _ask_code(request, form, 422 if form.errors else 200)
    code = form.cleaned_data["code"]
    keys = keys_of(request, BY_INVITATION_CODE, as_typed(code))
    if not let_try(keys, form, "code"):
        return _ask_code(request, form, TOO_MANY_REQUESTS)
    try:
        found = open_role_invitation(code=code, now=clock.now)
        answer = _answer(request, found, code)
    except NotInvited:
        form.add_error(
            "code",
            gettext(
                "The code is wrong, or it has been used, taken back or grown too old. Ask the"
                " programme office for a new one."
            ),
        )
        return _ask_code(request, form, 422)
    succeeded(keys)
    return answer


def _answer(request: HttpRequest, found: RoleInvitation, code: str) -> HttpResponse:
    step = request.POST.get("step", "")
    if step == "accept" and _signed_in(request):
        user = User.objects.get(username=request.user.get_username())
        accept_role(code=code, user=user, now=clock.now)
        return redirect("public:front")
    if step == "join" and not _signed_in(request):
        return _join(request, found, code)
    return _offer(request, found, code)


def _join(request: HttpRequest, found: RoleInvitation, code: str) -> HttpResponse:
    form = NewcomerForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        language = (get_language() or "fi").split("-")[0]
        who = Newcomer(given["username"], given["name"], given["password"], language)
        try:
            user = accept_role_as_newcomer(code=code, who=who, now=clock.now)
        except NameTaken:
            taken = gettext("Someone has this username already. Choose another one.")
            form.add_error("username", taken)
        except ValidationError as error:
            form.add_error("password", error)
        else:
            return welcome(request, user, "")
    return _offer(request, found, code, form)


def _offer(
    request: HttpRequest, found: RoleInvitation, code: str, form: NewcomerForm | None = None
) -> HttpResponse:
    shown = form or NewcomerForm(initial={"name": found.name})
    context = {
        "invitation": found,
        "code": code,
        "form": shown,
        "can_accept": _signed_in(request),
        "password_rules": " ".join(str(rule) for rule in password_validators_help_texts()),
    }
    status = 422 if shown.errors else 200
    return render(request, "public/role_offer.html", context, status=status)


def _ask_code(request: HttpRequest, form: InvitationForm, status: int) -> HttpResponse:
    return render(request, "public/role_invitation.html", {"form": form}, status=status)


def _signed_in(request: HttpRequest) -> bool:
    actor = getattr(request, "actor", NOBODY)
    return actor.user_id is not None and not actor.without
