"""A company's people at its pages: a stage with an order for every day, at noon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from tests.cast import Stage, moment
from tests.order_pages import back_in_scope, order_stage, plain, set_day
from valinta.clients.models import Client
from valinta.demo.people import person
from valinta.orders.actions import accept_order
from valinta.orders.assigning import Assignment
from valinta.orders.assigning_actions import assign_worker
from valinta.orders.calendar import WeeklyVisit
from valinta.orders.models import Order, OrderKind
from valinta.organisers import clock
from valinta.plans.states import Way
from valinta.processes.order_service import Wanted, order_service
from valinta.providers.levels import Level
from valinta.providers.models import Provider, Worker
from valinta.shared.periods import Period
from valinta.users.models import User
from valinta.users.permissions import Role

PRICES = {"weekday-day": "30.00"}
# A Tuesday, with visits of an hour at nine and at eleven.
DAY = date(2019, 3, 5)
WEEK = (WeeklyVisit(2, time(9), 60), WeeklyVisit(2, time(11), 60))


class Clock:
    """The site's clock, at noon of the stage's day; `pass_by` moves it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        real = timezone.localtime
        noon = real().replace(hour=12, minute=0, second=0, microsecond=0)
        self.shift = noon - real()
        monkeypatch.setattr(clock.timezone, "localtime", lambda *given: self._local(real, *given))

    def _local(self, real: Any, *given: Any) -> datetime:
        moment: datetime = real(*given)
        return moment if given else moment + self.shift

    def pass_by(self, **span: float) -> None:
        """Let time go on."""
        self.shift += timedelta(**span)


@dataclass
class Company:
    """A provider with its people, by level."""

    stage: Stage
    provider: Provider
    people: dict[Level, User]

    def address(self, path: str = "") -> str:
        """An address of the company's."""
        return f"/provider/{self.provider.pk}/{path}"

    def at(self, level: Level = Level.WORKER, language: str = "en") -> Desk:
        """One of its people at the pages."""
        browser = Browser()
        browser.force_login(self.people[level])
        browser.cookies["django_language"] = language
        return Desk(self, browser)


@dataclass
class Desk:
    """One of a company's people at its pages."""

    company: Company
    browser: Browser

    def get(self, path: str = "today/", status: int = 200, **query: object) -> str:
        """The text of a page."""
        answer = self.browser.get(self.company.address(path), query)
        assert answer.status_code == status, (path, answer.status_code, plain(answer.content)[:300])
        back_in_scope(self.company.stage)
        return plain(answer.content)

    def post(self, path: str, status: int = 302, **data: Any) -> Any:
        """The answer to a form."""
        answer = self.browser.post(self.company.address(path), data)
        assert answer.status_code == status, (path, answer.status_code)
        back_in_scope(self.company.stage)
        return answer

    def send(self, *visits: Mapping[str, object], status: int = 200) -> list[dict[str, str]]:
        """What a device gets for what it kept."""
        answer = self.browser.post(
            self.company.address("today/kept/"),
            {"visits": list(visits)},
            content_type="application/json",
        )
        assert answer.status_code == status, answer.status_code
        back_in_scope(self.company.stage)
        answers: list[dict[str, str]] = answer.json()["answers"]
        return answers


def company(stage: Stage, name: str = "Kotiapu Oy") -> Company:
    """A made-up company with an admin, an office and a worker."""
    provider = stage.provider(name)
    people = {Level.ADMIN: stage.workers[provider.pk].user}
    for level in (Level.OFFICE, Level.WORKER):
        people[level] = hired(stage, provider, level, f"{name}, {level}")
    return Company(stage, provider, people)


def hired(stage: Stage, provider: Provider, level: Level, name: str) -> User:
    """One more of a company's people."""
    mark = f"-{provider.pk}-{Worker.objects.count()}"
    made = person(stage.organiser, name, Role.PROVIDER, stage.programme.language, mark)
    Worker.objects.create(
        provider=provider, user=made.user, level=level, valid=(date(2015, 1, 1), None)
    )
    return made.user


def served(
    one: Company, name: str = "Aino", service: str = "home-care", by_worker: bool = True
) -> Order:
    """A client of the company's, with an order for every Tuesday; the worker serves them or not."""
    stage = one.stage
    client = stage.client(name)
    stage.grant(client, {service: (Way.BUDGET, 40_00, False)})
    return ordered(one, client, service, by_worker=by_worker)


def serves(one: Company, client: Client, user: User | None = None) -> None:
    """One of the company's people, or its worker, serves the client from today, if not already."""
    who = user or one.people[Level.WORKER]
    if Assignment.objects.filter(provider=one.provider, client=client, user=who).exists():
        return
    assign_worker(
        provider=one.provider,
        client=client,
        user=who,
        period=Period(one.stage.on),
        by=one.stage.worker(one.provider),
        at=one.stage.now,
    )


def ordered(
    one: Company, client: Client, service: str, week: Any = WEEK, by_worker: bool = True
) -> Order:
    """An order of the client's from the company, whose worker serves them or not."""
    stage = one.stage
    offers = one.provider.approvals.get(programme=stage.programme).offers.filter(
        service__code=service
    )
    offer = offers.first() or stage.offer(one.provider, service, PRICES)
    order = order_service(
        enrolment=stage.enrolment(client),
        wanted=Wanted(offer, OrderKind.PERIOD, stage.months(2), week),
        by=stage.actor(client),
        at=stage.now,
    )
    if by_worker:
        serves(one, client)
    return accept_order(order=order, by=stage.worker(one.provider), at=stage.now)


def visit_stage() -> Stage:
    """The stage on the first of March; `begin` moves it to the day of the visits."""
    return order_stage("keusote", date(2019, 3, 1))


def begin(stage: Stage, on: date = DAY) -> None:
    """Move the stage and its pages to the day of the visits."""
    set_day(stage, on)


def told_at(hour: int, minute: int = 0, on: date = DAY) -> str:
    """A moment of the day as a device writes it."""
    return (moment(on, hour) + timedelta(minutes=minute)).isoformat()
