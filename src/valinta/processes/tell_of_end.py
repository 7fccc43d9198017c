"""A company tells a client that it ends: what ends, on which day, and who helps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import translation
from django.utils.translation import gettext

from valinta.clients.models import Client
from valinta.messages.company_actions import write_to_client
from valinta.orders.models import Order
from valinta.programmes.names import named
from valinta.providers.models import Provider
from valinta.users.actor import Actor

_LONGEST_SUBJECT = 120


def tell_of_end(
    *,
    provider: Provider,
    client: Client,
    orders: Iterable[Order],
    ends_on: date,
    reason: str,
    by: Actor,
    at: datetime,
) -> None:
    """Write to the client in their language, with the reason. A message is a person's own.

    Raises NotYourProvider or NotAtYourLevel.
    """
    with translation.override(client.language):
        services = {named(one.service.names, client.language): None for one in orders}
        facts = {
            "services": ", ".join(services),
            "provider": provider.name,
            "day": f"{ends_on.day}.{ends_on.month}.{ends_on.year}",
        }
        subject = gettext("%(services)s: a new provider is needed") % facts
        told = (
            gettext(
                "From %(day)s on %(provider)s no longer gives you: %(services)s. You may choose"
                " another provider, and your case manager helps you. The money for these days is"
                " yours to use again."
            )
            % facts
        )
    write_to_client(
        provider=provider,
        client=client,
        subject=subject[:_LONGEST_SUBJECT],
        words=f"{told}\n\n{reason.strip()}",
        by=by,
        at=at,
    )
