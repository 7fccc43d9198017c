"""The demo's line that a company sent from a phone too early, and has to mend."""

from __future__ import annotations

from datetime import datetime, timedelta

from valinta.demo.tray import Tray
from valinta.orders.models import Order
from valinta.orders.states import OrderState
from valinta.processes.report_visit import Entry, report_visit


def let_a_line_be_refused(tray: Tray, at: datetime) -> None:
    """The first company reports tomorrow's visit, which is refused until it has taken place."""
    provider_id = min(tray.workers)
    tomorrow = (at + timedelta(days=1)).date()
    orders = Order.objects.filter(
        provider_id=provider_id, state=OrderState.ACCEPTED, valid__contains=tomorrow
    )
    order = orders.select_related("service__programme", "provider").order_by("pk").first()
    if order is None:
        return
    entry = Entry("K-1", tomorrow)
    report_visit(order=order, entry=entry, by=tray.workers[provider_id].actor, at=at, door="phone")
