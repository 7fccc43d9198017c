"""The days that a decision may have: of a client who is in, within the phases, not for ages."""

from __future__ import annotations

from datetime import date, timedelta

from valinta.clients.models import Enrolment
from valinta.clients.states import EnrolmentState
from valinta.programmes.models import Programme
from valinta.programmes.queries import ProgrammeClosed
from valinta.shared.periods import Period


class NotInProgramme(ValueError):
    """Money is granted to a client who has joined the programme and not left it."""


class BeginsTooEarly(ValueError):
    """A decision begins in the month when it is made, or later: `earliest_on` is the first day."""

    def __init__(self, earliest_on: date) -> None:
        self.earliest_on = earliest_on
        super().__init__(
            f"Money of months gone by can be used for nothing. Choose {earliest_on} or a later day."
        )


class LastsTooLong(ValueError):
    """A decision has at most so many calendar months by the programme's pack."""

    def __init__(self, months: int, last_on: date) -> None:
        self.months, self.last_on = months, last_on
        super().__init__(
            f"A decision has at most {months} calendar months. Choose {last_on} or an earlier last"
            " day; the decision is renewed then."
        )


def must_be_days_to_grant(enrolment: Enrolment, period: Period, on: date) -> None:
    """Raise when nothing can be granted on the day `on` for the days of the period.

    NotInProgramme; ProgrammeClosed, which names the first day that lies in no phase (KAI-1);
    BeginsTooEarly or LastsTooLong.
    """
    if enrolment.state != EnrolmentState.ENROLLED:
        raise NotInProgramme("The client is not in the programme. Let them join first.")
    programme = enrolment.programme
    for day in (on, _first_closed(programme, period)):
        if day is not None and not programme.phases.filter(valid__contains=day).exists():
            raise ProgrammeClosed(programme, day)
    if period.starts_on < on.replace(day=1):
        raise BeginsTooEarly(on.replace(day=1))
    terms = programme.terms.get("casework", {}).get("decisions", {})
    if "longest_months" in terms:
        _must_not_last_longer(period, int(terms["longest_months"]))


def _must_not_last_longer(period: Period, months: int) -> None:
    first = period.starts_on
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    end = date(year, month + 1, 1)
    if period.ends_on is None or period.ends_on > end:
        raise LastsTooLong(months, end - timedelta(days=1))


def _first_closed(programme: Programme, period: Period) -> date | None:
    """The first day of the period that lies in no phase; None when all of them lie in some."""
    day = period.starts_on
    for phase in programme.phases.order_by("valid"):
        if phase.valid.lower > day:
            return day
        upper: date | None = phase.valid.upper
        if upper is None or (period.ends_on is not None and upper >= period.ends_on):
            return None
        day = max(day, upper)
    return day
