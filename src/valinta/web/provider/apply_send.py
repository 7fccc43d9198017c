"""An application as a whole: where it stands, signing and sending, answering, taking back."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from valinta.programmes.queries import NoRulebook, ProgrammeClosed, rulebook_on
from valinta.providers.actions import NotRegistered, SectorNotAdmitted
from valinta.providers.application_actions import (
    ApplicationClosed,
    ApplicationOpen,
    FactsMissing,
    NothingAppliedFor,
    Signature,
    answer_clarification,
    send_application,
    withdraw_application,
)
from valinta.providers.states import OPEN, ApplicationState, SigningRight
from valinta.shared.states import ForbiddenTransition
from valinta.web.conflicts import unsaved_of
from valinta.web.middleware import Request
from valinta.web.provider.apply_forms import AnswerForm, SendForm
from valinta.web.provider.apply_opening import STEPS, ApplyPage, open_application
from valinta.web.provider.apply_picture import missing_facts, offered, paper_rows
from valinta.web.rulebook_words import rulebook_terms
from valinta.web.templatetags.providers import RIGHTS

_INCOMPLETE = (FactsMissing, NothingAppliedFor, NotRegistered, SectorNotAdmitted)


@require_GET
def one(request: Request, application_id: int) -> HttpResponse:
    """Where the application stands, and what the applicant does next."""
    return _show_one(open_application(request, application_id))


@require_http_methods(["GET", "POST"])
def send(request: Request, application_id: int) -> HttpResponse:
    """Read through, accept the rulebook, sign and send."""
    page = open_application(request, application_id)
    if not page.is_draft:
        return page.to("provider:apply_one")
    form = SendForm(request.POST or None)
    form.initial = {"signer_name": ""}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            send_application(
                application=page.application,
                accepts_rulebook=given["accepts"],
                signature=Signature(given["signer_name"], SigningRight(given["signer_right"])),
                by=request.actor,
                at=page.at,
            )
        except _INCOMPLETE:
            wrong = gettext("Something is missing still. See the list, and send after that.")
            form.add_error(None, wrong)
        except (ProgrammeClosed, NoRulebook):
            form.add_error(None, gettext("The programme takes no applications today."))
        except ApplicationOpen:
            sent = gettext(
                "Somebody else of your company has sent an application here. It is decided first."
            )
            form.add_error(None, sent)
        except (ApplicationClosed, ForbiddenTransition):
            page.tell("changed")
            return page.to("provider:apply_one")
        else:
            page.tell("sent")
            return page.to("provider:apply_one")
    return page.show("provider/apply_send.html", _facts(page, form), 422 if form.errors else 200)


@require_POST
def answer(request: Request, application_id: int) -> HttpResponse:
    """Answer what the organiser asked."""
    page = open_application(request, application_id)
    asked = page.application.clarifications.filter(answered_at__isnull=True).first()
    form = AnswerForm(request.POST)
    if asked is None:
        return _show_one(page, form, {"unsaved_words": unsaved_of(form)}, 409)
    if not form.is_valid():
        return _show_one(page, form, {}, 422)
    try:
        answer_clarification(
            clarification=asked, answer=form.cleaned_data["answer"], by=request.actor, at=page.at
        )
    except (ApplicationClosed, ForbiddenTransition):
        return _show_one(page, form, {"unsaved_words": unsaved_of(form)}, 409)
    page.tell("answered")
    return page.to("provider:apply_one")


@require_POST
def withdraw(request: Request, application_id: int) -> HttpResponse:
    """Take the application back before it is decided on."""
    page = open_application(request, application_id)
    try:
        withdraw_application(application=page.application, by=request.actor, at=page.at)
        page.tell("withdrawn")
    except (ApplicationClosed, ForbiddenTransition):
        page.tell("changed")
    return page.to("provider:apply_one")


def _show_one(
    page: ApplyPage,
    form: AnswerForm | None = None,
    more: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    application = page.application
    rows = paper_rows(application, {}, page.today)
    is_open = application.state in OPEN
    facts = {
        "steps": [(name, words) for name, words in STEPS] if page.is_draft else [],
        "missing_facts": missing_facts(application) if page.is_draft else [],
        "papers": [row for row in rows if row.is_mine] if is_open else [],
        "rounds": application.clarifications.order_by("pk"),
        "answer_form": form,
        "is_open": is_open,
        "is_asked": application.state == ApplicationState.CLARIFICATION,
        "lines": _lines(page),
        "signed_by": RIGHTS.get(SigningRight(application.signer_right))
        if application.signer_right
        else "",
    }
    return page.show("provider/apply_one.html", facts | (more or {}), status)


def _lines(page: ApplyPage) -> list[dict[str, Any]]:
    """What is applied for: services with prices by band, and what was decided of each."""
    lines = {one.service_code: one for one in page.application.lines.order_by("pk")}
    return [
        {
            "service": service,
            "prices": [
                (band.name, lines[service.code].prices[band.code])
                for band in service.bands
                if band.code in lines[service.code].prices
            ],
            "approved": lines[service.code].approved,
        }
        for service in offered(page.programme, page.today, list(lines))
    ]


def _facts(page: ApplyPage, form: SendForm) -> dict[str, Any]:
    try:
        rulebook = rulebook_on(page.programme, page.today)
    except NoRulebook:
        rulebook = None
    return {
        "form": form,
        "rights": [(one.value, RIGHTS[one]) for one in SigningRight],
        "rulebook": rulebook,
        "terms": rulebook_terms(rulebook.parameters) if rulebook else [],
        "missing_facts": missing_facts(page.application),
        "papers": [row for row in paper_rows(page.application, {}, page.today) if row.is_mine],
        "lines": _lines(page),
    }
