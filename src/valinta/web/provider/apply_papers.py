"""Papers of an application: each condition, handed in anew or from what the company has kept."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from valinta.providers.application_actions import (
    ApplicationClosed,
    NotYourApplication,
    PaperUnfit,
    Shown,
)
from valinta.providers.conditions import UnknownCondition, condition_of
from valinta.providers.models import PassportPaper
from valinta.providers.passport_actions import (
    hand_in_and_keep,
    newest_papers,
    passport_of,
    use_paper,
)
from valinta.web.middleware import Request
from valinta.web.papers import as_download
from valinta.web.provider.apply_forms import PaperForm
from valinta.web.provider.apply_opening import ApplyPage, open_application
from valinta.web.provider.apply_picture import paper_rows


@require_GET
def papers(request: Request, application_id: int) -> HttpResponse:
    """Every condition with what shows it, its age, and what is still missing."""
    return show(open_application(request, application_id))


@require_POST
def hand_in(request: Request, application_id: int, condition: str) -> HttpResponse:
    """Hand in a paper or words for a condition; the company keeps a copy for other organisers."""
    page = open_application(request, application_id)
    try:
        asked = condition_of(page.programme, condition, page.application.sector)
    except UnknownCondition:
        page.missing("application", application_id)
    form = PaperForm(asked, request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        shown = Shown(given["words"], form.paper, given["issued_on"], given["valid_until"])
        try:
            hand_in_and_keep(
                application=page.application,
                condition=condition,
                shown=shown,
                by=request.actor,
                at=page.at,
            )
        except PaperUnfit:
            wrong = gettext("Check the days: the paper's own day, and the last day it holds.")
            form.add_error("issued_on", wrong)
        except ApplicationClosed:
            page.tell("changed")
            return page.to("provider:apply_one")
        else:
            page.tell("paper_kept")
            return page.to("provider:apply_papers")
    return show(page, {"form": form, "faulty": condition}, 422)


@require_POST
def use(request: Request, application_id: int, paper_id: int) -> HttpResponse:
    """Hand in a paper that the company has kept."""
    page = open_application(request, application_id)
    paper = PassportPaper.objects.defer("content").filter(pk=paper_id).first()
    if paper is None:
        page.missing("passport_paper", paper_id)
    try:
        use_paper(application=page.application, paper=paper, by=request.actor, at=page.at)
        page.tell("paper_kept")
    except NotYourApplication:
        page.missing("passport_paper", paper_id)
    except UnknownCondition:
        page.tell("changed")
    except PaperUnfit:
        page.tell("paper_unfit")
    except ApplicationClosed:
        page.tell("changed")
    return page.to("provider:apply_papers")


@require_GET
def paper(request: Request, application_id: int, evidence_id: int) -> FileResponse:
    """One's own paper as it was handed in."""
    page = open_application(request, application_id)
    found = page.application.evidence.exclude(name="").filter(pk=evidence_id).first()
    return as_download(found or page.missing("evidence", evidence_id))


def show(page: ApplyPage, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    """The page of papers."""
    passport = passport_of(page.application.business_id, page.request.actor, page.today)
    rows = paper_rows(page.application, newest_papers(passport), page.today)
    facts = {
        "rows": rows,
        "missing": [one for one in rows if one.is_mine],
        "form": None,
        "faulty": "",
        **(more or {}),
    }
    return page.show("provider/apply_papers.html", facts, status)
