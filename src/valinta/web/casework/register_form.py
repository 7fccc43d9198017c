"""The form of a new person: who they are, how they are reached, in which language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from valinta.clients.models import Interest
from valinta.shared.ids import NotAnIdentityCode, born_on_of, is_identity_code
from valinta.web.letter_words import shown_in_letters
from valinta.web.templatetags.wording import tongue

CONTACT = ("phone", "email", "street", "postcode", "town")
HAS_SIGNS = 11


class RegisterForm(forms.Form):
    """A person who is met for the first time. The day of birth comes from the identity code."""

    identity_code = forms.CharField(
        max_length=20, error_messages={"required": _("Write the personal identity code.")}
    )
    given_name = forms.CharField(
        max_length=80,
        validators=[shown_in_letters],
        error_messages={"required": _("Write the given name.")},
    )
    family_name = forms.CharField(
        max_length=80,
        validators=[shown_in_letters],
        error_messages={"required": _("Write the family name.")},
    )
    language = forms.ChoiceField(
        choices=settings.LANGUAGES,
        error_messages={"required": _("Choose the language the person wants to be met in.")},
    )
    municipality = forms.ChoiceField(
        error_messages={
            "required": _("Choose the home municipality."),
            "invalid_choice": _("Choose the home municipality from the list."),
        }
    )
    phone = forms.CharField(max_length=40, required=False)
    email = forms.EmailField(
        required=False,
        error_messages={
            "invalid": _("Check the e-mail address. It looks like this: name@example.fi.")
        },
    )
    street = forms.CharField(max_length=120, required=False)
    postcode = forms.RegexField(
        r"^\d{5}$",
        required=False,
        error_messages={"invalid": _("A postcode has five digits, for example 05800.")},
    )
    town = forms.CharField(max_length=80, required=False)
    non_disclosure = forms.BooleanField(required=False)

    def __init__(self, towns: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.towns = list(towns)
        field = self.fields["municipality"]
        if isinstance(field, forms.ChoiceField):
            field.choices = self.towns

    def clean_identity_code(self) -> str:
        code: str = self.cleaned_data["identity_code"].replace(" ", "").upper()
        if len(code) != HAS_SIGNS:
            raise forms.ValidationError(
                gettext("An identity code has 11 signs: day of birth, a sign, and four more.")
            )
        if not is_identity_code(code):
            raise forms.ValidationError(
                gettext("This is not a personal identity code. Check each sign, the last one too.")
            )
        return code

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        try:
            given["born_on"] = born_on_of(given.get("identity_code", ""))
        except NotAnIdentityCode:
            return given
        return given

    @property
    def contact(self) -> dict[str, object]:
        """How the person is reached; what was left empty is left out."""
        return {name: self.cleaned_data[name] for name in CONTACT if self.cleaned_data.get(name)}

    @property
    def languages(self) -> list[tuple[str, str]]:
        """The languages, by their names in the worker's language."""
        codes = [code for code, _own in settings.LANGUAGES]
        return [(code, tongue(code).capitalize()) for code in codes]


def values_of(interest: Interest | None, language: str) -> dict[str, str]:
    """What the empty form begins with: what the person told when they came forward."""
    if interest is None:
        return {"language": language}
    given, _space, family = (interest.for_name or interest.name).strip().rpartition(" ")
    values = {
        "given_name": given or family,
        "family_name": family if given else "",
        "language": interest.language,
        "municipality": interest.municipality.code,
    }
    # The number and address are of who wrote, which may be another person.
    if not interest.for_name:
        values |= {"phone": interest.phone, "email": interest.email}
    return values
