"""One's own applications, and beginning one for a company."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from valinta.processes.look_up_company import look_up_company
from valinta.programmes.models import Programme
from valinta.programmes.queries import ProgrammeClosed, must_be_open
from valinta.providers.actions import NotABusinessId
from valinta.providers.application_actions import ApplicationOpen
from valinta.providers.models import Application
from valinta.providers.passport_actions import start_with_passport
from valinta.users.permissions import Permission
from valinta.web import clock
from valinta.web.access import note_refusal
from valinta.web.middleware import Request
from valinta.web.provider.apply_forms import BusinessIdForm


@require_GET
def applications(request: Request) -> HttpResponse:
    """The reader's applications, newest first, and the programmes where one can be begun."""
    rows = (
        Application.objects.visible_to(request.actor)
        .filter(applicant_id=request.actor.user_id)
        .select_related("programme__organiser")
        .order_by("-started_at", "-pk")
    )
    facts = {"applications": rows, "programmes": _open_programmes(request)}
    return render(request, "provider/apply.html", facts | {"told": request.session.pop("told", "")})


@require_http_methods(["GET", "POST"])
def begin(request: Request, programme_id: int) -> HttpResponse:
    """Begin an application with the company's business id, looked up in the public register."""
    where = request.actor.organisers_where(Permission.APPLY_AS_PROVIDER)
    programme = (
        Programme.objects.filter(pk=programme_id, organiser_id__in=where)
        .select_related("organiser")
        .first()
    )
    if programme is None:
        note_refusal(request, "programme", programme_id)
        raise Http404("There is no such programme for this reader.")
    form = BusinessIdForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _begin(request, programme, form.cleaned_data["business_id"])
        except NotABusinessId:
            wrong = gettext("This is not a business ID. Check each digit, the last one too.")
            form.add_error("business_id", wrong)
        except ApplicationOpen:
            known = gettext(
                "You have an application for this company under way here. Open it in the list of"
                " your applications."
            )
            form.add_error("business_id", known)
        except ProgrammeClosed:
            form.add_error(None, gettext("The programme takes no applications today."))
        else:
            return redirect("provider:apply_one", application_id=made.pk)
    facts = {"form": form, "programme": programme}
    status = 422 if form.errors else 200
    return render(request, "provider/apply_begin.html", facts, status=status)


def _begin(request: Request, programme: Programme, business_id: str) -> Application:
    at = clock.now(programme.organiser)
    return start_with_passport(
        programme=programme,
        business_id=business_id,
        company_register=look_up_company(business_id=business_id, at=at),
        by=request.actor,
        at=at,
    )


def _open_programmes(request: Request) -> list[Programme]:
    where = request.actor.organisers_where(Permission.APPLY_AS_PROVIDER)
    rows = Programme.objects.filter(organiser_id__in=where).select_related("organiser")
    found = []
    for one in rows.order_by("organiser_id", "pk"):
        try:
            must_be_open(one, clock.today(one.organiser))
        except ProgrammeClosed:
            continue
        found.append(one)
    return found
