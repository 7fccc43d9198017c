"""Forms of the what-if page and of requests for what the tray does not have."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from valinta.web.day_fields import DayField
from valinta.wishes.actions import MOST_MONTHS
from valinta.wishes.states import RequestKind

AMOUNT = "amount_"
EACH_MONTH, ONCE = "period", "one_off"
_WRITTEN = re.compile(r"(\d{1,4})(?:[.,](\d{1,2}))?")
LONGEST_WORDS = 2000


class AmountField(forms.CharField):
    """An amount as people write it, “12” or “1,5”; gives hundredths of the unit."""

    default_error_messages = {"unclear": _("Write the amount as a number. For example: 4 or 1.5.")}

    def clean(self, value: Any) -> Any:
        text = str(value or "").strip()
        if not text:
            return 0
        match = _WRITTEN.fullmatch(text)
        if match is None:
            raise forms.ValidationError(self.error_messages["unclear"], code="unclear")
        return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))


class LineForm(forms.Form):
    """How much of a service, from whom, how often and in which months.

    There is an amount field for each band of `bands`; `offers` are the ids to choose from.
    """

    offer = forms.TypedChoiceField(coerce=int, empty_value=None, required=False)
    kind = forms.ChoiceField(choices=[(EACH_MONTH, ""), (ONCE, "")], initial=EACH_MONTH)
    first_month = DayField(
        input_formats=["%Y-%m"], error_messages={"required": _("Choose the first month.")}
    )
    months = forms.IntegerField(
        min_value=1,
        max_value=MOST_MONTHS,
        error_messages={
            "required": _("Write for how many months. One is enough to begin with."),
            "invalid": _("Write the months as a whole number."),
            "min_value": _("One month is the least."),
            "max_value": _("36 months is the most."),
        },
    )

    def __init__(self, data: Mapping[str, Any], bands: Sequence[str], offers: Sequence[int]):
        super().__init__(data)
        choices = [("", ""), *((str(one), str(one)) for one in offers)]
        offer: Any = self.fields["offer"]
        offer.choices = choices
        self.bands = list(bands)
        for code in self.bands:
            self.fields[AMOUNT + code] = AmountField(required=False)

    @property
    def quantities(self) -> dict[str, int]:
        """Hundredths of the unit by band, of a form that is valid."""
        return {code: self.cleaned_data[AMOUNT + code] for code in self.bands}

    @property
    def is_each_month(self) -> bool:
        return bool(self.cleaned_data["kind"] == EACH_MONTH)

    @property
    def month_count(self) -> int:
        """How many months; a single time is in one."""
        return int(self.cleaned_data["months"]) if self.is_each_month else 1

    @property
    def begins_on(self) -> date:
        """The first day of the first month."""
        first: date = self.cleaned_data["first_month"]
        return first

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        amounts = [cleaned.get(AMOUNT + code) for code in self.bands]
        if None not in amounts and not any(amounts) and self.bands:
            self.add_error(AMOUNT + self.bands[0], _("Say how much: more than zero."))
        return cleaned


class NameForm(forms.Form):
    """A basket's name."""

    name = forms.CharField(
        max_length=60,
        error_messages={
            "required": _("Give the basket a name."),
            "max_length": _("The name is too long. Write at most 60 characters."),
        },
    )


class WishForm(forms.Form):
    """What the client wants to say about a basket that they wish for."""

    words = forms.CharField(
        required=False,
        max_length=LONGEST_WORDS,
        error_messages={"max_length": _("The text is too long. Write at most 2,000 characters.")},
    )


class AskForm(forms.Form):
    """What is missing from the tray, and where it is wanted."""

    kind = forms.ChoiceField(
        choices=[(one, one) for one in RequestKind],
        error_messages={"required": _("Choose what is missing: a service or a provider.")},
    )
    words = forms.CharField(
        max_length=LONGEST_WORDS,
        error_messages={
            "required": _("Tell in a few words what you wish for."),
            "max_length": _("The text is too long. Write at most 2,000 characters."),
        },
    )
    municipality = forms.ChoiceField(required=False)

    def __init__(self, data: Mapping[str, Any] | None, municipalities: Sequence[str]):
        super().__init__(data)
        field: Any = self.fields["municipality"]
        field.choices = [("", ""), *((code, code) for code in municipalities)]
