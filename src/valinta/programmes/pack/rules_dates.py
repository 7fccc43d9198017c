"""Checks of periods: in order, not overlapping, and without a gap where there must be none."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TypeVar

from valinta.programmes.pack.faults import Finding, Place
from valinta.programmes.pack.schema import Pack
from valinta.programmes.pack.schema_base import Dated
from valinta.programmes.pack.schema_walk import walk
from valinta.shared.periods import Period

D = TypeVar("D", bound=Dated)


def period_of(fact: Dated) -> Period:
    """The half-open period of a dated fact whose days are in order."""
    return Period(fact.starts_on, fact.ends_on)


def span(period: Period) -> str:
    """A period in words, with the day that is no longer in it."""
    return f"{period.starts_on} up to {period.ends_on or 'further notice'}"


def phases_of(pack: Pack) -> list[Period]:
    """The periods in which the programme is open."""
    return [period_of(phase) for phase in pack.phases]


def gaps(wanted: Iterable[Period], have: Iterable[Period]) -> list[Period]:
    """The parts of the wanted periods that none of the others covers."""
    left = list(wanted)
    for period in have:
        left = [part for one in left for part in one.minus(period)]
    return sorted(left, key=lambda part: part.starts_on)


def check_order(pack: Pack) -> Iterator[Finding]:
    """Periods are half-open: the day they end on is later than the day they start on."""
    for place, fact in walk(pack):
        if isinstance(fact, Dated) and fact.ends_on and fact.ends_on <= fact.starts_on:
            yield Finding(
                (*place, "ends_on"),
                f"ends on {fact.ends_on} but starts on {fact.starts_on}: it holds no day",
                "write the first day on which it is no longer true (half-open)",
            )
    for at, one in enumerate(pack.municipalities):
        if one.left_on and (one.joined_on is None or one.left_on <= one.joined_on):
            yield Finding(
                ("municipalities", at, "left_on"),
                f"{one.names.en} left on {one.left_on} but joined on {one.joined_on or 'no day'}",
                "write the day it joined, and a later day on which it left",
            )


def check_overlaps(pack: Pack) -> Iterator[Finding]:
    """Of facts that say the same thing, one at most is true on a day."""
    yield from _overlaps(("phases",), pack.phases, lambda _: "phase")
    yield from _overlaps(("rulebooks",), pack.rulebooks, lambda _: "rulebook")
    yield from _overlaps(
        ("quotas",),
        pack.quotas,
        lambda one: f"quota of {one.municipality} for {one.target_group or 'all groups'}",
    )
    yield from _overlaps(("funding",), pack.funding, lambda one: f"share of {one.code}")
    yield from _overlaps(
        ("prices",),
        pack.prices,
        lambda one: f"{one.kind} price of {one.service} in {one.band}",
    )
    yield from _overlaps(
        ("voucher_values",),
        pack.voucher_values,
        lambda one: f"voucher value of {one.service} in {one.band}",
    )
    model = pack.allocation
    place = ("allocation",)
    yield from _overlaps(
        (*place, "unit_costs"), model.unit_costs, lambda one: f"unit cost of {one.service}"
    )
    yield from _overlaps((*place, "point_values"), model.point_values, lambda _: "value of a point")
    yield from _overlaps((*place, "price_shares"), model.price_shares, lambda _: "share of price")


def _overlaps(place: Place, facts: Sequence[D], what: Callable[[D], str]) -> Iterator[Finding]:
    earlier: defaultdict[str, list[Period]] = defaultdict(list)
    for at, fact in enumerate(facts):
        name, period = what(fact), period_of(fact)
        for other in earlier[name]:
            if period.overlaps(other):
                yield Finding(
                    (*place, at, "starts_on"),
                    f"the {name} of {span(period)} overlaps the one of {span(other)}",
                    "end the earlier one on the day the later one starts",
                )
        earlier[name].append(period)


def check_coverage(pack: Pack) -> Iterator[Finding]:
    """A rulebook and shares of funding that add to 100 percent on each day of each phase."""
    phases = phases_of(pack)
    for gap in gaps(phases, [period_of(one) for one in pack.rulebooks]):
        yield Finding(
            ("rulebooks",),
            f"no rulebook is in force from {span(gap)}",
            "add a version, or move the day one starts or ends",
        )
    for at, one in enumerate(pack.rulebooks):
        if one.approved_on > one.starts_on:
            yield Finding(
                ("rulebooks", at, "approved_on"),
                f"version {one.version} was approved on {one.approved_on}, after it came in force",
                "let it start on the day of approval or later",
            )
    yield from _funding_adds_up(pack, phases)


def _funding_adds_up(pack: Pack, phases: Sequence[Period]) -> Iterator[Finding]:
    days = {one.starts_on for one in pack.funding} | {phase.starts_on for phase in phases}
    days |= {one.ends_on for one in pack.funding if one.ends_on}
    for day in sorted(day for day in days if any(phase.contains(day) for phase in phases)):
        shares = [one.percent for one in pack.funding if period_of(one).contains(day)]
        total = sum(shares, Decimal(0))
        if total != 100:
            yield Finding(
                ("funding",),
                f"the shares in force on {day} add up to {total.normalize():f} percent",
                "make the shares of each day of each phase add up to 100",
            )
