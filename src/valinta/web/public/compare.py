"""Up to four providers side by side: prices by time, what one pays oneself, and the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET

from valinta.catalogue.rows import BandPrice, TrayRow, tray_rows
from valinta.catalogue.territory import territory_on
from valinta.programmes.names import named
from valinta.shared.money import Money, format_euros
from valinta.web import wording, words
from valinta.web.public import tray_words
from valinta.web.public.own_voucher import Reader, reader_of, with_values
from valinta.web.public.tray import days_of_all
from valinta.web.public.tray_form import TrayForm, numbers, read_address
from valinta.web.templatetags.wording import language, tongue

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one provider has on a line: strong, plain and quiet words. `provider` is whose it is."""

    provider: str
    text: str = ""
    strong: str = ""
    quiet: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the comparison."""

    name: str
    cells: list[Cell]
    is_main: bool = False


@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """Compare the picked offers; the address holds them, so it can be shared."""
    days = days_of_all()
    address = read_address(request, max(days.values(), default=date.min))
    # Links from elsewhere name offers; those of the tray name what was picked.
    address = replace(address, picked=address.picked or numbers(request.GET, "offer"))
    form = TrayForm(request.GET)
    is_good = form.is_valid()
    reader = reader_of(request)
    rows = with_values(tray_rows(address.picked, days), form.value_cents, reader)
    towns = territory_on(days).municipalities
    orders = [(row, reader.order_address(row)) for row in rows] if reader else []
    context = {
        "form": form,
        "address": replace(address, asked=tuple(a for a in address.asked if a[0] != "value")),
        "reader": reader,
        "rows": rows,
        "lines": comparison(rows, towns),
        "services": wording.joined(list(dict.fromkeys(_service(row) for row in rows))),
        "value_words": _value_words(rows, form.value_cents, reader),
        "takes_vouchers": any("voucher" in row.instruments for row in rows),
        "choices": orders if any(order for _, order in orders) else [],
    }
    return render(request, "public/compare.html", context, status=200 if is_good else 422)


def comparison(rows: list[TrayRow], towns: Mapping[str, Names]) -> list[Line]:
    """The lines of the comparison, prices first."""
    lines = [
        *_price_lines(rows),
        _line(rows, gettext("Free times"), tray_words.free_in_words),
        _line(rows, gettext("Languages"), _languages),
        _line(rows, gettext("Area"), lambda row: _area(row, towns)),
        Line(gettext("Ratings"), [_rating(row) for row in rows]),
        _line(rows, gettext("Approved since"), _approved),
    ]
    several = len({row.service_id for row in rows}) > 1
    return [_line(rows, gettext("Service"), _service), *lines] if several else lines


def _line(rows: list[TrayRow], name: str, say: Callable[[TrayRow], str]) -> Line:
    return Line(name, [Cell(row.provider, say(row)) for row in rows])


def _price_lines(rows: list[TrayRow]) -> list[Line]:
    """The price in the first band of each, what is left to pay of it, and then the other bands."""
    firsts = [row.main_price for row in rows if row.main_price]
    same = len({price.band for price in firsts}) == 1 and any(len(row.prices) > 1 for row in rows)
    main = [
        Cell(row.provider, strong=_euros(price.cents), quiet=_main_words(row, price, same))
        if (price := row.main_price)
        else Cell(row.provider, gettext("No price today"))
        for row in rows
    ]
    name = gettext("Price")
    if same:
        name = gettext("Price, %(band)s") % {"band": _small(named(firsts[0].names, language()))}
    lines = [Line(name, main, is_main=True)]
    if any(row.main_price and row.main_price.value_cents is not None for row in rows):
        lines.append(Line(gettext("You pay yourself"), [_self_pay(row) for row in rows]))
    bands = {price.band: price.names for row in rows for price in row.prices[1:]}
    for code, names in bands.items():
        cells = [_other_band(row, code) for row in rows]
        lines.append(Line(named(names, language()), cells))
    return lines


def _main_words(row: TrayRow, price: BandPrice, same: bool) -> str:
    unit = f"/ {words.UNITS[row.unit]}"
    if same or len(row.prices) == 1:
        return unit
    return f"{unit}, {_small(named(price.names, language()))}"


def _small(name: str) -> str:
    """A name inside a sentence."""
    return name[:1].lower() + name[1:]


def _self_pay(row: TrayRow) -> Cell:
    price = row.main_price
    if price is None or price.value_cents is None:
        return Cell(row.provider, "–")
    if price.self_pay is None:
        return Cell(row.provider, gettext("not to be had with this voucher"))
    paid = gettext("the voucher pays %(sum)s") % {
        "sum": _euros(min(price.cents, price.value_cents))
    }
    return Cell(row.provider, strong=_euros(price.self_pay), quiet=paid)


def _other_band(row: TrayRow, code: str) -> Cell:
    price = next((one for one in row.prices if one.band == code), None)
    if price is None:
        return Cell(row.provider, gettext("no service"))
    if price.self_pay is None:
        return Cell(row.provider, _euros(price.cents))
    quiet = gettext("you pay %(sum)s") % {"sum": _euros(price.self_pay)}
    return Cell(row.provider, _euros(price.cents), quiet=quiet)


def _rating(row: TrayRow) -> Cell:
    if not row.rating_count:
        return Cell(row.provider, gettext("no ratings yet"))
    text = ngettext("%(n)s client", "%(n)s clients", row.rating_count) % {"n": row.rating_count}
    return Cell(row.provider, tray_words.rating_in_words(row), quiet=f"({text})")


def _languages(row: TrayRow) -> str:
    return ", ".join(tongue(code) for code in row.languages)


def _area(row: TrayRow, towns: Mapping[str, Names]) -> str:
    if row.municipality_codes is None:
        return gettext("the whole area of the programme")
    codes = [code for code in row.municipality_codes if code in towns]
    return ", ".join(sorted(named(towns[code], language()) for code in codes))


def _approved(row: TrayRow) -> str:
    return wording.short_day(row.approved_on, language(), date.min)


def _service(row: TrayRow) -> str:
    return named(row.service, language())


def _value_words(rows: list[TrayRow], typed: int | None, reader: Reader | None) -> str:
    if typed is not None:
        return gettext("Counted with a voucher of %(sum)s for a unit.") % {"sum": _euros(typed)}
    if reader and any(row.service_id in reader.values for row in rows):
        return gettext("Counted with your own voucher.")
    if any(price.value_cents is not None for row in rows for price in row.prices):
        return gettext("Counted with the voucher value of the programme.")
    return ""


def _euros(cents: int) -> str:
    return format_euros(Money(cents), language())
