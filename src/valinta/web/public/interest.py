"""The interest form: a resident comes forward for a programme, without signing in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from valinta.processes.come_forward import come_forward as take_in
from valinta.users.brakes import Brake, Key
from valinta.web import clock
from valinta.web.caller import caller
from valinta.web.middleware import NOBODY
from valinta.web.public.brakes import TOO_MANY_REQUESTS, let_try
from valinta.web.public.interest_form import InterestForm, first_values, new_seal
from valinta.web.public.programme_picture import ProgrammePicture, find_programme

# A library or a service point sends for many people from one address.
BY_SENDER = Brake("form", 20, timedelta(hours=1), timedelta(days=1), timedelta(days=1))


@require_http_methods(["GET", "POST"])
def come_forward(request: HttpRequest, organiser: str, programme: str) -> HttpResponse:
    """Show the form, or take it in. Whoever fills it in does so as a visitor, signed in or not."""
    picture = find_programme(organiser, programme)
    if not picture.takes_in:
        return render(request, "public/not_open.html", {"picture": picture})
    if request.method == "GET":
        start = first_values(picture, request.GET.get("municipality", ""))
        return _show(request, picture, InterestForm(picture, initial=start), new_seal())
    form = InterestForm(picture, request.POST)
    if not form.is_valid():
        return _show(request, picture, form, form.seal_again(), status=422)
    at = clock.now(picture.organiser)
    if not let_try([_key(request)], form, "name"):
        return _show(request, picture, form, form.seal_again(), TOO_MANY_REQUESTS)
    interest = take_in(
        programme=picture.programme,
        municipality_code=form.cleaned_data["municipality"],
        target_group_code=form.group_code,
        said=form.said,
        form_key=form.key,
        by=NOBODY,
        at=at,
    )
    answer = redirect("public:thanks", organiser, programme)
    answer["Location"] += f"?municipality={interest.municipality.code}"
    return answer


@require_GET
def thanks(request: HttpRequest, organiser: str, programme: str) -> HttpResponse:
    """What happens next, and who does it. The page names nobody."""
    picture = find_programme(organiser, programme)
    code = request.GET.get("municipality", "")
    town = next((one.names for one in picture.municipalities if one.code == code), None)
    return render(request, "public/thanks.html", {"picture": picture, "town": town})


def _key(request: HttpRequest) -> Key:
    """The sender of today: with the day in it, the marks of two days cannot be tied together."""
    return Key(BY_SENDER, f"{clock.moment().date()} {caller(request)}")


def _show(
    request: HttpRequest,
    picture: ProgrammePicture,
    form: InterestForm,
    seal: str,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {"picture": picture, "form": form, "seal": seal}
    return render(request, "public/come_forward.html", context, status=status)
