"""What always holds of an allocation."""

from hypothesis import given
from hypothesis import strategies as st

from valinta.rules.allocation import MODELS, AllocationInput, allocate, total_cents

INPUTS = st.builds(
    AllocationInput,
    code=st.sampled_from(["home_care", "cleaning", "day_activity"]),
    quantity_hundredths=st.integers(min_value=0, max_value=1_000_000),
    unit_cents=st.integers(min_value=0, max_value=1_000_000),
    points=st.integers(min_value=0, max_value=1_000),
    mandatory=st.booleans(),
)
NAMES = st.sampled_from(sorted(MODELS))
POINT_PRICES = st.integers(min_value=0, max_value=100_000)


@given(model=NAMES, needs=st.lists(INPUTS, max_size=12), per_point=POINT_PRICES)
def test_lines_follow_the_needs_and_each_is_its_quantity_at_its_price(
    model: str, needs: list[AllocationInput], per_point: int
) -> None:
    lines = allocate(model=model, lines=needs, parameters={"cents_per_point": per_point})
    assert [line.code for line in lines] == [need.code for need in needs]
    exact = sum(line.quantity_hundredths * line.unit_cents for line in lines)
    assert abs(total_cents(lines) * 100 - exact) <= 50 * len(lines)
    for line in lines:
        assert abs(line.cents * 100 - line.quantity_hundredths * line.unit_cents) <= 50


@given(
    model=NAMES,
    needs=st.lists(INPUTS, min_size=1, max_size=8),
    more=st.integers(min_value=0, max_value=100_000),
    per_point=POINT_PRICES,
    data=st.data(),
)
def test_more_need_never_means_a_smaller_budget(
    model: str, needs: list[AllocationInput], more: int, per_point: int, data: st.DataObject
) -> None:
    parameters = {"cents_per_point": per_point}
    at = data.draw(st.integers(min_value=0, max_value=len(needs) - 1))
    need = needs[at]
    larger = AllocationInput(
        need.code, need.quantity_hundredths + more, need.unit_cents, need.points, need.mandatory
    )
    before = allocate(model=model, lines=needs, parameters=parameters)
    after = allocate(
        model=model, lines=[*needs[:at], larger, *needs[at + 1 :]], parameters=parameters
    )
    assert total_cents(after) >= total_cents(before)
    assert after[:at] == before[:at]


@given(model=NAMES, needs=st.lists(INPUTS, max_size=8), per_point=POINT_PRICES)
def test_the_order_of_needs_does_not_change_the_budget(
    model: str, needs: list[AllocationInput], per_point: int
) -> None:
    parameters = {"cents_per_point": per_point}
    forward = allocate(model=model, lines=needs, parameters=parameters)
    backward = allocate(model=model, lines=needs[::-1], parameters=parameters)
    assert total_cents(forward) == total_cents(backward)
