"""The client is not content with a decision: a claim for a revised one, with words and a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from valinta.clients.states import MandateScope
from valinta.messages.files import FileOfAnotherKind, FileTooLarge, Sent, kind_of, safe_name
from valinta.plans.claim_actions import ClaimOpen, make_claim
from valinta.plans.models import Decision
from valinta.plans.moving import Scan
from valinta.plans.states import ClaimWay
from valinta.web.client.decisions import PURPOSE, READING, find_decision, made_of
from valinta.web.client.opening import Page
from valinta.web.client.plans import open_to_act
from valinta.web.message_forms import file_fault
from valinta.web.middleware import Request


class ClaimForm(forms.Form):
    """What should be changed, and why; a file if there is one."""

    words = forms.CharField(
        max_length=4000,
        error_messages={
            "required": _("Write what should be different, and why."),
            "max_length": _("The text is too long. Write at most 4,000 characters."),
        },
    )
    file = forms.FileField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scan: Scan | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        file = data.get("file")
        if file:
            sent = Sent(file.name or "", file.read())
            try:
                kind = kind_of(sent)
                self.scan = Scan(safe_name(sent, kind), str(kind), sent.content)
            except (FileTooLarge, FileOfAnotherKind) as error:
                self.add_error("file", file_fault(error))
        return data


@require_http_methods(["GET", "POST"])
def claim(request: Request, client_id: int, decision_id: int) -> HttpResponse:
    """The form, and the claim itself."""
    page = open_to_act(request, client_id, (MandateScope.PLAN,), READING, PURPOSE)
    decision = find_decision(page, decision_id)
    if request.method != "POST":
        return _show(page, decision, ClaimForm())
    form = ClaimForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(page, decision, form, 422)
    try:
        make_claim(
            decision=decision,
            words=form.cleaned_data["words"],
            way=ClaimWay.PORTAL,
            received_on=page.today,
            scan=form.scan,
            by=request.actor,
            at=page.at,
        )
    except ClaimOpen:
        form.add_error(None, gettext("You have claimed already. The answer comes here."))
        return _show(page, decision, form, 422)
    page.tell("claim_made")
    return page.to("client:decisions")


def _show(page: Page, decision: Decision, form: ClaimForm, status: int = 200) -> HttpResponse:
    facts = {"one": made_of(page, decision), "form": form}
    return page.show("client/claim.html", facts, status)
