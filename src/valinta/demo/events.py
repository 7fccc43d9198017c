"""What happens besides visits: a provider changed, a voucher declined, a price mended, an end."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from valinta.budgets.models import Voucher
from valinta.budgets.states import VoucherState
from valinta.catalogue.models import Offer
from valinta.catalogue.queries import prices_on
from valinta.demo.clients import Lived
from valinta.demo.names import SAID
from valinta.demo.people import Staff
from valinta.demo.tray import Tray
from valinta.orders.actions import BudgetSpent
from valinta.orders.models import Order
from valinta.orders.states import OPEN
from valinta.plans.states import Way
from valinta.processes.correct_price import correct_price
from valinta.processes.decline_voucher import decline_voucher
from valinta.processes.leave_programme import leave_programme
from valinta.processes.switch_provider import switch_provider
from valinta.shared.money import Money
from valinta.shared.periods import Period


def let_things_happen(
    lived: Sequence[Lived], staff: Staff, tray: Tray, month: Period, at: datetime
) -> None:
    """One of each: change of provider, price mended backwards, voucher declined, client leaving."""
    _someone_switches(lived[1], tray, at)
    _a_price_was_wrong(lived, staff, month, at)
    _someone_declines(lived, at)
    leaving = lived[-1]
    leave_programme(
        enrolment=leaving.enrolment,
        withdrawn=True,
        reason=_said(leaving, "leaving"),
        planner=leaving.manager.actor,
        by=leaving.person.actor,
        at=at,
    )


def _said(one: Lived, what: str) -> str:
    return SAID[one.client.language][what]


def _someone_switches(one: Lived, tray: Tray, at: datetime) -> None:
    for order in Order.objects.filter(enrolment=one.enrolment, state__in=OPEN).order_by("id"):
        others = [
            offer
            for offer in tray.offers[order.service.code]
            if offer.approval.provider_id != order.provider_id
        ]
        later = order.slices.order_by("valid").last()
        if not others or later is None:
            continue
        # The old order's month is still held, so not every change fits this month's money.
        with suppress(BudgetSpent):
            switch_provider(
                order=order,
                offer=min(others, key=lambda offer: _price(offer, at)),
                quantities={"": later.quantity_hundredths // 4},
                reason=_said(one, "switch"),
                by=one.person.actor,
                at=at,
            )
            return


def _price(offer: Offer, at: datetime) -> int:
    return prices_on(offer, at.date())[0].cents


def _a_price_was_wrong(lived: Sequence[Lived], staff: Staff, month: Period, at: datetime) -> None:
    """A price of last month turns out to have been a tenth too high; the difference is settled."""
    order = Order.objects.filter(enrolment=lived[2].enrolment).order_by("id").first()
    if order is None:
        return
    price = prices_on(order.offer, month.starts_on)[0]
    correct_price(
        offer=order.offer,
        band=price.band,
        amount=Money(price.cents).share(90),
        period=month,
        reason=_said(lived[2], "price"),
        by=staff.office.actor,
        at=at,
    )


def _someone_declines(lived: Sequence[Lived], at: datetime) -> None:
    people = {one.enrolment.pk: one for one in lived[3:-1]}
    voucher = (
        Voucher.objects.filter(enrolment_id__in=people, state=VoucherState.ACCEPTED)
        .order_by("id")
        .first()
    )
    if voucher is None:
        return
    one = people[voucher.enrolment_id]
    ways = voucher.service.ways
    decline_voucher(
        voucher=voucher,
        to=Way.OWN_SERVICE if Way.OWN_SERVICE in ways else Way.PURCHASED,
        reason=_said(one, "decline"),
        by=one.person.actor,
        planner=one.manager.actor,
        at=at,
    )
