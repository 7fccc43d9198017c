"""Who is told by e-mail that something came: of an order, an account, and an application."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests import applicants
from tests.cast import Stage, open_stage
from tests.company_pages import Company, company, hired
from valinta.demo.identities import iban
from valinta.messages.models import Notice, NoticeChoice
from valinta.orders.unit_actions import give_to_unit
from valinta.plans.states import Way
from valinta.processes.tell_companies import tell_companies
from valinta.providers.account_actions import ask_account_change
from valinta.providers.company_actions import open_unit
from valinta.providers.deciding_actions import ask_clarification
from valinta.providers.levels import Level
from valinta.providers.membership_actions import change_unit
from valinta.providers.models import Worker
from valinta.users.actor import actor_of, system
from valinta.users.models import User

ON = date(2019, 3, 1)


@pytest.fixture
def stage(db: None) -> Stage:
    return open_stage("keusote", on=ON)


def chooses(stage: Stage, *users: User) -> None:
    for user in users:
        NoticeChoice.objects.create(
            organiser=stage.organiser, user=user, email="koe@example.fi",
            chosen_at=stage.now, confirmed_at=stage.now,
        )  # fmt: skip


def tell(stage: Stage, minutes: int = 1) -> set[int]:
    """Who gets a notice in this run."""
    before = set(Notice.objects.values_list("pk", flat=True))
    tell_companies(
        organiser_id=stage.organiser.pk,
        by=system(stage.organiser.pk),
        at=stage.now + timedelta(minutes=minutes),
    )
    return set(Notice.objects.exclude(pk__in=before).values_list("user_id", flat=True))


def placed(one: Company, name: str) -> Any:
    stage = one.stage
    client = stage.client(name)
    stage.grant(client, {"cleaning": (Way.BUDGET, 40_00, False)})
    known = one.provider.approvals.get(programme=stage.programme).offers.first()
    offer = known or stage.offer(one.provider, "cleaning", "30.00")
    return stage.order(client, offer, 20_00, accepted=False)


def test_a_new_order_is_told_once_to_those_who_answer_it(stage: Stage) -> None:
    one = company(stage)
    chooses(stage, *one.people.values())
    placed(one, "Aino")
    assert tell(stage) == {one.people[Level.ADMIN].pk, one.people[Level.OFFICE].pk}
    assert tell(stage, 11) == set()
    Notice.objects.update(sent_at=stage.now)
    assert tell(stage, 21) == set()


def test_somebody_of_a_unit_is_told_of_the_units_orders(stage: Stage) -> None:
    one = company(stage)
    user = hired(stage, one.provider, Level.OFFICE, "Pohjoisen toimisto")
    chooses(stage, user)
    keep: dict[str, Any] = {
        "organiser_id": stage.organiser.pk,
        "by": actor_of(one.people[Level.ADMIN].pk, ON),
        "at": stage.now,
    }
    north = open_unit(provider=one.provider, name="Pohjoinen", **keep)
    change_unit(worker=Worker.objects.get(user=user), unit=north, **keep)
    order = placed(one, "Aino")
    assert tell(stage) == set()
    office = actor_of(one.people[Level.OFFICE].pk, ON)
    give_to_unit(order=order, unit=north, by=office, at=stage.now)
    assert tell(stage) == {user.pk}


def test_all_who_see_money_but_who_asked_are_told_of_another_account(stage: Stage) -> None:
    one = company(stage)
    chooses(stage, *one.people.values())
    ask_account_change(
        provider=one.provider, organiser_id=stage.organiser.pk, iban=iban(77),
        by=actor_of(one.people[Level.ADMIN].pk, ON), at=stage.now,
    )  # fmt: skip
    assert tell(stage) == {one.people[Level.OFFICE].pk}


def test_an_applicant_is_told_of_a_question(stage: Stage) -> None:
    who = applicants.applicant(stage, "Maria")
    chooses(stage, who.user)
    prices = applicants.first_price(stage, "cleaning", 1000)
    made = applicants.sent(stage, "Koti Oy", prices, who=who)
    assert tell(stage) == set()
    ask_clarification(
        application=made, questions="Mikä?", answer_by=ON + timedelta(days=14),
        by=stage.staff.office.actor, at=stage.now,
    )  # fmt: skip
    assert tell(stage) == {who.user.pk}


def test_nobody_who_has_not_chosen_e_mails_gets_one(stage: Stage) -> None:
    placed(company(stage), "Aino")
    assert tell(stage) == set()
