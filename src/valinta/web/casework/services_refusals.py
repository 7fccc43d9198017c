"""Why an order cannot be placed, in the worker's words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from valinta.catalogue.queries import NoPrice
from valinta.orders.actions import BudgetSpent, ClientHasDied
from valinta.processes.move_clients import OverAlready
from valinta.processes.order_service import NoVisitsThen
from valinta.processes.place_order import (
    NoBudgetThen,
    NotEnrolled,
    NothingOrdered,
    NotInPlan,
    ProviderNotApproved,
)
from valinta.programmes.queries import ProgrammeClosed
from valinta.rules.voucher import FreeServiceAboveValueError
from valinta.web.templatetags.wording import day

_WORDS: dict[type[Exception], str | Promise] = {
    BudgetSpent: _("The money does not reach. Order less, or choose another provider or time."),
    ClientHasDied: _("The client has died, so nothing is ordered."),
    FreeServiceAboveValueError: _(
        "The service is free by law, and the voucher does not reach the price. Choose another"
        " provider."
    ),
    NoBudgetThen: _("There is no money in force for these days. Look at the decision."),
    NoPrice: _(
        "The provider has no price for these times. Choose other times or another provider."
    ),
    NotEnrolled: _("The client has no place in the programme now, so nothing is ordered."),
    NothingOrdered: _("Order more than zero."),
    NotInPlan: _("The plan in force does not buy this service. Write a new version of the plan."),
    NoVisitsThen: _("No visit falls on these days. Choose other days of the week."),
    OverAlready: _("The days of the order have gone by. Order anew for the days to come."),
    ProviderNotApproved: _(
        "The provider's approval does not reach so far, or it gets no new orders. Choose other"
        " days or another provider."
    ),
}
REFUSALS: tuple[type[Exception], ...] = (*_WORDS, ProgrammeClosed)


def refusal_words(error: Exception) -> str:
    """What stands in the way, and how it is mended."""
    if isinstance(error, ProgrammeClosed):
        return closed_words(error)
    return next((str(words) for kind, words in _WORDS.items() if isinstance(error, kind)), "")


def closed_words(error: ProgrammeClosed) -> str:
    """On which day the programme is not open, and what to do (KAI-1)."""
    text = gettext(
        "The programme is not open on %(day)s, so nothing is granted, ordered or paid for it."
    )
    return text % {"day": day(error.on)}
