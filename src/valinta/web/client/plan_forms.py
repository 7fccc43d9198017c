"""Forms of the pages on plans and vouchers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from valinta.plans.states import Way

LONGEST_TEXT = 4000
_TOO_LONG = _("The text is too long. Write at most 4,000 characters.")


class CommentForm(forms.Form):
    """Something to say about the plan."""

    text = forms.CharField(
        max_length=LONGEST_TEXT,
        error_messages={
            "required": _("Write what you want to say about the plan."),
            "max_length": _TOO_LONG,
        },
    )


class SupportPlanForm(forms.Form):
    """The texts of the support plan, a field for each prompt; all may be left empty."""

    def __init__(self, codes: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in codes:
            self.fields[f"text-{code}"] = forms.CharField(
                required=False,
                max_length=LONGEST_TEXT,
                strip=False,
                error_messages={"max_length": _TOO_LONG},
            )


class RefusalForm(forms.Form):
    """Why a voucher is refused, and in which way the service is wanted instead."""

    reason = forms.CharField(
        max_length=2000,
        error_messages={
            "required": _("Tell in a few words why you refuse. It helps to find a way that fits."),
            "max_length": _("The text is too long. Write at most 2,000 characters."),
        },
    )
    way = forms.ChoiceField(
        error_messages={
            "required": _("Choose how you want to get the service."),
            "invalid_choice": _("Choose how you want to get the service."),
        }
    )

    def __init__(self, ways: Sequence[Way], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["way"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(one), str(one)) for one in ways]


class FeeForm(forms.Form):
    """Income and household, to reckon a monthly fee with; nothing of it is kept."""

    income = forms.DecimalField(
        min_value=Decimal(0),
        max_value=Decimal(99_999),
        decimal_places=2,
        localize=True,
        error_messages={
            name: _("Write your income in a month before tax as euros, for example 1500.")
            for name in ("required", "invalid", "min_value", "max_value", "max_decimal_places")
        },
    )
    household = forms.IntegerField(
        min_value=1,
        max_value=20,
        error_messages={
            name: _("Write how many you are in the household: 1 or more.")
            for name in ("required", "invalid", "min_value", "max_value")
        },
    )

    @property
    def income_cents(self) -> int:
        """The income of a month in whole cents."""
        return int(self.cleaned_data["income"] * 100)
