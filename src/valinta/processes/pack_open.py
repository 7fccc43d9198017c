"""What is open in a programme and goes on, counted by what a new pack can be about.

Each kind is read at most once, so that a pack with many changes asks no more than one with few.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.db.models import Count, QuerySet

from valinta.budgets.models import Budget, Voucher
from valinta.budgets.states import BudgetState, VoucherState
from valinta.catalogue.models import Offer, Price
from valinta.clients.models import Client, Enrolment
from valinta.clients.states import EnrolmentState
from valinta.needs.models import Assessment
from valinta.needs.states import AssessmentState
from valinta.orders.models import Order
from valinta.orders.states import OrderState
from valinta.programmes.models import Programme
from valinta.programmes.ranges import as_period
from valinta.providers.models import Approval
from valinta.shared.periods import Period

OPEN_PLACE = (EnrolmentState.INTERESTED, EnrolmentState.QUEUED, EnrolmentState.ENROLLED)
OPEN_ORDER = (OrderState.PLACED, OrderState.ACCEPTED)
OPEN_VOUCHER = (VoucherState.OFFERED, VoucherState.ACCEPTED)


class Places(NamedTuple):
    """How many places of a town and a group are in a state. Codes."""

    town: str
    group: str
    state: str
    number: int


@dataclass(frozen=True, slots=True)
class Running:
    """How many budgets, vouchers or orders there are of a town and days, of places in a state.

    `service` is empty for budgets.
    """

    town: str
    state: str
    service: str
    period: Period
    number: int


@dataclass(frozen=True, slots=True)
class Approved:
    """How many approvals are on a version of the rulebook for the same days."""

    rulebook_id: int
    version: str
    period: Period
    number: int


@dataclass(frozen=True, slots=True)
class KnownPrice:
    """A price of an offer, in cents, with its days."""

    offer_id: int
    service: str
    band: str
    cents: int
    period: Period


def number_on(rows: Iterable[Running | Approved], parts: list[Period]) -> int:
    """How many of them are valid on some day of the parts."""
    return sum(one.number for one in rows if any(part.overlaps(one.period) for part in parts))


class OpenNow:
    """The programme's open places, money, orders, offers and approvals."""

    def __init__(self, programme: Programme, today: date) -> None:
        self._programme, self._today = programme, today

    @cached_property
    def places(self) -> list[Places]:
        """All places."""
        rows = Enrolment.objects.filter(programme=self._programme).order_by()
        named = rows.values_list("municipality__code", "target_group__code", "state")
        return [Places(*row) for row in named.annotate(number=Count("pk"))]

    @cached_property
    def joinable(self) -> Counter[str]:
        """By municipality, clients of the organiser without an open place."""
        inside = Enrolment.objects.filter(programme=self._programme, state__in=OPEN_PLACE)
        rows = Client.objects.filter(organiser_id=self._programme.organiser_id)
        rows = rows.exclude(pk__in=inside.values("client_id")).order_by()
        return Counter(dict(rows.values_list("municipality_code").annotate(number=Count("pk"))))

    @cached_property
    def budgets(self) -> list[Running]:
        """Budgets in force."""
        return self._running(Budget.objects.filter(state=BudgetState.IN_FORCE), False)

    @cached_property
    def vouchers(self) -> list[Running]:
        """Vouchers that are offered or accepted."""
        return self._running(Voucher.objects.filter(state__in=OPEN_VOUCHER), True)

    @cached_property
    def orders(self) -> list[Running]:
        """Open orders."""
        return self._running(Order.objects.filter(state__in=OPEN_ORDER), True)

    def _running(
        self, rows: QuerySet[Budget] | QuerySet[Voucher] | QuerySet[Order], of_service: bool
    ) -> list[Running]:
        columns = ["enrolment__municipality__code", "enrolment__state", "valid"]
        columns += ["service__code"] if of_service else []
        own = rows.filter(enrolment__programme=self._programme).order_by()
        return [
            Running(town, state, service[0] if service else "", as_period(valid), number)
            for town, state, valid, *service, number in own.values_list(*columns).annotate(
                number=Count("pk")
            )
        ]

    @cached_property
    def offers(self) -> Counter[str]:
        """By service, offers of today and later."""
        rows = Offer.objects.filter(
            service__programme=self._programme, valid__overlap=(self._today, None)
        ).order_by()
        return Counter(dict(rows.values_list("service__code").annotate(number=Count("pk"))))

    @cached_property
    def approvals(self) -> list[Approved]:
        """All approvals of providers."""
        rows = Approval.objects.filter(programme=self._programme).order_by()
        named = rows.values_list("rulebook_id", "rulebook__version", "valid")
        return [
            Approved(rulebook, version, as_period(valid), number)
            for rulebook, version, valid, number in named.annotate(number=Count("pk"))
        ]

    @cached_property
    def assessments(self) -> int:
        """Assessments that are under way."""
        return Assessment.objects.filter(
            enrolment__programme=self._programme, state=AssessmentState.STARTED
        ).count()

    @cached_property
    def prices(self) -> list[KnownPrice]:
        """Offers' prices of today and later."""
        known = Price.objects.filter(
            offer__service__programme=self._programme, superseded_at__isnull=True
        ).filter(valid__overlap=(self._today, None))
        columns = ("offer_id", "offer__service__code", "band__code", "cents", "valid")
        return [
            KnownPrice(offer, service, band, cents, as_period(valid))
            for offer, service, band, cents, valid in known.values_list(*columns)
        ]

    @cached_property
    def orders_of_offers(self) -> Counter[int]:
        """By offer, open orders of today and later."""
        going = Order.objects.filter(
            service__programme=self._programme, state__in=OPEN_ORDER
        ).filter(valid__overlap=(self._today, None))
        rows = going.order_by().values_list("offer_id").annotate(number=Count("pk"))
        return Counter(dict(rows))
