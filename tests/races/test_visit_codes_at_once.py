"""One visit code entered by two at the same moment."""

from __future__ import annotations

import pytest

from tests import money_scene as ms
from tests.races.crowd import all_at_once, kinds
from valinta.orders.models import OrderKind
from valinta.processes.place_order import place_order
from valinta.visits.code_actions import Shown, make_code, use_code
from valinta.visits.models import VisitCode

pytestmark = pytest.mark.race


def test_of_many_who_enter_a_code_at_once_one_wins(fresh_database: str) -> None:
    scene = ms.enter_scene()
    member = ms.join(scene, 1, [ms.Wanted("home", 10 * 3000)])
    order = place_order(
        enrolment=member.enrolment,
        offer=scene.offers["home-a"],
        kind=OrderKind.PERIOD,
        period=ms.MARCH,
        quantities={"": 100},
        by=member.person.actor,
        at=ms.NOW,
    )

    def make() -> Shown:
        return make_code(order=order, by=member.person.actor, at=ms.NOW)

    organiser_id = scene.programme.organiser_id
    # Two screens show a code at once: one of the two is the good one.
    shown = all_at_once(organiser_id, [make] * 2)
    assert kinds(shown) == {"Shown": 2}
    assert VisitCode.objects.filter(closed_at__isnull=True).count() == 1
    code = make().code

    def use() -> VisitCode:
        return use_code(order=order, code=code, by=scene.system, at=ms.NOW)

    results = all_at_once(organiser_id, [use] * 6)
    assert kinds(results) == {"VisitCode": 1, "CodeNotGood": 5}
    assert VisitCode.objects.filter(used_at__isnull=False).count() == 1
