"""A service is rated after it was had, by its client, once; the old stars are taken back."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cast import Stage, moment, open_stage
from valinta.catalogue.actions import NotStars
from valinta.catalogue.models import Offer
from valinta.clients.access import NotYourClient
from valinta.orders.models import Order, Rating
from valinta.plans.states import Way
from valinta.processes.rate_service import NothingHadYet, rate_service
from valinta.visits.actions import confirm_visit, dispute_visit


@pytest.fixture
def stage(db: None) -> Stage:
    return open_stage("keusote", on=date(2019, 3, 10))


@pytest.fixture
def order(stage: Stage) -> Order:
    aino = stage.client("Aino")
    stage.grant(aino, {"cleaning": (Way.BUDGET, 10_00, False)})
    return stage.order(aino, stage.offer(stage.provider("Kiilto Oy"), "cleaning", "30.00"), 4_00)


def rate(stage: Stage, order: Order, stars: int, words: str = "") -> Rating:
    return rate_service(
        order=order, stars=stars, words=words, by=stage.actor(order.client), at=stage.now
    )


def counted(order: Order) -> tuple[int, int]:
    offer = Offer.objects.get(pk=order.offer_id)
    return offer.rating_sum, offer.rating_count


def test_nothing_is_rated_before_it_was_had(stage: Stage, order: Order) -> None:
    with pytest.raises(NothingHadYet):
        rate(stage, order, 5)
    visit = stage.report(order, date(2019, 3, 5))
    dispute_visit(
        visit_id=visit.pk, reason="Kukaan ei tullut.", by=stage.actor(order.client), at=stage.now
    )
    with pytest.raises(NothingHadYet):
        rate(stage, order, 1)
    assert counted(order) == (0, 0)


def test_a_changed_rating_counts_once_and_the_old_one_is_kept(stage: Stage, order: Order) -> None:
    visit = stage.report(order, date(2019, 3, 5))
    confirm_visit(visit_id=visit.pk, by=stage.actor(order.client), at=moment(date(2019, 3, 9)))
    rate(stage, order, 2, "  Myöhästyi.  ")
    assert counted(order) == (2, 1)
    stage.on = date(2019, 4, 1)
    rate(stage, order, 5)
    assert counted(order) == (5, 1)
    rows = Rating.objects.filter(order=order).order_by("pk")
    assert [(one.stars, one.words, one.superseded_at) for one in rows] == [
        (2, "Myöhästyi.", stage.now),
        (5, "", None),
    ]


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_stars_are_one_to_five(stars: int, stage: Stage, order: Order) -> None:
    stage.report(order, date(2019, 3, 5))
    with pytest.raises(NotStars):
        rate(stage, order, stars)


def test_nobody_else_rates(stage: Stage, order: Order) -> None:
    stage.report(order, date(2019, 3, 5))
    for actor in (stage.actor(stage.client("Eino")), stage.worker(order.provider)):
        with pytest.raises(PermissionError):
            rate_service(order=order, stars=5, words="", by=actor, at=stage.now)
    with pytest.raises(NotYourClient):
        rate_service(
            order=order, stars=5, words="", by=stage.actor(stage.client("Veikko")), at=stage.now
        )
