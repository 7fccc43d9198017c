"""Looking, trying and the two ways of ordering: all give the same cents, by budget and voucher."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import money_scene as ms
from valinta.catalogue.models import Offer
from valinta.orders.actions import BudgetSpent
from valinta.orders.models import Order, OrderKind
from valinta.processes.order_service import Wanted, order_service, preview_order
from valinta.processes.place_order import place_order
from valinta.processes.try_basket import LineTried, try_basket
from valinta.wishes.actions import Choice, put_line, start_basket

NEEDS = [ms.Wanted("home", 250_00), ms.Wanted("care", 0), ms.Wanted("clean", 0, quantity=12_00)]
BANDS = st.dictionaries(
    st.sampled_from(["day", "evening"]), st.integers(1, 7_00), min_size=1, max_size=2
)


@given(service=st.sampled_from(["home", "care", "clean"]), quantities=BANDS)
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_every_way_of_ordering_and_of_looking_gives_the_same_cents(
    db: None, service: str, quantities: dict[str, int]
) -> None:
    with transaction.atomic():
        scene = ms.enter_scene()
        member = ms.join(scene, 1, NEEDS)
        offer = scene.offers[f"{service}-a"]
        line = _tried(member, offer, quantities)
        wanted = Wanted(offer, OrderKind.PERIOD, ms.MARCH, quantities=quantities)
        ways = (
            lambda: place_order(
                enrolment=member.enrolment, offer=offer, kind=OrderKind.PERIOD, period=ms.MARCH,
                quantities=quantities, by=member.person.actor, at=ms.NOW,
            ),
            lambda: order_service(
                enrolment=member.enrolment, wanted=wanted, by=member.person.actor, at=ms.NOW
            ),
        )  # fmt: skip
        if not line.fits:
            for way in ways:
                with pytest.raises(BudgetSpent), transaction.atomic():
                    way()
        else:
            seen = preview_order(enrolment=member.enrolment, wanted=wanted, at=ms.NOW)
            assert (seen.held, seen.self_pay) == (line.held, line.self_pay)
            assert [_held_by(way) for way in ways] == [line.held, line.held]
        transaction.set_rollback(True)


def _tried(member: ms.Member, offer: Offer, quantities: dict[str, int]) -> LineTried:
    who = {"by": member.person.actor, "at": ms.NOW}
    basket = start_basket(enrolment=member.enrolment, name="Kokeilu", **who)
    choice = Choice(offer.service, offer, quantities, True, ms.MARCH.starts_on, 1)
    put_line(basket=basket, choice=choice, **who)
    lines = basket.lines.select_related("service", "offer__approval")
    (line,) = try_basket(enrolment=member.enrolment, lines=list(lines), at=ms.NOW).lines
    return line


def _held_by(way: object) -> int:
    """What an order holds; it is taken back, so that the next way meets the same money."""
    assert callable(way)
    with transaction.atomic():
        order = way()
        assert isinstance(order, Order)
        held = ms.held(order)
        transaction.set_rollback(True)
    return held
