"""What the pages of running a company share: its offers, its people, forms of a day and words."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from valinta.catalogue.models import Offer
from valinta.orders.models import Order
from valinta.orders.states import OPEN, OrderState
from valinta.web.day_fields import DayField
from valinta.web.provider.opening import CompanyPage
from valinta.web.provider.visit_forms import DAYS, NO_DAY
from valinta.web.provider.visit_scope import own_orders

PURPOSE = "own orders"
MOST_WORDS = 400


class ReasonForm(forms.Form):
    """Why, in words that the client reads."""

    reason = forms.CharField(
        max_length=MOST_WORDS,
        error_messages={
            "required": _("Write why; the client reads it."),
            "max_length": _("Use at most 400 signs."),
        },
    )


class EndForm(ReasonForm):
    """From which day on it is over, and why."""

    ends_on = DayField(input_formats=DAYS, error_messages={"required": NO_DAY, "invalid": NO_DAY})


def orders_with_terms(page: CompanyPage) -> QuerySet[Order]:
    """The orders the reader may see, with what tells their last day for an answer."""
    return own_orders(page).select_related(
        "client__organiser",
        "service__programme",
        "provider",
        "organiser",
        "enrolment__programme",
        "unit",
    )


def to_answer(page: CompanyPage) -> QuerySet[Order]:
    """Orders that wait for the company's answer, the oldest first."""
    return orders_with_terms(page).filter(state=OrderState.PLACED).order_by("placed_at", "pk")


def open_orders(page: CompanyPage) -> QuerySet[Order]:
    """Orders that are placed or in use."""
    return orders_with_terms(page).filter(state__in=OPEN)


def own_offers(page: CompanyPage) -> QuerySet[Offer]:
    """What the company offers under an approval in force."""
    rows = Offer.objects.filter(approval__in=[one.pk for one in page.approvals])
    return rows.select_related("service__programme", "approval__programme", "organiser").order_by(
        "approval__programme", "service"
    )
