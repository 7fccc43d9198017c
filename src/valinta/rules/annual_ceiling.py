"""Ceiling of client fees in a calendar year: Act 734/1992 § 6 a. Self-pay never counts to it."""

from datetime import date

from valinta.rules.law import Figure, figure


def ceiling(*, on: date) -> Figure:
    """The ceiling (value in cents) of the calendar year of a day, with its reference.

    Raises FigureNotInForceError for a year without a sourced figure.
    """
    return figure("annual_ceiling", on)
