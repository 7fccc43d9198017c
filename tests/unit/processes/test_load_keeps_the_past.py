"""A pack that would change a day that has been is refused, and every fact of it is named."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from tests.unit.processes.loading import everything, load
from tests.unit.processes.pack_edits import (
    PRICE_IN_FORCE,
    edited,
    find,
    pack,
    rulebook_with,
    without,
)
from valinta.programmes.pack import Pack
from valinta.programmes.past import PastWouldChange

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Refusal:
    """A pack, a change to its past, and what the refusal must say."""

    kind: str
    name: str
    change: Callable[[Pack], Pack]
    says: tuple[str, ...]


REFUSALS = (
    Refusal(
        "a phase that ended ends earlier",
        "keusote",
        lambda it: edited(it, "phases", 0, ends_on=date(2018, 12, 1)),
        ("phase, 2018-12-01/2019-01-01: was code trial", "would be not there", "put it back"),
    ),
    Refusal(
        "a phase that has begun has another status",
        "keusote",
        lambda it: edited(it, "phases", 1, status="trial"),
        ("phase, 2019-01-01/2019-03-15: was status extension, would be status trial",),
    ),
    Refusal(
        "a municipality joined earlier",
        "keusote",
        lambda it: edited(
            it, "municipalities", find(it, "municipalities", code="858"), joined_on=date(2018, 6, 1)
        ),
        (
            "membership of municipality 858, 2018-06-01/2019-01-01: was not there, would be there",
            "let it start on 2019-03-15 or later",
        ),
    ),
    Refusal(
        "a municipality was never in",
        "kainuu",
        lambda it: without(it, "municipalities", 0),
        ("membership of municipality", "was there, would be not there"),
    ),
    Refusal(
        "a quota has other places",
        "osterbotten",
        lambda it: edited(it, "quotas", 0, places=16),
        ("quota 598, 2018-01-01/2019-03-15: was places 15, would be places 16",),
    ),
    Refusal(
        "a price in force has other cents",
        "keusote",
        lambda it: edited(it, "prices", find(it, "prices", **PRICE_IN_FORCE), price_cents=4321),
        ("price home-care, weekday-day, reference, 2019-01-01/2019-03-15", "cents 43.21 euros"),
    ),
    Refusal(
        "a price of the past is gone",
        "keusote",
        lambda it: without(it, "prices", 0),
        ("price home-care, weekday-day, reference, 2017-12-01/2019-01-01", "would be not there"),
    ),
    Refusal(
        "a voucher value has other cents",
        "kanta-hame",
        lambda it: edited(it, "voucher_values", 0, value_cents=3031),
        (
            "voucher value home-service, weekday-day, 2017-12-01/2019-01-01",
            "was cents 30.30 euros, would be cents 30.31 euros",
        ),
    ),
    Refusal(
        "a rulebook in force has another term",
        "kainuu",
        lambda it: rulebook_with(it, 0, confirm_window_days=99),
        ("rulebook, 2017-12-01/2019-03-15: was parameters.confirm_window_days", "window_days 99"),
    ),
    Refusal(
        "a funding share was another",
        "kainuu",
        lambda it: edited(
            edited(it, "funding", 0, percent=Decimal("70")), "funding", 1, percent=Decimal("30")
        ),
        (
            "funding share ministry, 2017-12-01/2019-03-15: was share 80.00 per cent,"
            " would be share 70.00 per cent",
            "funding share own-share",
        ),
    ),
    Refusal(
        "a unit cost was another",
        "kainuu",
        lambda it: edited(it, "allocation.unit_costs", 0, cost_cents=3801),
        (
            "allocation, 2017-12-01/2019-03-15: was parameters.unit_cents.home-care 38.00 euros,"
            " would be parameters.unit_cents.home-care 38.01 euros",
        ),
    ),
    Refusal(
        "a point was worth something else",
        "osterbotten",
        lambda it: edited(it, "allocation.point_values", 0, value_cents=1),
        ("allocation, 2018-01-01/2019-01-01: was parameters.cents_per_point 21.50 euros",),
    ),
    Refusal(
        "a share of current prices was another",
        "siun-sote",
        lambda it: edited(it, "allocation.price_shares", 0, percent=Decimal("90")),
        ("would be parameters.share 90.00 per cent",),
    ),
    Refusal(
        "a service is counted in another unit",
        "kainuu",
        lambda it: edited(it, "services", 0, unit="week"),
        ("service home-care: was unit hour, would be unit week", "a code of its own"),
    ),
)


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda one: one.kind)
def test_a_change_of_the_past_is_refused_and_named(refusal: Refusal) -> None:
    given = pack(refusal.name)
    load(given)
    before = everything()
    with pytest.raises(PastWouldChange) as refused:
        load(refusal.change(given))
    for said in refusal.says:
        assert said in str(refused.value)
    assert "To mend: " in str(refused.value)
    assert everything() == before


def test_every_change_of_the_past_is_named_at_once() -> None:
    given = pack("keusote")
    load(given)
    change = edited(edited(given, "prices", 0, price_cents=1), "phases", 0, status="extension")
    change = edited(change, "services", 1, unit="week")
    with pytest.raises(PastWouldChange) as refused:
        load(change)
    assert [one.where.split()[0] for one in refused.value.changes] == ["service", "phase", "price"]


def test_the_same_change_is_refused_when_its_day_has_come() -> None:
    given = pack("siun-sote")
    load(given)
    change = rulebook_with(given, 1, confirm_window_days=5)
    with pytest.raises(PastWouldChange, match="confirm_window_days"):
        load(change, today=date(2019, 11, 2))
    assert load(change, today=date(2019, 11, 1)).changed
