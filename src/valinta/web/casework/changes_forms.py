"""Forms of the changes during the way: few facts each, and a fault said where it is mended."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from valinta.web.day_fields import DayField

DAYS = ["%Y-%m-%d", "%d.%m.%Y"]
# Why a client is away, and how a client said that they withdraw: codes that are kept, and words.
AWAY: tuple[tuple[str, str | Promise], ...] = (
    ("hospital", _("In hospital")),
    ("short_term_care", _("In short-term care")),
    ("travel", _("On a journey")),
    ("other", _("Another reason")),
)
SAID: tuple[tuple[str, str | Promise], ...] = (
    ("letter", _("By letter")),
    ("in_person", _("In person")),
    ("phone", _("By phone")),
    ("representative", _("Through a representative")),
)
_TOO_LONG = _("The text is too long. Write at most %(limit_value)s characters.")


def day_field(missing: Any) -> DayField:
    """A day that is needed."""
    wrong = _("Write the day like this: 24.11.2020.")
    return DayField(input_formats=DAYS, error_messages={"required": missing, "invalid": wrong})


def words_field(missing: Any = "", longest: int = 500) -> forms.CharField:
    """A few words; needed when `missing` says what is missing."""
    return forms.CharField(
        required=bool(missing),
        max_length=longest,
        error_messages={"required": missing, "max_length": _TOO_LONG},
    )


def code_field(choices: Any, missing: Any) -> forms.ChoiceField:
    """One of a few codes."""
    return forms.ChoiceField(
        choices=choices, error_messages={"required": missing, "invalid_choice": missing}
    )


class AwayForm(forms.Form):
    """The days away, and why."""

    kind = code_field(AWAY, _("Choose why the client is away."))
    first_on = day_field(_("Give the first day away."))
    last_on = day_field(_("Give the last day away, as far as you know. It can be changed later."))
    reason = words_field()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first_on"), given.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("The last day is before the first. Choose a later day."))
        elif first and last and last - first > timedelta(days=3 * 366):
            self.add_error("last_on", _("This is too far away. Choose an earlier last day."))
        return given


class BackForm(forms.Form):
    """The last day away, when it is another than was thought."""

    last_on = day_field(_("Give the last day away."))

    def __init__(self, starts_on: date, *args: Any, **kwargs: Any) -> None:
        self._starts_on = starts_on
        super().__init__(*args, **kwargs)

    def clean_last_on(self) -> date:
        """The day, not before the first one away."""
        last: date = self.cleaned_data["last_on"]
        if last < self._starts_on:
            raise forms.ValidationError(_("The last day is before the first. Choose a later day."))
        if last - self._starts_on > timedelta(days=3 * 366):
            raise forms.ValidationError(_("This is too far away. Choose an earlier last day."))
        return last


class DeathForm(forms.Form):
    """The day of death, and from whom it is known."""

    died_on = day_field(_("Give the day of death."))
    reason = words_field(_("Write from whom you know it. It is kept with the change."))

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        self._today = today
        super().__init__(*args, **kwargs)

    def clean_died_on(self) -> date:
        """The day, of today or before."""
        day: date = self.cleaned_data["died_on"]
        if day > self._today:
            raise forms.ValidationError(_("Give a day of today or before."))
        return day


class UndoForm(forms.Form):
    """Why something is taken back."""

    reason = words_field(_("Write why it is taken back."))


class WithdrawalForm(forms.Form):
    """What the client said, when and how, and where the proof of it is."""

    said_on = day_field(_("Give the day on which the client said so."))
    way = code_field(SAID, _("Choose how the client said so."))
    proof = words_field(_("Write where the proof is kept, for example the mark of the letter."))
    reason = words_field(longest=200)

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        self._today = today
        super().__init__(*args, **kwargs)

    def clean_said_on(self) -> date:
        """The day, of today or before."""
        day: date = self.cleaned_data["said_on"]
        if day > self._today:
            raise forms.ValidationError(_("Give a day of today or before."))
        return day


class HomeForm(forms.Form):
    """Where the client moves to, from which day, and in which target group there."""

    to = forms.RegexField(
        r"^[0-9]{3}$",
        error_messages={
            name: _("Choose the municipality, or write its code of three figures.")
            for name in ("required", "invalid")
        },
    )
    on = day_field(_("Give the first day in the new home."))
    group = forms.CharField(required=False, max_length=40)
    note = words_field()

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        self._today = today
        super().__init__(*args, **kwargs)

    def clean_on(self) -> date:
        """The day, of today or later."""
        day: date = self.cleaned_data["on"]
        if day < self._today:
            raise forms.ValidationError(
                _("Give today or a later day. What has been ordered so far stays as it was.")
            )
        return day


class NoneForm(forms.Form):
    """The client wants no new order in place of a lost one."""

    words = words_field(_("Write why no new order is placed, and how the need is met."))
