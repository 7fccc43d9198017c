"""The form of a contact: a kind by its button, and defaults that are right most of the time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from valinta.clients.contact_actions import MOST_MINUTES, Logged
from valinta.clients.contact_words import ContactWords
from valinta.clients.models import Contact
from valinta.web.day_fields import DayField
from valinta.web.templatetags.wording import name


@dataclass(frozen=True, slots=True)
class ContactChoices:
    """Kinds and purposes as pairs of code and words, in the programme's order."""

    kinds: list[tuple[str, str]]
    purposes: list[tuple[str, str]]
    minutes: int


def choices_of(words: ContactWords) -> ContactChoices:
    """The choices in the reader's language."""
    return ContactChoices(
        [(code, name(names)) for code, names in words.kinds.items()],
        [(code, name(names)) for code, names in words.purposes.items()],
        words.usual_minutes,
    )


class ContactForm(forms.Form):
    """A contact. Day and time may be left out: then it was now."""

    kind = forms.CharField(error_messages={"required": _("Choose what kind of contact it was.")})
    purpose = forms.CharField(required=False)
    minutes = forms.IntegerField(
        min_value=1,
        max_value=MOST_MINUTES,
        error_messages={
            "required": _("Write how many minutes it took."),
            "invalid": _("Write the minutes as a whole number."),
            "min_value": _("Write from 1 to 1,440 minutes."),
            "max_value": _("Write from 1 to 1,440 minutes."),
        },
    )
    day = DayField(
        required=False,
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"invalid": _("Write the day as day, month and year: 31.12.2030.")},
    )
    clock = forms.TimeField(
        required=False,
        input_formats=["%H:%M", "%H.%M"],
        error_messages={"invalid": _("Write the time as hours and minutes: 9.30.")},
    )
    with_whom = forms.CharField(
        required=False,
        max_length=120,
        error_messages={"max_length": _("Use at most 120 signs here.")},
    )
    words = forms.CharField(
        required=False,
        max_length=500,
        error_messages={"max_length": _("Keep it short: at most 500 signs.")},
    )

    def __init__(self, choices: ContactWords, at: datetime, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices, self.at = choices_of(choices), at

    def clean(self) -> dict[str, Any]:
        """The moment has gone by, and kind and purpose are the programme's."""
        given = super().clean() or {}
        if "kind" in given and given["kind"] not in dict(self.choices.kinds):
            self.add_error("kind", gettext("Choose what kind of contact it was."))
        if given.get("purpose", "") not in {"", *dict(self.choices.purposes)}:
            self.add_error("purpose", gettext("Choose what the contact was for."))
        if not self.errors and self._moment(given) > self.at:
            self.add_error("day", gettext("Give a day and a time that have gone by."))
        return given

    def said(self) -> Logged:
        """What was told, for the verb."""
        given = self.cleaned_data
        return Logged(
            kind=given["kind"],
            purpose=given["purpose"] or next(iter(dict(self.choices.purposes)), ""),
            minutes=given["minutes"],
            happened_at=self._moment(given),
            with_whom=given["with_whom"],
            words=given["words"],
        )

    def _moment(self, given: dict[str, Any]) -> datetime:
        local = timezone.localtime(self.at)
        day: date | None = given.get("day")
        clock: time | None = given.get("clock")
        if day in (None, local.date()) and clock is None:
            return self.at
        when = datetime.combine(day or local.date(), clock or time(12, 0))
        return timezone.make_aware(when)


def as_typed(contact: Contact) -> dict[str, Any]:
    """A contact as the form's first values."""
    local = timezone.localtime(contact.happened_at)
    return {
        "kind": contact.kind,
        "purpose": contact.purpose,
        "minutes": contact.minutes,
        "day": local.date().isoformat(),
        "clock": local.strftime("%H:%M"),
        "with_whom": contact.with_whom,
        "words": contact.words,
    }
