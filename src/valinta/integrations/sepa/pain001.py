"""Writes a payment batch as ISO 20022 pain.001.001.09 (customer credit transfer initiation)."""

from __future__ import annotations

from datetime import UTC

from lxml import etree

from valinta.integrations.sepa.characters import sepa_text
from valinta.integrations.sepa.payments import (
    LONGEST_NAME,
    LONGEST_SHORT,
    LONGEST_STREET,
    LONGEST_TOWN,
    CreditTransfer,
    Debtor,
    PaymentFile,
    StructuredAddress,
    check_file,
    plain_bic,
    plain_iban,
    plain_reference,
)

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"


def write_pain001(file: PaymentFile) -> bytes:
    """The batch as UTF-8 XML; the same batch gives the same bytes, always.

    One block of payments with its id equal to the message id; euros, SEPA service level, charges
    shared (SLEV); one structured reference per payment; addresses in parts or left out. Names
    are written in SEPA characters. Raises a ``PaymentFileError`` (see ``errors``) instead of
    writing a file that a bank would refuse.
    """
    check_file(file)
    document = etree.fromstring(f'<Document xmlns="{NAMESPACE}"/>')
    initiation = _add(document, "CstmrCdtTrfInitn")
    _write_header(initiation, file)
    block = _add(initiation, "PmtInf")
    _add(block, "PmtInfId", file.message_id)
    _add(block, "PmtMtd", "TRF")
    _write_totals(block, file)
    _path(block, "PmtTpInf", "SvcLvl", "Cd", text="SEPA")
    _path(block, "ReqdExctnDt", "Dt", text=file.execute_on.isoformat())
    _write_debtor(block, file.debtor)
    _add(block, "ChrgBr", "SLEV")
    for transfer in file.transfers:
        _write_transfer(block, transfer)
    return etree.tostring(document, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _write_header(parent: etree._Element, file: PaymentFile) -> None:
    header = _add(parent, "GrpHdr")
    _add(header, "MsgId", file.message_id)
    created = file.created_at.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    _add(header, "CreDtTm", f"{created.isoformat()}Z")
    _write_totals(header, file)
    initiator = _add(header, "InitgPty")
    _add(initiator, "Nm", sepa_text(file.debtor.name, "The payer's name", LONGEST_NAME))
    _write_organisation(initiator, file.debtor)


def _write_totals(parent: etree._Element, file: PaymentFile) -> None:
    _add(parent, "NbOfTxs", str(len(file.transfers)))
    _add(parent, "CtrlSum", _euros(sum(transfer.cents for transfer in file.transfers)))


def _write_debtor(block: etree._Element, debtor: Debtor) -> None:
    party = _add(block, "Dbtr")
    _add(party, "Nm", sepa_text(debtor.name, "The payer's name", LONGEST_NAME))
    _write_address(party, debtor.address)
    _write_organisation(party, debtor)
    _path(block, "DbtrAcct", "Id", "IBAN", text=plain_iban(debtor.iban))
    if debtor.bic is None:
        # The schema requires the payer's bank; this is the standard's way to leave it to the IBAN.
        _path(block, "DbtrAgt", "FinInstnId", "Othr", "Id", text="NOTPROVIDED")
    else:
        _path(block, "DbtrAgt", "FinInstnId", "BICFI", text=plain_bic(debtor.bic))


def _write_organisation(party: etree._Element, debtor: Debtor) -> None:
    other = _path(party, "Id", "OrgId", "Othr")
    _add(other, "Id", debtor.bank_agreement or debtor.business_id)
    _path(other, "SchmeNm", "Cd", text="BANK")


def _write_transfer(block: etree._Element, transfer: CreditTransfer) -> None:
    entry = _add(block, "CdtTrfTxInf")
    ids = _add(entry, "PmtId")
    _add(ids, "InstrId", transfer.instruction_id)
    _add(ids, "EndToEndId", transfer.end_to_end_id)
    _path(entry, "Amt", "InstdAmt", text=_euros(transfer.cents)).set("Ccy", "EUR")
    if transfer.creditor_bic is not None:
        _path(entry, "CdtrAgt", "FinInstnId", "BICFI", text=plain_bic(transfer.creditor_bic))
    creditor = _add(entry, "Cdtr")
    _add(creditor, "Nm", sepa_text(transfer.creditor_name, "The payee's name", LONGEST_NAME))
    _write_address(creditor, transfer.address)
    _path(entry, "CdtrAcct", "Id", "IBAN", text=plain_iban(transfer.creditor_iban))
    _write_reference(entry, plain_reference(transfer.reference))


def _write_reference(entry: etree._Element, reference: str) -> None:
    information = _path(entry, "RmtInf", "Strd", "CdtrRefInf")
    kind = _add(information, "Tp")
    _path(kind, "CdOrPrtry", "Cd", text="SCOR")
    if reference.startswith("RF"):
        _add(kind, "Issr", "ISO")
    _add(information, "Ref", reference)


def _write_address(party: etree._Element, address: StructuredAddress | None) -> None:
    if address is None:
        return
    postal = _add(party, "PstlAdr")
    for name, text, longest in (
        ("StrtNm", address.street, LONGEST_STREET),
        ("BldgNb", address.building, LONGEST_SHORT),
        ("PstBx", address.post_box, LONGEST_SHORT),
        ("PstCd", address.postcode, LONGEST_SHORT),
        ("TwnNm", address.town, LONGEST_TOWN),
    ):
        if text is not None:
            _add(postal, name, sepa_text(text, name, longest))
    _add(postal, "Ctry", address.country)


def _euros(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    child.text = text
    return child


def _path(parent: etree._Element, *names: str, text: str | None = None) -> etree._Element:
    for name in names:
        parent = _add(parent, name)
    parent.text = text
    return parent
