"""Payment files are valid, deterministic and say exactly what was asked to be paid."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from importlib import resources
from pathlib import Path

import pytest
from lxml import etree

from valinta.integrations.sepa import (
    CreditTransfer,
    Debtor,
    PaymentFile,
    StructuredAddress,
    errors,
    write_pain001,
)
from valinta.shared.ids import payment_reference, rf_reference

ORACLE = Path(__file__).parents[4] / "shared/oracles/iso20022/pain.001.001.09.xsd"
PACKAGED = resources.files("sepaxml") / "schemas/pain.001.001.09.xsd"
NS = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"}

DEBTOR = Debtor(
    name="Mäntylän hyvinvointialue",
    business_id="1234567-1",
    iban="FI21 1234 5600 0007 85",
    bic="NDEAFIHH",
    address=StructuredAddress(
        street="Järvikatu", building="1", postcode="00100", town="Mäntylä", country="FI"
    ),
)

FIRST = CreditTransfer(
    end_to_end_id="VAL-2019-1",
    instruction_id="1",
    creditor_name="Hoiva & Ilo Oy",
    creditor_iban="FI1410093000123458",
    cents=124_050,
    reference=payment_reference(1),
)

SECOND = CreditTransfer(
    end_to_end_id="VAL-2019-2",
    instruction_id="2",
    creditor_name="Strandens omsorg Ab",
    creditor_iban="FI2112345600000785",
    creditor_bic="NDEAFIHH",
    cents=5,
    reference=rf_reference(payment_reference(2)),
    address=StructuredAddress(town="Karleby", country="FI", post_box="PB 12", postcode="67100"),
)

BATCH = PaymentFile(
    message_id="BATCH-2019-03-001",
    created_at=datetime(2019, 3, 15, 9, 30, 0, 123, tzinfo=UTC),
    execute_on=date(2019, 3, 18),
    debtor=DEBTOR,
    transfers=(FIRST, SECOND),
)


def document(file: PaymentFile) -> etree._Element:
    return etree.fromstring(write_pain001(file))


def text(file: PaymentFile, path: str) -> list[str]:
    return [str(found.text) for found in document(file).xpath(path, namespaces=NS)]


def with_transfer(**changes: object) -> PaymentFile:
    return replace(BATCH, transfers=(replace(FIRST, **changes), SECOND))


def with_debtor(**changes: object) -> PaymentFile:
    return replace(BATCH, debtor=replace(DEBTOR, **changes))


VARIANTS = {
    "two payments": BATCH,
    "one payment": replace(BATCH, transfers=(FIRST,)),
    "no bank codes and no addresses": with_debtor(bic=None, address=None),
    "an id agreed with the bank": with_debtor(bank_agreement="987654321"),
    "the largest amount": with_transfer(cents=99_999_999_999),
    "the longest ids": replace(with_transfer(end_to_end_id="E" * 35), message_id="M" * 35),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_file_is_valid_by_the_schema_a_package_ships(variant: str) -> None:
    schema = etree.XMLSchema(etree.fromstring(PACKAGED.read_bytes()))
    schema.assertValid(document(VARIANTS[variant]))


@pytest.mark.oracle
@pytest.mark.skipif(not ORACLE.exists(), reason="the folder of outside schemas is not beside us")
@pytest.mark.parametrize("variant", VARIANTS)
def test_the_file_is_valid_by_the_schema_of_the_standard(variant: str) -> None:
    schema = etree.XMLSchema(etree.fromstring(ORACLE.read_bytes()))
    schema.assertValid(document(VARIANTS[variant]))


def test_the_schema_would_notice_a_file_with_parts_in_the_wrong_order() -> None:
    schema = etree.XMLSchema(etree.fromstring(PACKAGED.read_bytes()))
    wrong = document(BATCH)
    entry = wrong.find(".//p:CdtTrfTxInf", NS)
    entry.insert(0, entry[-1])
    assert not schema.validate(wrong)


def test_the_same_batch_gives_the_same_bytes_in_every_zone_and_container() -> None:
    elsewhere = BATCH.created_at.astimezone(timezone(timedelta(hours=2)))
    again = replace(BATCH, created_at=elsewhere, transfers=list(BATCH.transfers))
    assert write_pain001(BATCH) == write_pain001(BATCH) == write_pain001(again)


def test_the_file_counts_and_sums_its_payments_twice() -> None:
    assert text(BATCH, "//p:NbOfTxs") == ["2", "2"]
    assert text(BATCH, "//p:CtrlSum") == ["1240.55", "1240.55"]
    assert text(BATCH, "//p:InstdAmt") == ["1240.50", "0.05"]
    assert sum(map(Decimal, text(BATCH, "//p:InstdAmt"))) == Decimal("1240.55")
    assert document(BATCH).xpath("//p:InstdAmt/@Ccy", namespaces=NS) == ["EUR", "EUR"]


def test_the_header_carries_the_given_id_moment_and_day() -> None:
    assert text(BATCH, "//p:GrpHdr/p:MsgId") == ["BATCH-2019-03-001"]
    assert text(BATCH, "//p:PmtInfId") == ["BATCH-2019-03-001"]
    assert text(BATCH, "//p:CreDtTm") == ["2019-03-15T09:30:00Z"]
    assert text(BATCH, "//p:ReqdExctnDt/p:Dt") == ["2019-03-18"]


def test_the_file_is_a_sepa_transfer_with_shared_charges() -> None:
    assert text(BATCH, "//p:PmtMtd") == ["TRF"]
    assert text(BATCH, "//p:SvcLvl/p:Cd") == ["SEPA"]
    assert text(BATCH, "//p:ChrgBr") == ["SLEV"]


def test_each_payment_carries_its_ids_account_and_structured_reference() -> None:
    assert text(BATCH, "//p:EndToEndId") == ["VAL-2019-1", "VAL-2019-2"]
    assert text(BATCH, "//p:InstrId") == ["1", "2"]
    assert text(BATCH, "//p:CdtrAcct//p:IBAN") == ["FI1410093000123458", "FI2112345600000785"]
    assert text(BATCH, "//p:CdtrRefInf/p:Ref") == [FIRST.reference, SECOND.reference]
    assert text(BATCH, "//p:CdtrRefInf//p:Cd") == ["SCOR", "SCOR"]
    assert text(BATCH, "//p:CdtrRefInf//p:Issr") == ["ISO"]
    assert text(BATCH, "//p:Ustrd") == []


def test_addresses_are_written_in_parts_and_never_as_lines() -> None:
    assert text(BATCH, "//p:AdrLine") == []
    assert text(BATCH, "//p:Dbtr/p:PstlAdr/*") == ["Jarvikatu", "1", "00100", "Mantyla", "FI"]
    assert text(BATCH, "//p:Cdtr/p:PstlAdr/*") == ["PB 12", "67100", "Karleby", "FI"]


def test_names_are_written_in_sepa_characters() -> None:
    assert text(BATCH, "//p:Dbtr/p:Nm") == ["Mantylan hyvinvointialue"]
    assert text(BATCH, "//p:Cdtr/p:Nm")[0] == "Hoiva + Ilo Oy"
    assert write_pain001(BATCH).isascii()
    sami = with_transfer(creditor_name="Áŋŋel  Đuottar–Fuolahus “Ø” Åland")
    assert text(sami, "//p:Cdtr/p:Nm")[0] == "Annel Duottar-Fuolahus 'O' Aland"


def test_the_payer_is_identified_to_its_bank() -> None:
    path = "//p:Dbtr//p:Othr/p:Id"
    assert text(BATCH, path) == ["1234567-1"]
    assert text(with_debtor(bank_agreement="987654321"), path) == ["987654321"]
    assert text(with_debtor(bic=None), "//p:DbtrAgt//p:Id") == ["NOTPROVIDED"]


ADDRESS = StructuredAddress(town="Mäntylä", country="FI")

REFUSED: list[tuple[str, type[Exception], Callable[[], PaymentFile]]] = [
    ("nothing to pay", errors.NoTransfers, lambda: replace(BATCH, transfers=())),
    ("zero", errors.AmountOutOfRange, lambda: with_transfer(cents=0)),
    ("less than zero", errors.AmountOutOfRange, lambda: with_transfer(cents=-1)),
    ("too much", errors.AmountOutOfRange, lambda: with_transfer(cents=100_000_000_000)),
    ("part of a cent", TypeError, lambda: with_transfer(cents=1.5)),
    ("yes as an amount", TypeError, lambda: with_transfer(cents=True)),
    (
        "the same id twice",
        errors.DuplicateEndToEndId,
        lambda: with_transfer(end_to_end_id="VAL-2019-2"),
    ),
    (
        "a wrong digit",
        errors.InvalidIban,
        lambda: with_transfer(creditor_iban="FI2112345600000786"),
    ),
    ("no account", errors.InvalidIban, lambda: with_transfer(creditor_iban="")),
    ("the payer's account", errors.InvalidIban, lambda: with_debtor(iban="FI00")),
    ("a bank nobody has", errors.InvalidBic, lambda: with_transfer(creditor_bic="NDEA")),
    ("the payer's bank", errors.InvalidBic, lambda: with_debtor(bic="12345678")),
    ("a wrong check digit", errors.InvalidReference, lambda: with_transfer(reference="1234562")),
    ("free text", errors.InvalidReference, lambda: with_transfer(reference="Thank you")),
    ("an id of 36", errors.InvalidIdentifier, lambda: replace(BATCH, message_id="M" * 36)),
    ("no id", errors.InvalidIdentifier, lambda: replace(BATCH, message_id="")),
    ("ä in an id", errors.InvalidIdentifier, lambda: with_transfer(end_to_end_id="ERÄ-1")),
    ("a space in an id", errors.InvalidIdentifier, lambda: with_transfer(instruction_id="1 2")),
    ("a slash first", errors.InvalidIdentifier, lambda: with_transfer(end_to_end_id="/1")),
    ("two slashes", errors.InvalidIdentifier, lambda: with_transfer(end_to_end_id="1//2")),
    ("another alphabet", errors.UnwritableText, lambda: with_transfer(creditor_name="Иванов")),
    ("a long name", errors.UnwritableText, lambda: with_transfer(creditor_name="N" * 71)),
    ("no name", errors.UnwritableText, lambda: with_transfer(creditor_name="  ")),
    ("markup", errors.UnwritableText, lambda: with_transfer(creditor_name="<Nm>")),
    ("a null", errors.UnwritableText, lambda: with_transfer(creditor_name="A\x00B")),
    ("no town", errors.UnwritableText, lambda: with_debtor(address=replace(ADDRESS, town=""))),
    (
        "an empty street",
        errors.UnwritableText,
        lambda: with_debtor(address=replace(ADDRESS, street="")),
    ),
    (
        "a country's name",
        errors.InvalidCountry,
        lambda: with_debtor(address=replace(ADDRESS, country="Suomi")),
    ),
    (
        "no time zone",
        errors.MomentWithoutZone,
        lambda: replace(BATCH, created_at=BATCH.created_at.replace(tzinfo=None)),
    ),
    ("a moment as a day", TypeError, lambda: replace(BATCH, execute_on=BATCH.created_at)),
]


@pytest.mark.parametrize(
    ("error", "make"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_what_a_bank_would_refuse_is_never_written(
    error: type[Exception], make: Callable[[], PaymentFile]
) -> None:
    with pytest.raises(error) as caught:
        write_pain001(make())
    assert caught.type is error


def test_every_field_of_the_samples_has_a_type_that_cannot_change() -> None:
    for made in (BATCH, FIRST, DEBTOR, ADDRESS):
        with pytest.raises(AttributeError):
            setattr(made, next(iter(type(made).__slots__)), "x")


def test_a_batch_of_thousands_is_written_whole() -> None:
    transfers = [
        CreditTransfer(
            end_to_end_id=f"E{number}",
            instruction_id=str(number),
            creditor_name="Hoiva Oy",
            creditor_iban=FIRST.creditor_iban,
            cents=number,
            reference=FIRST.reference,
        )
        for number in range(1, 2001)
    ]
    file = PaymentFile("BIG", datetime.fromisoformat("2019-03-15T09:30+02:00"), date(2019, 3, 18),
                       Debtor("Alue", "1234567-1", DEBTOR.iban), transfers)  # fmt: skip
    assert text(file, "//p:GrpHdr/p:CtrlSum") == ["20010.00"]
    assert len(text(file, "//p:EndToEndId")) == 2000
