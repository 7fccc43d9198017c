"""Whom a new pack touches: how many clients, budgets, orders, vouchers, offers and approvals.

Reads only. Numbers are of what is open now and goes on on the days that a change is about.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from valinta.clients.states import EnrolmentState
from valinta.processes.pack_changes import Change
from valinta.processes.pack_open import OPEN_PLACE, OpenNow, Running, number_on
from valinta.programmes import rows
from valinta.programmes.models import Programme
from valinta.programmes.rows import Row, Table
from valinta.shared.periods import Period

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
        self._today, self._open = today, OpenNow(programme, today)
        self._wanted = [row for row in wanted if row.table is rows.PHASES and row.period]
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
        inside = self._places(states=(EnrolmentState.ENROLLED,))
        if lost:
            yield What.CLIENTS_END, inside
            yield from self._ending(lost, lambda one: one.state == EnrolmentState.ENROLLED)
        if change.gained(self._today):
            yield What.CLIENTS_GO_ON, inside

    def _municipality(self, change: Change) -> Found:
        code = str(change.row.key["code"])
        lost = change.lost(self._today)
        if lost:
            yield What.CLIENTS_END, self._places(town=code)
            yield from self._ending(lost, lambda one: one.town == code and one.state in OPEN_PLACE)
        if change.gained(self._today):
            yield What.CLIENTS_MAY_JOIN, self._open.joinable[code]

    def _group(self, change: Change) -> Found:
        if change.was is None:
            return
        code, number = str(change.row.key["code"]), 0
        left = change.now.words["municipality_codes"] if change.now is not None else ()
        # A group without municipalities of its own is in all of them, and leaves nobody out.
        if change.now is None or left:
            number = sum(
                one.number
                for one in self._open.places
                if one.group == code and one.state in OPEN_PLACE and one.town not in left
            )
        yield What.CLIENTS_OF_GROUP, number

    def _quota(self, change: Change) -> Found:
        key = change.row.key
        town, group = str(key["municipality_code"]), str(key["target_group_code"])
        taken = self._places(town, group, (EnrolmentState.ENROLLED,))
        waiting = self._places(town, group, (EnrolmentState.QUEUED,))
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
        held, now = change.held(self._today), change.now
        if now is None or not held or self._says_the_same(change):
            return
        accepted = None
        if change.row_id is not None and change.was is not None:
            accepted = (change.row_id, now.value["version"])
        others = [one for one in self._open.approvals if (one.rulebook_id, one.version) != accepted]
        yield What.APPROVALS_TO_ACCEPT, number_on(others, held)

    def _funding(self, change: Change) -> Found:
        yield What.BUDGETS_FUNDED, number_on(self._open.budgets, self._days(change))

    def _allocation(self, change: Change) -> Found:
        yield What.BUDGETS_KEEP_SUM, number_on(self._open.budgets, self._days(change))
        yield What.ASSESSMENTS_OPEN, self._open.assessments

    def _price(self, change: Change) -> Found:
        key, now = change.row.key, change.now
        if key["kind"] != "ceiling" or now is None:
            return
        if self._says_the_same(change) and not change.gained(self._today):
            return
        held = change.held(self._today)
        above = {
            one.offer_id
            for one in self._open.prices
            if (one.service, one.band) == (key["service"], key["band"])
            and one.cents > now.value["cents"]
            and any(part.overlaps(one.period) for part in held)
        }
        yield What.OFFERS_ABOVE, len(above)
        yield What.ORDERS_ABOVE, sum(self._open.orders_of_offers[one] for one in above)

    def _voucher_value(self, change: Change) -> Found:
        code = change.row.key["service"]
        own = [one for one in self._open.vouchers if one.service == code]
        yield What.VOUCHERS_KEEP_VALUE, number_on(own, self._days(change))

    def _service(self, change: Change) -> Found:
        if change.now is not None:
            return
        code = str(change.row.key["code"])
        yield What.OFFERS_OF_SERVICE, self._open.offers[code]
        orders = (one.number for one in self._open.orders if one.service == code)
        yield What.ORDERS_OF_SERVICE, sum(orders)

    def _places(self, town: str = "", group: str = "", states: Container[str] = OPEN_PLACE) -> int:
        """How many places in the states; of one town and one group where they are named."""
        return sum(
            one.number
            for one in self._open.places
            if one.state in states and town in ("", one.town) and group in ("", one.group)
        )

    def _ending(self, lost: list[Period], is_own: Callable[[Running], bool]) -> Found:
        for what, running in (
            (What.BUDGETS_END, self._open.budgets),
            (What.VOUCHERS_END, self._open.vouchers),
            (What.ORDERS_END, self._open.orders),
        ):
            yield what, number_on([one for one in running if is_own(one)], lost)

    def _days(self, change: Change) -> list[Period]:
        """The days on which the row says something else than before."""
        if change.was is None or change.now is None or change.was.value != change.now.value:
            return [*change.held(self._today), *change.lost(self._today)]
        return [*change.lost(self._today), *change.gained(self._today)]

    def _says_the_same(self, change: Change) -> bool:
        return change.was is not None and change.was.value == change.row.value


def _less(part: Period, other: Period | None) -> list[Period]:
    return [part] if other is None else part.minus(other)
