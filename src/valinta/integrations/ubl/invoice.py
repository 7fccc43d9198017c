"""What a self-billed invoice says, as plain data, and the checks before it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from valinta.shared.money import half_up_div

# UN/ECE Recommendation 20, for the units in which services are counted. A visit is one piece.
UNITS = {"hour": "HUR", "visit": "C62", "day": "DAY", "week": "WEE", "month": "MON"}


class InvoiceIncomplete(ValueError):
    """The invoice lacks something without which EN 16931 does not let it be."""


@dataclass(frozen=True, slots=True)
class Party:
    """A seller or a buyer in Finland.

    `business_id` is the Y-tunnus, with which it is also registered for tax. `ovt` is where its
    e-invoices go (0037, the business id's digits, and up to five more).
    """

    name: str
    business_id: str
    ovt: str
    street: str = ""
    postcode: str = ""
    town: str = ""
    country: str = "FI"


@dataclass(frozen=True, slots=True)
class Part:
    """What a line's amount has beside price times quantity, in cents: minus takes away."""

    reason: str
    cents: int


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """A line. Quantity in hundredths of the unit and price in cents for a unit of it.

    What is taken back has a negative quantity; a price never is negative. `parts` are the steps
    from price times quantity, rounded to the cent, to the line's own amount. `order` is the order's
    number with the buyer.
    """

    name: str
    description: str
    code: str
    order: str
    quantity_hundredths: int
    unit: str
    price_cents: int
    parts: Sequence[Part] = ()

    @property
    def product_cents(self) -> int:
        """Price times quantity, rounded to the cent."""
        return half_up_div(self.quantity_hundredths * self.price_cents, 100)

    @property
    def cents(self) -> int:
        """The line's amount: what the buyer owes for it."""
        return self.product_cents + sum(part.cents for part in self.parts)


@dataclass(frozen=True, slots=True)
class Exemption:
    """On what grounds no value added tax is paid: in words, and the code of the list VATEX."""

    reason: str
    code: str


@dataclass(frozen=True, slots=True)
class Preceding:
    """An earlier invoice that this one corrects."""

    number: str
    issued_on: date


@dataclass(frozen=True, slots=True)
class ToPay:
    """The credit transfer: the seller's account, and the reference that goes with the payment."""

    iban: str
    bic: str
    reference: str


@dataclass(frozen=True, slots=True)
class SelfBilling:
    """An invoice that the buyer writes for the seller (VAT act 1501/1993 section 209 a onwards).

    The sum of its lines says what it is: an invoice (type 389), or below zero a credit note (261).
    `settled_cents` are of that sum, seen without its sign: what needs no payment because it is set
    off against other money between the two. `first_on` and `last_on` are days of service.
    """

    number: str
    issued_on: date
    due_on: date
    first_on: date
    last_on: date
    seller: Party
    buyer: Party
    exemption: Exemption
    lines: Sequence[InvoiceLine]
    notes: Sequence[str]
    terms: str
    settled_cents: int = 0
    to_pay: ToPay | None = None
    preceding: Sequence[Preceding] = ()

    @property
    def total_cents(self) -> int:
        """The sum of the lines, below zero when the seller owes."""
        return sum(line.cents for line in self.lines)

    @property
    def is_credit_note(self) -> bool:
        """Whether it gives money back rather than asks for it."""
        return self.total_cents < 0

    @property
    def payable_cents(self) -> int:
        """What is still to be paid, by the buyer or (credit note) by the seller; never negative."""
        return abs(self.total_cents) - self.settled_cents


def check(invoice: SelfBilling) -> None:
    """Raise InvoiceIncomplete when the invoice could not be valid."""
    if not invoice.lines:
        raise InvoiceIncomplete("An invoice has at least one line.")
    if any(line.price_cents < 0 for line in invoice.lines):
        raise InvoiceIncomplete("A price is never below zero; give a negative quantity instead.")
    if any(line.unit not in UNITS for line in invoice.lines):
        raise InvoiceIncomplete(f"Count a line in one of: {', '.join(UNITS)}.")
    if not 0 <= invoice.settled_cents <= abs(invoice.total_cents):
        raise InvoiceIncomplete("What is set off is a part of the invoice's sum.")
    if not invoice.exemption.reason.strip():
        raise InvoiceIncomplete("Say on what grounds the sale is exempt from value added tax.")
    for party in (invoice.seller, invoice.buyer):
        if not party.name.strip():
            raise InvoiceIncomplete("Seller and buyer have names.")
