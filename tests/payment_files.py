"""Read what a payment file (pain.001) says, as a bank would."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

_NS = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"}


@dataclass(frozen=True, slots=True)
class Paid:
    """One payment of a file: to whom, to which account, how many euros as the file writes it."""

    name: str
    iban: str
    euros: str


def payments_in(file: bytes) -> list[Paid]:
    """The payments of the file in its order."""
    root = etree.fromstring(file)
    return [
        Paid(
            one.findtext("p:Cdtr/p:Nm", "", _NS),
            one.findtext("p:CdtrAcct/p:Id/p:IBAN", "", _NS),
            one.findtext("p:Amt/p:InstdAmt", "", _NS),
        )
        for one in root.iterfind(".//p:CdtTrfTxInf", _NS)
    ]


def control_sum(file: bytes) -> str:
    """The sum that the file's head gives for all its payments, in euros."""
    return etree.fromstring(file).findtext(".//p:GrpHdr/p:CtrlSum", "", _NS)
