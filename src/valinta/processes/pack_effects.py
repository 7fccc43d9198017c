"""Whom a new pack touches: how many clients, budgets, orders, vouchers, offers and approvals.

Reads only. Numbers are of what is open now and goes on on the days that a change is about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Q

from valinta.budgets.models import Budget, Voucher
from valinta.budgets.states import BudgetState, VoucherState
from valinta.catalogue.models import Offer, Price
from valinta.clients.models import Client, Enrolment
from valinta.clients.states import EnrolmentState
from valinta.needs.models import Assessment
from valinta.needs.states import AssessmentState
from valinta.orders.models import Order
from valinta.orders.states import OrderState
from valinta.processes.pack_changes import Change
from valinta.programmes import rows
from valinta.programmes.models import Programme
from valinta.programmes.rows import Row, Table
from valinta.providers.models import Approval
from valinta.shared.periods import Period

OPEN_PLACE = (EnrolmentState.INTERESTED, EnrolmentState.QUEUED, EnrolmentState.ENROLLED)
OPEN_ORDER = (OrderState.PLACED, OrderState.ACCEPTED)
OPEN_VOUCHER = (VoucherState.OFFERED, VoucherState.ACCEPTED)
Found = Iterable[tuple["What", int]]


class What(StrEnum):
    """What is touched, and how."""

    CLIENTS_GO_ON = "clients_go_on"
    CLIENTS_END = "clients_end"
    BUDGETS_END = "budgets_end"
    VOUCHERS_END = "vouchers_end"
    ORDERS_END = "orders_end"
    CLIENTS_MAY_JOIN = "clients_may_join"
    CLIENTS_OF_GROUP = "clients_of_group"
    PLACES_TAKEN = "places_taken"
    OVER_QUOTA = "over_quota"
    GET_A_PLACE = "get_a_place"
    APPROVALS_TO_ACCEPT = "approvals_to_accept"
    BUDGETS_FUNDED = "budgets_funded"
    BUDGETS_KEEP_SUM = "budgets_keep_sum"
    ASSESSMENTS_OPEN = "assessments_open"
    OFFERS_ABOVE = "offers_above"
    ORDERS_ABOVE = "orders_above"
    OFFERS_OF_SERVICE = "offers_of_service"
    ORDERS_OF_SERVICE = "orders_of_service"
    VOUCHERS_KEEP_VALUE = "vouchers_keep_value"


@dataclass(frozen=True, slots=True)
class Touch:
    """How many of what a change touches; none is told too."""

    what: What
    number: int


class Effects:
    """Whom the changes of a programme touch, from a day on."""

    def __init__(self, programme: Programme, today: date, wanted: Iterable[Row]) -> None:
        self._programme, self._today = programme, today
        self._wanted = [row for row in wanted if row.table is rows.PHASES and row.period]
        self._prices: list[tuple[int, str, str, int, Period]] | None = None
        self._orders: Counter[int] | None = None
        self._of: dict[Table, Callable[[Change], Found]] = {
            rows.PHASES: self._phase,
            rows.MUNICIPALITIES: self._municipality,
            rows.GROUPS: self._group,
            rows.QUOTAS: self._quota,
            rows.RULEBOOKS: self._rulebook,
            rows.FUNDING: self._funding,
            rows.ALLOCATION: self._allocation,
            rows.PRICES: self._price,
            rows.VOUCHER_VALUES: self._voucher_value,
            rows.SERVICES: self._service,
        }

    def of(self, change: Change) -> list[Touch]:
        """Whom one change touches; nobody where only words differ."""
        find = self._of.get(change.table)
        if find is None or change.is_words:
            return []
        return [Touch(what, number) for what, number in find(change)]

    def _phase(self, change: Change) -> Found:
        lost = change.lost(self._today)
        for row in self._wanted:
            lost = [left for part in lost for left in _less(part, row.period)]
        places = self._places(state=EnrolmentState.ENROLLED)
        if lost:
            yield What.CLIENTS_END, places.count()
            yield from self._ending(places, lost)
        if change.gained(self._today):
            yield What.CLIENTS_GO_ON, places.count()

    def _municipality(self, change: Change) -> Found:
        code = str(change.row.key["code"])
        lost = change.lost(self._today)
        if lost:
            places = self._places(municipality__code=code, state__in=OPEN_PLACE)
            yield What.CLIENTS_END, places.count()
            yield from self._ending(places, lost)
        if change.gained(self._today):
            known = Client.objects.filter(
                organiser_id=self._programme.organiser_id, municipality_code=code
            )
            inside = self._places(state__in=OPEN_PLACE).values("client_id")
            yield What.CLIENTS_MAY_JOIN, known.exclude(pk__in=inside).count()

    def _group(self, change: Change) -> Found:
        places = self._places(target_group__code=change.row.key["code"], state__in=OPEN_PLACE)
        if change.now is not None:
            left = change.now.words["municipality_codes"]
            places = places.exclude(municipality__code__in=left) if left else places.none()
        if change.was is not None:
            yield What.CLIENTS_OF_GROUP, places.count()

    def _quota(self, change: Change) -> Found:
        key = change.row.key
        where: dict[str, Any] = {"municipality__code": key["municipality_code"]}
        if key["target_group_code"]:
            where["target_group__code"] = key["target_group_code"]
        taken = self._places(**where, state=EnrolmentState.ENROLLED).count()
        waiting = self._places(**where, state=EnrolmentState.QUEUED).count()
        yield What.PLACES_TAKEN, taken
        if change.now is None:
            yield What.GET_A_PLACE, waiting
            return
        places = int(change.now.value["places"])
        if taken > places:
            yield What.OVER_QUOTA, taken - places
        else:
            yield What.GET_A_PLACE, min(waiting, places - taken)

    def _rulebook(self, change: Change) -> Found:
        held = change.held(self._today)
        if change.now is None or not held or self._says_the_same(change):
            return
        approved = Approval.objects.filter(programme=self._programme).filter(_on_any(held))
        if change.row_id is not None and change.was is not None:
            approved = approved.exclude(
                rulebook_id=change.row_id, rulebook__version=change.now.value["version"]
            )
        yield What.APPROVALS_TO_ACCEPT, approved.distinct().count()

    def _funding(self, change: Change) -> Found:
        yield What.BUDGETS_FUNDED, self._budgets(change).count()

    def _allocation(self, change: Change) -> Found:
        yield What.BUDGETS_KEEP_SUM, self._budgets(change).count()
        started = Assessment.objects.filter(
            enrolment__programme=self._programme, state=AssessmentState.STARTED
        )
        yield What.ASSESSMENTS_OPEN, started.count()

    def _price(self, change: Change) -> Found:
        key, now = change.row.key, change.now
        if key["kind"] != "ceiling" or now is None:
            return
        if self._says_the_same(change) and not change.gained(self._today):
            return
        held = change.held(self._today)
        above = {
            offer
            for offer, service, band, cents, period in self._known_prices()
            if (service, band) == (key["service"], key["band"])
            and cents > now.value["cents"]
            and any(part.overlaps(period) for part in held)
        }
        yield What.OFFERS_ABOVE, len(above)
        yield What.ORDERS_ABOVE, sum(self._open_orders()[one] for one in above)

    def _voucher_value(self, change: Change) -> Found:
        vouchers = Voucher.objects.filter(
            enrolment__programme=self._programme,
            service__code=change.row.key["service"],
            state__in=OPEN_VOUCHER,
        ).filter(_on_any(self._days(change)))
        yield What.VOUCHERS_KEEP_VALUE, vouchers.count()

    def _service(self, change: Change) -> Found:
        if change.now is not None:
            return
        code = change.row.key["code"]
        offers = Offer.objects.filter(service__programme=self._programme, service__code=code)
        orders = Order.objects.filter(service__programme=self._programme, service__code=code)
        yield What.OFFERS_OF_SERVICE, offers.filter(_on_any([Period(self._today)])).count()
        yield What.ORDERS_OF_SERVICE, orders.filter(state__in=OPEN_ORDER).count()

    def _places(self, **where: Any) -> Any:
        return Enrolment.objects.filter(programme=self._programme, **where)

    def _ending(self, places: Any, lost: list[Period]) -> Found:
        inside, when = Q(enrolment__in=places.values("pk")), _on_any(lost)
        budgets = Budget.objects.filter(inside, when, state=BudgetState.IN_FORCE)
        vouchers = Voucher.objects.filter(inside, when, state__in=OPEN_VOUCHER)
        orders = Order.objects.filter(inside, when, state__in=OPEN_ORDER)
        yield What.BUDGETS_END, budgets.count()
        yield What.VOUCHERS_END, vouchers.count()
        yield What.ORDERS_END, orders.count()

    def _budgets(self, change: Change) -> Any:
        return Budget.objects.filter(
            _on_any(self._days(change)),
            enrolment__programme=self._programme,
            state=BudgetState.IN_FORCE,
        )

    def _days(self, change: Change) -> list[Period]:
        """The days on which the row says something else than before."""
        if change.was is None or change.now is None or change.was.value != change.now.value:
            return [*change.held(self._today), *change.lost(self._today)]
        return [*change.lost(self._today), *change.gained(self._today)]

    def _says_the_same(self, change: Change) -> bool:
        return change.was is not None and change.was.value == change.row.value

    def _known_prices(self) -> list[tuple[int, str, str, int, Period]]:
        """Offers' prices of today and later: offer, service, band, cents and days."""
        if self._prices is None:
            known = Price.objects.filter(
                offer__service__programme=self._programme, superseded_at__isnull=True
            ).filter(valid__overlap=(self._today, None))
            columns = ("offer_id", "offer__service__code", "band__code", "cents", "valid")
            self._prices = [
                (offer, service, band, cents, Period(valid.lower, valid.upper))
                for offer, service, band, cents, valid in known.values_list(*columns)
            ]
        return self._prices

    def _open_orders(self) -> Counter[int]:
        if self._orders is None:
            going = Order.objects.filter(
                service__programme=self._programme, state__in=OPEN_ORDER
            ).filter(valid__overlap=(self._today, None))
            self._orders = Counter(going.values_list("offer_id", flat=True))
        return self._orders


def _less(part: Period, other: Period | None) -> list[Period]:
    return [part] if other is None else part.minus(other)


def _on_any(parts: Iterable[Period]) -> Q:
    """Rows that are valid on some day of the parts."""
    rule = Q(pk__in=[])
    for part in parts:
        rule |= Q(valid__overlap=(part.starts_on, part.ends_on))
    return rule
