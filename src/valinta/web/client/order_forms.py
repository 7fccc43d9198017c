"""Forms of ordering: once, every week, or an amount for each month."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from valinta.catalogue.models import Offer
from valinta.orders.calendar import FULL_UNIT, WeeklyVisit
from valinta.orders.models import OrderKind
from valinta.processes.order_service import Wanted
from valinta.shared.periods import Period
from valinta.web.client.week_words import WEEKDAY_NAMES, minutes_in_words
from valinta.web.day_fields import DayField

LENGTHS = (15, 30, 45, 60, 90, 120, 150, 180, 240, 300, 360, 480)
CLOCKED = ("hour", "visit")
LONGEST_DAYS = 3 * 366
# Services that fill a day have no time of day; noon stands for the day when its band is asked.
_NOON = time(12)
_DAYS = ["%Y-%m-%d", "%d.%m.%Y"]
_TIMES = ["%H:%M", "%H.%M"]


class How(StrEnum):
    """How often: once, every week on certain days, or an amount in each month."""

    ONCE = "once"
    WEEK = "week"
    AMOUNT = "amount"


def ways_to_order(unit: str) -> list[How]:
    """The ways that make sense for a service of this unit."""
    if unit in (*CLOCKED, "day"):
        return [How.WEEK, How.ONCE, How.AMOUNT]
    return [How.AMOUNT]


class Quantity(forms.DecimalField):
    """A number with a comma or a point."""

    def clean(self, value: Any) -> Any:
        """The number. Raises ValidationError."""
        return super().clean(value.replace(",", ".") if isinstance(value, str) else value)


class OrderForm(forms.Form):
    """What is ordered from an offer. Which fields there are depends on `how` and the unit."""

    data: QueryDict

    def __init__(self, data: QueryDict | None, *, offer: Offer, how: How, now: datetime) -> None:
        self.offer, self.how, self.now = offer, how, now
        self.unit = str(offer.service.unit)
        super().__init__(data)
        self.fields.update(self._fields())

    def _fields(self) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {}
        if self.how is How.ONCE:
            found["first_on"] = _day(_("Choose the day of the visit."))
        else:
            found["first_on"] = _day(_("Choose the first day."))
            found["last_on"] = _day(_("Choose the last day."))
        if self.how is How.WEEK:
            found["weekdays"] = forms.TypedMultipleChoiceField(
                choices=[(str(day), words) for day, words in WEEKDAY_NAMES.items()],
                coerce=int,
                error_messages={
                    "required": _("Choose at least one day of the week."),
                    "invalid_choice": _("Choose the days of the week from the list."),
                },
            )
        if self.clocked:
            found["starts"] = forms.TimeField(
                input_formats=_TIMES,
                error_messages={
                    "required": _("Tell at what time the visit begins. For example: 9.00."),
                    "invalid": _("Write the time like this: 9.00."),
                },
            )
            found["minutes"] = forms.TypedChoiceField(
                choices=[(str(one), minutes_in_words(one)) for one in LENGTHS],
                coerce=int,
                error_messages={
                    "required": _("Choose how long the visit lasts."),
                    "invalid_choice": _("Choose the length from the list."),
                },
            )
        if self.how is How.AMOUNT:
            found["quantity"] = Quantity(
                min_value=Decimal("0.01"),
                max_value=Decimal(1000),
                decimal_places=2,
                error_messages=_quantity_faults(),
            )
            found["band"] = forms.CharField(required=False, max_length=40)
        return found

    @property
    def clocked(self) -> bool:
        """Whether the visits have a time of day."""
        return self.how is not How.AMOUNT and self.unit in CLOCKED

    def clean_first_on(self) -> date:
        """The first day: not in the past."""
        first: date = self.cleaned_data["first_on"]
        if first < self.now.date():
            raise forms.ValidationError(_("This day has passed. Choose today or a later day."))
        return first

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first, and not years away."""
        given = super().clean() or self.cleaned_data
        first, last = given.get("first_on"), given.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("The last day is before the first. Choose a later day."))
        elif first and last and last - first > timedelta(days=LONGEST_DAYS):
            self.add_error("last_on", _("This is too far away. Choose an earlier last day."))
        starts = given.get("starts")
        begun = starts is not None and first == self.now.date() and starts <= self.now.time()
        if self.how is How.ONCE and begun:
            self.add_error("starts", _("This time has passed. Choose a later time or day."))
        return given

    def wanted(self) -> Wanted:
        """The order that a form without faults asks for."""
        given = self.cleaned_data
        first: date = given["first_on"]
        period = Period.from_inclusive(first, given.get("last_on") or first)
        kind = OrderKind.ONE_OFF if self.how is How.ONCE else OrderKind.PERIOD
        if self.how is How.AMOUNT:
            hundredths = int(given["quantity"] * FULL_UNIT)
            return Wanted(self.offer, kind, period, quantities={given["band"]: hundredths})
        days = given["weekdays"] if self.how is How.WEEK else [first.isoweekday()]
        return Wanted(self.offer, kind, period, tuple(self._visit(day) for day in days))

    def refuse(self, field: str, words: str) -> None:
        """Say at a field (or at the form, when it has no such field) what is to be mended."""
        self.add_error(field if field in self.fields else None, words)

    def typed(self) -> list[tuple[str, str]]:
        """What was typed, as hidden fields carry it on to the next step."""
        return [
            (name, str(value))
            for name in self.fields
            for value in (
                self.data.getlist(name) if name == "weekdays" else [self.data.get(name, "")]
            )
        ]

    def _visit(self, weekday: int) -> WeeklyVisit:
        if self.clocked:
            return WeeklyVisit(weekday, self.cleaned_data["starts"], self.cleaned_data["minutes"])
        return WeeklyVisit(weekday, _NOON, quantity_hundredths=FULL_UNIT)


def _day(missing: Any) -> DayField:
    wrong = _("Write the day like this: 24.11.2020.")
    return DayField(input_formats=_DAYS, error_messages={"required": missing, "invalid": wrong})


def _quantity_faults() -> dict[str, Any]:
    amount = _("Tell how much you need in a month. For example: 4.")
    return {
        "required": amount,
        "invalid": amount,
        "min_value": _("Order more than zero."),
        "max_value": _("This is too much to order at once. Write a smaller number."),
        "max_digits": amount,
        "max_decimal_places": _("Use at most two decimals."),
    }


class ReasonForm(forms.Form):
    """Why an order is ended or moved to another provider."""

    reason = forms.CharField(
        max_length=2000,
        error_messages={
            "required": _("Tell in a few words why. It helps the next provider."),
            "max_length": _("The text is too long. Write at most 2,000 characters."),
        },
    )


class RatingForm(forms.Form):
    """One to five stars, and words that only the programme's own people read."""

    stars = forms.TypedChoiceField(
        choices=[(str(one), str(one)) for one in range(1, 6)],
        coerce=int,
        error_messages={
            "required": _("Choose one to five stars."),
            "invalid_choice": _("Choose one to five stars."),
        },
    )
    words = forms.CharField(
        required=False,
        max_length=2000,
        error_messages={
            "max_length": _("The text is too long. Write at most 2,000 characters."),
        },
    )


def star_words() -> list[tuple[str, str]]:
    """The choices of stars, from the best."""
    return [
        ("5", gettext("5 stars: very good")),
        ("4", gettext("4 stars: good")),
        ("3", gettext("3 stars: all right")),
        ("2", gettext("2 stars: not so good")),
        ("1", gettext("1 star: bad")),
    ]
