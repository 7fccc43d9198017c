"""Clients whose provider was lost find another one: who there is, at what price, and the order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext

from valinta.budgets.models import VoucherUnit
from valinta.catalogue.models import Offer, Price
from valinta.catalogue.rows import BandPrice, TrayRow, tray_rows
from valinta.messages.actions import open_thread
from valinta.messages.models import Thread
from valinta.messages.states import Route
from valinta.orders.actions import BudgetSpent
from valinta.orders.calendar import from_json
from valinta.orders.change_actions import settle_moving
from valinta.orders.models import Moving, Order, OrderKind, Slice
from valinta.processes.order_service import OrderPreview, Wanted, order_service, preview_order
from valinta.programmes.names import named
from valinta.shared.periods import Period
from valinta.users.actor import Actor, NotAllowed
from valinta.users.permissions import Permission

_LONGEST_SUBJECT = 120


class OverAlready(ValueError):
    """The days that the lost order had left have gone by; a new order is a matter of its own."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another provider for a lost order: its price and the difference to the old, in cents a unit.

    `self_pay` and `self_pay_more` are what the client pays beside a voucher, and the difference;
    None for a budget. Of the tray's first band in which both have a price.
    """

    row: TrayRow
    price: int
    more: int | None
    self_pay: int | None
    self_pay_more: int | None


def movings(**which: object) -> list[Moving]:
    """Those chosen, the oldest first, in one query."""
    return list(all_movings(**which))


def all_movings(**which: object) -> QuerySet[Moving]:
    """Those chosen with what is told of them, the oldest first."""
    related = (
        "order__service",
        "order__provider",
        "order__offer",
        "order__enrolment__programme",
        "client",
        "new_order__provider",
    )
    return Moving.objects.filter(**which).select_related(*related).order_by("ends_on", "pk")


def not_yet_moved(**which: object) -> list[Moving]:
    """Those who have neither a new order nor said that they want none."""
    return movings(settled_at__isnull=True, **which)


def alternatives(
    orders: Iterable[Order], on: date, at_home: str = ""
) -> dict[int, list[Alternative]]:
    """Who takes new clients for each order's service where the client lives, the cheapest first.

    By the order's id; a fixed number of queries. The orders are of one organiser. `at_home` is the
    code of another municipality, when the clients will live there. Those who have the same offer,
    live in the same place and pay in the same way share one list.
    """
    found = list(orders)
    if not found:
        return {}
    offers = Offer.objects.filter(
        service__in={one.service_id for one in found},
        valid__contains=on,
        approval__valid__contains=on,
    )
    rows = tray_rows(
        list(offers.order_by("pk").values_list("pk", flat=True)), {found[0].organiser_id: on}
    )
    by_service: dict[int, list[TrayRow]] = defaultdict(list)
    for row in rows:
        if row.takes_new_clients:
            by_service[row.service_id].append(row)
    old, values = _old_prices(found), _voucher_values(found)
    known: dict[Hashable, list[Alternative]] = {}
    chosen: dict[int, list[Alternative]] = {}
    for one in found:
        home, worth = at_home or one.client.municipality_code, values.get(one.pk)
        alike = (one.offer_id, home, worth and tuple(sorted(worth.items())))
        if alike not in known:
            among = [row for row in by_service[one.service_id] if _serves(row, home)]
            known[alike] = _instead(one, among, old[one.pk], worth)
        chosen[one.pk] = known[alike]
    return chosen


def wanted_from(moving: Moving, offer: Offer, today: date) -> Wanted:
    """The same order from another provider: its week or monthly amount, for the days left.

    Raises OverAlready.
    """
    order = moving.order
    starts = max(moving.ends_on, today)
    end = moving.was_until
    if end is not None and end <= starts:
        raise OverAlready(
            "The days of the order have gone by. Order anew for the days that are wanted now."
        )
    kind, week = OrderKind(order.kind), from_json(order.pattern)
    quantities: dict[str, int] = {}
    if not week:
        # A month that was cut short orders less; the greatest is a whole one.
        parts = order.slices.order_by("-quantity_hundredths")
        whole = parts.filter(valid__startswith__gte=moving.ends_on).first() or parts.first()
        quantities = {"": whole.quantity_hundredths} if whole is not None else {}
    return Wanted(offer, kind, Period(starts, end), tuple(week), quantities)


def preview_move(*, moving: Moving, offer: Offer, at: datetime) -> OrderPreview:
    """What the new order would be. Raises OverAlready and what `order_service` raises."""
    wanted = wanted_from(moving, offer, at.date())
    return preview_order(enrolment=moving.order.enrolment, wanted=wanted, at=at)


@transaction.atomic
def move_client(*, moving: Moving, offer: Offer, by: Actor, at: datetime) -> Moving:
    """Order from the provider that the client has chosen, for the days that the lost order had.

    Raises MovedAlready, OverAlready and what `order_service` raises; then nothing has changed.
    """
    wanted = wanted_from(moving, offer, at.date())
    new = order_service(enrolment=moving.order.enrolment, wanted=wanted, by=by, at=at)
    return settle_moving(moving=moving, new_order=new, by=by, at=at)


@transaction.atomic
def tell_of_loss(*, moving: Moving, words: str, by: Actor, at: datetime) -> Thread:
    """A message to the client in their language: who stops, on which day, and who helps.

    `words` are added as they are. For the organiser's people. Raises NotAllowed.
    """
    client, order = moving.client, moving.order
    if not by.may_for_all(Permission.WRITE_MESSAGES, client.organiser_id):
        raise NotAllowed(Permission.WRITE_MESSAGES, client.organiser_id)
    office = not by.may(Permission.SEE_CLIENTS, client.organiser_id)
    with translation.override(client.language):
        service = named(order.service.names, client.language)
        facts = {
            "service": service,
            "provider": order.provider.name,
            "day": f"{moving.ends_on.day}.{moving.ends_on.month}.{moving.ends_on.year}",
        }
        subject = gettext("%(service)s: a new provider is needed") % facts
        told = (
            gettext(
                "%(provider)s no longer gives you %(service)s from %(day)s on. You may choose"
                " another provider. Your case manager helps you and can order for you."
                " The money for these days is yours to use again."
            )
            % facts
        )
    return open_thread(
        client=client,
        route=Route.OFFICE if office else Route.CASE_MANAGER,
        subject=subject[:_LONGEST_SUBJECT],
        words=f"{told}\n\n{words.strip()}".strip(),
        by=by,
        at=at,
    )


def _instead(
    order: Order,
    among: Iterable[TrayRow],
    old: Mapping[str, int],
    values: Mapping[str, int] | None,
) -> list[Alternative]:
    """The other providers of those rows, the cheapest first."""
    found = [
        alternative
        for row in among
        if row.provider_id != order.provider_id
        and (alternative := _alternative(row, old, values)) is not None
    ]
    return sorted(found, key=lambda one: (one.price, one.row.provider))


def _alternative(
    row: TrayRow, old: Mapping[str, int], values: Mapping[str, int] | None
) -> Alternative | None:
    valued = row if values is None else row.valued(values)
    price = next((one for one in valued.prices if one.band in old), valued.main_price)
    if price is None:
        return None
    before = old.get(price.band)
    more = None if before is None else price.cents - before
    if values is None:
        return Alternative(row, price.cents, more, None, None)
    if price.self_pay is None:
        # The client may not pay for the service, and the value does not reach the price.
        return None
    return Alternative(valued, price.cents, more, price.self_pay, _self_pay_more(price, before))


def _self_pay_more(price: BandPrice, before: int | None) -> int | None:
    if before is None or price.self_pay is None or price.value_cents is None:
        return None
    return price.self_pay - max(before - price.value_cents, 0)


def _serves(row: TrayRow, municipality: str) -> bool:
    return row.municipality_codes is None or municipality in row.municipality_codes


def _old_prices(orders: Sequence[Order]) -> dict[int, dict[str, int]]:
    """What a unit of each order cost by band, the latest price known."""
    known: dict[int, dict[str, int]] = defaultdict(dict)
    rows = Price.objects.filter(
        offer__in={one.offer_id for one in orders}, superseded_at__isnull=True
    ).order_by("valid")
    for offer_id, band, cents in rows.values_list("offer_id", "band__code", "cents"):
        known[offer_id][band] = cents
    return {one.pk: known[one.offer_id] for one in orders}


def _voucher_values(orders: Sequence[Order]) -> dict[int, dict[str, int]]:
    """The voucher's value of a unit by band, of orders that a voucher pays."""
    vouchers = dict(
        Slice.objects.filter(order__in=orders, voucher__isnull=False)
        .order_by("valid")
        .values_list("order_id", "voucher_id")
    )
    units: dict[int, dict[str, int]] = defaultdict(dict)
    rows = VoucherUnit.objects.filter(voucher__in=set(vouchers.values()))
    for voucher_id, band, cents in rows.values_list("voucher_id", "band__code", "cents"):
        units[voucher_id][band] = cents
    return {order_id: units[voucher_id] for order_id, voucher_id in vouchers.items()}


__all__ = [
    "Alternative",
    "BudgetSpent",
    "OverAlready",
    "all_movings",
    "alternatives",
    "move_client",
    "movings",
    "not_yet_moved",
    "preview_move",
    "tell_of_loss",
    "wanted_from",
]
