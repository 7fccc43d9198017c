"""Requests for the tray, without names: what is wished for, where, alike ones together (KEU-8)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from valinta.catalogue.models import Offer
from valinta.programmes.names import named
from valinta.providers.models import Application
from valinta.providers.states import ApplicationState
from valinta.shared.states import ForbiddenTransition
from valinta.users.permissions import Permission
from valinta.web.middleware import Request
from valinta.web.names import names_of
from valinta.web.office.opening import OfficePage, open_programme
from valinta.web.office.requests_picture import (
    ANSWERED_SHOWN,
    GROUPED_AT_ONCE,
    Wish,
    groups_of,
    wishes_of,
    with_facts,
)
from valinta.web.templatetags.wording import language
from valinta.wishes.actions import answer_request, look_into_request, note_outcome
from valinta.wishes.models import TrayRequest
from valinta.wishes.states import WAITING, RequestState


class AnswerForm(forms.Form):
    """What became of a request. `application` and `offer` are numbers, empty when none came."""

    outcome = forms.ChoiceField(
        choices=[("found", "found"), ("not_possible", "not_possible")],
        error_messages={
            "required": _("Choose what became of the request."),
            "invalid_choice": _("Choose what became of the request."),
        },
    )
    answer = forms.CharField(
        max_length=4000,
        error_messages={
            "required": _("Write the answer in a few words; the client will read it."),
            "max_length": _("The text is too long. Write at most 4,000 characters."),
        },
    )
    application = forms.IntegerField(required=False)
    offer = forms.IntegerField(required=False)


@require_GET
def requests(request: Request, programme_id: int) -> HttpResponse:
    """The open requests in groups of those alike, the largest and oldest first; answered below."""
    page = open_programme(request, programme_id, Permission.APPROVE_PROVIDERS)
    rows, here = _rows(page), "office:requests"
    waiting = with_facts(rows.filter(state__in=WAITING)).order_by("asked_at", "pk")
    over = with_facts(rows.exclude(state__in=WAITING)).order_by("-asked_at", "-pk")
    part = page.part(waiting, GROUPED_AT_ONCE, name="waiting", of=here)
    answered = page.part(over, ANSWERED_SHOWN, name="answered", of=here)
    facts = {
        "groups": groups_of(wishes_of(part)),
        "part": part,
        "answered": wishes_of(answered),
        "answered_part": answered,
    }
    return page.show("office/requests.html", facts)


@require_GET
def one(request: Request, programme_id: int, request_id: int) -> HttpResponse:
    """A request, the way it went, and the form for the answer."""
    page = open_programme(request, programme_id, Permission.APPROVE_PROVIDERS)
    return _show(page, _find(page, request_id))


@require_POST
def take(request: Request, programme_id: int, request_id: int) -> HttpResponse:
    """Begin to look for what is asked."""
    page = open_programme(request, programme_id, Permission.APPROVE_PROVIDERS)
    found = _find(page, request_id)
    try:
        look_into_request(request=found, by=request.actor, at=page.at)
    except ForbiddenTransition:
        page.tell("stale")
    else:
        page.tell("request_taken")
    return page.to("office:requests_one", request_id=found.pk)


@require_POST
def answer(request: Request, programme_id: int, request_id: int) -> HttpResponse:
    """Answer: it is there now, or it is not possible and why."""
    page = open_programme(request, programme_id, Permission.APPROVE_PROVIDERS)
    found, form = _find(page, request_id), AnswerForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        application = _applications(page).filter(pk=given["application"] or 0).first()
        offer = _offers(page).filter(pk=given["offer"] or 0).first()
        try:
            answered = answer_request(
                request=found,
                found=given["outcome"] == "found",
                answer=given["answer"],
                by=request.actor,
                at=page.at,
            )
            note_outcome(
                request=answered,
                application=application,
                offer=offer,
                by=request.actor,
                at=page.at,
            )
        except ForbiddenTransition:
            page.tell("stale")
            page.keep(form)
            return _show(page, _find(page, request_id), status=409)
        page.tell("request_answered")
        return page.to("office:requests_one", request_id=found.pk)
    return _show(page, found, form, 422)


def _rows(page: OfficePage) -> Any:
    return TrayRequest.objects.visible_to(page.request.actor).filter(
        enrolment__programme=page.programme
    )


def _find(page: OfficePage, request_id: int) -> TrayRequest:
    found: TrayRequest | None = _rows(page).filter(pk=request_id).first()
    return found or page.missing("tray_request", request_id)


def _applications(page: OfficePage) -> Any:
    sent = Application.objects.filter(programme=page.programme, sent_at__isnull=False)
    return sent.exclude(state=ApplicationState.WITHDRAWN).order_by("-sent_at", "-pk")


def _offers(page: OfficePage) -> Any:
    rows = Offer.objects.filter(
        service__programme=page.programme,
        valid__contains=page.today,
        approval__valid__contains=page.today,
    )
    return rows.select_related("approval__provider", "service").order_by("-pk")


def _show(
    page: OfficePage, found: TrayRequest, form: AnswerForm | None = None, status: int = 200
) -> HttpResponse:
    wish: Wish = wishes_of(with_facts(_rows(page).filter(pk=found.pk)))[0]
    steps = list(found.steps.order_by("taken_at", "pk"))
    facts = {
        "wish": wish,
        "steps": steps,
        # Who asked is not told here.
        "names": names_of(one.taken_by_id for one in steps if one.state != RequestState.RECEIVED),
        "form": form or AnswerForm(),
        "may_answer": found.state in WAITING,
        "applications": [(one.pk, one.name) for one in _applications(page)[:100]],
        "offers": [
            (one.pk, f"{one.approval.provider.name}, {named(one.service.names, language())}")
            for one in _offers(page).filter(approval__approved_at__gte=since(found))[:100]
        ],
        "outcomes": [
            ("found", gettext("It was found")),
            ("not_possible", gettext("It is not possible")),
        ],
    }
    return page.show("office/requests_one.html", facts, status)


def since(found: TrayRequest) -> Any:
    """Offers of providers approved from a month before the request on can have come of it."""
    return found.asked_at - timedelta(days=31)
