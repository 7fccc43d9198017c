"""A page as somebody opens it, and what they do on it before it is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page

from tests.browser.county import County
from tests.tour_readers import STAFF, worker_of
from valinta.clients.models import Client
from valinta.users.models import User
from valinta.users.permissions import Role

Deed = Callable[[Page], None]

# Fields are set without the events of typing, so that nothing is saved by itself meanwhile.
SEND = """([selector, values, button]) => {
    const form = document.querySelector(selector)
    for (const [name, value] of Object.entries(values)) {
        for (const field of form.querySelectorAll(`[name="${name}"]`)) {
            if (['radio', 'checkbox'].includes(field.type)) field.checked = field.value === value
            else field.value = value
        }
    }
    form.noValidate = true
    form.requestSubmit(button ? form.querySelector(button) : undefined)
}"""


@dataclass(frozen=True, slots=True)
class Look:
    """A page as somebody opens it. `by_tour` may turn out to be no page; the others have to.

    With a `deed`, what is looked at is the page that this leads to, and its status counts.
    """

    name: str
    path: str
    reader: User | None
    status: int = 200
    by_tour: bool = False
    deed: Deed | None = None

    @property
    def has_easy_words(self) -> bool:
        """Pages for clients and for everyone can be read in easy language."""
        return self.name.split(":")[0] not in STAFF


Looks = Iterator[Look]
Deeper = Callable[[County], Looks]


def sends(form: str, *, button: str = "", **values: str) -> Deed:
    """Send the form, with these values in its fields and the rest as they are."""

    def send(page: Page) -> None:
        page.evaluate(SEND, [form, values, button])

    return send


def of_client(client: Client, name: str, query: str = "", **more: int) -> Look:
    """The client's own page, as they see it."""
    path = reverse(name, kwargs={"client_id": client.pk, **more})
    return Look(name, path + query, client.user)


def case(
    county: County,
    client: Client,
    name: str,
    query: str = "",
    *,
    by: User | None = None,
    status: int = 200,
    deed: Deed | None = None,
    **more: int,
) -> Look:
    """A page about the client, as their own case manager or somebody else of the house sees it."""
    path = reverse(f"casework:{name}", kwargs={"client_id": client.pk, **more})
    reader = by or worker_of(county.programme.organiser, client)
    return Look(f"casework:{name}", path + query, reader, status, deed=deed)


def desk(
    county: County,
    name: str,
    query: str = "",
    *,
    status: int = 200,
    deed: Deed | None = None,
    **more: Any,
) -> Look:
    """A page of the office about the county's programme."""
    path = reverse(f"office:{name}", kwargs={"programme_id": county.programme.pk, **more})
    return Look(f"office:{name}", path + query, county.staff(Role.OFFICE), status, deed=deed)
