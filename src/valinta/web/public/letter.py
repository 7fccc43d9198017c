"""Signing in with the code of a letter and the date of birth."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from valinta.clients.codes import as_typed
from valinta.processes.sign_in_by_letter import LetterNotKnown, sign_in_by_letter
from valinta.users.brakes import BY_LETTER_CODE
from valinta.web import clock, letter_session
from valinta.web.public.brakes import TOO_MANY_REQUESTS, keys_of, let_try, succeeded
from valinta.web.public.forms import LetterForm
from valinta.web.public.welcome import speak


@require_http_methods(["GET", "POST"])
def sign_in_letter(request: HttpRequest) -> HttpResponse:
    """Open the client's own pages with fewer rights; what exactly was wrong is never told."""
    form = LetterForm(request.POST or None)
    status = 200
    if request.method == "POST":
        answer = _try(request, form) if form.is_valid() else None
        if isinstance(answer, HttpResponse):
            return answer
        status = answer or 422
    return render(request, "public/sign_in_letter.html", {"form": form}, status=status)


def _try(request: HttpRequest, form: LetterForm) -> HttpResponse | int:
    """The way into the pages, or the status to show the form with again."""
    code, born_on = form.cleaned_data["code"], form.cleaned_data["born_on"]
    keys = keys_of(request, BY_LETTER_CODE, as_typed(code))
    if not let_try(keys, form, "code"):
        return TOO_MANY_REQUESTS
    try:
        access = sign_in_by_letter(code=code, born_on=born_on, now=clock.now)
    except LetterNotKnown:
        form.add_error(
            "code",
            gettext(
                "The code and the date of birth do not match, or the code works no more. Check"
                " both, or ask your case manager for a new letter."
            ),
        )
        return 422
    user = access.client.user
    if user is None:
        raise LetterNotKnown
    succeeded(keys)
    letter_session.begin(request, access, user)
    return speak(redirect("client:home", client_id=access.client_id), user.language)
