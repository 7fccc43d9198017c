"""A company changes its prices: from a day of the programme's, with notice, and clients told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext

from valinta.budgets.models import VoucherUnit
from valinta.catalogue.actions import announce_price
from valinta.catalogue.models import Offer, Price, TimeBand
from valinta.messages.company_actions import write_to_client
from valinta.orders.models import Order, Slice
from valinta.orders.states import OPEN
from valinta.processes.hold_new_prices import Rise, hold_new_prices, what_prices_change
from valinta.programmes.names import named
from valinta.programmes.queries import rulebook_on
from valinta.programmes.running import running_of
from valinta.providers.models import Approval
from valinta.shared.money import Money, format_euros
from valinta.shared.periods import Period
from valinta.users.actor import Actor

_LONGEST_SUBJECT = 120


class NotAPriceDay(ValueError):
    """New prices cannot hold from this day: the notice or the programme's days do not allow it."""


class NothingChanges(ValueError):
    """The prices are as they are already."""


@dataclass(frozen=True, slots=True)
class BandChange:
    """The price of a unit in a time band, in cents, before the day and from the day on."""

    band: TimeBand
    before: int | None
    after: int


@dataclass(frozen=True, slots=True)
class Touched:
    """An order that goes on on the day.

    `self_pay` are the client's own share of a unit before and after, in cents by band, of an order
    that a voucher pays; empty of one that a budget pays. `lacks`: the client's money does not reach
    for all that is ordered at the new price.
    """

    order: Order
    self_pay: tuple[tuple[TimeBand, int, int], ...]
    lacks: bool = False

    @property
    def pays_more(self) -> bool:
        """Whether more is left to the client than before."""
        return any(after > before for _band, before, after in self.self_pay)


@dataclass(frozen=True, slots=True)
class PriceChange:
    """New prices of an offer as they would be, and whom they touch."""

    offer: Offer
    starts_on: date
    bands: tuple[BandChange, ...]
    touched: tuple[Touched, ...]
    rises: tuple[Rise, ...]

    @property
    def clients(self) -> int:
        """How many clients are told."""
        return len({one.order.client_id for one in self.touched})


def price_days(offer: Offer, today: date) -> list[date]:
    """The first days from which a price told today can hold."""
    programme = offer.service.programme
    return running_of(programme).price_days(today, notice_days(offer, today))


def notice_days(offer: Offer, today: date) -> int:
    """The rulebook's notice of a new price, in days."""
    terms = rulebook_on(offer.service.programme, today).parameters
    return int(terms["price_change_notice_days"])


def what_new_prices_do(
    *, offer: Offer, prices: Mapping[str, Money], starts_on: date, today: date
) -> PriceChange:
    """What would change and for whom, in a fixed number of queries; nothing is kept.

    `prices` are by time band. Raises NotAPriceDay or NothingChanges.
    """
    running = running_of(offer.service.programme)
    if not running.is_price_day(starts_on, today, notice_days(offer, today)):
        raise NotAPriceDay("Choose one of the days from which the programme takes new prices.")
    bands = TimeBand.objects.filter(programme=offer.service.programme_id, code__in=prices)
    before = dict(
        Price.objects.filter(
            offer=offer, superseded_at__isnull=True, valid__contains=starts_on
        ).values_list("band_id", "cents")
    )
    changes = tuple(
        BandChange(band, before.get(band.pk), prices[band.code].cents)
        for band in bands.order_by("pk")
        if before.get(band.pk) != prices[band.code].cents
    )
    if not changes:
        raise NothingChanges("These are the prices that hold already.")
    rises = what_prices_change(
        offer=offer,
        prices={one.band.code: one.after for one in changes},
        period=Period(starts_on, offer.valid.upper),
    )
    touched = _touched(offer, starts_on, changes, {one.order.pk for one in rises if one.lacking})
    return PriceChange(offer, starts_on, changes, touched, rises)


@transaction.atomic
def change_prices(
    *,
    offer: Offer,
    prices: Mapping[str, Money],
    starts_on: date,
    words: str = "",
    by: Actor,
    at: datetime,
) -> PriceChange:
    """Announce the prices that differ, hold for orders what they cost then, and tell the clients.

    Each client whom they touch gets a message. An order for which the money does not reach is on
    the work list of the client's case manager (`valinta.orders.models.Slice.lacking_cents`).
    `words` are added to the message as they are. Raises what `what_new_prices_do` and
    `announce_price` raise; then nothing has changed.
    """
    # Orders that are being placed at the old price are waited for, and then found.
    Approval.objects.select_for_update(no_key=True).get(pk=offer.approval_id)
    look = what_new_prices_do(offer=offer, prices=prices, starts_on=starts_on, today=at.date())
    for one in look.bands:
        announce_price(
            offer=offer, band=one.band.code, amount=Money(one.after), starts_on=starts_on,
            by=by, at=at,
        )  # fmt: skip
    hold_new_prices(rises=look.rises, by=by, at=at)
    lacking = {one.order.client_id for one in look.touched if one.lacks}
    told: set[int] = set()
    for touched in look.touched:
        client_id = touched.order.client_id
        if client_id not in told:
            told.add(client_id)
            _tell(look, touched, words, client_id in lacking, by, at)
    return look


def _touched(
    offer: Offer, starts_on: date, bands: Sequence[BandChange], lacking: Collection[int]
) -> tuple[Touched, ...]:
    orders = Order.objects.filter(
        offer=offer, state__in=OPEN, valid__overlap=(starts_on, None), client__died_on=None
    ).select_related("client__organiser", "provider", "service")
    values = _voucher_values(offer, starts_on)
    return tuple(
        Touched(one, _self_pay(bands, values.get(one.pk)), one.pk in lacking)
        for one in orders.order_by("pk")
    )


def _voucher_values(offer: Offer, starts_on: date) -> dict[int, dict[int, int]]:
    """The value of a unit by band, of orders that a voucher pays from the day on."""
    vouchers = dict(
        Slice.objects.filter(
            order__offer=offer, voucher__isnull=False, valid__overlap=(starts_on, None)
        ).values_list("order_id", "voucher_id")
    )
    units: dict[int, dict[int, int]] = defaultdict(dict)
    rows = VoucherUnit.objects.filter(voucher__in=set(vouchers.values()))
    for voucher_id, band_id, cents in rows.values_list(F("voucher_id"), "band_id", "cents"):
        units[voucher_id][band_id] = cents
    return {order_id: units[voucher_id] for order_id, voucher_id in vouchers.items()}


def _self_pay(
    bands: Sequence[BandChange], values: Mapping[int, int] | None
) -> tuple[tuple[TimeBand, int, int], ...]:
    if values is None:
        return ()
    return tuple(
        (one.band, max((one.before or 0) - value, 0), max(one.after - value, 0))
        for one in bands
        if (value := values.get(one.band.pk)) is not None
    )


def _tell(
    look: PriceChange, touched: Touched, words: str, lacks: bool, by: Actor, at: datetime
) -> None:
    """A message to the client in their language: which prices, from which day, and what to do.

    No sums of the client's money: the company reads the message too.
    """
    client, language = touched.order.client, touched.order.client.language
    with translation.override(language):
        day = look.starts_on
        facts = {
            "service": named(look.offer.service.names, language),
            "provider": touched.order.provider.name,
            "day": f"{day.day}.{day.month}.{day.year}",
        }
        subject = gettext("%(service)s: new prices from %(day)s") % facts
        told = [
            gettext("The prices of %(provider)s for %(service)s change on %(day)s:") % facts,
            *(_line(one, language) for one in look.bands),
            gettext(
                "Until then the old prices hold. You may go on as before, order less, or choose"
                " another provider. Your case manager helps you."
            ),
        ]
        if lacks:
            told.append(
                gettext(
                    "From then on your money does not reach for all the visits that you have"
                    " ordered. Your case manager knows of it. Agree with them what to do."
                )
            )
    write_to_client(
        provider=touched.order.provider,
        client=client,
        subject=subject[:_LONGEST_SUBJECT],
        words="\n".join([*told, words.strip()]).strip(),
        by=by,
        at=at,
    )


def _line(one: BandChange, language: str) -> str:
    facts = {
        "band": named(one.band.names, language),
        "before": format_euros(Money(one.before or 0), language),
        "after": format_euros(Money(one.after), language),
    }
    if one.before is None:
        return gettext("%(band)s: %(after)s") % facts
    return gettext("%(band)s: %(before)s before, %(after)s from then on") % facts
