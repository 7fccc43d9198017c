"""Parts that add up to their whole, on rows of the database: funding, allocations, statements."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import money_scene as ms
from valinta.needs.actions import NeedStated, assess_needs
from valinta.needs.models import AllocationLine
from valinta.processes.allocate_budget import allocate_budget
from valinta.processes.settle_period import settle_period
from valinta.programmes.models import FundingShare
from valinta.settlements.funding import funding_report
from valinta.settlements.models import Statement, StatementLine

pytestmark = pytest.mark.django_db

FEW = settings(max_examples=15, deadline=None)


@st.composite
def splits(draw: st.DrawFn) -> list[int]:
    """Two to six shares, in hundredths of a per cent, that add up to everything."""
    cuts = sorted(draw(st.sets(st.integers(1, 9_999), min_size=1, max_size=5)))
    return [end - start for start, end in zip([0, *cuts], [*cuts, 10_000], strict=True)]


def test_the_shares_of_every_funding_split_add_up_to_the_cost_to_the_cent() -> None:
    scene = ms.enter_scene()
    member = ms.join(scene, 1, [ms.Wanted("home", 900_000)])
    order = ms.order(scene, member, quantity=30_000)

    @FEW
    @given(splits(), st.lists(st.integers(1, 700), min_size=1, max_size=8))
    def check(shares: list[int], quantities: list[int]) -> None:
        with transaction.atomic():
            _replace_funding(scene, shares)
            lines = [
                ms.line(order, f"r{number}", quantity=f"{quantity / 100:.2f}")
                for number, quantity in enumerate(quantities)
            ]
            assert ms.report(scene, lines).counts.taken == len(lines)
            report = funding_report(programme=scene.programme, month=ms.MARCH)
            assert report.cost.cents == ms.owed(scene) == sum(each * 30 for each in quantities)
            assert sum(one.amount.cents for one in report.shares) == report.cost.cents
            for one in report.shares:
                exact = report.cost.cents * one.share / 10_000
                assert abs(one.amount.cents - exact) < 1
            transaction.set_rollback(True)

    check()


def _replace_funding(scene: ms.Scene, shares: list[int]) -> None:
    FundingShare.objects.all().delete()
    for number, share in enumerate(shares):
        FundingShare.objects.create(
            organiser=scene.programme.organiser,
            programme=scene.programme,
            source=f"source-{number}",
            names={},
            share=share,
            valid=(ms.OPEN.starts_on, ms.OPEN.ends_on),
        )


def test_the_lines_of_every_allocation_add_up_to_its_total() -> None:
    scene = ms.enter_scene()
    member = ms.join(scene, 1, [ms.Wanted("home", 1000)])
    needed = st.dictionaries(st.sampled_from(sorted(scene.services)), st.integers(1, 20_000))

    @FEW
    @given(needed)
    def check(needs: dict[str, int]) -> None:
        assessment = assess_needs(
            enrolment=member.enrolment,
            participants=[],
            goals=[],
            needs=[NeedStated(scene.services[code], quantity) for code, quantity in needs.items()],
            by=scene.staff.case_managers[0].actor,
            at=ms.EARLIER,
        )
        allocation = allocate_budget(
            assessment=assessment, by=scene.staff.case_managers[0].actor, at=ms.EARLIER
        )
        lines = AllocationLine.objects.filter(allocation=allocation)
        assert (lines.aggregate(sum=Sum("cents"))["sum"] or 0) == allocation.total_cents
        assert allocation.total_cents == sum(
            (ms.PRICES[code] * quantity + 50) // 100 for code, quantity in needs.items()
        )

    check()


def test_the_lines_of_a_statement_add_up_to_its_work_for_any_visits() -> None:
    scene = ms.enter_scene()
    member = ms.join(scene, 1, [ms.Wanted("home", 900_000), ms.Wanted("clean", 0, quantity=20_000)])
    orders = {
        "home": ms.order(scene, member, quantity=20_000),
        "clean": ms.order(scene, member, "clean-a", quantity=20_000),
    }
    done = st.tuples(
        st.sampled_from(sorted(orders)), st.sampled_from(("day", "evening")), st.integers(1, 900)
    )

    @FEW
    @given(st.lists(done, min_size=1, max_size=10))
    def check(visits: list[tuple[str, str, int]]) -> None:
        with transaction.atomic():
            lines = [
                ms.line(orders[code], f"r{number}", band=band, quantity=f"{quantity / 100:.2f}")
                for number, (code, band, quantity) in enumerate(visits)
            ]
            assert ms.report(scene, lines).counts.taken == len(lines)
            settle_period(
                programme=scene.programme,
                cut_off_on=ms.MARCH.ends_on,
                by=scene.staff.preparer.actor,
                at=ms.on(10, month=4),
            )
            statement = Statement.objects.get()
            summed = StatementLine.objects.aggregate(sum=Sum("cents"))["sum"]
            assert statement.visits == len(visits)
            assert statement.work_cents == summed == statement.payment_cents == ms.owed(scene)
            transaction.set_rollback(True)

    check()
