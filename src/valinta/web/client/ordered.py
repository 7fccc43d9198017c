"""The client's services: what is ordered for the month, from whom, and how much of it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import BigIntegerField, Max, Q, Sum
from django.db.models.functions import Coalesce

from valinta.catalogue.bands import bands_of
from valinta.orders.calendar import PlannedVisit, WeeklyVisit, from_json, next_visit
from valinta.orders.models import Order, OrderKind, Slice
from valinta.orders.states import OPEN, OrderState
from valinta.rules.bands import BandRules
from valinta.shared.periods import Period
from valinta.visits.states import VisitState


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One order as the client sees it this month. Cents; quantities in hundredths of `unit`."""

    order_id: int
    service: dict[str, str]
    unit: str
    provider: str
    week: tuple[WeeklyVisit, ...]
    next: PlannedVisit | None
    one_off_on: date | None
    last_on: date | None
    visited_on: date | None
    cents: int
    ordered: int
    done: int
    is_mandatory: bool
    is_voucher: bool
    waits_for_provider: bool
    has_ended: bool


def service_lines(client_id: int, on: date) -> list[ServiceLine]:
    """The client's orders of the month, and open ones that begin later; the dearest first.

    An order has a slice for each budget month; the earliest that is not past is shown.
    """
    month = Period.month(on.year, on.month)
    reported = ~Q(visit__state=VisitState.REJECTED)
    rows = (
        Slice.objects.filter(order__client_id=client_id, valid__overlap=(month.starts_on, None))
        .filter(Q(order__state__in=OPEN) | Q(valid__startswith__lt=month.ends_on))
        .exclude(order__state=OrderState.DECLINED)
        .annotate(
            done=Coalesce(
                Sum("visit__quantity_hundredths", filter=reported),
                0,
                output_field=BigIntegerField(),
            ),
            visited_on=Max("visit__served_on", filter=reported),
        )
        .select_related("order__service", "order__provider", "pot")
        .prefetch_related("order__cancellations")
        .order_by("valid")
    )
    first = {row.order_id: row for row in reversed(rows)}
    orders = [row.order for row in first.values() if row.order.pattern]
    bands = bands_of({order.offer_id: order.service for order in orders})
    morning = datetime.combine(on, time.min)
    lines = [
        _line(row, row.done, row.visited_on, coming_visit(row.order, bands, morning))
        for row in first.values()
    ]
    return sorted(lines, key=lambda line: -line.cents)


def coming_visit(
    order: Order, bands: Mapping[int, BandRules], after: datetime
) -> PlannedVisit | None:
    """The next visit of an open order's week after a local moment, days called off left out.

    `bands` are of the offers ordered for a week, by id.
    """
    week = from_json(order.pattern)
    if not week or order.state not in OPEN:
        return None
    return next_visit(
        week,
        Period(order.valid.lower, order.valid.upper),
        order.service.unit,
        bands[order.offer_id],
        after=after,
        without=frozenset(one.served_on for one in order.cancellations.all()),
    )


def _line(
    row: Slice, done: int, visited_on: date | None, following: PlannedVisit | None
) -> ServiceLine:
    order = row.order
    one_off = order.kind == OrderKind.ONE_OFF
    return ServiceLine(
        order_id=order.pk,
        week=from_json(order.pattern),
        next=following,
        service=order.service.names,
        unit=order.service.unit,
        provider=order.provider.name,
        one_off_on=order.valid.lower if one_off else None,
        last_on=order.valid.upper - timedelta(days=1) if order.valid.upper else None,
        visited_on=visited_on,
        cents=row.reserved_cents,
        ordered=row.quantity_hundredths,
        done=done,
        is_mandatory=row.pot is not None and row.pot.service_id is not None,
        is_voucher=row.voucher_id is not None,
        waits_for_provider=order.state == OrderState.PLACED,
        has_ended=order.state == OrderState.ENDED,
    )
