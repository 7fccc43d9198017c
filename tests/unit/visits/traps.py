"""A programme with a trap for every rule of the adjudication, and a line that walks into each.

Everything happens on 20 March 2019; provider a reports. Good lines are for days 15 to 18.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests import money_scene as ms
from valinta.clients.actions import record_absence
from valinta.orders.actions import cancel_visit
from valinta.orders.models import Order
from valinta.programmes.ranges import as_range
from valinta.providers.actions import end_approval
from valinta.shared.periods import Period
from valinta.visits.codes import Code

Line = dict[str, object]


@dataclass(frozen=True, slots=True)
class Traps:
    """The scene and the orders that the lines name."""

    scene: ms.Scene
    good: Order
    theirs: Order
    small: Order
    away: Order
    cancelled: Order
    met: Order
    same_worker: Order


def set_traps() -> Traps:
    """Clients who are away, have cancelled or have somebody with them; an approval that ends."""
    scene = ms.enter_scene()
    first = ms.join(scene, 1, [ms.Wanted("home", 1_500_000)])
    second = ms.join(scene, 2, [ms.Wanted("home", 150_000)])
    third = ms.join(scene, 3, [ms.Wanted("home", 150_000)])
    traps = Traps(
        scene=scene,
        good=ms.order(scene, first, quantity=40_000),
        theirs=ms.order(scene, first, "home-b"),
        small=ms.order(scene, first, quantity=100),
        away=ms.order(scene, second),
        cancelled=ms.order(scene, first),
        met=ms.order(scene, third),
        same_worker=ms.order(scene, second),
    )
    _spring(traps, third, second)
    return traps


def _spring(traps: Traps, third: ms.Member, second: ms.Member) -> None:
    scene = traps.scene
    record_absence(
        client=second.client,
        kind="hospital",
        period=Period(date(2019, 3, 16), date(2019, 3, 17)),
        by=scene.system,
        at=ms.on(15),
    )
    cancel_visit(
        order=traps.cancelled,
        served_on=date(2019, 3, 17),
        by=scene.system,
        at=ms.on(14),
    )
    at_eight = {"started_at": ms.on(18, 8), "ended_at": ms.on(18, 9)}
    elsewhere = ms.order(scene, third, "home-b")
    sent = ms.report(scene, [ms.line(elsewhere, "b", 18, **at_eight)], provider="b")
    known = [
        ms.line(traps.good, "known", 18),
        ms.line(traps.good, "worker", 17, worker="w-1", **_hours(17, 8)),
    ]
    kept = ms.report(scene, known)
    assert (sent.counts.taken, kept.counts.taken) == (1, 2)
    approval = scene.offers["home-a"].approval
    ended = end_approval(approval=approval, on=date(2019, 3, 19), by=scene.system, at=ms.on(15))
    assert ended.valid == as_range(Period(date(2019, 1, 1), date(2019, 3, 19)))


def _hours(day: int, hour: int, minute: int = 0) -> Line:
    """An hour from a time of a day of March."""
    started, ended = ms.on(day, hour, minute), ms.on(day, hour + 1, minute)
    return {"started_at": started, "ended_at": ended}


def bad_line(traps: Traps, code: Code, reference: str, turn: int = 0) -> Line:
    """A line that is wrong in this one way, and right in all others.

    Turn 0 and turn 1 give lines that do not meet each other's client at the same time.
    """
    good = traps.good
    soon_after, soon_before = _hours(17, 8, 59), _hours(17, 7, 1)

    def made(order: Order, day: int = 18, **more: object) -> Line:
        return ms.line(order, reference, day, **more)

    lines: dict[Code, Line] = {
        Code.UNREADABLE: made(good, quantity="much"),
        Code.NON_POSITIVE_QUANTITY: made(good, quantity="-1,5"),
        Code.UNKNOWN_ORDER: made(good) | {"order": 987654},
        Code.NOT_YOUR_ORDER: made(traps.theirs),
        Code.OTHER_CONTENT: made(good, quantity="2") | {"reference": "known"},
        Code.UNKNOWN_BAND: made(good, band="brunch"),
        Code.IN_FUTURE: made(good, 21),
        Code.OUTSIDE_PROGRAMME: made(good, served_on="2018-12-31"),
        Code.OUTSIDE_ORDER: made(good, served_on="2019-02-28"),
        Code.PROVIDER_NOT_APPROVED: made(good, 19),
        Code.CLIENT_AWAY: made(traps.away, 16),
        Code.CANCELLED_IN_TIME: made(traps.cancelled, 17),
        Code.PRICE_NOT_IN_FORCE: made(good, band="night"),
        Code.TOO_LATE: made(good, 14),
        Code.BEYOND_ORDERED: made(traps.small, quantity="1.01"),
        Code.CLIENT_ELSEWHERE: made(traps.met, **_hours(18, 8, 30)),
        Code.WORKER_ELSEWHERE: made(
            traps.same_worker, 17, worker="w-1", **(soon_before if turn else soon_after)
        ),
        Code.LATE_WITH_REASON: made(good, 14, late_reason="The phone was broken."),
    }
    return lines[code]
