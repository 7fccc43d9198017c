"""What the address of the tray says: the search, the voucher's value, the order, what is picked."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from valinta.catalogue.search import Wanted
from valinta.shared.money import NotAnAmount, parse_euros

MOST_PICKED = 4
MOST_EUROS = 100_000
# Orders are numbered so that an address with one can be said aloud.
SEEDS = 100_000
# The lowest mean of stars that can be asked for, in tenths.
LEAST_TENTHS = ("30", "35", "40", "45")


class EurosField(forms.CharField):
    """A sum as people write it, in cents; empty is None."""

    def clean(self, value: Any) -> int | None:
        """The sum in cents. Raises ValidationError."""
        text = super().clean(value)
        if not text:
            return None
        try:
            cents = parse_euros(text).cents
        except NotAnAmount:
            cents = -1
        if not 0 <= cents <= MOST_EUROS * 100:
            raise forms.ValidationError(_("Write a sum in euros, for example 36 or 36.50."))
        return cents


def _text(length: int) -> forms.CharField:
    return forms.CharField(required=False, max_length=length)


class TrayForm(forms.Form):
    """The search and its filters. Every field may be empty."""

    q = forms.CharField(
        required=False,
        max_length=200,
        error_messages={"max_length": _("Search with fewer words.")},
    )
    programme, municipality, service = _text(40), _text(3), _text(60)
    sector, language, instrument, band = _text(12), _text(3), _text(10), _text(40)
    price = EurosField(required=False, max_length=20)
    rating = forms.ChoiceField(required=False, choices=[(one, one) for one in LEAST_TENTHS])
    free = forms.BooleanField(required=False)
    value = EurosField(required=False, max_length=20)

    def wanted(self) -> Wanted:
        """The search, without the fields that were written wrong. Call after `is_valid`."""
        given = self.cleaned_data
        return Wanted(
            text=given.get("q", ""),
            programme=given.get("programme", ""),
            municipality=given.get("municipality", ""),
            service=given.get("service", ""),
            sector=given.get("sector", ""),
            language=given.get("language", ""),
            instrument=given.get("instrument", ""),
            band=given.get("band", ""),
            most_cents=given.get("price"),
            least_tenths=int(given.get("rating") or 0),
            takes_new_clients=given.get("free", False),
        )

    @property
    def value_cents(self) -> int | None:
        """The value of a voucher for a unit that the reader typed."""
        return self.cleaned_data.get("value")


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a page of the tray, from which its links are made."""

    asked: tuple[tuple[str, str], ...]
    seed: int
    page: int
    picked: tuple[int, ...]

    def query(self, **changed: Any) -> str:
        """The query with some things changed: None leaves one out, a list gives several."""
        pairs = [(name, text) for name, text in self.asked if name not in changed]
        if "order" not in changed:
            pairs.append(("order", str(self.seed)))
        if "pick" not in changed:
            pairs += [("pick", str(one)) for one in self.picked]
        for name, new in changed.items():
            many = new if isinstance(new, (list, tuple)) else [new]
            pairs += [(name, str(one)) for one in many if one not in (None, "")]
        return urlencode(pairs)

    def query_with_pick(self, offer_id: int) -> str:
        """The query after the offer is picked, or is not picked any more."""
        if offer_id in self.picked:
            return self.query(pick=[one for one in self.picked if one != offer_id])
        return self.query(pick=[*self.picked, offer_id])

    @property
    def may_pick(self) -> bool:
        """Whether there is room for one more to compare."""
        return len(self.picked) < MOST_PICKED


FIELDS = tuple(TrayForm.base_fields)


def read_address(request: HttpRequest, today: date) -> Address:
    """What the address asks for; things that make no sense are as if they were not there."""
    asked = request.GET
    seed = _number(asked.get("order", ""))
    return Address(
        asked=tuple((name, asked[name]) for name in FIELDS if asked.get(name)),
        seed=_new_seed(request, today) if seed is None else seed % SEEDS,
        page=_number(asked.get("page", "")) or 1,
        picked=numbers(asked, "pick"),
    )


def numbers(asked: QueryDict, name: str) -> tuple[int, ...]:
    """The first four different numbers that the address gives by this name."""
    given = [_number(text) for text in asked.getlist(name)[:50]]
    return tuple(dict.fromkeys(one for one in given if one))[:MOST_PICKED]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _new_seed(request: HttpRequest, today: date) -> int:
    """An order of providers: for a signed-in reader another each day, else another each visit."""
    if request.user.pk is None:
        return secrets.randbelow(SEEDS)
    text = f"{settings.SECRET_KEY}:tray:{request.user.pk}:{today}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big") % SEEDS


def sorted_options(counts: Sequence[tuple[str, str, int]], chosen: str) -> list[tuple[str, str]]:
    """Options with their counts, by name; those with nothing are left out unless chosen."""
    shown = [one for one in counts if one[2] or one[0] == chosen]
    return [
        (code, f"{name} ({number})")
        for code, name, number in sorted(shown, key=lambda one: one[1].casefold())
    ]
