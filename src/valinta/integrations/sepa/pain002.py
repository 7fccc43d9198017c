"""Reads a bank's answer to a payment file: ISO 20022 pain.002, versions 03 to 15."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from valinta.integrations.sepa.errors import AnswerTooLarge, NotAStatusReport, UnsafeXml

LARGEST_BYTES = 50_000_000
"""Room for some fifty thousand payments, refused one by one in the bank's own words."""

_NAMESPACE = re.compile(r"urn:iso:std:iso:20022:tech:xsd:pain\.002\.001\.(0[3-9]|1[0-5])")


@dataclass(frozen=True, slots=True)
class PaymentStatus:
    """What the bank says of one payment.

    ``status`` is an ISO code such as ACCP, ACSC or RJCT; when the line has none it is the one of
    its block or file, and empty when nothing says. ``reason`` is a code such as AC04, ``details``
    the bank's own words; both may be empty. An empty ``end_to_end_id`` was not given: a person
    must look.
    """

    end_to_end_id: str
    status: str
    reason: str = ""
    details: str = ""


@dataclass(frozen=True, slots=True)
class BatchStatus:
    """What the bank says of a whole block of payments (``PmtInf``)."""

    batch_id: str
    status: str
    reason: str = ""
    details: str = ""


@dataclass(frozen=True, slots=True)
class StatusReport:
    """One answer: on the file as a whole, on its blocks and on single payments.

    A bank that refuses a whole file names no payment: then only ``status`` and ``reason`` say so.
    """

    message_id: str
    original_message_id: str
    status: str
    reason: str
    details: str
    batches: tuple[BatchStatus, ...]
    payments: tuple[PaymentStatus, ...]


def read_status(content: bytes) -> list[PaymentStatus]:
    """The statuses of single payments, in the file's order; see :func:`read_report`."""
    return list(read_report(content).payments)


def read_report(content: bytes) -> StatusReport:
    """Everything the answer says.

    Raises ``AnswerTooLarge``, ``UnsafeXml`` (any document type or entity declaration) or
    ``NotAStatusReport``; nothing outside the given bytes is ever read.
    """
    report = _parse(content)
    group = report.find("{*}OrgnlGrpInfAndSts")
    if group is None:
        raise NotAStatusReport("The answer names no original message (OrgnlGrpInfAndSts).")
    status = _text(group, "GrpSts")
    reason, details = _reason(group)
    batches = []
    payments = []
    for block in report.iterfind("{*}OrgnlPmtInfAndSts"):
        block_status = _text(block, "PmtInfSts")
        batches.append(BatchStatus(_text(block, "OrgnlPmtInfId"), block_status, *_reason(block)))
        payments += [
            _payment(entry, block_status or status) for entry in block.iterfind("{*}TxInfAndSts")
        ]
    return StatusReport(
        message_id=_text(report, "GrpHdr/{*}MsgId"),
        original_message_id=_text(group, "OrgnlMsgId"),
        status=status,
        reason=reason,
        details=details,
        batches=tuple(batches),
        payments=tuple(payments),
    )


def _parse(content: bytes) -> etree._Element:
    if len(content) > LARGEST_BYTES:
        raise AnswerTooLarge(
            f"The answer is {len(content)} bytes; answers are at most {LARGEST_BYTES} bytes."
        )
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise UnsafeXml(
            "The answer declares a document type or entities. Ask the bank for it anew."
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotAStatusReport(f"The answer is not well-formed XML: {error}") from error
    # The search above reads bytes; another encoding could hide the declaration from it.
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnsafeXml("The answer declares a document type. Ask the bank for it anew.")
    name = etree.QName(root)
    report = root.find("{*}CstmrPmtStsRpt")
    if (
        name.localname != "Document"
        or report is None
        or not _NAMESPACE.fullmatch(name.namespace or "")
    ):
        raise NotAStatusReport(
            f"The answer is {name.namespace or 'without a namespace'}, not pain.002."
        )
    return report


def _payment(entry: etree._Element, inherited: str) -> PaymentStatus:
    return PaymentStatus(
        _text(entry, "OrgnlEndToEndId"), _text(entry, "TxSts") or inherited, *_reason(entry)
    )


def _reason(parent: etree._Element) -> tuple[str, str]:
    code = _text(parent, "StsRsnInf/{*}Rsn/{*}Cd") or _text(parent, "StsRsnInf/{*}Rsn/{*}Prtry")
    words = [_words(each) for each in parent.iterfind("{*}StsRsnInf/{*}AddtlInf")]
    return code, " ".join(word for word in words if word)


def _text(parent: etree._Element, path: str) -> str:
    found = parent.find(f"{{*}}{path}")
    return "" if found is None else _words(found)


def _words(element: etree._Element) -> str:
    return (element.text or "").strip()
