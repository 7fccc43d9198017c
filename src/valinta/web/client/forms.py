"""Forms of the client's pages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_REASON = 2000


class DisputeForm(forms.Form):
    """What happened instead of the visit that was reported."""

    reason = forms.CharField(
        max_length=LONGEST_REASON,
        error_messages={
            "required": _("Tell in a few words what happened. For example: nobody came."),
            "max_length": _("The text is too long. Write at most 2,000 characters."),
        },
    )
