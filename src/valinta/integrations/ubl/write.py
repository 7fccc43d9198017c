"""Writes a self-billed invoice as UBL 2.1 (ISO/IEC 19845), in the terms of EN 16931-1."""

from __future__ import annotations

from typing import Final

from lxml import etree

from valinta.integrations.ubl.invoice import (
    UNITS,
    InvoiceLine,
    Party,
    SelfBilling,
    check,
)

CUSTOMIZATION: Final = "urn:cen.eu:en16931:2017"
"""BT-24: the plain European standard; a network's own rules come on top when one is chosen."""
INVOICE: Final = "389"
CREDIT_NOTE: Final = "261"
"""BT-3, UNTDID 1001: self-billed invoice, self-billed credit note."""
SEPA: Final = "58"
"""BT-81, UNTDID 4461: SEPA credit transfer."""
OVT: Final = "0216"
"""Code list EAS: the Finnish e-invoice address."""
BUSINESS_ID: Final = "0212"
"""ISO 6523: the Finnish organisation identifier (Y-tunnus)."""

_SPACES = "urn:oasis:names:specification:ubl:schema:xsd:"
_CAC = f"{_SPACES}CommonAggregateComponents-2"
_CBC = f"{_SPACES}CommonBasicComponents-2"


def write_self_billing(invoice: SelfBilling) -> bytes:
    """The invoice or credit note as XML. The same invoice gives the same bytes.

    The one who writes is the buyer, yet the parties keep their places: the supplier is the seller,
    the customer is the buyer. Amounts of a credit note are turned, so they are positive there.
    Raises ``InvoiceIncomplete``.
    """
    check(invoice)
    credit = invoice.is_credit_note
    kind = "CreditNote" if credit else "Invoice"
    root = etree.fromstring(
        f'<{kind} xmlns="{_SPACES}{kind}-2" xmlns:cac="{_CAC}" xmlns:cbc="{_CBC}"/>'
    )
    _head(root, invoice)
    _party(root, "AccountingSupplierParty", invoice.seller, is_seller=True)
    _party(root, "AccountingCustomerParty", invoice.buyer, is_seller=False)
    _payment(root, invoice)
    _tax_total(root, invoice)
    _totals(root, invoice)
    for number, line in enumerate(invoice.lines, start=1):
        _line(root, number, line, credit=credit)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _head(root: etree._Element, invoice: SelfBilling) -> None:
    credit = invoice.is_credit_note
    _text(root, "CustomizationID", CUSTOMIZATION)
    _text(root, "ID", invoice.number)
    _text(root, "IssueDate", invoice.issued_on.isoformat())
    if credit:
        _text(root, "CreditNoteTypeCode", CREDIT_NOTE)
    else:
        _text(root, "DueDate", invoice.due_on.isoformat())
        _text(root, "InvoiceTypeCode", INVOICE)
    for note in invoice.notes:
        _text(root, "Note", note)
    _text(root, "DocumentCurrencyCode", "EUR")
    period = _node(root, "InvoicePeriod")
    _text(period, "StartDate", invoice.first_on.isoformat())
    _text(period, "EndDate", invoice.last_on.isoformat())
    for one in invoice.preceding:
        earlier = _node(_node(root, "BillingReference"), "InvoiceDocumentReference")
        _text(earlier, "ID", one.number)
        _text(earlier, "IssueDate", one.issued_on.isoformat())


def _party(root: etree._Element, role: str, party: Party, *, is_seller: bool) -> None:
    one = _node(_node(root, role), "Party")
    _text(one, "EndpointID", party.ovt, schemeID=OVT)
    address = _node(one, "PostalAddress")
    for name, text in (
        ("StreetName", party.street),
        ("CityName", party.town),
        ("PostalZone", party.postcode),
    ):
        if text:
            _text(address, name, text)
    _text(_node(address, "Country"), "IdentificationCode", party.country)
    if is_seller:
        # BT-32: the tax authorities know it by the business id, in the VAT register or not.
        tax = _node(one, "PartyTaxScheme")
        _text(tax, "CompanyID", party.business_id)
        _text(_node(tax, "TaxScheme"), "ID", "TAX")
    legal = _node(one, "PartyLegalEntity")
    _text(legal, "RegistrationName", party.name)
    _text(legal, "CompanyID", party.business_id, schemeID=BUSINESS_ID)


def _payment(root: etree._Element, invoice: SelfBilling) -> None:
    if invoice.to_pay is not None and not invoice.is_credit_note:
        means = _node(root, "PaymentMeans")
        _text(means, "PaymentMeansCode", SEPA)
        _text(means, "PaymentID", invoice.to_pay.reference)
        account = _node(means, "PayeeFinancialAccount")
        _text(account, "ID", invoice.to_pay.iban)
        if invoice.to_pay.bic:
            _text(_node(account, "FinancialInstitutionBranch"), "ID", invoice.to_pay.bic)
    _text(_node(root, "PaymentTerms"), "Note", invoice.terms)


def _tax_total(root: etree._Element, invoice: SelfBilling) -> None:
    total = _node(root, "TaxTotal")
    _amount(total, "TaxAmount", 0)
    part = _node(total, "TaxSubtotal")
    _amount(part, "TaxableAmount", abs(invoice.total_cents))
    _amount(part, "TaxAmount", 0)
    category = _node(part, "TaxCategory")
    _text(category, "ID", "E")
    _text(category, "Percent", "0")
    if invoice.exemption.code:
        _text(category, "TaxExemptionReasonCode", invoice.exemption.code)
    _text(category, "TaxExemptionReason", invoice.exemption.reason)
    _text(_node(category, "TaxScheme"), "ID", "VAT")


def _totals(root: etree._Element, invoice: SelfBilling) -> None:
    totals = _node(root, "LegalMonetaryTotal")
    for name in ("LineExtensionAmount", "TaxExclusiveAmount", "TaxInclusiveAmount"):
        _amount(totals, name, abs(invoice.total_cents))
    if invoice.settled_cents:
        _amount(totals, "PrepaidAmount", invoice.settled_cents)
    _amount(totals, "PayableAmount", invoice.payable_cents)


def _line(root: etree._Element, number: int, line: InvoiceLine, *, credit: bool) -> None:
    sign = -1 if credit else 1
    one = _node(root, "CreditNoteLine" if credit else "InvoiceLine")
    _text(one, "ID", str(number))
    _text(
        one,
        "CreditedQuantity" if credit else "InvoicedQuantity",
        _decimal(sign * line.quantity_hundredths),
        unitCode=UNITS[line.unit],
    )
    _amount(one, "LineExtensionAmount", sign * line.cents)
    _text(_node(one, "OrderLineReference"), "LineID", line.order)
    for part in line.parts:
        cents = sign * part.cents
        beside = _node(one, "AllowanceCharge")
        _text(beside, "ChargeIndicator", "true" if cents > 0 else "false")
        _text(beside, "AllowanceChargeReason", part.reason)
        _amount(beside, "Amount", abs(cents))
    item = _node(one, "Item")
    if line.description:
        _text(item, "Description", line.description)
    _text(item, "Name", line.name)
    _text(_node(item, "SellersItemIdentification"), "ID", line.code)
    category = _node(item, "ClassifiedTaxCategory")
    _text(category, "ID", "E")
    _text(category, "Percent", "0")
    _text(_node(category, "TaxScheme"), "ID", "VAT")
    _amount(_node(one, "Price"), "PriceAmount", line.price_cents)


def _node(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{_CAC}}}{name}")


def _text(parent: etree._Element, name: str, text: str, **attributes: str) -> None:
    etree.SubElement(parent, f"{{{_CBC}}}{name}", attrib=attributes).text = text


def _amount(parent: etree._Element, name: str, cents: int) -> None:
    _text(parent, name, _decimal(cents), currencyID="EUR")


def _decimal(hundredths: int) -> str:
    """Hundredths with a point, as XML has decimals."""
    whole, rest = divmod(abs(hundredths), 100)
    return f"{'-' if hundredths < 0 else ''}{whole}.{rest:02d}"
