"""The sign-in form."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from valinta.web.day_fields import DayField


class SignInForm(forms.Form):
    """Username and password."""

    username = forms.CharField(
        max_length=80, error_messages={"required": _("Write your username.")}
    )
    password = forms.CharField(
        max_length=200, strip=False, error_messages={"required": _("Write your password.")}
    )


def _code_field() -> forms.CharField:
    return forms.CharField(
        max_length=40,
        error_messages={
            "required": _("Write the code."),
            "max_length": _("This is not a code: it has twelve letters and figures."),
        },
    )


class LetterForm(forms.Form):
    """The code of a letter, and the date of birth as people write it."""

    code = _code_field()
    born_on = DayField(
        input_formats=["%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y", "%d %m %Y", "%d%m%Y"],
        error_messages={
            "required": _("Write your date of birth."),
            "invalid": _("Write your date of birth as day, month and year: 15.3.1942."),
        },
    )


class InvitationForm(forms.Form):
    """The code of an invitation."""

    code = _code_field()


class NewcomerForm(forms.Form):
    """Who makes a username to answer an invitation."""

    name = forms.CharField(max_length=120, error_messages={"required": _("Write your name.")})
    username = forms.RegexField(
        r"^[\w.@+-]+$",
        max_length=80,
        error_messages={
            "required": _("Choose a username."),
            "invalid": _("Use only letters, figures and the signs . @ + - _ in the username."),
        },
    )
    password = forms.CharField(
        max_length=200, strip=False, error_messages={"required": _("Choose a password.")}
    )
    again = forms.CharField(
        max_length=200,
        strip=False,
        error_messages={"required": _("Write the same password again.")},
    )

    def clean(self) -> dict[str, object]:
        """The two passwords are the same."""
        given = self.cleaned_data
        if "password" in given and "again" in given and given["password"] != given["again"]:
            self.add_error("again", _("The two passwords are not the same. Write both again."))
        return given
