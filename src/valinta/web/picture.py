"""The month's money in one picture: paid, booked, kept for mandatory services, free."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import BigIntegerField, F, Sum
from django.db.models.functions import Coalesce

from valinta.budgets.models import Pot
from valinta.budgets.states import BudgetState


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a bar: its kind (a CSS class), cents, and where it starts and how wide it is."""

    kind: str
    cents: int
    start_percent: str
    width_percent: str


@dataclass(frozen=True, slots=True)
class BudgetPicture:
    """A client's budget of one month, in cents. The four parts add up to `granted`."""

    month: date
    granted: int
    paid: int
    booked: int
    kept: int
    free: int
    kept_for: tuple[dict[str, str], ...]

    @property
    def segments(self) -> list[Segment]:
        """The parts that have money, in the order they are shown."""
        parts = (("paid", self.paid), ("booked", self.booked), ("kept", self.kept))
        return segments((*parts, ("free", self.free)))


def segments(parts: tuple[tuple[str, int], ...]) -> list[Segment]:
    """Lay the parts of a bar after each other; parts without money are left out."""
    whole = sum(max(cents, 0) for _, cents in parts)
    laid: list[Segment] = []
    start = 0
    for kind, cents in parts:
        if cents > 0:
            laid.append(Segment(kind, cents, _percent(start, whole), _percent(cents, whole)))
            start += cents
    return laid


def budget_picture(client_id: int, on: date) -> BudgetPicture | None:
    """The client's money in the month of the day, or None without a budget in force then.

    Everything is read from the ledger's accounts in one query: what is neither left in a pot nor
    held for an order has been paid or will be paid to providers.
    """
    pots = (
        Pot.objects.filter(
            budget__enrolment__client_id=client_id,
            budget__state=BudgetState.IN_FORCE,
            budget__valid__contains=on,
            valid__contains=on,
        )
        .annotate(left=F("account__credits") - F("account__debits"), held=_held())
        .order_by("pk")
        .values_list("service__names", "granted_cents", "left", "held")
    )
    rows = list(pots)
    if not rows:
        return None
    granted = sum(row[1] for row in rows)
    kept = sum(left for service, _, left, _ in rows if service)
    free = sum(left for service, _, left, _ in rows if not service)
    booked = sum(row[3] for row in rows)
    return BudgetPicture(
        month=on.replace(day=1),
        granted=granted,
        paid=granted - kept - free - booked,
        booked=booked,
        kept=kept,
        free=free,
        kept_for=tuple(service for service, _, left, _ in rows if service and left > 0),
    )


def _held() -> Coalesce:
    held = Sum(F("slices__hold__credits") - F("slices__hold__debits"))
    return Coalesce(held, 0, output_field=BigIntegerField())


def _percent(cents: int, whole: int) -> str:
    return f"{cents * 100 / whole:.3f}%"
