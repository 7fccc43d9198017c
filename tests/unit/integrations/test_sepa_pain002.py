"""Answers of banks are read to the letter, and nothing dangerous is opened."""

from pathlib import Path

import pytest
from lxml import etree

from valinta.integrations.sepa import BatchStatus, PaymentStatus, errors, read_report, read_status
from valinta.integrations.sepa import pain002 as reader

ORACLES = Path(__file__).parents[4] / "shared/oracles/iso20022"
VERSIONS = ["03", "11"]


def answer(version: str = "11", group: str = "<GrpSts>PART</GrpSts>", blocks: str = "") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.{version}">
  <CstmrPmtStsRpt>
    <GrpHdr><MsgId>ANSWER-1</MsgId><CreDtTm>2019-03-15T10:00:00Z</CreDtTm></GrpHdr>
    <OrgnlGrpInfAndSts>
      <OrgnlMsgId>BATCH-2019-03-001</OrgnlMsgId>
      <OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>{group}
    </OrgnlGrpInfAndSts>{blocks}
  </CstmrPmtStsRpt>
</Document>""".encode()


BLOCK = """<OrgnlPmtInfAndSts>
  <OrgnlPmtInfId>BATCH-2019-03-001</OrgnlPmtInfId><PmtInfSts>ACTC</PmtInfSts>
  <TxInfAndSts><OrgnlEndToEndId>E1</OrgnlEndToEndId><TxSts>ACSC</TxSts></TxInfAndSts>
  <TxInfAndSts><OrgnlEndToEndId>E2</OrgnlEndToEndId><TxSts>RJCT</TxSts>
    <StsRsnInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>Tili on suljettu</AddtlInf>
      <AddtlInf>Kontot är stängt</AddtlInf></StsRsnInf></TxInfAndSts>
  <TxInfAndSts><OrgnlEndToEndId>E3</OrgnlEndToEndId><TxSts>RJCT</TxSts>
    <StsRsnInf><Rsn><Prtry>X99</Prtry></Rsn></StsRsnInf></TxInfAndSts>
  <TxInfAndSts><OrgnlEndToEndId>E4</OrgnlEndToEndId></TxInfAndSts>
  <TxInfAndSts><TxSts>RJCT</TxSts></TxInfAndSts>
</OrgnlPmtInfAndSts>"""


@pytest.mark.parametrize("version", VERSIONS)
def test_single_payments_are_read_in_order_with_status_and_reason(version: str) -> None:
    assert read_status(answer(version, blocks=BLOCK)) == [
        PaymentStatus("E1", "ACSC"),
        PaymentStatus("E2", "RJCT", "AC04", "Tili on suljettu Kontot är stängt"),
        PaymentStatus("E3", "RJCT", "X99"),
        PaymentStatus("E4", "ACTC"),
        PaymentStatus("", "RJCT"),
    ]


@pytest.mark.oracle
@pytest.mark.skipif(not ORACLES.exists(), reason="the folder of outside schemas is not beside us")
@pytest.mark.parametrize("version", VERSIONS)
def test_the_sample_answers_are_valid_by_the_standard(version: str) -> None:
    found = (ORACLES / f"pain.002.001.{version}.xsd").read_bytes()
    etree.XMLSchema(etree.fromstring(found)).assertValid(
        etree.fromstring(answer(version, blocks=BLOCK))
    )


def test_a_file_refused_as_a_whole_says_so_without_naming_payments() -> None:
    group = """<GrpSts>RJCT</GrpSts>
      <StsRsnInf><Rsn><Cd>AM05</Cd></Rsn><AddtlInf>Kaksoiskappale</AddtlInf></StsRsnInf>"""
    report = read_report(answer(group=group))
    assert (report.status, report.reason, report.details) == ("RJCT", "AM05", "Kaksoiskappale")
    assert (report.message_id, report.original_message_id) == ("ANSWER-1", "BATCH-2019-03-001")
    assert report.payments == report.batches == ()


def test_a_block_has_its_own_status() -> None:
    report = read_report(answer(blocks=BLOCK))
    assert report.batches == (BatchStatus("BATCH-2019-03-001", "ACTC"),)


def test_a_payment_without_any_status_is_left_for_a_person() -> None:
    block = """<OrgnlPmtInfAndSts><OrgnlPmtInfId>B</OrgnlPmtInfId><TxInfAndSts>
      <OrgnlEndToEndId>E1</OrgnlEndToEndId></TxInfAndSts></OrgnlPmtInfAndSts>"""
    assert read_status(answer(group="", blocks=block)) == [PaymentStatus("E1", "")]


ENTITY = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("declaration", [ENTITY, LAUGHS, b"<!DOCTYPE d>"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declarations_of_types_and_entities_are_refused_in_any_encoding(
    declaration: bytes, encoding: str
) -> None:
    sample = answer(blocks=BLOCK).replace(b"?>\n", b"?>" + declaration, 1).decode()
    with pytest.raises(errors.UnsafeXml):
        read_status(sample.replace('"UTF-8"', f'"{encoding}"').encode(encoding))


def test_an_answer_larger_than_answers_are_is_refused_unread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reader, "LARGEST_BYTES", 100)
    with pytest.raises(errors.AnswerTooLarge):
        read_status(answer())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not xml",
        answer()[:-20],
        answer().replace(b"pain.002.001.11", b"pain.001.001.09"),
        answer().replace(b"CstmrPmtStsRpt", b"SomethingElse"),
        answer().replace(b"OrgnlGrpInfAndSts", b"Elsewhere"),
        b"<Document/>",
        b'<?xml version="1.0" encoding="no-such"?><Document/>',
    ],
)
def test_what_is_no_status_report_is_refused(content: bytes) -> None:
    with pytest.raises(errors.NotAStatusReport):
        read_status(content)
