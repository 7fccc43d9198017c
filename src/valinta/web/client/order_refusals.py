"""Why something cannot be ordered, kindly and at the field where it is mended."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from valinta.catalogue.queries import NoPrice
from valinta.orders.actions import BudgetSpent
from valinta.processes.order_rules import (
    NoBudgetThen,
    NotEnrolled,
    NothingOrdered,
    NotInPlan,
    ProviderNotApproved,
    ProviderSuspended,
)
from valinta.processes.order_service import NoVisitsThen
from valinta.processes.order_sums import PartPreview
from valinta.processes.voucher_quantity import VoucherUsed
from valinta.programmes.queries import ProgrammeClosed
from valinta.rules.voucher import FreeServiceAboveValueError
from valinta.shared.money import Money, format_euros
from valinta.web.client.order_forms import How, OrderForm
from valinta.web.templatetags.wording import language
from valinta.web.wording import month_in_words

REFUSALS = (
    BudgetSpent,
    FreeServiceAboveValueError,
    NoBudgetThen,
    NoPrice,
    NoVisitsThen,
    NotEnrolled,
    NothingOrdered,
    NotInPlan,
    ProgrammeClosed,
    ProviderNotApproved,
)
_MAIN = {How.WEEK: "weekdays", How.ONCE: "first_on", How.AMOUNT: "quantity"}


def refusal_words(error: Exception) -> str:
    """The sentence for the client. Most special first: a used voucher is also a spent budget."""
    for kind, words in (
        (VoucherUsed, _("The voucher does not reach so far. Choose fewer or shorter visits.")),
        (BudgetSpent, _("The money does not reach. Choose less, or fewer days.")),
        (
            NoBudgetThen,
            _("You have no budget or voucher for all of these days. Choose other days."),
        ),
        (NoPrice, _("The provider has no price for this time. Choose another time or provider.")),
        (NoVisitsThen, _("No visit falls on these days. Choose other days or another time.")),
        (NotEnrolled, _("You are not in the programme now. Talk with your case manager.")),
        (NotInPlan, _("This service is not in your plan. Ask your case manager to add it.")),
        (ProgrammeClosed, _("The programme is not open on all of these days. Choose other days.")),
        (
            FreeServiceAboveValueError,
            _("This provider costs more than your voucher, and you may not pay. Choose another."),
        ),
        (ProviderSuspended, _("This provider takes no new orders just now. Choose another one.")),
        (
            ProviderNotApproved,
            _("The provider may not work on all of these days. Choose other days or a provider."),
        ),
    ):
        if isinstance(error, kind):
            return words
    return _("Tell how much you need: more than zero.")


def refuse(form: OrderForm, error: Exception) -> None:
    """Say at the form why the order cannot be placed."""
    main = _MAIN[form.how]
    field = {
        NoBudgetThen: "last_on" if "last_on" in form.fields else "first_on",
        NoPrice: "starts" if form.clocked else "band",
        ProgrammeClosed: "first_on",
        ProviderNotApproved: "last_on" if "last_on" in form.fields else "first_on",
        FreeServiceAboveValueError: "",
        ProviderSuspended: "",
        NotInPlan: "",
        NotEnrolled: "",
    }.get(type(error), main)
    form.refuse(field, refusal_words(error))


def refuse_short(form: OrderForm, short: Iterable[PartPreview]) -> None:
    """Say in which months the money does not reach, what it would cost and what there is."""
    for part in short:
        form.refuse(
            _MAIN[form.how],
            _("In %(month)s this costs %(cost)s, but only %(free)s is free. Choose less.")
            % {
                "month": month_in_words(part.period.starts_on, language()),
                "cost": format_euros(Money(part.held), language()),
                "free": format_euros(Money(max(part.before, 0)), language()),
            },
        )
