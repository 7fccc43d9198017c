"""Whom a change of the pack touches, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import ngettext_lazy

from valinta.processes.pack_effects import Touch, What

TOUCHES: dict[What, Any] = {
    What.CLIENTS_GO_ON: ngettext_lazy(
        "%(n)s client may go on for the new days.", "%(n)s clients may go on for the new days.", "n"
    ),
    What.CLIENTS_END: ngettext_lazy(
        "%(n)s client loses days: plan with them how the services go on.",
        "%(n)s clients lose days: plan with them how the services go on.",
        "n",
    ),
    What.BUDGETS_END: ngettext_lazy(
        "%(n)s budget reaches over the end.", "%(n)s budgets reach over the end.", "n"
    ),
    What.VOUCHERS_END: ngettext_lazy(
        "%(n)s voucher reaches over the end.", "%(n)s vouchers reach over the end.", "n"
    ),
    What.ORDERS_END: ngettext_lazy(
        "%(n)s order reaches over the end: later visits are not paid.",
        "%(n)s orders reach over the end: later visits are not paid.",
        "n",
    ),
    What.CLIENTS_MAY_JOIN: ngettext_lazy(
        "%(n)s person known here and not in the programme may join.",
        "%(n)s people known here and not in the programme may join.",
        "n",
    ),
    What.CLIENTS_OF_GROUP: ngettext_lazy(
        "%(n)s client is in the programme by this group.",
        "%(n)s clients are in the programme by this group.",
        "n",
    ),
    What.PLACES_TAKEN: ngettext_lazy("%(n)s place is taken.", "%(n)s places are taken.", "n"),
    What.OVER_QUOTA: ngettext_lazy(
        "%(n)s client more than places: nobody loses a place, but nobody new gets one.",
        "%(n)s clients more than places: nobody loses a place, but nobody new gets one.",
        "n",
    ),
    What.GET_A_PLACE: ngettext_lazy(
        "%(n)s person in the queue gets a place.", "%(n)s people in the queue get a place.", "n"
    ),
    What.APPROVALS_TO_ACCEPT: ngettext_lazy(
        "%(n)s approved provider has to accept the new version.",
        "%(n)s approved providers have to accept the new version.",
        "n",
    ),
    What.BUDGETS_FUNDED: ngettext_lazy(
        "The costs of %(n)s budget are split anew from that day.",
        "The costs of %(n)s budgets are split anew from that day.",
        "n",
    ),
    What.BUDGETS_KEEP_SUM: ngettext_lazy(
        "%(n)s budget keeps its sum until the client's next assessment.",
        "%(n)s budgets keep their sums until the clients' next assessments.",
        "n",
    ),
    What.ASSESSMENTS_OPEN: ngettext_lazy(
        "%(n)s assessment is open: its sum is computed by the rule of the day it is ready.",
        "%(n)s assessments are open: their sums are computed by the rule of the day they are"
        " ready.",
        "n",
    ),
    What.OFFERS_ABOVE: ngettext_lazy(
        "%(n)s offer has a price above the ceiling.",
        "%(n)s offers have a price above the ceiling.",
        "n",
    ),
    What.ORDERS_ABOVE: ngettext_lazy(
        "%(n)s open order is on such an offer.", "%(n)s open orders are on such offers.", "n"
    ),
    What.OFFERS_OF_SERVICE: ngettext_lazy(
        "%(n)s offer is for this service.", "%(n)s offers are for this service.", "n"
    ),
    What.ORDERS_OF_SERVICE: ngettext_lazy(
        "%(n)s order of this service is open.", "%(n)s orders of this service are open.", "n"
    ),
    What.VOUCHERS_KEEP_VALUE: ngettext_lazy(
        "%(n)s voucher keeps the value that was decided; new ones get the new value.",
        "%(n)s vouchers keep the value that was decided; new ones get the new value.",
        "n",
    ),
}


def touched(touch: Touch) -> str:
    """How many of what a change touches, and what becomes of them."""
    return str(TOUCHES[touch.what] % {"n": touch.number})
