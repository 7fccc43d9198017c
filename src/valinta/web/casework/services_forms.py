"""Ordering on the client's behalf: who, which days of the week or how much in a month."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from valinta.catalogue.models import Offer
from valinta.orders.calendar import FULL_UNIT, WeeklyVisit
from valinta.orders.models import OrderKind
from valinta.processes.order_service import Wanted
from valinta.shared.periods import Period
from valinta.web.casework.changes_forms import code_field, day_field, words_field

WEEKDAYS: tuple[tuple[str, str | Promise], ...] = (
    ("1", _("Monday")),
    ("2", _("Tuesday")),
    ("3", _("Wednesday")),
    ("4", _("Thursday")),
    ("5", _("Friday")),
    ("6", _("Saturday")),
    ("7", _("Sunday")),
)
WEEK, AMOUNT = "week", "amount"
HOW: tuple[tuple[str, str | Promise], ...] = (
    (WEEK, _("On days of the week")),
    (AMOUNT, _("An amount in each month")),
)
_CLOCKED = ("hour", "visit")
_NOON = time(12)
_LONGEST = timedelta(days=3 * 366)


class Quantity(forms.DecimalField):
    """A number with a comma or a point."""

    def clean(self, value: Any) -> Any:
        """The number. Raises ValidationError."""
        return super().clean(value.replace(",", ".") if isinstance(value, str) else value)


class ServiceOrderForm(forms.Form):
    """An order from an offer: a week that repeats, or an amount for each month.

    One day alone is a one-off order.
    """

    how = code_field(HOW, _("Choose whether it is on days of the week or an amount."))
    first_on = day_field(_("Choose the first day."))
    last_on = day_field(_("Choose the last day."))
    weekdays = forms.TypedMultipleChoiceField(required=False, choices=WEEKDAYS, coerce=int)
    starts = forms.TimeField(
        required=False,
        input_formats=["%H:%M", "%H.%M"],
        error_messages={"invalid": _("Write the time like this: 9.00.")},
    )
    minutes = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=24 * 60,
        error_messages={
            name: _("Write the length in minutes, for example 60.")
            for name in ("invalid", "min_value", "max_value")
        },
    )
    quantity = Quantity(
        required=False,
        min_value=Decimal("0.01"),
        max_value=Decimal(1000),
        decimal_places=2,
        error_messages={
            name: _("Tell how much is needed in a month. For example: 4.")
            for name in ("invalid", "min_value", "max_value", "max_decimal_places", "max_digits")
        },
    )

    def __init__(self, offer: Offer, today: date, *args: Any, **kwargs: Any) -> None:
        self._offer, self._today = offer, today
        super().__init__(*args, **kwargs)

    @property
    def is_clocked(self) -> bool:
        """Whether visits have a time of day."""
        return str(self._offer.service.unit) in _CLOCKED

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first_on"), given.get("last_on")
        if first and first < self._today:
            self.add_error("first_on", _("Choose today or a later day."))
        if first and last and last < first:
            self.add_error("last_on", _("The last day is before the first. Choose a later day."))
        elif first and last and last - first > _LONGEST:
            self.add_error("last_on", _("This is too far away. Choose an earlier last day."))
        if given.get("how") == AMOUNT and "quantity" not in self.errors:
            if not given.get("quantity"):
                self.add_error("quantity", _("Tell how much is needed in a month. For example: 4."))
        elif given.get("how") == WEEK:
            self._clean_week(given)
        return given

    def _clean_week(self, given: dict[str, Any]) -> None:
        if not given.get("weekdays"):
            self.add_error("weekdays", _("Choose at least one day of the week."))
        if self.is_clocked and "starts" not in self.errors and not given.get("starts"):
            self.add_error("starts", _("Tell at what time the visit begins. For example: 9.00."))
        if self.is_clocked and "minutes" not in self.errors and not given.get("minutes"):
            self.add_error("minutes", _("Write the length in minutes, for example 60."))

    def wanted(self) -> Wanted:
        """The order that a form without faults asks for."""
        given = self.cleaned_data
        period = Period.from_inclusive(given["first_on"], given["last_on"])
        kind = OrderKind.ONE_OFF if period.days == 1 else OrderKind.PERIOD
        if given["how"] == AMOUNT:
            hundredths = int(given["quantity"] * FULL_UNIT)
            return Wanted(self._offer, kind, period, quantities={"": hundredths})
        return Wanted(
            self._offer, kind, period, tuple(self._visit(one) for one in given["weekdays"])
        )

    def _visit(self, weekday: int) -> WeeklyVisit:
        if self.is_clocked:
            return WeeklyVisit(weekday, self.cleaned_data["starts"], self.cleaned_data["minutes"])
        return WeeklyVisit(weekday, _NOON, quantity_hundredths=FULL_UNIT)


class EndForm(forms.Form):
    """Why an order ends or another provider takes over."""

    reason = words_field(_("Write why; the provider and the client read it."), longest=2000)


class CallOffForm(forms.Form):
    """The day whose visit is called off."""

    day = day_field(_("Give the day whose visit is called off."))

    def __init__(self, now: datetime, *args: Any, **kwargs: Any) -> None:
        self._today = now.date()
        super().__init__(*args, **kwargs)

    def clean_day(self) -> date:
        """The day, of today or later."""
        day: date = self.cleaned_data["day"]
        if day < self._today:
            raise forms.ValidationError(_("Choose today or a later day."))
        return day
