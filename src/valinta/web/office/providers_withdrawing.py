"""Withdraw a provider's approval: what it would touch, without names, and then the withdrawal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import forms
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from valinta.processes.withdraw_provider import (
    EndsInThePast,
    Lost,
    Withdrawal,
    how_far_it_reaches,
    orders_lost,
    what_withdrawal_does,
    withdraw_provider,
)
from valinta.programmes.names import named
from valinta.providers.withdrawal_actions import StillUnderWay
from valinta.users.permissions import Permission
from valinta.web.middleware import Request
from valinta.web.office.opening import OfficePage, open_programme
from valinta.web.office.providers_approved import find_approval
from valinta.web.office.providers_forms import LONGEST, day_field, filled, words_field
from valinta.web.templatetags.wording import language

PAGE_SIZE = 100


class DayForm(forms.Form):
    """From which day on the provider is gone, to look at what that does."""

    ends_on = day_field(_("Write the first day without the provider."))


class WithdrawForm(DayForm):
    """The withdrawal, with what is kept as its reason and what each client is told besides."""

    reason = words_field(_("Write why the approval ends. It is kept with the approval."), 400)
    words = forms.CharField(required=False, max_length=LONGEST)


@dataclass(frozen=True, slots=True)
class Touched:
    """An order that the withdrawal ends: no name, what the office needs to know. Sums in cents."""

    number: int
    service: str
    town: str
    case_manager: str
    stays: int
    returns: int
    others: tuple[str, ...]


@require_http_methods(["GET", "POST"])
def withdrawal(request: Request, programme_id: int, approval_id: int) -> HttpResponse:
    """Look at what a withdrawal on a day does, and withdraw."""
    page = open_programme(request, programme_id, Permission.APPROVE_PROVIDERS)
    found = find_approval(page, approval_id)
    if request.method == "POST":
        form: forms.Form = WithdrawForm(request.POST)
        if form.is_valid():
            try:
                done = withdraw_provider(
                    approval=found, **form.cleaned_data, by=request.actor, at=page.at
                )
            except EndsInThePast:
                form.add_error("ends_on", gettext("Choose today or a later day."))
            except StillUnderWay:
                page.tell("provider_withdrawing")
                return page.to("office:providers_one", approval_id=found.pk)
            else:
                is_done = done.work.finished_at is not None
                page.tell("provider_withdrawn" if is_done else "provider_withdrawing")
                return page.to("office:providers_one", approval_id=found.pk)
        return _show(page, found.pk, page.today, form, 422)
    asked = DayForm(request.GET) if "ends_on" in request.GET else None
    ends_on = asked.cleaned_data["ends_on"] if asked and asked.is_valid() else page.today
    ends_on = max(ends_on, page.today)
    start = filled(WithdrawForm(), {"ends_on": ends_on.isoformat()})
    return _show(page, found.pk, ends_on, start)


def _show(
    page: OfficePage, approval_id: int, ends_on: date, form: forms.Form, status: int = 200
) -> HttpResponse:
    found = find_approval(page, approval_id)
    orders = orders_lost(approval=found, ends_on=ends_on)
    here = "office:providers_withdrawal"
    part = page.part(orders, PAGE_SIZE, name="touched", of=here, approval_id=found.pk)
    does = what_withdrawal_does(approval=found, ends_on=ends_on, today=page.today, orders=part)
    facts = {
        "approval": found,
        "does": does,
        "reach": how_far_it_reaches(approval=found, ends_on=ends_on, today=page.today),
        "rows": _touched(does),
        "part": part,
        "ends_on": ends_on,
        "form": form,
    }
    return page.show("office/providers_withdraw.html", facts, status)


def _touched(does: Withdrawal) -> list[Touched]:
    orders = [one.order for one in does.lost]
    prefetch_related_objects(orders, "client__case_manager", "enrolment__municipality")
    return [_row(one) for one in does.lost]


def _row(one: Lost) -> Touched:
    client, order = one.order.client, one.order
    # A hidden address shows no town.
    town = "" if client.non_disclosure else named(order.enrolment.municipality.names, language())
    return Touched(
        order.pk,
        named(order.service.names, language()),
        town,
        client.case_manager.display_name if client.case_manager else "",
        one.stays,
        one.returns,
        tuple(each.row.provider for each in one.others),
    )
