"""The living month: orders are placed, visits come in week by week, a run pays the providers."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from valinta.budgets.models import Pot
from valinta.catalogue.models import Offer
from valinta.catalogue.queries import prices_on
from valinta.demo.clients import Lived
from valinta.demo.names import SAID
from valinta.demo.tray import Tray
from valinta.ledger.models import Account
from valinta.orders.actions import BudgetSpent, accept_order
from valinta.orders.models import Order, OrderKind
from valinta.plans.models import PlanLine
from valinta.plans.states import Way
from valinta.processes.place_order import place_order
from valinta.processes.take_in_visits import take_in_visits
from valinta.programmes.models import Programme
from valinta.providers.models import Provider
from valinta.shared.periods import Period
from valinta.visits.actions import confirm_visit, dispute_visit
from valinta.visits.models import Visit
from valinta.visits.states import VisitState

LOCAL = ZoneInfo("Europe/Helsinki")
_HOURLY = {"hour", "visit"}
# Hundredths of a unit that one visit takes.
_PER_VISIT = {"hour": 150, "visit": 100, "day": 100, "week": 100, "month": 100}


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of local time."""
    return datetime.combine(day, time(hour, minute), tzinfo=LOCAL)


def order_services(
    lived: Lived, tray: Tray, period: Period, chance: random.Random, at: datetime
) -> list[Order]:
    """Order what the plan has by budget and voucher, as far as the month's money reaches."""
    orders = []
    lines = PlanLine.objects.filter(
        plan=lived.granted.decision.plan, way__in=[Way.BUDGET, Way.VOUCHER]
    ).select_related("service")
    for line in lines.order_by("id"):
        offer = chance.choice(tray.offers[line.service.code])
        quantity = _affordable(lived, line, offer, period)
        if quantity <= 0:
            continue
        try:
            order = place_order(
                enrolment=lived.enrolment,
                offer=offer,
                kind=OrderKind.PERIOD,
                period=period,
                quantities={"": quantity},
                by=lived.person.actor,
                at=at,
            )
        except BudgetSpent:
            continue
        worker = tray.workers[order.provider_id]
        accept_order(order=order, by=worker.actor, at=at + timedelta(hours=20))
        orders.append(order)
    return orders


def _affordable(lived: Lived, line: PlanLine, offer: Offer, period: Period) -> int:
    """How much fits: whole visits of the planned quantity that the month's pot can pay."""
    step = _PER_VISIT[line.service.unit]
    if line.way == Way.VOUCHER:
        return line.quantity_hundredths // step * step
    pots = Pot.objects.filter(budget__enrolment=lived.enrolment, valid__contains=period.starts_on)
    pot = pots.filter(service=line.service).first() or pots.filter(service=None).first()
    price = prices_on(offer, period.starts_on)[0].cents
    if pot is None:
        return 0
    room = Account.objects.get(pk=pot.account_id).balance_cents * 100 // price
    # What is mandatory is ordered as planned; of the rest a part is left to decide about.
    planned = line.quantity_hundredths * (4 if line.mandatory else 3) // 4
    if line.plan.allocation.rule.model == "points_x_euro":
        planned = room * 7 // 10
    return min(planned, room) // step * step


def visit_lines(
    orders: Sequence[Order], first: date, last: date
) -> Iterator[tuple[Provider, dict[str, object]]]:
    """What providers report for the days from `first` to `last` (both included)."""
    for turn, order in enumerate(orders):
        unit = order.service.unit
        month = order.slices.order_by("valid").first()
        if month is None:
            continue
        step = _PER_VISIT[unit]
        count = month.quantity_hundredths // step
        for number, day in enumerate(_days(count, first.replace(day=1))):
            if first <= day <= last and order.valid.lower <= day < order.valid.upper:
                yield order.provider, _line(order, unit, day, turn, number, step)


def _days(count: int, month: date) -> list[date]:
    """`count` days spread over the month; at most one visit a day, the rest is not used."""
    length = Period.month(month.year, month.month).days
    spaced = sorted({index * length // max(count, 1) for index in range(min(count, length))})
    return [month + timedelta(days=day) for day in spaced]


def _line(
    order: Order, unit: str, day: date, turn: int, number: int, step: int
) -> dict[str, object]:
    line: dict[str, object] = {
        "order": order.pk,
        "reference": f"{order.pk}-{day:%m%d}-{number}",
        "served_on": day,
        "band": "",
        "quantity": f"{step / 100:.2f}",
    }
    if unit in _HOURLY:
        started = moment(day, 8 + turn % 6 * 2)
        line["started_at"] = started
        line["ended_at"] = started + timedelta(minutes=90 if unit == "hour" else 45)
    return line


def report_week(
    programme: Programme, tray: Tray, orders: Sequence[Order], first: date, last: date
) -> None:
    """Each provider reports its visits of the week on the morning after."""
    at = moment(last + timedelta(days=1), 6)
    by_provider: dict[int, tuple[Provider, list[dict[str, object]]]] = {}
    for provider, line in visit_lines(orders, first, last):
        by_provider.setdefault(provider.pk, (provider, []))[1].append(line)
    for provider, lines in by_provider.values():
        if first.day <= 7:
            lines.extend(_mistakes(lines, last))
        take_in_visits(
            programme=programme,
            provider=provider,
            lines=lines,
            by=tray.workers[provider.pk].actor,
            at=at,
            door="file",
        )


def _mistakes(lines: list[dict[str, object]], last: date) -> list[dict[str, object]]:
    """Lines with the mistakes people make: refused, explained, nothing lost."""
    model = lines[0]
    timed = {"started_at": None, "ended_at": None}
    return [
        {**model, "reference": f"{model['reference']}-x", "order": 0},
        {**model, **timed, "reference": f"{model['reference']}-n", "quantity": "-1"},
        {
            **model,
            **timed,
            "reference": f"{model['reference']}-f",
            "served_on": last + timedelta(days=30),
        },
    ]


def answer_visits(lived: Sequence[Lived], chance: random.Random, at: datetime) -> None:
    """Clients confirm most of their visits, dispute one now and then, and leave some unsaid."""
    people = {one.client.pk: one.person for one in lived}
    waiting = Visit.objects.filter(
        state=VisitState.ACCEPTED, client_id__in=people, recorded_at__lt=at
    )
    # Ids follow the database's own order of work; the days and references are the same every time.
    for visit in waiting.order_by("served_on", "order_id", "reference"):
        luck = chance.random()
        actor = people[visit.client_id].actor
        if luck < 0.01:
            dispute_visit(
                visit_id=visit.pk, reason=SAID[lived[0].client.language]["dispute"], by=actor, at=at
            )
        elif luck < 0.7:
            confirm_visit(visit_id=visit.pk, by=actor, at=at)
