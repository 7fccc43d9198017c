"""A provider is lost with its clients: money returns, each finds another, none is forgotten."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Stage
from tests.unit.processes.changing import begin, held, live_on, moment, stage_of
from valinta.catalogue.models import Offer
from valinta.messages.models import Message
from valinta.orders.change_actions import MovedAlready, WordsMissing, settle_moving
from valinta.processes.move_clients import (
    alternatives,
    move_client,
    not_yet_moved,
    preview_move,
)
from valinta.processes.verify_books import verify_books
from valinta.processes.withdraw_provider import (
    EndsInThePast,
    how_far_it_reaches,
    what_withdrawal_does,
    withdraw_provider,
)
from valinta.providers.models import Approval

pytestmark = pytest.mark.django_db
LAST = date(2019, 3, 19)
ENDS = date(2019, 3, 20)


def lost_offer(stage: Stage) -> Offer:
    return stage.offer(stage.provider("Lopettava"), "cleaning", "30.00")


def approval_of(offer: Offer) -> Approval:
    return Approval.objects.select_related("programme").get(pk=offer.approval_id)


def test_orders_end_that_day_money_returns_and_each_client_moves_on_their_choice() -> None:
    stage = stage_of()
    offer = lost_offer(stage)
    aino, order = begin(stage, "Aino", offer)
    veli, _ = begin(stage, "Veli", offer)
    cheaper = stage.offer(stage.provider("Halpa"), "cleaning", "28.00")
    dearer = stage.offer(stage.provider("Kallis"), "cleaning", "33.00")
    full = stage.offer(stage.provider("Täynnä"), "cleaning", "20.00")
    Offer.objects.filter(pk=full.pk).update(takes_new_clients=False)
    live_on(stage, date(2019, 3, 11))
    approval, whole = approval_of(offer), held(order)
    look = what_withdrawal_does(approval=approval, ends_on=ENDS, today=stage.on)
    reach = how_far_it_reaches(approval=approval, ends_on=ENDS, today=stage.on)
    assert (reach.orders, reach.clients, reach.alone) == (2, 2, 0)
    assert reach.held == look.returns + look.stays
    assert [(one.row.offer_id, one.more) for one in look.lost[0].others] == [
        (cheaper.pk, -2_00), (dearer.pk, 3_00),
    ]  # fmt: skip
    with pytest.raises(EndsInThePast):
        withdraw_provider(
            approval=approval, ends_on=date(2019, 3, 10), reason="Koe",
            by=stage.staff.office.actor, at=stage.now,
        )  # fmt: skip
    with pytest.raises(WordsMissing):
        withdraw_provider(
            approval=approval, ends_on=ENDS, reason=" ", by=stage.staff.office.actor, at=stage.now
        )
    done = withdraw_provider(
        approval=approval, ends_on=ENDS, reason="Rekisteristä poistettu", words="Soitamme sinulle.",
        by=stage.staff.office.actor, at=stage.now,
    )  # fmt: skip
    assert whole - held(order) == look.lost[0].returns
    # Six visits of March until the 19th stay held: 4, 7, 11, 14 and 18, and Friday's none.
    assert held(order) == look.lost[0].stays == 5 * 30_00
    assert Message.objects.count() == 2
    assert "Soitamme sinulle." in Message.objects.order_by("pk")[0].words
    assert "Lopettava" in Message.objects.order_by("pk")[0].words
    assert [one.client_id for one in not_yet_moved(organiser=stage.organiser)] == [aino.pk, veli.pk]
    assert verify_books() == []
    # A visit of the last day is paid, one of the day after is not.
    codes = [
        stage.report_lines(
            order.provider, [stage.line(order, day)], at=moment(date(2019, 3, 21))
        ).answers[0].code
        for day in (date(2019, 3, 18), ENDS)
    ]  # fmt: skip
    assert codes == [None, "outside_order_period"]
    mine = done.movings[0]
    seen = preview_move(moving=mine, offer=cheaper, at=stage.now)
    moved = move_client(moving=mine, offer=cheaper, by=stage.manager, at=stage.now)
    assert moved.new_order is not None
    assert moved.new_order.valid.lower == ENDS
    assert moved.new_order.valid.upper == mine.was_until
    assert held(moved.new_order) == seen.held
    with pytest.raises(MovedAlready):
        settle_moving(moving=mine, new_order=None, words="Ei", by=stage.manager, at=stage.now)
    settle_moving(
        moving=done.movings[1],
        new_order=None,
        words="Tytär auttaa.",
        by=stage.manager,
        at=stage.now,
    )
    assert not_yet_moved(organiser=stage.organiser) == []
    assert verify_books() == []


def test_thirty_clients_are_looked_at_with_as_many_questions_as_one() -> None:
    stage = stage_of()
    offer = lost_offer(stage)
    stage.offer(stage.provider("Toinen"), "cleaning", "31.00")
    begin(stage, "Yksi", offer)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            approval = approval_of(offer)
            how_far_it_reaches(approval=approval, ends_on=ENDS, today=stage.on)
            look = what_withdrawal_does(approval=approval, ends_on=ENDS, today=stage.on)
            assert all(one.others for one in look.lost)
        return len(queries)

    one = asked()
    for number in range(4):
        begin(stage, f"Asiakas {number}", offer)
    assert asked() == one
    assert alternatives([], ENDS) == {}
