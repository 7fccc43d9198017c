"""What must be so before anything is ordered, and the refusals that say how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from valinta.catalogue.models import Offer
from valinta.clients.models import Enrolment
from valinta.clients.states import EnrolmentState
from valinta.orders.actions import ClientHasDied, OrderWanted
from valinta.plans.states import Way
from valinta.programmes.ranges import as_period
from valinta.shared.periods import Period


class NotEnrolled(ValueError):
    """The client is not in the programme."""


class NotInPlan(ValueError):
    """A budget is spent only on services in the client's plan (HAM-7)."""


class ProviderNotApproved(ValueError):
    """The provider's approval or offer does not cover the days ordered."""


class ProviderSuspended(ProviderNotApproved):
    """The provider gets no new orders now; those that run go on."""


class NoBudgetThen(ValueError):
    """The client has no budget or voucher in force for some of the days."""


class NothingOrdered(ValueError):
    """The quantity is zero."""


def must_be_enrolled(enrolment: Enrolment) -> None:
    """Raise NotEnrolled unless the client is in the programme."""
    if enrolment.state != EnrolmentState.ENROLLED:
        raise NotEnrolled("The client is not in the programme now, so nothing can be ordered.")


def must_be_something(quantities: Mapping[str, int]) -> None:
    """Raise NothingOrdered unless some band has a quantity, and none has less than nothing."""
    if sum(quantities.values()) <= 0 or min(quantities.values()) < 0:
        raise NothingOrdered("Say how much is ordered: more than zero.")


def covering_refusal(offer: Offer, period: Period, on: date) -> ProviderNotApproved | None:
    """Why the offer cannot be ordered on the day `on` for the days; None: it can.

    The provider is not suspended, and approval and offer cover the days.
    """
    suspended_on = offer.approval.suspended_on
    if suspended_on is not None and suspended_on <= on:
        return ProviderSuspended(
            "The provider takes no new orders just now. Choose another provider."
        )
    for what, valid in (("approval", offer.approval.valid), ("offer", offer.valid)):
        if not as_period(valid).covers(period):
            return ProviderNotApproved(
                f"The provider's {what} does not cover {period}. Choose days within it or"
                " another provider."
            )
    return None


def barred_now(wanted: OrderWanted) -> ValueError:
    """Why an order is barred that was not when it was looked at: everything is read anew."""
    enrolment = Enrolment.objects.select_related("client").get(pk=wanted.enrolment.pk)
    if enrolment.client.died_on is not None:
        return ClientHasDied("The client has died, so nothing is ordered.")
    try:
        must_be_enrolled(enrolment)
    except NotEnrolled as refused:
        return refused
    offer = Offer.objects.select_related("approval").get(pk=wanted.offer.pk)
    return covering_refusal(offer, wanted.period, wanted.at.date()) or ProviderNotApproved(
        "The provider's approval has just changed. Look at the providers anew."
    )


def paying_way(way: str | None) -> Way:
    """The plan's way, when money of the client pays it. Raises NotInPlan."""
    if way not in (Way.BUDGET, Way.VOUCHER):
        raise NotInPlan(
            "This service is not bought with a budget or voucher in the plan in force."
            " Ask the case manager to add it to the plan."
        )
    return Way(way)


def no_budget(period: Period) -> NoBudgetThen:
    """The refusal for days that no budget in force covers."""
    return NoBudgetThen(
        f"There is no budget in force for {period}. Order days within one budget month."
    )


def no_voucher(period: Period) -> NoBudgetThen:
    """The refusal for days that no accepted voucher covers."""
    return NoBudgetThen(f"There is no accepted voucher for this service on {period}.")
