"""What may happen to a visit after it was reported: sent again, mended, reviewed, answered."""

from __future__ import annotations

import pytest

from tests import money_scene as ms
from valinta.ledger.models import Transfer
from valinta.ledger.posting import NotEnoughMoney
from valinta.orders.actions import end_order
from valinta.orders.models import Order
from valinta.processes.correct_price import correct_price
from valinta.processes.settle_period import settle_period
from valinta.shared.money import Money
from valinta.shared.states import ForbiddenTransition
from valinta.visits.actions import (
    DisputeNeedsReason,
    RejectionNeedsReason,
    SettledAlready,
    accept_reviewed,
    confirm_visit,
    correct_visit,
    dispute_visit,
    reject_reviewed,
)
from valinta.visits.codes import Code
from valinta.visits.models import Visit
from valinta.visits.states import VisitState

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> ms.Scene:
    return ms.enter_scene()


@pytest.fixture
def member(scene: ms.Scene) -> ms.Member:
    return ms.join(
        scene, 1, [ms.Wanted("home", 60_000), ms.Wanted("care", 5000), ms.Wanted("clean", 0)]
    )


@pytest.fixture
def order(scene: ms.Scene, member: ms.Member) -> Order:
    return ms.order(scene, member)


def _accept(scene: ms.Scene, visit: Visit) -> Visit:
    funding = scene.programme.funding_account_id
    return accept_reviewed(
        visit_id=visit.pk, funding_account_id=funding, by=scene.system, at=ms.on(21)
    )


def _reject(scene: ms.Scene, visit: Visit, reason: str = "Two visits at once.") -> Visit:
    return reject_reviewed(
        visit_id=visit.pk,
        reason=reason,
        funding_account_id=scene.programme.funding_account_id,
        by=scene.system,
        at=ms.on(21),
    )


def test_a_line_sent_again_is_answered_as_repeated_with_the_same_visit(
    scene: ms.Scene, order: Order
) -> None:
    first = ms.report(scene, [ms.line(order, "r1")]).answers[0]
    again = ms.report(scene, [ms.line(order, "r1")]).answers[0]
    assert (again.outcome, again.visit_id) == ("repeated", first.visit_id)
    assert ms.owed(scene) == 3000
    assert Visit.objects.count() == 1


def test_a_line_twice_in_one_file_is_taken_once_and_both_answers_name_the_visit(
    scene: ms.Scene, order: Order
) -> None:
    first, second = ms.report(scene, [ms.line(order, "r1"), ms.line(order, "r1")]).answers
    assert (first.outcome, second.outcome) == ("taken", "repeated")
    assert first.visit_id == second.visit_id == Visit.objects.get().pk
    assert ms.owed(scene) == 3000


def test_two_lines_of_one_file_with_the_same_reference_and_other_content_do_not_both_get_in(
    scene: ms.Scene, order: Order
) -> None:
    lines = [ms.line(order, "r1"), ms.line(order, "r1", quantity="2")]
    first, second = ms.report(scene, lines).answers
    assert (first.outcome, second.code) == ("taken", Code.OTHER_CONTENT)
    assert second.visit_id is None
    assert ms.owed(scene) == 3000


def test_repeats_among_new_lines_are_set_aside_and_the_others_judged(
    scene: ms.Scene, order: Order
) -> None:
    old, other, twice = (ms.line(order, reference, 18) for reference in ("old", "other", "twice"))
    first = ms.report(scene, [old, other, twice])
    sent = [
        ms.line(order, "new", 19),
        old,
        other | {"quantity": "2.00"},
        twice,
        twice | {"quantity": "2.00"},
        ms.line(order, "new", 19),
        ms.line(order, "nobody", 19) | {"order": 0},
    ]
    again = ms.report(scene, sent)
    assert [one.line for one in again.answers] == [1, 2, 3, 4, 5, 6, 7]
    assert [one.outcome for one in again.answers] == [
        "taken", "repeated", "refused", "repeated", "refused", "repeated", "refused",
    ]  # fmt: skip
    visits = [one.visit_id for one in first.answers]
    assert [again.answers[1].visit_id, again.answers[3].visit_id] == [visits[0], visits[2]]
    assert again.answers[5].visit_id == again.answers[0].visit_id
    counts = again.counts
    assert (counts.taken, counts.in_review, counts.refused, counts.repeated) == (1, 0, 3, 3)
    assert ms.faults() == []


def test_a_refused_line_that_is_mended_is_taken_under_the_same_reference(
    scene: ms.Scene, order: Order
) -> None:
    refused = ms.report(scene, [ms.line(order, "r1", band="brunch")]).answers[0]
    assert refused.code == Code.UNKNOWN_BAND
    mended = ms.report(scene, [ms.line(order, "r1", band="evening")]).answers[0]
    assert mended.outcome == "taken"
    assert Visit.objects.get().price_cents == ms.EVENING["home"]


def test_a_rejected_visit_frees_its_reference_for_a_mended_line(
    scene: ms.Scene, order: Order
) -> None:
    late = ms.line(order, "r1", 14, late_reason="Ill.")
    visit = Visit.objects.get(pk=ms.report(scene, [late]).answers[0].visit_id)
    _reject(scene, visit)
    assert ms.report(scene, [ms.line(order, "r1", 15)]).answers[0].outcome == "taken"
    assert ms.owed(scene) == 3000
    assert ms.faults() == []


def test_the_same_reference_of_two_providers_is_two_visits(
    scene: ms.Scene, member: ms.Member, order: Order
) -> None:
    other = ms.order(scene, member, "home-b")
    assert ms.report(scene, [ms.line(order, "r1")]).counts.taken == 1
    assert ms.report(scene, [ms.line(other, "r1")], "b").counts.taken == 1


def test_a_visit_late_with_a_reason_is_captured_only_when_a_person_accepts_it(
    scene: ms.Scene, order: Order
) -> None:
    late = ms.line(order, "r1", 14, late_reason="The phone was broken.")
    visit = Visit.objects.get(pk=ms.report(scene, [late]).answers[0].visit_id)
    assert (visit.state, visit.code) == (VisitState.IN_REVIEW, Code.LATE_WITH_REASON)
    assert visit.reason == "The phone was broken."
    assert (ms.owed(scene), ms.held(order)) == (0, 30_000)
    _accept(scene, visit)
    assert (ms.owed(scene), ms.held(order)) == (3000, 27_000)
    assert ms.faults() == []


def test_what_waits_for_review_keeps_its_place_in_the_order(scene: ms.Scene, order: Order) -> None:
    late = ms.line(order, "r1", 14, late_reason="Ill.", quantity="4")
    ms.report(scene, [late])
    rest = [ms.line(order, "r2", quantity="6.5"), ms.line(order, "r3", quantity="6")]
    first, second = ms.report(scene, rest).answers
    assert (first.code, second.outcome) == (Code.BEYOND_ORDERED, "taken")
    _accept(scene, Visit.objects.get(reference="r1"))
    assert ms.held(order) == 0
    assert ms.faults() == []


def test_a_line_that_does_not_fit_leaves_room_for_a_smaller_one_after_it(
    scene: ms.Scene, order: Order
) -> None:
    quantities = ("6", "5", "3", "1.5", "1")
    lines = [ms.line(order, f"r{each}", quantity=each) for each in quantities]
    outcomes = [one.outcome for one in ms.report(scene, lines).answers]
    assert outcomes == ["taken", "refused", "taken", "refused", "taken"]
    assert ms.held(order) == 0


def test_a_reviewed_visit_that_is_rejected_costs_nothing_and_says_why(
    scene: ms.Scene, order: Order
) -> None:
    late = ms.line(order, "r1", 14, late_reason="Ill.")
    visit = Visit.objects.get(pk=ms.report(scene, [late]).answers[0].visit_id)
    with pytest.raises(RejectionNeedsReason):
        _reject(scene, visit, reason=" ")
    assert _reject(scene, visit).reason == "Two visits at once."
    assert (ms.owed(scene), ms.held(order)) == (0, 30_000)
    with pytest.raises(ForbiddenTransition):
        _accept(scene, visit)
    assert ms.faults() == []


def test_the_client_confirms_a_visit_or_disputes_it_with_a_reason(
    scene: ms.Scene, member: ms.Member, order: Order
) -> None:
    ms.report(scene, [ms.line(order, "r1"), ms.line(order, "r2")])
    good, bad = Visit.objects.order_by("id")
    actor = member.person.actor
    confirm_visit(visit_id=good.pk, by=actor, at=ms.on(21))
    with pytest.raises(DisputeNeedsReason):
        dispute_visit(visit_id=bad.pk, reason="", by=actor, at=ms.on(21))
    dispute_visit(visit_id=bad.pk, reason="Nobody came.", by=actor, at=ms.on(21))
    states = list(Visit.objects.order_by("id").values_list("state", flat=True))
    assert states == [VisitState.CONFIRMED, VisitState.DISPUTED]
    assert ms.owed(scene) == 6000, "what is disputed stays captured until it is settled"
    with pytest.raises(ForbiddenTransition):
        dispute_visit(visit_id=good.pk, reason="After all.", by=actor, at=ms.on(21))
    assert ms.faults() == []


def test_a_disputed_visit_is_accepted_without_a_second_capture_or_rejected_with_the_money_back(
    scene: ms.Scene, member: ms.Member, order: Order
) -> None:
    ms.report(scene, [ms.line(order, "r1"), ms.line(order, "r2")])
    first, second = Visit.objects.order_by("id")
    for visit in (first, second):
        dispute_visit(visit_id=visit.pk, reason="Late.", by=member.person.actor, at=ms.on(21))
    _accept(scene, first)
    assert ms.owed(scene) == 6000
    _reject(scene, second)
    assert (ms.owed(scene), ms.held(order)) == (3000, 27_000)
    assert ms.faults() == []


def test_a_visit_disputed_and_corrected_is_worth_nothing_after_it_is_rejected(
    scene: ms.Scene, member: ms.Member, order: Order
) -> None:
    ms.report(scene, [ms.line(order, "r1")])
    visit = Visit.objects.get()
    dispute_visit(visit_id=visit.pk, reason="Late.", by=member.person.actor, at=ms.on(21))
    correct_visit(
        visit=visit,
        amount=Money(-500),
        cause="price",
        reason="Too dear.",
        funding_account_id=scene.programme.funding_account_id,
        by=scene.system,
        at=ms.on(21),
    )
    _reject(scene, visit)
    assert (ms.owed(scene), ms.held(order)) == (0, 30_000)
    assert ms.faults() == []


def test_a_visit_in_review_is_accepted_though_its_order_has_ended_meanwhile(
    scene: ms.Scene, order: Order
) -> None:
    late = ms.line(order, "r1", 14, late_reason="Ill.")
    visit = Visit.objects.get(pk=ms.report(scene, [late]).answers[0].visit_id)
    end_order(order=order, reason="moves away", by=scene.system, at=ms.NOW)
    _accept(scene, visit)
    assert (ms.owed(scene), ms.held(order)) == (3000, 0)
    assert ms.faults() == []


def test_a_subjective_right_past_an_empty_pot_is_paid_by_the_funding_and_flagged(
    scene: ms.Scene,
) -> None:
    poor = ms.join(scene, 2, [ms.Wanted("care", 5000)])
    order = ms.order(scene, poor, "care-a", quantity=1000)
    assert ms.held(order) == 5000
    funding = scene.programme.funding_account_id
    before = ms.balance(funding)
    lines = [ms.line(order, f"r{day}", day, quantity="2") for day in (15, 16, 17)]
    assert ms.report(scene, lines).counts.taken == 3
    flags = list(Visit.objects.order_by("served_on").values_list("over_budget", flat=True))
    assert flags == [False, True, True]
    assert ms.owed(scene) == 3 * 4000
    assert ms.held(order) == 1000
    assert ms.balance(funding) == before - 2 * 4000
    beyond = ms.report(scene, [ms.line(order, "more", 18, quantity="5")]).answers[0]
    assert beyond.code == Code.BEYOND_ORDERED, "a right is limited by what was ordered"
    assert ms.faults() == []


def test_a_voucher_pays_its_value_and_the_client_the_rest_band_by_band(
    scene: ms.Scene, member: ms.Member
) -> None:
    order = ms.order(scene, member, "clean-a", quantity=400)
    lines = [
        ms.line(order, "day", quantity="1.5"),
        ms.line(order, "evening", quantity="1", band="evening"),
    ]
    assert ms.report(scene, lines).counts.taken == 2
    day, evening = Visit.objects.order_by("reference")
    assert (day.payable_cents, day.self_pay_cents) == (3750, 750)
    # In the evening the value is above the price: the price is paid, and nothing by the client.
    assert (evening.payable_cents, evening.self_pay_cents) == (3600, 0)
    assert Transfer.objects.filter(kind="capture").count() == 2
    assert ms.faults() == []


def test_accepting_past_an_empty_hold_is_refused_by_name(scene: ms.Scene, order: Order) -> None:
    late = ms.line(order, "r1", 14, late_reason="Ill.", quantity="10")
    visit = Visit.objects.get(pk=ms.report(scene, [late]).answers[0].visit_id)
    Visit.objects.filter(pk=visit.pk).update(payable_cents=30_001)
    with pytest.raises(NotEnoughMoney):
        _accept(scene, visit)


def test_a_visit_in_review_gets_the_price_that_was_corrected_while_it_waited(
    scene: ms.Scene, order: Order
) -> None:
    late = ms.line(order, "r1", 14, late_reason="Ill.")
    visit = Visit.objects.get(pk=ms.report(scene, [late]).answers[0].visit_id)
    corrected = correct_price(
        offer=scene.offers["home-a"],
        band="day",
        amount=Money(2700),
        period=ms.MARCH,
        reason="The list was wrong.",
        by=scene.system,
        at=ms.NOW,
    )
    assert corrected.corrections == []
    _accept(scene, visit)
    assert (ms.owed(scene), ms.held(order)) == (2700, 27_300)
    assert ms.faults() == []


def test_a_visit_that_is_being_paid_is_not_disputed_any_more(
    scene: ms.Scene, member: ms.Member, order: Order
) -> None:
    ms.report(scene, [ms.line(order, "r1")])
    visit = Visit.objects.get()
    confirmed = confirm_visit(visit_id=visit.pk, by=member.person.actor, at=ms.on(21))
    assert confirmed.state == VisitState.CONFIRMED
    ms.report(scene, [ms.line(order, "r2")])
    silent = Visit.objects.get(reference="r2")
    settle_period(
        programme=scene.programme,
        cut_off_on=ms.MARCH.ends_on,
        by=scene.staff.preparer.actor,
        at=ms.on(10, month=4),
    )
    with pytest.raises(SettledAlready, match="credit"):
        dispute_visit(
            visit_id=silent.pk, reason="Late.", by=member.person.actor, at=ms.on(10, month=4)
        )
    assert ms.faults() == []
