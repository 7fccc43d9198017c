"""What a client sees on the home page: the budget, vouchers, services and visits to confirm.

The number of queries does not depend on how many rows there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import BigIntegerField, F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from valinta.budgets.models import Voucher, VoucherUnit
from valinta.budgets.states import VoucherState
from valinta.clients.models import Client
from valinta.visits.models import Visit
from valinta.visits.states import VisitState
from valinta.web.client.ordered import ServiceLine, service_lines
from valinta.web.client.outlook import Outlook, outlook
from valinta.web.picture import BudgetPicture, Segment, budget_picture, segments

__all__ = ["BudgetPicture", "HomePicture", "VisitToConfirm", "VoucherPicture", "home_picture"]


@dataclass(frozen=True, slots=True)
class UnitValue:
    """What a voucher pays for one unit in a time band, in cents."""

    band: dict[str, str]
    cents: int


@dataclass(frozen=True, slots=True)
class VoucherPicture:
    """A voucher, in cents. `self_pay` is what the client has paid providers beside it so far."""

    id: int
    service: dict[str, str]
    unit: str
    offered: bool
    last_on: date | None
    granted: int
    paid: int
    booked: int
    free: int
    self_pay: int
    values: tuple[UnitValue, ...]

    @property
    def segments(self) -> list[Segment]:
        """The parts of the voucher that have money, in the order they are shown."""
        return segments((("paid", self.paid), ("booked", self.booked), ("free", self.free)))


@dataclass(frozen=True, slots=True)
class VisitToConfirm:
    """A visit that a provider has reported and the client has not yet answered. Sums in cents."""

    id: int
    provider: str
    service: dict[str, str]
    served_on: date
    started_at: datetime | None
    ended_at: datetime | None
    payable: int
    self_pay: int


@dataclass(frozen=True, slots=True)
class HomePicture:
    """The whole home page of one client."""

    budget: BudgetPicture | None
    vouchers: list[VoucherPicture]
    services: list[ServiceLine]
    to_confirm: list[VisitToConfirm]
    outlook: Outlook

    @property
    def is_empty(self) -> bool:
        """Whether the client has neither a budget nor a voucher."""
        return self.budget is None and not self.vouchers

    @property
    def more_to_confirm(self) -> int:
        """How many visits wait after the one that is shown."""
        return max(0, len(self.to_confirm) - 1)


def home_picture(client: Client, on: date) -> HomePicture:
    """Read the home page's facts for a day, in eight queries."""
    return HomePicture(
        budget=budget_picture(client.pk, on),
        vouchers=voucher_pictures(client.pk, on),
        services=service_lines(client.pk, on),
        to_confirm=visits_to_confirm(client.pk),
        outlook=outlook(client.pk, on),
    )


def voucher_pictures(client_id: int, on: date) -> list[VoucherPicture]:
    """The client's vouchers, offered or in use, that cover the day."""
    paid_beside = (
        Visit.objects.filter(slice__voucher=OuterRef("pk"))
        .exclude(state=VisitState.REJECTED)
        .values("slice__voucher")
        .annotate(total=Sum("self_pay_cents"))
        .values("total")
    )
    vouchers = list(
        Voucher.objects.filter(
            enrolment__client_id=client_id,
            state__in=[VoucherState.OFFERED, VoucherState.ACCEPTED],
            valid__contains=on,
        )
        .annotate(
            left=F("account__credits") - F("account__debits"),
            held=Coalesce(
                Sum(F("slices__hold__credits") - F("slices__hold__debits")),
                0,
                output_field=BigIntegerField(),
            ),
            beside=Coalesce(Subquery(paid_beside), 0, output_field=BigIntegerField()),
        )
        .select_related("service")
        .order_by("pk")
    )
    values: dict[int, list[UnitValue]] = {}
    units = VoucherUnit.objects.filter(voucher__in=[one.pk for one in vouchers])
    for voucher_id, band, cents in units.order_by("cents").values_list(
        "voucher_id", "band__names", "cents"
    ):
        values.setdefault(voucher_id, []).append(UnitValue(band, cents))
    return [
        VoucherPicture(
            id=one.pk,
            service=one.service.names,
            unit=one.service.unit,
            offered=one.state == VoucherState.OFFERED,
            last_on=one.valid.upper - timedelta(days=1) if one.valid.upper else None,
            granted=one.granted_cents,
            paid=one.granted_cents - one.left - one.held,
            booked=one.held,
            free=one.left,
            self_pay=one.beside,
            values=tuple(values.get(one.pk, ())),
        )
        for one in vouchers
    ]


def visits_to_confirm(client_id: int) -> list[VisitToConfirm]:
    """Reported visits that wait for the client's yes or no, the oldest first."""
    rows = (
        Visit.objects.filter(client_id=client_id, state=VisitState.ACCEPTED)
        .select_related("provider", "order__service")
        .order_by("served_on", "started_at", "pk")
    )
    return [
        VisitToConfirm(
            id=row.pk,
            provider=row.provider.name,
            service=row.order.service.names,
            served_on=row.served_on,
            started_at=row.started_at,
            ended_at=row.ended_at,
            payable=row.payable_cents,
            self_pay=row.self_pay_cents,
        )
        for row in rows
    ]
