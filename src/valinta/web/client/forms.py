"""Forms of the client's pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_REASON = 2000


WHAT_HAPPENED: dict[str, Any] = {
    "nobody": _("Nobody came."),
    "shorter": _("The visit was shorter."),
    "longer": _("The visit was longer."),
    "other_day": _("The visit was on another day."),
    "other_worker": _("Another worker came than was agreed."),
    "other_service": _("I got another service."),
    "other": _("Something else."),
}


class DisputeForm(forms.Form):
    """What happened instead of the visit that was reported: picked, in words, or both."""

    what = forms.ChoiceField(
        required=False,
        choices=list(WHAT_HAPPENED.items()),
        error_messages={"invalid_choice": _("Choose what happened from the list.")},
    )
    reason = forms.CharField(
        required=False,
        max_length=LONGEST_REASON,
        error_messages={
            "max_length": _("The text is too long. Write at most 2,000 characters."),
        },
    )

    def clean(self) -> dict[str, Any]:
        """Something is told: one of the reasons, or words; words too when it is something else."""
        given = super().clean() or self.cleaned_data
        picked = given.get("what", "")
        if "reason" in given and not given["reason"] and picked in ("", "other"):
            self.add_error(
                "reason", _("Tell in a few words what happened. For example: nobody came.")
            )
        return given

    def picked(self) -> str:
        """The reason that was chosen, in the reader's language; nothing for something else."""
        picked = self.cleaned_data["what"]
        return str(WHAT_HAPPENED[picked]) if picked and picked != "other" else ""
