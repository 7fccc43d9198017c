"""The budget explained: each line of the sum, each month of the money, the outlook."""

from __future__ import annotations

import html
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.cast_clients import moment
from tests.unit.web.money_stage import ON, MoneyScene, money_scene
from valinta.audit.models import Entry
from valinta.needs.actions import adjust_allocation
from valinta.needs.models import Allocation
from valinta.processes.close_month import close_month
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.web.client.explained import Explained, explained


@pytest.fixture
def scene(db: None, settings: Settings) -> MoneyScene:
    settings.DEMO = True
    return money_scene()


def read(scene: MoneyScene, on: date = ON) -> Explained:
    with scene.stage.scope():
        return explained(scene.aino, on)


def text(scene: MoneyScene) -> str:
    answer = scene.browser().get(scene.address("budget"))
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_every_line_stands_with_its_amount_price_and_sum(scene: MoneyScene) -> None:
    page = text(scene)
    for words in ("12.5 hours", "€38.70", "€483.75", "8 visits", "€260.80", "€1,050.55"):
        assert words in page
    # Meals are bought by the organiser: part of the need, not of the budget.
    assert "Purchased service" in page
    assert "€1,146.55" in page
    facts = read(scene)
    assert facts.total == 1_146_55
    assert [(str(row.way), row.cents) for row in facts.ways] == [
        ("budget", 1_050_55),
        ("purchased_service", 96_00),
    ]
    assert [one.line.mandatory for one in facts.reasons] == [False, False, True, False]


def test_an_adjustment_by_hand_tells_its_reason(scene: MoneyScene) -> None:
    with scene.stage.scope():
        allocation = Allocation.objects.get()
        adjust_allocation(
            allocation=allocation,
            service=scene.stage.service("cleaning"),
            amount=Money(20_00),
            reason="Koti on iso.",
            by=scene.stage.manager,
            at=scene.stage.now,
        )
    page = text(scene)
    assert "adjusted by hand" in page
    assert "Koti on iso." in page


def test_each_month_adds_up_and_what_went_back_is_told(scene: MoneyScene) -> None:
    scene.visits("home-care", 9)
    before = read(scene)
    (march, april, may) = before.coming
    assert (march.paid, march.booked, march.kept, march.free) == (9 * 36_90, 0, 260_80, 457_65)
    assert (april.free, may.free) == (789_75, 789_75)
    later = moment(date(2019, 7, 1))
    with scene.stage.scope():
        close_month(
            programme=scene.stage.programme,
            month=Period.month(2019, 3),
            by=scene.stage.staff.preparer.actor,
            at=later,
        )
    (march,) = read(scene, date(2019, 4, 3)).past
    assert (march.paid, march.gone, march.free, march.kept) == (332_10, 718_45, 0, 0)


def test_the_outlook_says_when_there_is_too_little_to_go_by(scene: MoneyScene) -> None:
    assert "too few visits to say how long the money of March lasts" in text(scene)
    scene.visits("home-care", 9)
    assert "At this pace the money of March lasts to the end of the month." in text(scene)
    outlook = read(scene).outlook.budget
    assert outlook is not None
    assert outlook.this_month is not None
    assert outlook.this_month.lasts
    home = html.unescape(scene.browser().get(scene.address("home")).content.decode())
    assert "At this pace the money of March lasts" in home


def test_the_queries_do_not_grow_with_the_rows(scene: MoneyScene) -> None:
    def queries() -> int:
        with scene.stage.scope(), CaptureQueriesContext(connection) as seen:
            explained(scene.aino, ON)
        return len(seen)

    few = queries()
    with scene.stage.scope():
        allocation = Allocation.objects.get()
        for _ in range(30):
            adjust_allocation(
                allocation=allocation,
                service=scene.stage.service("cleaning"),
                amount=Money(1_00),
                reason="Koe.",
                by=scene.stage.manager,
                at=scene.stage.now,
            )
    scene.visits("home-care", 6)
    assert len(read(scene).reasons) == 34
    assert queries() == few


def test_the_pages_of_another_are_not_there_and_the_attempt_is_kept(scene: MoneyScene) -> None:
    with scene.stage.scope():
        other = scene.stage.client("Eino")
    for name in ("budget", "whatif", "requests"):
        answer = scene.stage_browser(other.user_id).get(scene.address(name))
        assert answer.status_code == 404
    with scene.stage.scope():
        refused = Entry.objects.filter(verb="refused", by_id=other.user_id)
        assert {one.client_id for one in refused} == {scene.aino.pk}
        assert refused.count() == 3


def test_a_client_without_a_decision_is_told_what_will_be_here(scene: MoneyScene) -> None:
    with scene.stage.scope():
        other = scene.stage.client("Eino")
        scene.stage.join(other)
    browser = scene.stage_browser(other.user_id)
    page = browser.get(f"/my/{other.pk}/budget/").content.decode()
    assert "There is no budget or voucher yet." in page
