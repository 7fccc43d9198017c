"""The reader's own voucher beside the tray: what it pays of each unit, and whom to choose for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from valinta.budgets.models import VoucherUnit
from valinta.budgets.states import VoucherState
from valinta.catalogue.rows import TrayRow
from valinta.clients.models import Client
from valinta.clients.states import MandateScope
from valinta.users.permissions import Permission
from valinta.web import clock
from valinta.web.access import note_reading, own_people
from valinta.web.middleware import Request


@dataclass(frozen=True, slots=True)
class Reader:
    """The one person for whom the reader can choose, and the values of that person's vouchers.

    `values` are cents of a unit, by service and by band's code.
    """

    client: Client
    values: Mapping[int, Mapping[str, int]]

    def order_address(self, row: TrayRow) -> str:
        """Where the offer is ordered; empty for an offer of another organiser."""
        if row.organiser_id != self.client.organiser_id:
            return ""
        try:
            address = reverse("client:order_new", kwargs={"client_id": self.client.pk})
        except NoReverseMatch:
            return ""
        return f"{address}?{urlencode({'offer': row.offer_id, 'service': row.service_code})}"


def reader_of(http: HttpRequest) -> Reader | None:
    """Who is reading, when that is a client or acts for just one; the reading is noted."""
    request = cast(Request, http)
    if not request.actor.organisers_where(Permission.SEE_OWN_BUDGET):
        return None
    people = own_people(request, MandateScope.SEE_BUDGET, MandateScope.ORDER)
    found = list(people.select_related("organiser").order_by("pk")[:2])
    if len(found) != 1:
        return None
    client = found[0]
    at = clock.now(client.organiser)
    units = VoucherUnit.objects.filter(
        voucher__enrolment__client=client,
        voucher__state__in=[VoucherState.OFFERED, VoucherState.ACCEPTED],
        voucher__valid__contains=at.date(),
    )
    values: dict[int, dict[str, int]] = {}
    for service_id, band, cents in units.values_list("voucher__service_id", "band__code", "cents"):
        values.setdefault(service_id, {})[band] = cents
    if values:
        note_reading(request, client, at, "own voucher in the tray")
    return Reader(client, values)


def with_values(
    rows: list[TrayRow], typed_cents: int | None, reader: Reader | None
) -> list[TrayRow]:
    """The rows with a typed value, else the reader's own voucher, else the programme's value."""
    if typed_cents is not None:
        return [row.valued(typed_cents) for row in rows]
    values = reader.values if reader else {}
    return [row.valued(values.get(row.service_id)) for row in rows]
