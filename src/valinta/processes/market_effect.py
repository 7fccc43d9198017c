"""What a programme did to the market: small and new providers, and their share of euros (KAI-7).

Euros are what settlements have told providers they earned: work and corrections, in cents.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Sum

from valinta.programmes.models import Programme
from valinta.providers.conditions import days_of
from valinta.providers.models import Approval, Provider, Sector
from valinta.settlements.models import Run, Statement
from valinta.settlements.states import RunState

SMALL = ("micro", "small")
# A run that is only prepared may still be thrown away.
_TOLD = (RunState.APPROVED, RunState.SENT)


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of providers: how many were approved by the day, and what they earned in cents."""

    providers: int
    cents: int
    all_cents: int

    @property
    def per_cent(self) -> int | None:
        """The share of all euros, rounded; None while nothing has been earned."""
        return round(100 * self.cents / self.all_cents) if self.all_cents > 0 else None


@dataclass(frozen=True, slots=True)
class MarketEffect:
    """All providers of a programme; the small, the new, and the associations among them."""

    everyone: Part
    small: Part
    new: Part
    associations: Part


def market_effect(programme: Programme, on: date) -> MarketEffect:
    """The figures of a programme up to a day. Small: fewer than 50 workers. Three queries.

    New: founded at most as many years before the approval as the pack says.
    """
    years = days_of(programme, "new_within_years")
    approved: dict[int, tuple[Provider, date]] = {}
    rows = Approval.objects.filter(programme=programme, valid__startswith__lte=on)
    for one in rows.select_related("provider").order_by("-valid"):
        approved[one.provider_id] = (one.provider, one.valid.lower)
    earned = _earned(programme, on)
    total = sum(earned.values())

    def part(belongs: Callable[[Provider, date], bool]) -> Part:
        found = [pk for pk, (one, since) in approved.items() if belongs(one, since)]
        return Part(len(found), sum(earned.get(pk, 0) for pk in found), total)

    return MarketEffect(
        everyone=part(lambda _one, _since: True),
        small=part(lambda one, _since: one.size_class in SMALL),
        new=part(lambda one, since: since.year - one.founded_year <= years),
        associations=part(lambda one, _since: one.sector == Sector.THIRD),
    )


def _earned(programme: Programme, on: date) -> dict[int, int]:
    runs = Run.objects.filter(programme=programme, state__in=_TOLD, execute_on__lte=on)
    rows = (
        Statement.objects.filter(run__in=runs)
        .values("provider_id")
        .annotate(cents=Sum(F("work_cents") + F("correction_cents")))
    )
    return {row["provider_id"]: row["cents"] for row in rows}
