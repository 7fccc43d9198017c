"""Ask for a service or a provider that is not in the tray, and follow the request (KEU-8)."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_POST

from valinta.clients.models import Enrolment
from valinta.clients.states import MandateScope
from valinta.web.client.basket_forms import AskForm
from valinta.web.client.money_pages import may, open_to_plan
from valinta.web.client.opening import Page, open_page
from valinta.web.middleware import Request
from valinta.web.templatetags.wording import name
from valinta.wishes.actions import ask_for_tray
from valinta.wishes.models import TrayRequest
from valinta.wishes.states import RequestKind

PURPOSE = "requests for the tray"
SEES_WISHES = (MandateScope.SEE, MandateScope.SEE_PLAN)


@require_GET
def requests(request: Request, client_id: int) -> HttpResponse:
    """What has been asked for, where each request is now, and a form for a new one."""
    return _show(open_page(request, client_id, SEES_WISHES, PURPOSE))


@require_POST
def ask(request: Request, client_id: int) -> HttpResponse:
    """Ask for something that is not in the tray."""
    page = open_to_plan(request, client_id, SEES_WISHES, PURPOSE)
    enrolment = page.enrolment
    if enrolment is None:
        page.missing("enrolment", 0)
    form = AskForm(request.POST, [code for code, _ in _municipalities(enrolment, page.today)])
    if not form.is_valid():
        return _show(page, form, 422)
    ask_for_tray(
        enrolment=enrolment,
        kind=RequestKind(form.cleaned_data["kind"]),
        words=form.cleaned_data["words"],
        municipality_code=form.cleaned_data["municipality"],
        by=request.actor,
        at=page.at,
    )
    page.tell("tray_asked")
    return page.to("client:requests")


def _show(page: Page, form: AskForm | None = None, status: int = 200) -> HttpResponse:
    enrolment = page.enrolment
    rows = TrayRequest.objects.filter(client=page.client).order_by("-asked_at", "-pk")
    facts = {
        "rows": rows.prefetch_related("steps__taken_by"),
        "form": form or AskForm(None, []),
        "municipalities": _municipalities(enrolment, page.today) if enrolment else [],
        "can_ask": enrolment is not None and may(page, MandateScope.PLAN),
    }
    return page.show("client/requests.html", facts, status=status)


def _municipalities(enrolment: Enrolment, on: date) -> list[tuple[str, str]]:
    """The programme's municipalities on the day: code and name in the reader's language."""
    rows = enrolment.programme.municipalities.filter(valid__contains=on).values_list(
        "code", "names"
    )
    return sorted(((code, name(names)) for code, names in rows), key=lambda one: one[1])
