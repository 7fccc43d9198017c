"""Periods as the database's ranges of days, and back."""

from __future__ import annotations

from django.db.backends.postgresql.psycopg_any import DateRange

from valinta.shared.periods import Period


def as_range(period: Period) -> DateRange:
    """The period as a half-open range of days."""
    return DateRange(period.starts_on, period.ends_on, "[)")


def as_period(valid: DateRange) -> Period:
    """A stored range as a period; stored ranges always have a first day."""
    if valid.lower is None:
        raise ValueError("A stored period has a first day.")
    return Period(valid.lower, valid.upper)
