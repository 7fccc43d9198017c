"""The company's bank account: a change that another person confirms and a waiting time keeps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from valinta.providers.account_actions import (
    ChangeClosed,
    ChangeUnderWay,
    NamedTooLate,
    SameAccount,
    SamePerson,
    ask_account_change,
    confirm_account_change,
    days_to_wait,
    withdraw_account_change,
)
from valinta.providers.iban import BadIban
from valinta.providers.models import AccountChange
from valinta.users.permissions import Permission
from valinta.web.middleware import Request
from valinta.web.names import names_of
from valinta.web.provider.opening import CompanyPage, open_company


class AccountForm(forms.Form):
    """Another bank account."""

    iban = forms.CharField(
        max_length=50, error_messages={"required": _("Write the bank account number (IBAN).")}
    )


@require_http_methods(["GET", "POST"])
def account(request: Request, provider_id: int) -> HttpResponse:
    """The account in use and a change under way; administrators ask for one."""
    page = open_company(request, provider_id, Permission.SEE_OWN_STATEMENTS)
    form = AccountForm(request.POST or None)
    if request.method == "POST":
        page.must(Permission.KEEP_COMPANY)
    if request.method == "POST" and form.is_valid():
        try:
            ask_account_change(
                provider=page.provider,
                organiser_id=page.organiser.pk,
                iban=form.cleaned_data["iban"],
                by=request.actor,
                at=page.at,
            )
        except BadIban:
            wrong = gettext("This is not a bank account number (IBAN). Check each sign.")
            form.add_error("iban", wrong)
        except SameAccount:
            form.add_error("iban", gettext("The company has this account already."))
        except ChangeUnderWay:
            form.add_error("iban", gettext("A change is under way already. Look at it first."))
        else:
            page.tell("account_asked")
            return page.to("provider:company_account")
    context = {
        "form": form,
        "may_keep": page.may(Permission.KEEP_COMPANY),
        **account_facts(page),
    }
    return page.show("provider/company_account.html", context, 422 if form.errors else 200)


@require_POST
def confirm(request: Request, provider_id: int, change_id: int) -> HttpResponse:
    """Confirm another person's change."""
    page = open_company(request, provider_id, Permission.KEEP_COMPANY)
    change = _own(page, change_id)
    try:
        confirm_account_change(change=change, by=request.actor, at=page.now(change.organiser))
        page.tell("account_confirmed")
    except NamedTooLate:
        page.tell("account_named_too_late")
    except SamePerson:
        page.tell("account_same_person")
    except ChangeClosed:
        page.tell("changed")
    return page.to("provider:company_account")


@require_POST
def withdraw(request: Request, provider_id: int, change_id: int) -> HttpResponse:
    """Stop a change: whoever sees the company's money does."""
    page = open_company(request, provider_id, Permission.SEE_OWN_STATEMENTS)
    change = _own(page, change_id)
    try:
        withdraw_account_change(change=change, by=request.actor, at=page.now(change.organiser))
        page.tell("account_withdrawn")
    except ChangeClosed:
        page.tell("changed")
    return page.to("provider:company_account")


def account_facts(page: CompanyPage) -> dict[str, Any]:
    """The change under way with its people's names, and how long a change waits."""
    change = AccountChange.objects.filter(
        provider=page.provider,
        organiser_id__in=page.organiser_ids,
        applied_at__isnull=True,
        withdrawn_at__isnull=True,
    ).first()
    names = names_of([change.asked_by_id, change.confirmed_by_id]) if change else {}
    return {
        "change": change,
        "asked_by": names.get(change.asked_by_id or 0, "") if change else "",
        "confirmed_by": names.get(change.confirmed_by_id or 0, "") if change else "",
        "is_mine": change is not None and change.asked_by_id == page.request.actor.user_id,
        "wait": days_to_wait(page.provider),
    }


def _own(page: CompanyPage, change_id: int) -> AccountChange:
    found = (
        AccountChange.objects.filter(
            provider=page.provider, organiser_id__in=page.organiser_ids, pk=change_id
        )
        .select_related("organiser")
        .first()
    )
    return found if found is not None else page.missing("account_change", change_id)
