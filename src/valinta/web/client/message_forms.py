"""Forms of the client's messages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from valinta.clients.models import Client
from valinta.messages.states import Route
from valinta.providers.models import Provider
from valinta.web.message_forms import SubjectForm


class NewThreadForm(SubjectForm):
    """To whom, about what, and the first message."""

    to = forms.CharField(error_messages={"required": _("Choose whom you want to ask.")})

    def __init__(self, providers: Sequence[Provider], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.providers = {f"{Route.PROVIDER}-{one.pk}": one for one in providers}
        self.order_fields(["to", "subject", "words", "files"])

    def clean_to(self) -> str:
        """One of the ways on the page."""
        to: str = self.cleaned_data["to"]
        if to not in {Route.CASE_MANAGER, Route.OFFICE, *self.providers}:
            raise forms.ValidationError(gettext("Choose whom you want to ask."))
        return to

    @property
    def provider(self) -> Provider | None:
        """The provider asked, when it is one."""
        return self.providers.get(self.cleaned_data["to"])

    @property
    def route(self) -> Route:
        """To whom the question goes."""
        return Route.PROVIDER if self.provider else Route(self.cleaned_data["to"])

    def choices_in_words(self, client: Client) -> list[tuple[str, str, str]]:
        """The ways to ask: value, words, and what each is for."""
        manager = client.case_manager
        name = f", {manager.display_name}" if manager else ""
        return [
            (
                Route.CASE_MANAGER,
                gettext("Your case manager") + name,
                gettext("Your budget, your plan, your services, or anything you wonder about"),
            ),
            *(
                (value, one.name, gettext("Times, visits and how the service is done"))
                for value, one in self.providers.items()
            ),
            (
                Route.OFFICE,
                gettext("The programme office"),
                gettext("How the programme works, the list of services, praise and complaints"),
            ),
        ]
