"""The client is away for some days: visits are called off as the rulebook says, and go on after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from valinta.clients.absence_actions import move_absence
from valinta.clients.actions import record_absence
from valinta.clients.models import Absence, Client, Enrolment
from valinta.ledger.models import Account
from valinta.orders.actions import BudgetSpent, cancel_visit, give_back
from valinta.orders.change_actions import Said, keep_change, move_change
from valinta.orders.models import Change, Order, Slice
from valinta.orders.reopening_actions import call_visit_back, take_again
from valinta.orders.states import OPEN, ChangeKind
from valinta.processes.worth_of_days import OrderMoney, Worth, order_money
from valinta.programmes.models import Programme
from valinta.programmes.queries import rulebook_on
from valinta.programmes.ranges import as_range
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.actor import Actor

_DAY = timedelta(days=1)


class AwayAlready(ValueError):
    """Some of the days are within an absence that has been recorded before."""


@dataclass(frozen=True, slots=True)
class OrderOff:
    """What an interruption does to one order: visits called off in time and late, and money.

    Late visits may still be charged for; their money stays held. An order of a monthly amount has
    no visits by day: its days' share returns.
    """

    order: Order
    in_time: tuple[date, ...]
    late: tuple[date, ...]
    worth: tuple[Worth, ...]

    @property
    def returns(self) -> int:
        """What returns to the budget or voucher, in cents."""
        return sum(one.cents for one in self.worth)


@dataclass(frozen=True, slots=True)
class Interruption:
    """What the days away do, order by order. From `free_from` on calling off costs nothing."""

    period: Period
    free_from: date
    orders: tuple[OrderOff, ...]

    @property
    def returns(self) -> int:
        """What returns in all, in cents."""
        return sum(one.returns for one in self.orders)


@dataclass(frozen=True, slots=True)
class Moved:
    """An interruption with another end, and orders for whose days the money was gone."""

    change: Change
    short: tuple[Order, ...]


def what_interruption_does(
    *, client: Client, enrolment: Enrolment, period: Period, at: datetime
) -> Interruption:
    """What would be called off and what would return; nothing changes. Raises AwayAlready."""
    if Absence.objects.filter(client=client, valid__overlap=as_range(period)).exists():
        raise AwayAlready(
            "Some of these days are within an absence that has been recorded. Change its end."
        )
    return _looked_at(enrolment, period, at)


@transaction.atomic
def interrupt_services(
    *,
    client: Client,
    enrolment: Enrolment,
    kind: str,
    period: Period,
    reason: str,
    by: Actor,
    at: datetime,
) -> Change:
    """Call off the visits of the days, give back what is called off in time, and note the absence.

    `kind` is why, such as hospital. Orders go on after the last day by themselves. Raises
    AwayAlready, NotYourClient.
    """
    Client.objects.select_for_update(no_key=True).get(pk=client.pk)
    look = what_interruption_does(client=client, enrolment=enrolment, period=period, at=at)
    away = period.intersection(Period(look.free_from))
    absence = away and record_absence(client=client, kind=kind, period=away, by=by, at=at)
    for one in look.orders:
        _call_off(one, by, at)
    facts = {"kind": kind, "absence": absence.pk if absence else None, **_facts(look.orders, {})}
    said = Said(ChangeKind.INTERRUPTION, period.starts_on, period.ends_on, reason, "", facts)
    return keep_change(client=client, enrolment=enrolment, said=said, by=by, at=at)


@transaction.atomic
def end_interruption(*, change: Change, ends_on: date, by: Actor, at: datetime) -> Moved:
    """Let an interruption end earlier or later than was thought. `ends_on` is the first day back.

    Later: more days are called off. Earlier: the visits from that day on take place after all, and
    their money is held again; where it has been used meanwhile they stay called off and the order
    is told in `short`. Raises ChangedMeanwhile, AwayAlready.
    """
    enrolment = change.enrolment
    was = change.ends_on
    if enrolment is None or was is None or ends_on == was:
        return Moved(change, ())
    short: list[Order] = []
    if ends_on > was:
        _must_be_free(change, Period(was, ends_on))
        look = _looked_at(enrolment, Period(was, ends_on), at)
        for one in look.orders:
            _call_off(one, by, at)
        facts = _facts(look.orders, change.facts)
    else:
        facts, short = _take_back(change, Period(ends_on, was), by, at)
    facts = {**change.facts, **facts}
    facts["absence"] = _move_absence(change, enrolment, ends_on, by, at)
    return Moved(
        move_change(change=change, ends_on=ends_on, facts=facts, by=by, at=at), tuple(short)
    )


def _must_be_free(change: Change, days: Period) -> None:
    others = Absence.objects.filter(client=change.client_id, valid__overlap=as_range(days))
    if others.exclude(pk=change.facts.get("absence") or 0).exists():
        raise AwayAlready("Some of these days are within another absence. Choose an earlier end.")


def first_free_day(programme: Programme, at: datetime) -> date:
    """The first day whose visits can still be called off without cost by the rulebook's hours."""
    day = at.date()
    while True:
        hours = int(rulebook_on(programme, day).parameters["cancel_notice_hours"])
        begins = datetime.combine(day, time.min, tzinfo=at.tzinfo)
        if begins - at >= timedelta(hours=hours):
            return day
        day += _DAY


def _looked_at(enrolment: Enrolment, period: Period, at: datetime) -> Interruption:
    free_from = first_free_day(enrolment.programme, at)
    orders = Order.objects.filter(
        enrolment=enrolment, state__in=OPEN, valid__overlap=as_range(period)
    ).select_related("service", "provider", "client", "offer", "enrolment__programme")
    # What was before today has been; nothing of it is called off.
    ahead = period.intersection(Period(at.date()))
    if ahead is None:
        return Interruption(period, free_from, ())
    off = [_off(one, ahead, free_from) for one in order_money(orders.order_by("pk")).values()]
    return Interruption(period, free_from, tuple(off))


def _off(money: OrderMoney, period: Period, free_from: date) -> OrderOff:
    days = {one.on for one in money.visits(period, money.called_off)}
    free = period.intersection(Period(free_from))
    return OrderOff(
        money.order,
        tuple(sorted(one for one in days if one >= free_from)),
        tuple(sorted(one for one in days if one < free_from)),
        tuple(money.worth(free, money.called_off) if free else ()),
    )


def _call_off(off: OrderOff, by: Actor, at: datetime) -> None:
    for day in (*off.late, *off.in_time):
        cancel_visit(order=off.order, served_on=day, by=by, at=at)
    for one in off.worth:
        held = Account.objects.get(pk=one.part.hold_id).balance_cents
        give_back(
            part=one.part,
            quantity_hundredths=one.part.quantity_hundredths - one.quantity_hundredths,
            amount=Money(held - one.cents),
            by=by,
            at=at,
        )


def _facts(orders: Sequence[OrderOff], before: dict[str, Any]) -> dict[str, Any]:
    """Days called off by order, and what each slice gave back: quantity and cents."""
    days = {key: list(many) for key, many in before.get("days", {}).items()}
    parts = {key: list(pair) for key, pair in before.get("parts", {}).items()}
    for one in orders:
        own = days.setdefault(str(one.order.pk), [])
        own += [day.isoformat() for day in one.in_time]
        for worth in one.worth:
            many, cents = parts.get(str(worth.part.pk), (0, 0))
            given = [many + worth.quantity_hundredths, cents + worth.cents]
            parts[str(worth.part.pk)] = given
    return {"days": days, "parts": parts}


def _take_back(
    change: Change, regained: Period, by: Actor, at: datetime
) -> tuple[dict[str, Any], list[Order]]:
    """Hold the regained days again, order by order; those whose money is gone are told."""
    facts = _facts((), change.facts)
    short = []
    orders = Order.objects.filter(pk__in=[int(key) for key in facts["days"]], state__in=OPEN)
    related = ("service", "provider", "client", "offer", "enrolment__programme")
    for order in orders.select_related(*related).order_by("pk"):
        try:
            with transaction.atomic():
                _resume(order, change, regained, facts, by, at)
        except BudgetSpent:
            short.append(order)
            facts["days"][str(order.pk)] = change.facts["days"][str(order.pk)]
            for part in order.slices.all():
                if str(part.pk) in facts["parts"]:
                    facts["parts"][str(part.pk)] = change.facts["parts"][str(part.pk)]
    return facts, short


def _resume(
    order: Order, change: Change, regained: Period, facts: dict[str, Any], by: Actor, at: datetime
) -> None:
    days = [date.fromisoformat(one) for one in facts["days"][str(order.pk)]]
    # What has been ended in between stays ended.
    again_on = regained.intersection(Period(order.valid.lower, order.valid.upper))
    if again_on is None:
        return
    back = [one for one in days if again_on.contains(one)]
    for part in order.slices.order_by("valid"):
        given = facts["parts"].get(str(part.pk))
        if given is None:
            continue
        many, cents = _share(order, part, change, again_on, days, given)
        if not many and not cents:
            continue
        again = Slice.objects.get(pk=part.pk)
        again.order = order
        quantity = again.quantity_hundredths + many
        take_again(part=again, quantity_hundredths=quantity, amount=Money(cents), by=by, at=at)
        facts["parts"][str(part.pk)] = [given[0] - many, given[1] - cents]
    for day in back:
        call_visit_back(order=order, served_on=day, by=by, at=at)
    facts["days"][str(order.pk)] = [one.isoformat() for one in days if one not in back]


def _share(
    order: Order,
    part: Slice,
    change: Change,
    regained: Period,
    days: Sequence[date],
    given: Sequence[int],
) -> tuple[int, int]:
    """Of what a slice gave back, the part of the regained days: by its visits, else by days.

    What is left stays given back; when every day is regained, all of it returns.
    """
    own = _before_it_was_cut(order, part)
    if order.pattern:
        off = [one for one in days if own.contains(one)]
        back = [one for one in off if regained.contains(one)]
        if len(back) == len(off):
            return given[0], given[1]
        visits = order_money([order])[order.pk].week_in(own)
        worth = {one: [visit.quantity_hundredths for visit in visits if visit.on == one]
                 for one in off}  # fmt: skip
        many = sum(sum(worth[one]) for one in back)
        whole = sum(sum(worth[one]) for one in off)
    else:
        away = own.intersection(Period(change.starts_on, change.ends_on))
        free = own.intersection(regained)
        whole = away.days if away else 1
        many = free.days if free else 0
    if whole == 0:
        return 0, 0
    return given[0] * many // whole, given[1] * many // whole


def _before_it_was_cut(order: Order, part: Slice) -> Period:
    """The days of a slice; of an order that was ended early, those until the end of the month."""
    own = Period(part.valid.lower, part.valid.upper)
    if not order.close_reason or part.valid.upper != order.valid.upper:
        return own
    return Period(own.starts_on, Period.month(own.starts_on.year, own.starts_on.month).ends_on)


def _move_absence(
    change: Change, enrolment: Enrolment, ends_on: date, by: Actor, at: datetime
) -> int | None:
    """Let the absence end on the new day; one without days is removed, a first one is made."""
    absence = Absence.objects.filter(pk=change.facts.get("absence") or 0).first()
    if absence is not None:
        starts = absence.valid.lower
        days = Period(starts, ends_on) if ends_on > starts else None
        move_absence(absence=absence, period=days, by=by, at=at)
        return absence.pk if days else None
    starts = max(
        change.starts_on, first_free_day(enrolment.programme, at), change.ends_on or at.date()
    )
    if ends_on <= starts:
        return None
    client, kind = change.client, str(change.facts.get("kind", ""))
    days = Period(starts, ends_on)
    return record_absence(client=client, kind=kind, period=days, by=by, at=at).pk
