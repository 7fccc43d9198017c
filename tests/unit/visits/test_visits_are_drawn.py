"""Visits drawn for a check: at the published rate, by risk, and by nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import money_scene as ms
from valinta.catalogue.models import ReferencePrice
from valinta.orders.models import Order
from valinta.processes.draw_checks import (
    CheckedAlready,
    CheckNeedsWords,
    answer_check,
    candidates,
    draw_checks,
)
from valinta.programmes.models import Rulebook
from valinta.users.actor import NotAllowed
from valinta.visits.checks import Check, Drawing
from valinta.visits.drawing import MILLION, Candidate, Drawn, Risk, chance_of, draw, number_of
from valinta.visits.states import Found

TERMS = {
    "sample_rate_percent": "2",
    "sample_more_percent_new_provider": "4",
    "sample_more_percent_price_at_ceiling": "2",
    "sample_more_percent_no_times": "2.5",
    "sample_more_percent_no_code": "1",
}
SEED = "5eed"
NEVER = 10**9


def visits(
    count: int, chance: int, provider: int = 1, first: int = 1, gap: int = NEVER
) -> Iterator[Candidate]:
    for number in range(first, first + count):
        yield Candidate(number, provider, chance, gap, ())


def test_the_chance_is_the_share_and_what_the_rulebook_adds_for_each_risk() -> None:
    assert chance_of(TERMS, []) == 20_000
    assert chance_of(TERMS, [Risk.NEW_PROVIDER]) == 60_000
    assert chance_of(TERMS, list(Risk)) == 115_000
    assert chance_of(TERMS | {"sample_rate_percent": "99"}, list(Risk)) == MILLION
    assert chance_of(TERMS | {"sample_rate_percent": "0"}, []) == 0


# Four standard deviations around what is told: met by any honest drawing, and by this seed always.
@pytest.mark.parametrize("percent", [1, 2, 6, 11.5, 50])
def test_as_many_are_drawn_as_is_told(percent: float) -> None:
    count, chance = 100_000, int(percent * 10_000)
    drawn = sum(1 for _one in draw(visits(count, chance), SEED, {}))
    expected = count * percent / 100
    spread = 4 * (expected * (1 - percent / 100)) ** 0.5
    assert abs(drawn - expected) < spread


def test_a_visit_with_a_risk_is_drawn_as_much_more_often_as_is_told() -> None:
    plain = sum(1 for _one in draw(visits(200_000, 20_000), SEED, {}))
    risky = sum(1 for _one in draw(visits(200_000, 60_000, first=500_000), SEED, {}))
    assert 2.8 < risky / plain < 3.2


def test_large_and_small_companies_are_drawn_alike() -> None:
    """A company's size, its place in the list and its number have no part in the drawing."""
    large = Counter(one.by_gap for one in draw(visits(150_000, 20_000, provider=1), SEED, {}))
    many_small = [
        one
        for provider in range(2, 1502)
        for one in draw(visits(100, 20_000, provider, first=provider * 1_000), SEED, {})
    ]
    assert abs(large[False] - 3_000) < 220
    assert abs(len(many_small) - 3_000) < 220
    halves = Counter(one.visit.provider_id < 752 for one in many_small)
    assert abs(halves[True] - halves[False]) < 220


def test_numbers_are_spread_evenly_and_another_seed_gives_others() -> None:
    tenths = Counter(number_of(SEED, visit) * 10 // MILLION for visit in range(50_000))
    assert sorted(tenths) == list(range(10))
    assert all(abs(count - 5_000) < 280 for count in tenths.values())
    same = sum(number_of(SEED, one) == number_of("other", one) for one in range(5_000))
    assert same < 3


def test_anybody_draws_the_same_again_with_the_seed() -> None:
    first = list(draw(visits(5_000, 20_000, gap=200), SEED, {}))
    assert first == list(draw(visits(5_000, 20_000, gap=200), SEED, {}))
    assert first != list(draw(visits(5_000, 20_000, gap=200), "other", {}))


@given(st.integers(1, 40), st.lists(st.integers(0, 120), max_size=6), st.integers(0, 60_000))
def test_of_so_many_in_a_row_one_is_always_drawn_over_several_drawings(
    gap: int, parts: list[int], chance: int
) -> None:
    waiting: dict[int, int] = {}
    drawn: list[Drawn] = []
    first = 1
    for number, count in enumerate(parts):
        drawn += draw(visits(count, chance, first=first, gap=gap), f"{SEED}{number}", waiting)
        first += count
    # Where one is drawn because many went by, it is one of those that did: twice the gap at most.
    places = [0, *(one.visit.visit_id for one in drawn)]
    assert all(after - before < 2 * gap for before, after in zip(places, places[1:], strict=False))
    assert first - 1 - places[-1] < 2 * gap
    assert len(drawn) >= (first - 1) // gap
    assert all(one.by_gap or one.number < one.visit.chance for one in drawn)


def test_of_those_that_went_by_the_nearest_is_drawn() -> None:
    (one,) = draw(visits(30, 1, gap=30), SEED, {})
    assert one.by_gap
    assert one.number == min(number_of(SEED, visit) for visit in range(1, 31))


@pytest.fixture
def scene(db: None) -> ms.Scene:
    return ms.enter_scene()


@pytest.fixture
def order(scene: ms.Scene) -> Order:
    return ms.order(scene, ms.join(scene, 1, [ms.Wanted("home", 900_000)]), quantity=20_000)


def change_terms(scene: ms.Scene, **terms: object) -> None:
    rulebook = scene.programme.rulebooks.get()
    Rulebook.objects.filter(pk=rulebook.pk).update(parameters=rulebook.parameters | terms)


def night(scene: ms.Scene) -> Drawing | None:
    return draw_checks(
        organiser_id=scene.programme.organiser_id, by=scene.system, at=ms.NOW + timedelta(hours=14)
    )


def risks_of(scene: ms.Scene, drawing: Drawing) -> dict[int, tuple[Risk, ...]]:
    terms = dict(Rulebook.objects.values_list("pk", "parameters"))
    return {one.visit_id: one.risks for one in candidates(drawing, terms)}


def test_risks_are_seen_in_the_visits_themselves(scene: ms.Scene, order: Order) -> None:
    times = {"started_at": ms.on(18, 9), "ended_at": ms.on(18, 10), "band": "day"}
    ids = [
        one.visit_id
        for one in ms.report(scene, [ms.line(order, "a"), ms.line(order, "b", **times)]).answers
    ]
    drawing = night(scene)
    assert drawing is not None
    # Approved on the first of January: new for ninety days.
    new, without_code = Risk.NEW_PROVIDER, Risk.NO_CODE
    assert risks_of(scene, drawing) == {
        ids[0]: (new, Risk.NO_TIMES, without_code),
        ids[1]: (new, without_code),
    }
    change_terms(scene, sample_new_provider_days=30)
    ReferencePrice.objects.create(
        organiser=scene.programme.organiser, service=scene.services["home"],
        band=scene.programme.bands.get(code="day"), kind="ceiling", cents=3000, source="test",
        assumed=True, valid=(ms.OPEN.starts_on, ms.OPEN.ends_on),
    )  # fmt: skip
    assert risks_of(scene, drawing)[ids[1]] == (Risk.PRICE_AT_CEILING, without_code)


def test_each_visit_is_in_one_drawing_and_the_numbers_can_be_checked(
    scene: ms.Scene, order: Order
) -> None:
    change_terms(scene, sample_rate_percent="40", sample_max_gap_visits=5)
    ms.report(scene, [ms.line(order, f"r{one}", quantity="0.25") for one in range(30)])
    first = night(scene)
    assert first is not None
    assert night(scene) is None
    ms.report(scene, [ms.line(order, f"s{one}", quantity="0.25") for one in range(10)])
    second = night(scene)
    assert second is not None
    assert (first.looked_at, second.looked_at) == (30, 10)
    assert first.seed != second.seed
    assert Check.objects.count() == first.drawn + second.drawn >= 8
    for check in Check.objects.select_related("drawing"):
        assert check.number == number_of(check.drawing.seed, check.visit_id)
        assert check.by_gap or check.number < check.chance


def test_what_a_person_looks_into_and_what_is_refused_is_not_drawn(
    scene: ms.Scene, order: Order
) -> None:
    change_terms(scene, sample_rate_percent="100")
    late = ms.line(order, "late", 5, late_reason="The worker was ill.")
    ms.report(scene, [ms.line(order, "good"), ms.line(order, "bad", quantity="-1"), late])
    drawing = night(scene)
    assert drawing is not None
    assert [one.visit.reference for one in Check.objects.select_related("visit")] == ["good"]


def test_what_was_found_is_said_once_and_by_who_reviews_visits(
    scene: ms.Scene, order: Order
) -> None:
    change_terms(scene, sample_rate_percent="100")
    ms.report(scene, [ms.line(order, "good")])
    night(scene)
    check = Check.objects.get()
    manager = scene.staff.case_managers[0].actor
    with pytest.raises(CheckNeedsWords):
        answer_check(check=check, found=Found.WRONG, words=" ", by=manager, at=ms.NOW)
    with pytest.raises(NotAllowed):
        answer_check(
            check=check, found=Found.RIGHT, words="", by=scene.staff.preparer.actor, at=ms.NOW
        )
    answer_check(check=check, found=Found.RIGHT, words="", by=manager, at=ms.NOW)
    with pytest.raises(CheckedAlready):
        answer_check(check=check, found=Found.WRONG, words="Not so.", by=manager, at=ms.NOW)
    assert ms.faults() == []
