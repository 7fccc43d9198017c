"""One visit from a form or a phone: reported, mended when it was refused, corrected, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from valinta.catalogue.bands import bands_of
from valinta.catalogue.models import Offer
from valinta.clients.models import Client
from valinta.orders.models import Order
from valinta.processes.take_in_visits import take_in_visits
from valinta.rules.bands import BandRules, band_of
from valinta.users.actor import Actor
from valinta.visits.intake import LineAnswer
from valinta.visits.mending import must_mend, note_mended
from valinta.visits.models import Mending, RefusedLine, Visit
from valinta.visits.serving import must_report, must_serve
from valinta.visits.started import close_started
from valinta.visits.withdrawing_actions import withdraw_visit

HOUR = "hour"
# What is left of a reference of sixty signs when a number goes after it.
_STEM = 54


class StillRefused(ValueError):
    """The line as it is now is refused too, so nothing was changed; `answer` says why."""

    def __init__(self, answer: LineAnswer) -> None:
        self.answer = answer
        super().__init__("The line is refused as it is now. Read why, mend it and send it again.")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is reported of one visit. Times are moments; `quantity` is text as it was typed.

    Without a quantity: the time between for hours, one for any other unit. Without a band: that of
    the moment at which the visit began.
    """

    reference: str
    served_on: date
    started_at: datetime | None = None
    ended_at: datetime | None = None
    quantity: str = ""
    band: str = ""
    worker: str = ""
    late_reason: str = ""


def report_visit(
    *, order: Order, entry: Entry, by: Actor, at: datetime, door: str = "form"
) -> LineAnswer:
    """Report one visit of an order; the same one sent again is answered as repeated.

    A visit that was started under the reference goes on no more once its line is in. Raises
    NotYourProvider or NotYourVisit.
    """
    must_serve(order=order, by=by, at=at)
    answer = _take_in(order, entry, by, at, door)
    if answer.outcome != "refused":
        with transaction.atomic():
            close_started(order=order, reference=entry.reference, by=by, at=at)
    return answer


def record_visit(*, order: Order, entry: Entry, by: Actor, at: datetime) -> Visit:
    """Report one visit whose sender reads the answer at once: a line that is refused leaves no row.

    Raises StillRefused, NotYourProvider or NotYourVisit.
    """
    must_serve(order=order, by=by, at=at)
    with transaction.atomic():
        visit = _taken(order, entry, by, at)
        close_started(order=order, reference=entry.reference, by=by, at=at)
        return visit


def mend_line(
    *, refused: RefusedLine, order: Order, entry: Entry, by: Actor, at: datetime
) -> Visit:
    """Answer a refused line with one that is good. Raises StillRefused and what says who may."""
    with transaction.atomic():
        locked = must_mend(refused=refused, by=by, at=at)
        must_serve(order=order, by=by, at=at)
        visit = _taken(order, entry, by, at)
        if not Mending.objects.filter(visit=visit).exists():
            note_mended(refused=locked, visit=visit, by=by, at=at)
        close_started(order=order, reference=locked.reference, by=by, at=at)
        return visit


def correct_report(
    *, visit: Visit, order: Order, entry: Entry, reason: str, by: Actor, at: datetime
) -> Visit:
    """Take a visit back and report it as it was, under another reference, both or neither.

    Raises StillRefused, SettledAlready, WithdrawnAlready and what says who may.
    """
    must_serve(order=visit.order, by=by, at=at)
    must_serve(order=order, by=by, at=at)
    with transaction.atomic():
        _lock_as_the_door_does(visit.order, order)
        mending = withdraw_visit(
            visit_id=visit.pk,
            reason=reason,
            funding_account_id=visit.order.service.programme.funding_account_id,
            by=by,
            at=at,
        )
        new = _taken(order, entry, by, at)
        mending.visit = new
        mending.save(update_fields=["visit"])
        return new


def free_reference(reference: str, provider_id: int, organiser_id: int) -> str:
    """The reference while no visit has it, or the next of its kind: “A-7”, “A-7-2”, “A-7-3” …"""
    stem = reference[:_STEM] or "v"
    first, names = 2, [reference] if reference else []
    while True:
        names += [f"{stem}-{number}" for number in range(first, first + 20)]
        rows = Visit.objects.under(names, provider_id, organiser_id)
        used = set(rows.values_list("reference", flat=True))
        free = next((one for one in names if one not in used), None)
        if free is not None:
            return free
        first, names = first + 20, []


def _taken(order: Order, entry: Entry, by: Actor, at: datetime) -> Visit:
    answer = _take_in(order, entry, by, at, "form")
    if answer.visit_id is None:
        raise StillRefused(answer)
    return Visit.objects.get(pk=answer.visit_id)


def _take_in(order: Order, entry: Entry, by: Actor, at: datetime, door: str) -> LineAnswer:
    must_report(provider_id=order.provider_id, organiser_id=order.organiser_id, by=by, at=at)
    (line,) = lines_of([(order, entry)])
    taken = take_in_visits(
        programme=order.service.programme,
        provider=order.provider,
        lines=[line],
        by=by,
        at=at,
        door=door,
    )
    (answer,) = taken.answers
    return answer


def lines_of(entries: Sequence[tuple[Order, Entry]]) -> list[dict[str, object]]:
    """The entries as lines for the door, with the band of the moment where none is named."""
    rules = bands_of({order.offer_id: order.service for order, _entry in entries})
    return [_line(order, entry, rules[order.offer_id]) for order, entry in entries]


def _line(order: Order, entry: Entry, rules: BandRules) -> dict[str, object]:
    timed = entry.started_at is not None and entry.ended_at is not None
    one = "" if timed and order.service.unit == HOUR else "1"
    return {
        "order": str(order.pk),
        "reference": entry.reference,
        "served_on": entry.served_on.isoformat(),
        "started_at": entry.started_at.isoformat() if entry.started_at else "",
        "ended_at": entry.ended_at.isoformat() if entry.ended_at else "",
        "quantity": entry.quantity or one,
        "band": entry.band or _band(entry, rules),
        "worker": entry.worker,
        "late_reason": entry.late_reason,
    }


def _band(entry: Entry, rules: BandRules) -> str:
    """The band of the moment at which the visit began; "" leaves it to the door."""
    if entry.started_at is None:
        return ""
    try:
        return band_of(entry.started_at, rules)
    except (ValueError, OverflowError):
        # Of a day outside of the calendar too: the door says what is wrong with it.
        return ""


def _lock_as_the_door_does(*orders: Order) -> None:
    """Offers, then clients, as where lines come in; else two of us could wait in a ring."""
    offers = Offer.objects.select_for_update(no_key=True).order_by("pk")
    list(offers.filter(pk__in={one.offer_id for one in orders}))
    clients = Client.objects.select_for_update(no_key=True).order_by("pk")
    list(clients.filter(pk__in={one.client_id for one in orders}))
