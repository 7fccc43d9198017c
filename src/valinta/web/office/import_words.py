"""Words of imports: what is imported, and every fault with how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from valinta.processes.import_lines import LineFault
from valinta.processes.import_sheets import KINDS
from valinta.shared.money import Money, format_euros
from valinta.web.templatetags.wording import language

Words = str | Promise
SHOWN_SIGNS = 60
NAMES: Mapping[str, Words] = {
    "clients": _("Clients"),
    "providers": _("Providers"),
    "prices": _("Price lists"),
}
HINTS: Mapping[str, Words] = {
    "clients": _("People who are met for the first time. Each joins the programme afterwards."),
    "providers": _("Companies and associations; approved too, when the line has the register."),
    "prices": _("Prices of approved providers, by service and time band, from a day on."),
}
# The file as a whole, its head, and the shape of lines.
FAULTS: dict[str, Words] = {
    "empty": _("The file is empty."),
    "no_lines": _("The file has its head only. Add lines below it."),
    "broken": _(
        "From here on the table cannot be read: a quotation mark is open or a cell is very"
        " long. Mend it, or save the file again as CSV."
    ),
    "too_many": _("The file has more than %(value)s lines. Divide it into several files."),
    "column": _("The column “%(value)s” is not known. Use the titles of the template."),
    "no_column": _("The column is missing. Add it as in the template."),
    "column_twice": _("The column is there twice. Keep one."),
    "cells": _("The line has more cells than the head (%(value)s). Look for a stray separator."),
    "needed": _("The cell is empty. Fill it in."),
    "long": _("The text is too long: at most %(value)s signs."),
    "unseen": _("The cell has a line break or a sign that is not seen. Write it again."),
    "twice": _("The same is on line %(value)s already. Keep one of them."),
    "example": _("This is the made-up line of the template. Remove it."),
    "day": _("“%(value)s” is not a day. Write it like this: 15.3.2026 or 2026-03-15."),
    "future": _("The day %(value)s has not come yet."),
    "closed": _("The programme is not open on %(value)s. Choose a day within its phases."),
    "truth": _("“%(value)s” is not yes or no. Write yes, no, or leave the cell empty."),
    # Clients.
    "identity_code": _("This is not a personal identity code. Check each sign, the last one too."),
    "known_client": _("This person is a client already. Remove the line."),
    "language": _("“%(value)s” is not a language of the service. Write fi, sv or en."),
    "municipality": _(
        "“%(value)s” is not a municipality of the region. Write its name or its number of three"
        " digits."
    ),
    "email": _("“%(value)s” is not an e-mail address. It looks like this: name@example.fi."),
    "phone": _("“%(value)s” is not a phone number. Write digits and spaces."),
    "postcode": _("“%(value)s” is not a postcode. It has five digits; keep the zeros in front."),
    # Providers.
    "business_id": _("“%(value)s” is not a business id. Check each digit, the last one too."),
    "known_provider": _(
        "The provider %(value)s is known already. Its facts are not changed here: remove the line,"
        " or fill in the register to approve it."
    ),
    "sector": _("“%(value)s” is not a sector. Write private, public or third sector."),
    "sector_not_admitted": _("The programme does not admit providers of this sector: %(value)s."),
    "year": _("“%(value)s” is not a year that has been. Write four digits."),
    "languages": _("“%(value)s”: write languages by their codes, for example fi sv."),
    "iban": _("This is not a bank account number (IBAN). Check each sign."),
    "register": _("“%(value)s” is not a register of the programme. Use its code or name."),
    "approval_needs": _("To approve the provider, fill in this too; or leave all four empty."),
    "approved_already": _("The provider %(value)s is approved already. Empty the register cells."),
    # Prices.
    "service": _("“%(value)s” is not a service of the programme. Use its name or code."),
    "band": _("“%(value)s” is not a time band of the programme. Use its name or code."),
    "band_of_service": _("The service has no prices for “%(value)s”. Remove the line."),
    "amount": _("“%(value)s” is not a price. Write euros like this: 34.50."),
    "ceiling": _("The price is above the ceiling %(value)s. Write at most that."),
    "order": _("The last day %(value)s is before the first. Mend one of them."),
    "not_approved": _("No provider %(value)s is approved in the programme. Approve it first."),
    "not_approved_then": _("The provider is not approved on %(value)s. Choose another first day."),
    "offered_later": _(
        "The service is offered from a later day than %(value)s. Begin on that day."
    ),
    "past_price": _(
        "A price is known for days before today from %(value)s on. Begin today or later, or mend"
        " that price alone."
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A fault in words: the line (0: the whole file), the column's title, what and how to mend."""

    line: int
    column: str
    words: str


def told(kind: str, fault: LineFault) -> Told:
    """The fault in the reader's language, with its value cut short."""
    value = fault.value
    if fault.what == "ceiling":
        value = format_euros(Money(int(value)), language())
    if len(value) > SHOWN_SIGNS:
        value = value[:SHOWN_SIGNS] + "…"
    return Told(fault.line, title(kind, fault.column), str(FAULTS[fault.what]) % {"value": value})


def kept(kind: str, fault: list[object]) -> Told:
    """A fault of a report, which keeps no values."""
    line, column, what = fault
    number = line if isinstance(line, int) else 0
    words = str(FAULTS.get(str(what), "")) % {"value": "…"}
    return Told(number, title(kind, str(column)), words)


def title(kind: str, column: str) -> str:
    """The title of a column in the reader's language; empty for none."""
    for one in KINDS[kind].columns:
        if one.code == column:
            return one.titles[language()]
    return ""
