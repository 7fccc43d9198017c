"""The sign-in form."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(forms.Form):
    """Username and password."""

    username = forms.CharField(
        max_length=80, error_messages={"required": _("Write your username.")}
    )
    password = forms.CharField(
        max_length=200, strip=False, error_messages={"required": _("Write your password.")}
    )
