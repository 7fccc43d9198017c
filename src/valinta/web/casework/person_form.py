"""The form of a registered person's facts, as far as the worker may mend them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from valinta.clients.models import Client
from valinta.clients.person_actions import HIDDEN, HOME, OWN, REACHED, has_place
from valinta.web.casework.register_form import RegisterForm
from valinta.web.templatetags.wording import tongue

LABELS: dict[str, str | Promise] = {
    "identity_code": _("Personal identity code"),
    "given_name": _("Given name"),
    "family_name": _("Family name"),
    "language": _("Language"),
    "non_disclosure": _("Non-disclosure"),
    "municipality": _("Home municipality"),
    "phone": _("Telephone"),
    "email": _("E-mail"),
    "street": _("Street address"),
    "postcode": _("Postcode"),
    "town": _("Post town"),
}


class PersonForm(RegisterForm):
    """A person's facts with the version that they were opened with, and why they are mended."""

    version = forms.IntegerField(min_value=0, max_value=10**6, widget=forms.HiddenInput)
    reason = forms.CharField(
        max_length=400,
        required=False,
        error_messages={"max_length": _("Use at most 400 signs.")},
    )

    def __init__(
        self, mends: Collection[str], towns: Sequence[tuple[str, str]], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(towns, *args, **kwargs)
        self.mends = [name for name in LABELS if name in mends]
        for name in LABELS:
            if name not in mends:
                del self.fields[name]

    @property
    def said(self) -> dict[str, str]:
        """The facts that were sent, as text; a tick that is not there empties its fact."""
        return {
            name: ("yes" if given else "") if isinstance(given, bool) else str(given)
            for name in self.mends
            for given in [self.cleaned_data.get(name, "")]
        }


def mends_of(client: Client, sees_contact: bool) -> set[str]:
    """The facts that a worker mends here: what is hidden from them is not among them.

    Where somebody with a place lives is mended by noting that they move.
    """
    fields = {*OWN, *REACHED, HOME}
    if not sees_contact:
        fields -= HIDDEN
    return fields - {HOME} if has_place(client) else fields


def shown(towns: Sequence[tuple[str, str]], field: str, value: str) -> str:
    """A fact in words."""
    if not value:
        return ""
    if field == "language":
        return tongue(value)
    if field == HOME:
        return dict(towns).get(value, value)
    return gettext("yes") if field == "non_disclosure" else value
