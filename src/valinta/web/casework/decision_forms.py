"""Forms of the decisions tab: prepare a decision or a refusal, return one, record a claim."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from valinta.catalogue.models import Service
from valinta.plans.moving import Scan
from valinta.plans.states import ClaimOutcome
from valinta.shared.periods import Period
from valinta.web.casework.plan_forms import DAYS
from valinta.web.casework.scans import scan_of
from valinta.web.day_fields import DayField
from valinta.web.letter_words import shown_in_letters

LONGEST = 4000
_TOO_LONG = _("The text is too long. Write at most %(limit_value)s characters.")


def _day(missing: Any) -> DayField:
    wrong = _("Write the day, for example 1.4.2019.")
    return DayField(input_formats=DAYS, error_messages={"required": missing, "invalid": wrong})


class PrepareForm(forms.Form):
    """A decision before it is put before someone who decides."""

    starts_on = _day(_("Write the first day."))
    last_on = _day(_("Write the last day."))
    grounds = forms.CharField(
        required=False,
        max_length=LONGEST,
        validators=[shown_in_letters],
        error_messages={"max_length": _TOO_LONG},
    )

    def __init__(self, tested: Sequence[Service], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tested = list(tested)
        for service in tested:
            self.fields[f"value-{service.code}"] = forms.DecimalField(
                required=False,
                min_value=Decimal("0.01"),
                max_value=Decimal(9999),
                decimal_places=2,
                localize=True,
                error_messages={
                    name: _("Write the value in euros, for example 24,50.")
                    for name in (
                        "invalid",
                        "min_value",
                        "max_value",
                        "max_decimal_places",
                    )
                },
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("starts_on"), data.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", gettext("The last day is not before the first."))
        return data

    @property
    def period(self) -> Period:
        """The days of the decision."""
        given = self.cleaned_data
        return Period(given["starts_on"], given["last_on"] + timedelta(days=1))

    @property
    def values(self) -> dict[str, int]:
        """The value of a voucher's unit in cents by service code, where income decides it."""
        given = {one.code: self.cleaned_data.get(f"value-{one.code}") for one in self.tested}
        return {code: int(euros * 100) for code, euros in given.items() if euros is not None}


class GroundsForm(forms.Form):
    """Why something is refused."""

    grounds = forms.CharField(
        max_length=LONGEST,
        validators=[shown_in_letters],
        error_messages={
            "required": _("Write the grounds: the client has the right to know them."),
            "max_length": _TOO_LONG,
        },
    )


class ReturnForm(forms.Form):
    """What is missing from a proposal."""

    reason = forms.CharField(
        max_length=1000,
        error_messages={
            "required": _("Say what is missing, so that it can be mended."),
            "max_length": _TOO_LONG,
        },
    )


class ClaimForm(forms.Form):
    """A claim that came on paper."""

    words = forms.CharField(
        max_length=LONGEST,
        error_messages={
            "required": _("Write what should be changed, and why."),
            "max_length": _TOO_LONG,
        },
    )
    received_on = _day(_("Write the day it came."))
    file = forms.FileField(required=False)

    def __init__(self, made_on: date, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made_on, self.today = made_on, today
        self.scan: Scan | None = None

    def clean_received_on(self) -> date:
        day: date = self.cleaned_data["received_on"]
        if not self.made_on <= day <= self.today:
            raise forms.ValidationError(gettext("The day is between the decision and today."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.scan = scan_of(self)
        return data


class AnswerClaimForm(forms.Form):
    """The answer to a claim. `new_decision` is the number of the one that changes it."""

    outcome = forms.ChoiceField(
        choices=[(one, one) for one in ClaimOutcome],
        error_messages={
            "required": _("Choose what came of the claim."),
            "invalid_choice": _("Choose what came of the claim."),
        },
    )
    words = forms.CharField(
        max_length=LONGEST,
        validators=[shown_in_letters],
        error_messages={
            "required": _("Write the answer: what was decided, and why."),
            "max_length": _TOO_LONG,
        },
    )
    body = forms.CharField(max_length=160, required=False, validators=[shown_in_letters])
    new_decision = forms.IntegerField(required=False)
