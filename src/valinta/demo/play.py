"""Play a programme: staff, providers, clients, a past month settled and paid, a month going on."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from valinta.demo.applying import let_providers_apply
from valinta.demo.casework import let_workers_work
from valinta.demo.changes import let_life_change
from valinta.demo.clients import Lived, take_in_client
from valinta.demo.deciding import let_decisions_go_on
from valinta.demo.disputes import let_people_disagree
from valinta.demo.events import let_things_happen
from valinta.demo.files import let_a_file_come_in
from valinta.demo.joining import let_people_join
from valinta.demo.letters import let_people_write
from valinta.demo.month import answer_visits, moment, order_services, report_week
from valinta.demo.newcomers import let_people_come_forward
from valinta.demo.people import Staff, hire
from valinta.demo.phones import let_a_line_be_refused
from valinta.demo.serving import give_clients
from valinta.demo.supporters import let_people_be_supported
from valinta.demo.tray import Tray, fill_tray
from valinta.demo.weeks import keep_weeks, rate_services
from valinta.demo.wellbeing import ask_how_people_are
from valinta.demo.wishes import let_people_wish
from valinta.orders.models import Order
from valinta.processes.settle_period import send_payments, settle_period
from valinta.programmes.models import Programme
from valinta.programmes.queries import ProgrammeClosed, phase_on
from valinta.settlements.actions import approve_run, mark_paid
from valinta.settlements.models import Payment, Run
from valinta.shared.periods import Period

CLIENTS = 12
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Played:
    """What a programme's play left behind: its day, its people and the run that was paid."""

    programme: Programme
    today: date
    staff: Staff
    tray: Tray
    lived: list[Lived]
    run: Run


def day_of(programme: Programme, wanted: date) -> date:
    """The day the programme's people live in: the wanted one, or one early in its latest phase."""
    try:
        phase_on(programme, wanted)
    except ProgrammeClosed:
        start: date = max(phase.valid.lower for phase in programme.phases.all())
        return (start + timedelta(days=60)).replace(day=15)
    return wanted


def play(programme: Programme, today: date, number: int, out: Path, tell: Tell) -> Played:
    """Live the last month and half of this one. `number` keeps made-up company numbers apart.

    The same programme and day give the same people and visits: the chance is seeded.
    """
    chance = random.Random(f"{programme.code} {today}")
    this_month = Period.month(today.year, today.month)
    last_month = _month_before(this_month)
    programme.organiser.demo_today = today
    programme.organiser.save()
    staff = hire(programme.organiser, programme.language)
    let_people_come_forward(programme, staff, today)
    tell("providers")
    opening = moment(last_month.starts_on - timedelta(days=20), 9)
    tray = fill_tray(programme, staff, _open_days(programme, opening.date()), opening, number)
    tell("clients")
    months = Period(last_month.starts_on, _after(this_month, 1))
    lived = _clients(programme, staff, tray, chance, last_month.starts_on, months)
    tell("orders")
    orders = _orders(lived, tray, months, chance, last_month.starts_on)
    tell("visits")
    _live(programme, tray, lived, orders, last_month, last_month.last_on, chance)
    tell("settlement")
    run = _settle(programme, staff, this_month.starts_on, today, out)
    _live(programme, tray, lived, orders, this_month, today - timedelta(days=1), chance)
    keep_weeks(lived, orders, moment(today - timedelta(days=2), 10))
    rate_services(lived, orders, chance, moment(today - timedelta(days=1), 18))
    if len(lived) > 4:
        happens_at = moment(today - timedelta(days=1), 15)
        ask_how_people_are(programme, lived, happens_at)
        let_things_happen(lived, staff, tray, last_month, happens_at)
        let_people_wish(lived, staff, tray, happens_at)
        let_decisions_go_on(programme, lived, staff, happens_at)
        let_people_join(programme, staff, lived, today)
        let_people_be_supported(lived, programme.language, happens_at)
        workers = {provider: one.actor for provider, one in tray.workers.items()}
        clients = [one.client for one in lived]
        let_people_write(clients, staff, workers, programme.language, today)
        let_people_disagree(lived, staff, tray, programme.language, happens_at)
        let_workers_work(programme, lived, staff, today)
        let_life_change(lived, staff, happens_at)
        let_providers_apply(programme, staff, happens_at, number)
        let_a_line_be_refused(tray, happens_at)
        let_a_file_come_in(programme, tray, happens_at)
        give_clients(programme, happens_at)
    return Played(programme, today, staff, tray, lived, run)


def _open_days(programme: Programme, first: date) -> Period:
    """From the first day to the end of the programme's phases."""
    ends = [phase.valid.upper for phase in programme.phases.all()]
    return Period(first, None if None in ends else max(ends))


def _clients(
    programme: Programme,
    staff: Staff,
    tray: Tray,
    chance: random.Random,
    month: date,
    period: Period,
) -> list[Lived]:
    start = moment(month - timedelta(days=16), 10)
    towns = list(programme.municipalities.filter(valid__contains=start.date()).order_by("id"))
    lived = [
        take_in_client(
            programme=programme,
            staff=staff,
            tray=tray,
            number=number,
            municipality=towns[number % len(towns)],
            chance=chance,
            start=start + timedelta(hours=number % 6),
            grant_period=period,
        )
        for number in range(CLIENTS)
    ]
    return [one for one in lived if one is not None]


def _orders(
    lived: Sequence[Lived], tray: Tray, period: Period, chance: random.Random, month: date
) -> list[Order]:
    at = moment(month - timedelta(days=3), 11)
    return [order for one in lived for order in order_services(one, tray, period, chance, at)]


def _live(
    programme: Programme,
    tray: Tray,
    lived: Sequence[Lived],
    orders: Sequence[Order],
    month: Period,
    until: date,
    chance: random.Random,
) -> None:
    """Week by week: providers report, clients answer."""
    first = month.starts_on
    while first <= until:
        last = min(first + timedelta(days=6), until, month.last_on)
        report_week(programme, tray, orders, first, last)
        answer_visits(lived, chance, moment(last + timedelta(days=1), 7))
        first = last + timedelta(days=1)


def _settle(programme: Programme, staff: Staff, cut_off: date, today: date, out: Path) -> Run:
    """Prepare, approve by another, send, and record that the bank paid all."""
    at = moment(min(cut_off + timedelta(days=7), today), 10)
    run = settle_period(programme=programme, cut_off_on=cut_off, by=staff.preparer.actor, at=at)
    run = approve_run(run=run, by=staff.approver.actor, at=at + timedelta(hours=3))
    folder = out / programme.organiser.code
    send_payments(run=run, folder=folder, by=staff.approver.actor, at=at + timedelta(hours=4))
    for payment in Payment.objects.filter(statement__run=run).order_by("id"):
        mark_paid(payment=payment, by=staff.preparer.actor, at=at + timedelta(days=1))
    return run


def _month_before(month: Period) -> Period:
    day = month.starts_on - timedelta(days=1)
    return Period.month(day.year, day.month)


def _after(month: Period, count: int) -> date:
    """The end of the month that comes `count` months after."""
    for _ in range(count):
        end = month.ends_on
        if end is None:
            break
        month = Period.month(end.year, end.month)
    return month.last_on + timedelta(days=1)
