"""What a programme says on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from valinta.programmes.models import (
    AllocationRule,
    FundingShare,
    Municipality,
    Phase,
    Programme,
    Quota,
    Rulebook,
)
from valinta.shared.money import half_up_div


class ProgrammeClosed(ValueError):
    """No phase of the programme covers the day, so nothing may be granted, ordered or paid."""

    def __init__(self, programme: Programme, on: date) -> None:
        phases = ", ".join(
            f"{phase.valid.lower}–{phase.valid.upper or ''}"
            for phase in programme.phases.order_by("valid")
        )
        super().__init__(
            f"The programme {programme.code} is not open on {on}; its phases are {phases}."
        )


class NoRulebook(LookupError):
    """No rulebook version is in force on the day; the pack has to name one."""


def phase_on(programme: Programme, on: date) -> Phase:
    """The phase in force on the day. Raises ProgrammeClosed."""
    phase = programme.phases.filter(valid__contains=on).first()
    if phase is None:
        raise ProgrammeClosed(programme, on)
    return phase


def must_be_open(programme: Programme, *days: date) -> None:
    """Raise ProgrammeClosed unless every day given falls in some phase."""
    for day in days:
        phase_on(programme, day)


def rulebook_on(programme: Programme, on: date) -> Rulebook:
    """The rulebook version in force on the day. Raises NoRulebook."""
    found = programme.rulebooks.filter(valid__contains=on).first()
    if found is None:
        raise NoRulebook(f"The programme {programme.code} has no rulebook in force on {on}.")
    return found


def last_report_on(programme: Programme, served_on: date) -> date:
    """The last day on which a visit of the day can be reported, late with a reason included.

    Raises NoRulebook.
    """
    terms = rulebook_on(programme, served_on).parameters
    days = max(int(terms["report_within_days"]), int(terms["report_late_with_reason_days"]))
    return served_on + timedelta(days=days)


def municipality_on(programme: Programme, code: str, on: date) -> Municipality | None:
    """The municipality's membership on the day, or None when it is not a member then."""
    return programme.municipalities.filter(code=code, valid__contains=on).first()


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many people live in member municipalities, and in all municipalities of the region."""

    joined: int
    everyone: int

    @property
    def percent_hundredths(self) -> int:
        """The share of the region's people, in hundredths of a per cent, half up."""
        return half_up_div(self.joined * 10_000, self.everyone) if self.everyone else 0


def coverage_on(programme: Programme, on: date) -> Coverage:
    """How much of the region's population the programme covers on the day (HAM-2)."""
    everyone = dict(programme.municipalities.values_list("code", "population"))
    members = programme.municipalities.filter(valid__contains=on)
    joined = dict(members.values_list("code", "population"))
    return Coverage(sum(joined.values()), sum(everyone.values()))


def quota_on(programme: Programme, municipality: str, group: str, on: date) -> Quota | None:
    """The quota that binds a client of the municipality and group: the group's own goes first."""
    quotas = programme.quotas.filter(municipality_code=municipality, valid__contains=on)
    return (
        quotas.filter(target_group_code=group).first()
        or quotas.filter(target_group_code="").first()
    )


def funding_on(programme: Programme, on: date) -> list[FundingShare]:
    """The sources and shares in force on the day, in the order of their codes."""
    return list(programme.funding.filter(valid__contains=on).order_by("source"))


def allocation_rule_on(programme: Programme, on: date) -> AllocationRule | None:
    """The allocation rule in force on the day."""
    return programme.allocation.filter(valid__contains=on).first()


def carries_over(programme: Programme) -> bool:
    """Whether the pack says that the rest of a month's budget goes to the next one."""
    return any(
        instrument.get("kind") == "budget" and instrument.get("carry_over") == "to_next_month"
        for instrument in programme.terms.get("instruments", [])
    )
