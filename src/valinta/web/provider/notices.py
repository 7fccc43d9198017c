"""Notices by e-mail for a company's people and applicants: with each organiser by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from valinta.messages import notice_actions
from valinta.messages.models import NoticeChoice
from valinta.organisers.models import Organiser
from valinta.shared.ids import row_number
from valinta.users.brakes import TooManyTries
from valinta.users.permissions import Role
from valinta.web import clock
from valinta.web.access import note_refusal
from valinta.web.message_forms import AddressCodeForm, NoticesForm
from valinta.web.middleware import Request


@dataclass(slots=True)
class Choice:
    """What the reader has chosen with one organiser, and the forms to change it."""

    organiser: Organiser
    chosen: NoticeChoice | None
    form: NoticesForm
    code_form: AddressCodeForm


@require_http_methods(["GET", "POST"])
def notices(request: Request) -> HttpResponse:
    """Whether an e-mail tells of something new, for each organiser where one works or applies."""
    choices = _choices(request)
    if request.method == "GET":
        return _show(request, choices)
    asked = row_number(request.POST.get("organiser", ""))
    one = next((each for each in choices if each.organiser.pk == asked), None)
    if one is None:
        note_refusal(request, "organiser", asked)
        raise Http404("There is no such organiser for this reader.")
    at = clock.now(one.organiser)
    done = _confirm(request, one, at) if "code" in request.POST else _choose(request, one, at)
    return redirect("provider:notices") if done else _show(request, choices, 422)


def _choices(request: Request) -> list[Choice]:
    where = request.actor.organisers_as(Role.PROVIDER)
    user = request.actor.user_id or 0
    known = {one.organiser_id: one for one in NoticeChoice.objects.filter(user_id=user)}
    return [
        Choice(
            one,
            chosen := known.get(one.pk),
            NoticesForm(None, initial={"email": chosen.email if chosen else ""}),
            AddressCodeForm(),
        )
        for one in Organiser.objects.filter(pk__in=where).order_by("pk")
    ]


def _choose(request: Request, one: Choice, at: datetime) -> bool:
    one.form = form = NoticesForm(request.POST)
    if not form.is_valid():
        return False
    email = "" if form.cleaned_data["wanted"] == "no" else form.cleaned_data["email"]
    try:
        notice_actions.choose_notices(organiser=one.organiser, email=email, by=request.actor, at=at)
    except notice_actions.NotAnAddress:
        form.add_error("email", gettext("Write an e-mail address like name@example.fi."))
        return False
    except TooManyTries:
        form.add_error("email", _too_many())
        return False
    request.session["told"] = "notices"
    return True


def _confirm(request: Request, one: Choice, at: datetime) -> bool:
    one.code_form = form = AddressCodeForm(request.POST)
    if not form.is_valid():
        return False
    try:
        notice_actions.confirm_address(
            organiser=one.organiser, code=form.cleaned_data["code"], by=request.actor, at=at
        )
    except notice_actions.AddressCodeNotGood:
        wrong = gettext(
            "This code is not good. Check each digit, or save the address again to get a new code."
        )
        form.add_error("code", wrong)
        return False
    except TooManyTries:
        form.add_error("code", _too_many())
        return False
    request.session["told"] = "notices"
    return True


def _show(request: Request, choices: list[Choice], status: int = 200) -> HttpResponse:
    wrong = next((each.form for each in choices if each.form.errors), None)
    wrong_code = next((each.code_form for each in choices if each.code_form.errors), None)
    facts = {
        "choices": choices,
        "form": wrong,
        "code_form": wrong_code,
        "wanted": NoticesForm().wanted_in_words(),
        "told": request.session.pop("told", ""),
    }
    return render(request, "provider/notices.html", facts, status=status)


def _too_many() -> str:
    return gettext("There have been many tries. Wait a while and try again.")
