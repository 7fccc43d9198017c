"""Who works for a company: dated rows, a last administrator who stays, whose company is whose."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import Stage, open_stage
from valinta.demo.people import person
from valinta.providers.companies_of import memberships_of
from valinta.providers.levels import Level
from valinta.providers.membership_actions import (
    LastAdmin,
    NoLongerListed,
    WorksThereAlready,
    add_worker,
    change_level,
    end_worker,
)
from valinta.providers.models import Provider, Worker
from valinta.shared.periods import Period
from valinta.users.actor import Actor, actor_of
from valinta.users.models import Holding, User
from valinta.users.permissions import Permission, Role

ON = date(2019, 3, 1)


@pytest.fixture
def stage(db: None) -> Stage:
    return open_stage("siun-sote", on=ON)


def admin(stage: Stage, company: Provider) -> dict[str, Any]:
    return {
        "organiser_id": stage.organiser.pk,
        "by": stage.workers[company.pk].actor,
        "at": stage.now,
    }


def newcomer(stage: Stage, name: str = "Uusi Tulija") -> User:
    return person(stage.organiser, name, Role.CLIENT, "fi", f"-{name}").user


def list_one(stage: Stage, company: Provider, level: Level, user: User | None = None) -> Worker:
    return add_worker(
        provider=company,
        user=user or newcomer(stage),
        level=level,
        period=Period(ON),
        **admin(stage, company),
    )


def today(user: User) -> Actor:
    return actor_of(user.pk, ON)


def test_whoever_is_listed_gets_the_role_and_the_company(stage: Stage) -> None:
    company = stage.provider("Kotiapu")
    row = list_one(stage, company, Level.OFFICE)
    (mine,) = memberships_of(today(row.user))
    assert (mine.provider, mine.level) == (company, Level.OFFICE)
    assert mine.organiser_ids == {stage.organiser.pk}
    assert mine.may(Permission.ANSWER_ORDERS) and not mine.may(Permission.KEEP_COMPANY)
    assert Holding.objects.filter(user=row.user, role=Role.PROVIDER).count() == 1


def test_nobody_is_listed_twice_on_the_same_day(stage: Stage) -> None:
    company = stage.provider("Kotiapu")
    row = list_one(stage, company, Level.WORKER)
    with pytest.raises(WorksThereAlready):
        list_one(stage, company, Level.OFFICE, row.user)


def test_another_level_is_another_row_and_the_past_stays(stage: Stage) -> None:
    company = stage.provider("Kotiapu")
    row = list_one(stage, company, Level.WORKER)
    stage.on = ON + timedelta(days=10)
    change_level(worker=row, level=Level.ADMIN, **admin(stage, company))
    rows = Worker.objects.filter(user=row.user).order_by("valid")
    assert [(one.level, one.valid.lower) for one in rows] == [
        ("worker", ON),
        ("admin", stage.on),
    ]


def test_the_last_administrator_stays_until_there_is_another(stage: Stage) -> None:
    company = stage.provider("Kotiapu")
    first = Worker.objects.get(provider=company)
    with pytest.raises(LastAdmin):
        end_worker(worker=first, ends_on=ON, **admin(stage, company))
    with pytest.raises(LastAdmin):
        change_level(worker=first, level=Level.OFFICE, **admin(stage, company))
    list_one(stage, company, Level.ADMIN)
    end_worker(worker=first, ends_on=ON, **admin(stage, company))
    assert memberships_of(today(first.user)) == []
    first.refresh_from_db()
    assert first.valid.upper == ON


def test_days_that_are_over_are_not_ended_again(stage: Stage) -> None:
    company = stage.provider("Kotiapu")
    row = list_one(stage, company, Level.WORKER)
    stage.on = ON + timedelta(days=5)
    end_worker(worker=row, ends_on=stage.on, **admin(stage, company))
    with pytest.raises(NoLongerListed):
        end_worker(worker=row, ends_on=stage.on, **admin(stage, company))


def test_a_company_of_two_organisers_is_one_company_with_both(stage: Stage) -> None:
    company = stage.provider("Kotiapu")
    other = open_stage("keusote", on=ON)
    other.approve(company)
    stage_admin = stage.workers[company.pk].user
    assert {one.provider.pk for one in memberships_of(today(stage_admin))} == {company.pk}
    Holding.objects.create(
        organiser=other.organiser, user=stage_admin, role=Role.PROVIDER, valid=(ON, None)
    )
    (mine,) = memberships_of(today(stage_admin))
    assert mine.organiser_ids == {stage.organiser.pk, other.organiser.pk}


def test_a_hat_without_a_company_and_a_company_without_the_hat_open_nothing(stage: Stage) -> None:
    company = stage.provider("Kotiapu")
    hat = person(stage.organiser, "Hakija", Role.PROVIDER, "fi", "-h").user
    assert memberships_of(today(hat)) == []
    bare = newcomer(stage, "Ilman Roolia")
    Worker.objects.create(provider=company, user=bare, valid=(ON, None))
    assert memberships_of(today(bare)) == []
