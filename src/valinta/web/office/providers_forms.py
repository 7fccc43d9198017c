"""Forms of the providers' tab: evidence, clarification, approval, refusal, suspension, entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from valinta.providers.application_actions import PaperFile
from valinta.providers.states import PROVES
from valinta.shared.periods import Period
from valinta.web.day_fields import DayField
from valinta.web.papers import paper_of

DAYS = ["%Y-%m-%d", "%d.%m.%Y"]
LONGEST = 4000
_TOO_LONG = _("The text is too long. Write at most %(limit_value)s characters.")


def words_field(missing: Any, most: int = LONGEST) -> forms.CharField:
    """Words that have to be said."""
    return forms.CharField(
        max_length=most, error_messages={"required": missing, "max_length": _TOO_LONG}
    )


def day_field(missing: Any = "", *, required: bool = True) -> DayField:
    """A day as a browser or a person writes it."""
    wrong = _("Write the day, for example 1.4.2019.")
    return DayField(
        required=required,
        input_formats=DAYS,
        error_messages={"required": missing, "invalid": wrong},
    )


class EvidenceForm(forms.Form):
    """A paper or words that came for a condition."""

    condition = forms.CharField(
        max_length=60, error_messages={"required": _("Choose what the paper shows.")}
    )
    words = forms.CharField(
        required=False, max_length=LONGEST, error_messages={"max_length": _TOO_LONG}
    )
    file = forms.FileField(required=False)
    issued_on = day_field(required=False)
    valid_until = day_field(required=False)

    def __init__(self, by_words: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_words = set(by_words)
        self.paper: PaperFile | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("condition") in self.by_words:
            if not data.get("words"):
                self.add_error("words", gettext("Write the answer in a few words."))
            return data
        self.paper = paper_of(self)
        if self.paper is None and not self.errors.get("file"):
            self.add_error("file", gettext("Choose the file."))
        if not data.get("issued_on") and not self.errors.get("issued_on"):
            self.add_error("issued_on", gettext("Write the day that is on the paper."))
        return data


class AskForm(forms.Form):
    """A clarification: what is asked, and until when it is answered."""

    questions = words_field(_("Write what the applicant should clarify."))
    answer_by = day_field(_("Write the last day to answer."))


class AnswerForm(forms.Form):
    """The answer to a clarification that came by letter or telephone."""

    answer = words_field(_("Write what the applicant answered."))


class ApproveForm(forms.Form):
    """What is approved: services, areas, days. No area ticked means everywhere."""

    starts_on = day_field(_("Write the first day."))
    last_on = day_field(required=False)
    grounds = forms.CharField(
        required=False, max_length=LONGEST, error_messages={"max_length": _TOO_LONG}
    )

    def __init__(
        self, services: Sequence[str], areas: Sequence[str], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["services"] = forms.MultipleChoiceField(
            choices=[(one, one) for one in services],
            error_messages={
                "required": _("Choose at least one service."),
                "invalid_choice": _("Choose among the services applied for."),
            },
        )
        self.fields["areas"] = forms.MultipleChoiceField(
            required=False,
            choices=[(one, one) for one in areas],
            error_messages={"invalid_choice": _("Choose among the programme's municipalities.")},
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("starts_on"), data.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", gettext("The last day is not before the first."))
        return data

    @property
    def period(self) -> Period:
        """The days of the approval."""
        last: date | None = self.cleaned_data["last_on"]
        ends = None if last is None else last + timedelta(days=1)
        return Period(self.cleaned_data["starts_on"], ends)


class RefuseForm(forms.Form):
    """Why an application is refused."""

    refusal = words_field(_("Write the grounds: the applicant has the right to know them."))


class SuspendForm(forms.Form):
    """Why a provider gets no new orders, and from when."""

    starts_on = day_field(_("Write the first day."))
    reason = words_field(_("Write why; the provider will read it."))


class EntryForm(forms.Form):
    """An entry in a register."""

    register = forms.CharField(
        max_length=40, error_messages={"required": _("Choose the register.")}
    )
    business_id = forms.CharField(
        max_length=20, error_messages={"required": _("Write the business id.")}
    )
    name = words_field(_("Write the name of the company."), 140)
    number = words_field(_("Write the number of the entry."), 40)
    state = forms.ChoiceField(
        choices=[(one, one) for one in PROVES],
        error_messages={
            "required": _("Choose the state of the entry."),
            "invalid_choice": _("Choose the state of the entry."),
        },
    )
    starts_on = day_field(_("Write the first day."))
    last_on = day_field(required=False)
    words = forms.CharField(
        required=False, max_length=LONGEST, error_messages={"max_length": _TOO_LONG}
    )

    def __init__(self, areas: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"] = forms.MultipleChoiceField(
            required=False, choices=[(one, one) for one in areas]
        )

    @property
    def period(self) -> Period:
        """The days of the entry."""
        last: date | None = self.cleaned_data["last_on"]
        ends = None if last is None else last + timedelta(days=1)
        return Period(self.cleaned_data["starts_on"], ends)


def filled(form: forms.Form, initial: Mapping[str, Any]) -> forms.Form:
    """The form with what stands in it to begin with."""
    form.initial = dict(initial)
    return form
