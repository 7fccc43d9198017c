"""Self-billed invoices and credit notes are valid UBL 2.1 and EN 16931, and say what was owed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.ubl_rules import NS, breaches
from valinta.integrations.ubl import (
    Exemption,
    InvoiceIncomplete,
    InvoiceLine,
    Part,
    Party,
    Preceding,
    SelfBilling,
    ToPay,
    write_self_billing,
)

SELLER = Party(
    "Kotiapu & Ilo Oy", "1234567-1", "003712345671", "Esimerkkitie 1", "00000", "Esimerkkilä"
)
BUYER = Party("Esimerkkilän hyvinvointialue", "7654321-0", "003776543210", town="Esimerkkilä")
CARE = InvoiceLine("Kotihoito", "arki", "home_care", "17", 12_50, "hour", 30_61)
CLEAN = InvoiceLine(
    "Siivous", "lauantai", "cleaning", "18", 3_00, "visit", 45_00,
    (Part("Asiakkaan oma osuus", -20_00), Part("Pyöristys", 1)),
)  # fmt: skip
BACK = InvoiceLine("Oikaisu: hinta", "", "home_care", "17", -1_00, "visit", 5_25)
MARCH = SelfBilling(
    number="esimerkki-12",
    issued_on=date(2019, 4, 8),
    due_on=date(2019, 4, 23),
    first_on=date(2019, 3, 1),
    last_on=date(2019, 3, 29),
    seller=SELLER,
    buyer=BUYER,
    exemption=Exemption("Arvonlisäverolaki 1501/1993 37 § ja 38 §", "VATEX-EU-132-1G"),
    lines=(CARE, CLEAN, BACK),
    notes=("Itselaskutus",),
    terms="Maksetaan 23.4.2019.",
    to_pay=ToPay("FI2112345600000785", "NDEAFIHH", "RF471234"),
    preceding=(Preceding("esimerkki-9", date(2019, 3, 8)),),
)
CREDIT = replace(MARCH, number="esimerkki-13", lines=(replace(CARE, quantity_hundredths=-2_00),
                 replace(CLEAN, quantity_hundredths=50)), to_pay=None)  # fmt: skip


def said(invoice: SelfBilling, path: str) -> list[str]:
    root = etree.fromstring(write_self_billing(invoice))
    return [str(one.text) for one in root.xpath(path, namespaces=NS)]


@pytest.mark.oracle
@pytest.mark.parametrize(
    "invoice",
    [
        MARCH,
        CREDIT,
        replace(MARCH, settled_cents=MARCH.total_cents, to_pay=None),
        replace(MARCH, lines=(CARE, replace(CARE, quantity_hundredths=-12_50)), to_pay=None),
        replace(CREDIT, settled_cents=5),
        replace(MARCH, seller=replace(SELLER, street="", postcode="", town="")),
    ],
    ids=["invoice", "credit note", "set off", "zero", "credit set off", "no address"],
)
def test_the_official_rules_find_nothing_against_it(invoice: SelfBilling) -> None:
    assert breaches(write_self_billing(invoice)) == []


@pytest.mark.oracle
def test_the_official_rules_find_what_is_wrong() -> None:
    xml = write_self_billing(MARCH)
    more = xml.replace(b">492.39</cbc:PayableAmount>", b">492.40</cbc:PayableAmount>")
    assert any("BR-CO-16" in one for one in breaches(more))
    assert any("BR-CL-01" in one for one in breaches(xml.replace(b">389<", b">999<")))
    assert any("Day" in one for one in breaches(xml.replace(b"IssueDate", b"Day")))


def test_the_seller_is_the_company_though_the_buyer_writes() -> None:
    name = "cac:Party/cac:PartyLegalEntity/cbc:RegistrationName"
    assert said(MARCH, f"cac:AccountingSupplierParty/{name}") == [SELLER.name]
    assert said(MARCH, f"cac:AccountingCustomerParty/{name}") == [BUYER.name]
    assert said(MARCH, "cbc:InvoiceTypeCode") == ["389"]


def test_lines_add_up_to_the_sum_and_the_step_from_the_price_is_told() -> None:
    assert [one.cents for one in MARCH.lines] == [382_63, 115_01, -5_25]
    assert said(MARCH, "cac:LegalMonetaryTotal/cbc:PayableAmount") == ["492.39"]
    assert said(MARCH, "cac:InvoiceLine/cac:AllowanceCharge/cbc:Amount") == ["20.00", "0.01"]
    assert said(MARCH, "cac:InvoiceLine/cac:AllowanceCharge/cbc:ChargeIndicator") == [
        "false",
        "true",
    ]


def test_below_zero_it_is_a_credit_note_with_the_signs_turned() -> None:
    assert CREDIT.is_credit_note
    assert said(CREDIT, "cbc:CreditNoteTypeCode") == ["261"]
    assert said(CREDIT, "cac:CreditNoteLine/cbc:CreditedQuantity") == ["2.00", "-0.50"]
    assert said(CREDIT, "cac:LegalMonetaryTotal/cbc:PayableAmount") == ["58.71"]
    assert said(CREDIT, "cac:BillingReference//cbc:ID") == ["esimerkki-9"]


@pytest.mark.parametrize(
    "change",
    [
        {"lines": ()},
        {"lines": (replace(CARE, price_cents=-1),)},
        {"lines": (replace(CARE, unit="fathom"),)},
        {"settled_cents": MARCH.total_cents + 1},
        {"exemption": Exemption(" ", "")},
        {"seller": replace(SELLER, name="")},
    ],
)
def test_an_invoice_that_could_not_be_valid_is_not_written(change: dict[str, object]) -> None:
    with pytest.raises(InvoiceIncomplete):
        write_self_billing(replace(MARCH, **change))


LINES = st.lists(
    st.builds(
        lambda quantity, price, own: replace(
            CARE, quantity_hundredths=quantity, price_cents=price, parts=[Part("Koe", own)]
        ),
        st.integers(-5_000, 50_000),
        st.integers(0, 20_000),
        st.integers(-10_000, 10_000).filter(bool),
    ),
    min_size=1,
    max_size=5,
)


@pytest.mark.oracle
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LINES)
def test_whatever_the_lines_it_is_valid(lines: list[InvoiceLine]) -> None:
    assert breaches(write_self_billing(replace(MARCH, lines=lines))) == []
