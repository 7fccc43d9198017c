"""Units of a company: people, orders and systems in one, and what they see of the rest."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Stage, moment, open_stage
from tests.company_pages import Company, company, hired
from valinta.orders.actions import accept_order
from valinta.orders.models import Order
from valinta.orders.reach import NotYourClientsOrder
from valinta.orders.unit_actions import give_to_unit
from valinta.plans.states import Way
from valinta.processes.close_unit import close_unit
from valinta.processes.stop_serving import stop_serving
from valinta.providers.access import NotAtYourLevel
from valinta.providers.companies_of import memberships_of
from valinta.providers.company_actions import UnitInUse, open_unit
from valinta.providers.levels import Level
from valinta.providers.membership_actions import (
    NotAUnitHere,
    WholeCompanysOwn,
    change_level,
    change_unit,
)
from valinta.providers.models import Unit, Worker
from valinta.settlements.models import Statement
from valinta.users.actor import Actor, actor_of
from valinta.users.models import User
from valinta.users.permissions import Permission

ON = date(2019, 3, 1)


@pytest.fixture
def stage(db: None) -> Stage:
    return open_stage("keusote", on=ON)


@pytest.fixture
def kotiapu(stage: Stage) -> Company:
    return company(stage)


def keeping(one: Company) -> dict[str, Any]:
    by = actor_of(one.people[Level.ADMIN].pk, ON)
    return {"organiser_id": one.stage.organiser.pk, "by": by, "at": one.stage.now}


def unit(one: Company, name: str) -> Unit:
    return open_unit(provider=one.provider, name=name, **keeping(one))


def in_unit(one: Company, where: Unit, level: Level = Level.OFFICE) -> Actor:
    """One more person of the company, in a unit."""
    user = hired(one.stage, one.provider, level, f"{where.name}, {level}")
    change_unit(worker=Worker.objects.get(user=user), unit=where, **keeping(one))
    return today(user)


def today(user: User) -> Actor:
    return actor_of(user.pk, ON)


def placed(one: Company, name: str, where: Unit | None = None) -> Order:
    stage = one.stage
    client = stage.client(name)
    stage.grant(client, {"cleaning": (Way.BUDGET, 40_00, False)})
    offer = one.provider.approvals.get(programme=stage.programme).offers.first()
    order = stage.order(
        client, offer or stage.offer(one.provider, "cleaning", "30.00"), 20_00, accepted=False
    )
    office = today(one.people[Level.OFFICE])
    return give_to_unit(order=order, unit=where, by=office, at=stage.now) if where else order


def test_an_office_of_a_unit_sees_and_answers_the_units_orders_and_no_others(
    kotiapu: Company,
) -> None:
    north, south = unit(kotiapu, "Pohjoinen"), unit(kotiapu, "Etelä")
    mine, theirs = placed(kotiapu, "Aino", north), placed(kotiapu, "Veli", south)
    nobodys = placed(kotiapu, "Impi")
    by, now = in_unit(kotiapu, north), kotiapu.stage.now
    assert set(Order.objects.visible_to(by)) == {mine}
    for other in (theirs, nobodys):
        with pytest.raises(NotYourClientsOrder):
            accept_order(order=other, by=by, at=now)
    assert accept_order(order=mine, by=by, at=now).state == "accepted"
    assert set(Order.objects.visible_to(today(kotiapu.people[Level.OFFICE]))) == {
        mine, theirs, nobodys,
    }  # fmt: skip


def test_what_is_the_whole_companys_is_not_a_units(kotiapu: Company) -> None:
    by = in_unit(kotiapu, unit(kotiapu, "Pohjoinen"))
    (mine,) = memberships_of(by)
    assert mine.may(Permission.ANSWER_ORDERS)
    assert not mine.may(Permission.SEE_OWN_STATEMENTS)
    assert not mine.may(Permission.KEEP_PROVIDER_PAGES)
    assert not Statement.objects.visible_to(by).exists()


def test_somebody_of_a_unit_gives_no_order_to_another(kotiapu: Company) -> None:
    north, south = unit(kotiapu, "Pohjoinen"), unit(kotiapu, "Etelä")
    order, now = placed(kotiapu, "Aino", north), kotiapu.stage.now
    with pytest.raises(NotAtYourLevel):
        give_to_unit(order=order, unit=south, by=in_unit(kotiapu, north), at=now)
    office = today(kotiapu.people[Level.OFFICE])
    assert give_to_unit(order=order, unit=None, by=office, at=now).unit is None


def test_a_unit_is_the_companys_own(kotiapu: Company) -> None:
    foreign = unit(company(kotiapu.stage, "Toinen Oy"), "Pohjoinen")
    order = placed(kotiapu, "Aino")
    office = today(kotiapu.people[Level.OFFICE])
    with pytest.raises(NotAUnitHere):
        give_to_unit(order=order, unit=foreign, by=office, at=kotiapu.stage.now)
    worker = Worker.objects.get(user=kotiapu.people[Level.OFFICE])
    with pytest.raises(NotAUnitHere):
        change_unit(worker=worker, unit=foreign, **keeping(kotiapu))
    # The database says the same to whoever goes past the verbs.
    for rows in (Order.objects.filter(pk=order.pk), Worker.objects.filter(pk=worker.pk)):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(unit=foreign)


def test_an_administrator_is_of_the_whole_company(kotiapu: Company) -> None:
    north = unit(kotiapu, "Pohjoinen")
    admin = Worker.objects.get(user=kotiapu.people[Level.ADMIN])
    with pytest.raises(WholeCompanysOwn):
        change_unit(worker=admin, unit=north, **keeping(kotiapu))
    office = Worker.objects.get(user=kotiapu.people[Level.OFFICE])
    moved = change_unit(worker=office, unit=north, **keeping(kotiapu))
    raised = change_level(worker=moved, level=Level.ADMIN, **keeping(kotiapu))
    assert (raised.level, raised.unit) == (Level.ADMIN, None)


def test_the_days_before_a_move_keep_the_unit_that_was(kotiapu: Company) -> None:
    office = Worker.objects.get(user=kotiapu.people[Level.OFFICE])
    north = unit(kotiapu, "Pohjoinen")
    moved = change_unit(worker=office, unit=north, **keeping(kotiapu))
    office.refresh_from_db()
    assert (office.unit, office.valid.upper) == (None, ON)
    assert (moved.unit, moved.valid.lower) == (north, ON)


def test_a_unit_ends_when_nothing_is_left_in_it(kotiapu: Company) -> None:
    north, stage = unit(kotiapu, "Pohjoinen"), kotiapu.stage
    order = placed(kotiapu, "Aino", north)
    someone = in_unit(kotiapu, north)
    later = keeping(kotiapu) | {"at": moment(ON + timedelta(days=2))}
    ends_on = ON + timedelta(days=2)
    with pytest.raises(UnitInUse):
        close_unit(unit=north, ends_on=ends_on, **later)
    row = Worker.objects.filter(user_id=someone.user_id).latest("pk")
    change_unit(worker=row, unit=None, **later)
    with pytest.raises(UnitInUse):
        close_unit(unit=north, ends_on=ends_on, **later)
    office = today(kotiapu.people[Level.OFFICE])
    give_to_unit(order=order, unit=None, by=office, at=stage.now)
    assert close_unit(unit=north, ends_on=ends_on, **later).valid.upper == ends_on


def test_a_unit_stops_serving_only_a_client_of_its_own(kotiapu: Company) -> None:
    north, south = unit(kotiapu, "Pohjoinen"), unit(kotiapu, "Etelä")
    order, stage = placed(kotiapu, "Aino", north), kotiapu.stage
    second = stage.order(order.client, order.offer, 8_00, accepted=False)
    office = today(kotiapu.people[Level.OFFICE])
    give_to_unit(order=second, unit=south, by=office, at=stage.now)
    Order.objects.filter(client=order.client).update(valid=(ON, date(2020, 1, 1)))
    with pytest.raises(NotYourClientsOrder):
        stop_serving(
            provider=kotiapu.provider, client=order.client, ends_on=date(2019, 6, 1),
            reason="Lopetamme.", by=in_unit(kotiapu, north), at=stage.now,
        )  # fmt: skip
