"""The invoice of a real statement is valid by the official rules, whatever programme pays it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pytest_django import Settings

from tests.api import line, open_scene
from tests.ubl_rules import NS, breaches
from valinta.processes.self_billing import self_billed_invoice
from valinta.settlements.models import Statement
from valinta.visits.actions import confirm_visit
from valinta.visits.models import Visit


@pytest.mark.oracle
@pytest.mark.parametrize("pack", ["keusote", "kainuu", "osterbotten"])
def test_the_invoice_of_a_statement_is_valid(
    db: None, settings: Settings, tmp_path: Path, pack: str
) -> None:
    settings.DEMO = True
    scene = open_scene(pack)
    lines = [line(scene.order, f"A-{day}", f"2019-03-0{day}", "0.75") for day in (1, 2, 3)]
    assert scene.system.post("/visits", {"lines": lines}).said["counts"]["taken"] == 3
    stage = scene.stage
    with stage.scope():
        for visit in Visit.objects.order_by("pk"):
            confirm_visit(visit_id=visit.pk, by=stage.manager, at=stage.now)
        stage.pay(stage.settle(stage.on + timedelta(days=1)), tmp_path)
        statement = Statement.objects.select_related("run__programme").get()
        xml = self_billed_invoice(statement=statement)
        assert breaches(xml) == []
        root: Any = etree.fromstring(xml)
        (told,) = root.xpath("cac:LegalMonetaryTotal/cbc:PayableAmount", namespaces=NS)
        assert round(float(told.text) * 100) == statement.payment_cents > 0
