"""A day in a form: of the years in which people live and programmes run."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

# A year outside of these is a slip of the pen, and calendars of the software end in 9999.
FIRST_YEAR, LAST_YEAR = 1850, 2200


class DayField(forms.DateField):
    """A day; one of a year that cannot be meant is as wrong as one that does not exist."""

    def to_python(self, value: Any) -> date | None:
        """The day. Raises ValidationError with the field's words for a wrong one."""
        day = super().to_python(value)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day
