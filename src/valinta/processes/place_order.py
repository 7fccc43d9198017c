"""Place an order: all is open and approved, the service is in the plan, the money is held."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime

from django.db import transaction

from valinta.budgets.models import Pot, Voucher
from valinta.budgets.states import BudgetState, VoucherState
from valinta.catalogue.models import Offer
from valinta.catalogue.queries import price_on
from valinta.clients.models import Enrolment
from valinta.clients.states import EnrolmentState
from valinta.ledger.models import Account
from valinta.orders.actions import BudgetSpent, SliceWanted, must_order_for, place
from valinta.orders.models import Order, OrderKind
from valinta.plans.models import PlanLine
from valinta.plans.states import PlanState, Way
from valinta.processes.voucher_quantity import must_fit_vouchers
from valinta.programmes.queries import must_be_open
from valinta.programmes.ranges import as_period
from valinta.rules.voucher import split_quantity
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.actor import Actor

_TRIES = 50


class NotEnrolled(ValueError):
    """The client is not in the programme."""


class NotInPlan(ValueError):
    """A budget is spent only on services in the client's plan (HAM-7)."""


class ProviderNotApproved(ValueError):
    """The provider's approval or offer does not cover the days ordered."""


class NoBudgetThen(ValueError):
    """The client has no budget or voucher in force for some of the days."""


class NothingOrdered(ValueError):
    """The quantity is zero."""


@transaction.atomic
def place_order(
    *,
    enrolment: Enrolment,
    offer: Offer,
    kind: OrderKind,
    period: Period,
    quantities: Mapping[str, int],
    by: Actor,
    at: datetime,
) -> Order:
    """Order a service and hold its money.

    `quantities` are hundredths of the unit by time band ("" is the tray's first band): for a
    period order in each calendar month, for a one-off order in all. Raises ProgrammeClosed,
    NotEnrolled, NotInPlan, ProviderNotApproved, NoBudgetThen, NoPrice or BudgetSpent.
    """
    must_order_for(enrolment.client, by, at)
    if sum(quantities.values()) <= 0 or min(quantities.values()) < 0:
        raise NothingOrdered("Say how much is ordered: more than zero.")
    if enrolment.state != EnrolmentState.ENROLLED:
        raise NotEnrolled("The client is not in the programme now, so nothing can be ordered.")
    must_be_open(enrolment.programme, at.date(), period.starts_on, period.last_on)
    _must_be_approved(offer, period)
    way = _way(enrolment, offer)
    parts = period.months() if kind is OrderKind.PERIOD else [period]

    def once() -> Order:
        slices = [_slice(enrolment, offer, way, part, quantities) for part in parts]
        must_fit_vouchers(slices)
        return place(
            enrolment=enrolment,
            offer=offer,
            kind=kind,
            period=period,
            slices=slices,
            by=by,
            at=at,
        )

    return _never_stopped(once) if offer.service.is_right and way is Way.BUDGET else once()


def _never_stopped(once: Callable[[], Order]) -> Order:
    """Order a subjective right: when another order empties the pot meanwhile, look again."""
    for _ in range(_TRIES - 1):
        with suppress(BudgetSpent):
            return once()
    return once()


def _must_be_approved(offer: Offer, period: Period) -> None:
    for what, valid in (("approval", offer.approval.valid), ("offer", offer.valid)):
        if not as_period(valid).covers(period):
            raise ProviderNotApproved(
                f"The provider's {what} does not cover {period}. Choose days within it or"
                " another provider."
            )


def _way(enrolment: Enrolment, offer: Offer) -> Way:
    line = PlanLine.objects.filter(
        plan__enrolment=enrolment, plan__state=PlanState.IN_FORCE, service_id=offer.service_id
    ).first()
    if line is None or line.way not in (Way.BUDGET, Way.VOUCHER):
        raise NotInPlan(
            "This service is not bought with a budget or voucher in the plan in force."
            " Ask the case manager to add it to the plan."
        )
    return Way(line.way)


def _slice(
    enrolment: Enrolment, offer: Offer, way: Way, part: Period, quantities: Mapping[str, int]
) -> SliceWanted:
    quantity = sum(quantities.values())
    if way is Way.VOUCHER:
        voucher = _voucher(enrolment, offer, part)
        cost = _voucher_cost(voucher, offer, part, quantities)
        return SliceWanted(part, quantity, cost, voucher=voucher)
    pot = _pot(enrolment, offer, part)
    cost = Money.total(
        Money(price_on(offer, band, part.starts_on).cents).times(hundredths)
        for band, hundredths in quantities.items()
    )
    if offer.service.is_right:
        # A subjective right is never stopped by an empty pot: what there is is held, and visits
        # past it are paid by the organiser's funding and flagged.
        left = Account.objects.get(pk=pot.account_id).balance_cents
        cost = min(cost, Money(left), key=lambda money: money.cents)
    return SliceWanted(part, quantity, cost, pot=pot)


def _pot(enrolment: Enrolment, offer: Offer, part: Period) -> Pot:
    pots = Pot.objects.filter(
        budget__enrolment=enrolment,
        budget__state=BudgetState.IN_FORCE,
        valid__contains=(part.starts_on, part.ends_on),
    )
    pot = pots.filter(service_id=offer.service_id).first() or pots.filter(service=None).first()
    if pot is None:
        raise NoBudgetThen(
            f"There is no budget in force for {part}. Order days within one budget month."
        )
    return pot


def _voucher(enrolment: Enrolment, offer: Offer, part: Period) -> Voucher:
    voucher = Voucher.objects.filter(
        enrolment=enrolment,
        service_id=offer.service_id,
        state=VoucherState.ACCEPTED,
        valid__contains=(part.starts_on, part.ends_on),
    ).first()
    if voucher is None:
        raise NoBudgetThen(f"There is no accepted voucher for this service on {part}.")
    return voucher


def _voucher_cost(
    voucher: Voucher, offer: Offer, part: Period, quantities: Mapping[str, int]
) -> Money:
    """What the organiser pays of the order: the lower of price and value, unit by unit."""
    values = dict(voucher.units.values_list("band__code", "cents"))
    total = Money(0)
    for band, hundredths in quantities.items():
        price = price_on(offer, band, part.starts_on)
        split = split_quantity(
            price.cents, values.get(price.band, 0), hundredths, offer.service.is_free_by_law
        )
        total += Money(split.payable_cents)
    return total


__all__ = ["BudgetSpent", "place_order"]
