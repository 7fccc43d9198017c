"""Small forms of the plan tab: something said, and a signature given on paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from valinta.plans.moving import Scan
from valinta.plans.states import Signer
from valinta.web.casework.scans import scan_of
from valinta.web.day_fields import DayField

DAYS = ["%Y-%m-%d", "%d.%m.%Y"]


class SayForm(forms.Form):
    """Something said about the plan."""

    text = forms.CharField(
        max_length=4000,
        error_messages={
            "required": _("Write what you want to say about the plan."),
            "max_length": _("The text is too long. Write at most 4,000 characters."),
        },
    )


class PaperForm(forms.Form):
    """Who signed on paper, when, and where the paper is found."""

    signer = forms.ChoiceField(
        choices=[
            (Signer.CLIENT, _("the client")),
            (Signer.REPRESENTATIVE, _("who acts for the client")),
        ],
        error_messages={
            "required": _("Choose who signed."),
            "invalid_choice": _("Choose who signed."),
        },
    )
    name = forms.CharField(
        max_length=120, error_messages={"required": _("Write the name under the signature.")}
    )
    signed_on = DayField(
        input_formats=DAYS,
        error_messages={
            "required": _("Write the day of the signature."),
            "invalid": _("Write the day of the signature, for example 15.3.2019."),
        },
    )
    archive_mark = forms.CharField(max_length=80, required=False)
    file = forms.FileField(required=False)

    def __init__(self, written_on: date, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.written_on, self.today = written_on, today
        self.scan: Scan | None = None

    def clean_signed_on(self) -> date:
        day: date = self.cleaned_data["signed_on"]
        if not self.written_on <= day <= self.today:
            raise forms.ValidationError(
                gettext("The day is between the writing of the plan and today.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.scan = scan_of(self)
        has_mark = bool((data.get("archive_mark") or "").strip())
        if not has_mark and self.scan is None and "file" not in self.errors:
            words = gettext("Give the mark of the archive, or the scanned paper.")
            self.add_error("archive_mark", words)
        return data
