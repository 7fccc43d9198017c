"""Notices by e-mail: whether one is wanted, at which address, and the code that confirms it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from valinta.messages import notice_actions
from valinta.messages.models import NoticeChoice
from valinta.users.brakes import TooManyTries
from valinta.web.client.opening import Page, open_page
from valinta.web.message_forms import AddressCodeForm, NoticesForm
from valinta.web.middleware import Request

PURPOSE = "messages"


@require_http_methods(["GET", "POST"])
def notices(request: Request, client_id: int) -> HttpResponse:
    """Whether an e-mail tells when there is something new, and whether the address is confirmed."""
    page = open_page(request, client_id, purpose=PURPOSE)
    chosen = address_of(page)
    form = NoticesForm(request.POST or None, initial={"email": chosen.email if chosen else ""})
    if request.method == "POST" and form.is_valid():
        email = "" if form.cleaned_data["wanted"] == "no" else form.cleaned_data["email"]
        try:
            choice = notice_actions.choose_notices(
                organiser=page.client.organiser, email=email, by=request.actor, at=page.at
            )
        except notice_actions.NotAnAddress:
            form.add_error("email", gettext("Write an e-mail address like name@example.fi."))
        except TooManyTries:
            form.add_error("email", _too_many())
        else:
            return _after(page, choice)
    return _show(page, form=form, status=422 if form.errors else 200)


@require_POST
def confirm(request: Request, client_id: int) -> HttpResponse:
    """The code that came to the address: right, and the address is used from now on."""
    page = open_page(request, client_id, purpose=PURPOSE)
    form = AddressCodeForm(request.POST)
    if form.is_valid():
        try:
            notice_actions.confirm_address(
                organiser=page.client.organiser,
                code=form.cleaned_data["code"],
                by=request.actor,
                at=page.at,
            )
        except notice_actions.AddressCodeNotGood:
            form.add_error(
                "code",
                gettext(
                    "This code is not good. Check each digit, or save the address again to get a"
                    " new code."
                ),
            )
        except TooManyTries:
            form.add_error("code", _too_many())
        else:
            page.tell("notices_on")
            return page.to("client:messages")
    return _show(page, code_form=form, status=422)


def address_of(page: Page) -> NoticeChoice | None:
    """The reader's own address with the organiser, confirmed or not."""
    return NoticeChoice.objects.filter(
        organiser=page.client.organiser, user_id=page.request.actor.user_id or 0
    ).first()


def _after(page: Page, choice: NoticeChoice | None) -> HttpResponse:
    if choice is None:
        page.tell("notices_off")
        return page.to("client:messages")
    if choice.confirmed_at is not None:
        page.tell("notices_on")
        return page.to("client:messages")
    page.tell("address_code_sent")
    return page.to("client:notices")


def _show(
    page: Page,
    *,
    form: NoticesForm | None = None,
    code_form: AddressCodeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    chosen = address_of(page)
    form = form or NoticesForm(None, initial={"email": chosen.email if chosen else ""})
    facts: dict[str, Any] = {
        "form": form,
        "code_form": code_form or AddressCodeForm(),
        "chosen": chosen,
        "wanted": form.wanted_in_words(),
    }
    return page.show("client/notices.html", facts, status=status)


def _too_many() -> str:
    return gettext("There have been many tries. Wait a while and try again.")
