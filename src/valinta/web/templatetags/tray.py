"""Template filters of the tray: languages, places, ratings, free days, and links that pick."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from valinta.catalogue.rows import TrayRow
from valinta.programmes.names import named
from valinta.web.public import tray_words
from valinta.web.public.own_voucher import Reader
from valinta.web.public.tray_form import Address
from valinta.web.templatetags.wording import language, tongue

register = template.Library()


@register.filter
def sector_name(sector: str) -> str:
    """What kind of provider it is, in one word."""
    return str(tray_words.PROVIDER_SECTORS[sector])


@register.filter
def tongues(codes: Iterable[str]) -> str:
    """Languages of service as a list."""
    return ", ".join(tongue(code) for code in codes)


@register.filter
def places(codes: Iterable[str], towns: Mapping[str, Mapping[str, str]]) -> str:
    """Municipalities by name, in the order of their names."""
    names = [named(towns[code], language()) for code in codes if code in towns]
    return ", ".join(sorted(names, key=str.casefold))


@register.filter
def stars(row: TrayRow) -> str:
    """The mean of the clients' stars."""
    return tray_words.rating_in_words(row)


@register.filter
def free_time(row: TrayRow) -> str:
    """From when the provider has time for a new client."""
    return tray_words.free_in_words(row)


@register.simple_tag
def choices(options: Iterable[tuple[str, str]], value: object) -> SafeString:
    """The options of a list. There are many on a page, and a template would be slow at them."""
    chosen = str(value)
    return format_html_join(
        "\n",
        '<option value="{}"{}>{}</option>',
        ((code, mark_safe(" selected") if code == chosen else "", text) for code, text in options),
    )


@register.filter
def pick_query(address: Address, row: TrayRow) -> str:
    """The query of this page after the offer is picked, or is not picked any more."""
    return address.query_with_pick(row.offer_id)


@register.filter
def order_address(reader: Reader | None, row: TrayRow) -> str:
    """Where the reader can order the offer; empty where not."""
    return reader.order_address(row) if reader else ""


@register.filter
def number_of(numbers: Mapping[int, int], key: int) -> int:
    """How many there are of this one."""
    return numbers.get(key, 0)
