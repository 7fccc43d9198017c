"""A sixth region is a folder: another code, other names, towns and figures, and not a line of code.

The pack of Kainuu is copied and made into a region that does not exist. What runs is what runs for
the five.
"""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.cast import PACKS, open_stage
from tests.payment_files import control_sum, payments_in
from valinta.plans.states import Way
from valinta.processes.enrol_client import MunicipalityNotIn
from valinta.processes.verify_books import verify_books
from valinta.programmes.queries import ProgrammeClosed
from valinta.settlements.funding import funding_report
from valinta.shared.money import Money
from valinta.shared.periods import Period

CHANGES = {
    "programme.yaml": [
        (r"\bkainuu\b", "satumaa"),
        (r"(?i:kainuu|kajanaland)\w*", "Satumaan"),
        (r"0037\d+", "003701120389"),
        (r"\"\d{7}-\d\"", '"0112038-9"'),
        (r"Kuhmo", "Keijukylä"),
        (r'"290"', '"995"'),
        (r"Sotkamo", "Taikala"),
        (r'"765"', '"998"'),
        (r'percent: "80"', 'percent: "70"'),
        (r'percent: "20"', 'percent: "30"'),
        (r"2017-12-01", "2021-02-01"),
        (r"2019-01-01", "2022-01-01"),
        (r"2019-11-01", "2022-07-01"),
        (r"2017-11-22", "2021-01-20"),
        (r'cost: "30.00"', 'cost: "31.70"'),
        (r"notice_period_days: \d+", "notice_period_days: 7"),
    ],
    "services.yaml": [(r"2017-12-01", "2021-02-01"), (r"2019-01-01", "2022-01-01")],
}
eur = Money.of


@pytest.fixture
def sixth(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(PACKS / "kainuu", tmp_path / "satumaa"))
    for name, changes in CHANGES.items():
        text = (folder / name).read_text()
        for old, new in changes:
            text, found = re.subn(old, new, text)
            assert found, f"{name} has no {old}"
        (folder / name).write_text(text)
    return folder


def test_a_sixth_region_runs_from_need_to_a_paid_provider(
    db: None, sixth: Path, tmp_path: Path
) -> None:
    kainuu = open_stage("kainuu", on=date(2019, 3, 1))
    stage = open_stage(sixth, on=date(2022, 3, 1))
    assert stage.programme.code == "satumaa"
    assert stage.organiser != kainuu.organiser
    lempi = stage.client("Lempi", municipality="Keijukylä")
    granted = stage.grant(lempi, {"cleaning": (Way.BUDGET, 10_00, False)})
    assert Money(granted.decision.monthly_cents) == eur("317.00")
    offer = stage.offer(stage.provider("Taikasiivous Oy"), "cleaning", "31.55")
    order = stage.order(lempi, offer, 6_00)
    stage.report(order, date(2022, 3, 3), 1_50)
    assert stage.left(lempi) == eur("127.70")  # 317.00 - 189.30
    report = funding_report(programme=stage.programme, month=Period.month(2022, 3))
    assert {one.source: one.amount for one in report.shares} == {
        "ministry": eur("33.13"),  # 70 % of 47.33
        "own-share": eur("14.20"),
    }
    file = stage.pay(stage.settle(cut_off_on=date(2022, 4, 1)), tmp_path / "bank")
    assert [(one.name, one.euros) for one in payments_in(file)] == [("Taikasiivous Oy", "47.33")]
    assert control_sum(file) == "47.33"
    assert verify_books() == []


def test_its_own_towns_and_dates_decide(db: None, sixth: Path) -> None:
    stage = open_stage(sixth, on=date(2022, 6, 30))
    with pytest.raises(MunicipalityNotIn, match="290"):  # the town it was copied from
        stage.join(stage.client("Eino", municipality="290"))
    lempi = stage.client("Lempi", municipality="995")
    stage.on = date(2022, 7, 1)
    with pytest.raises(ProgrammeClosed, match="2022-07-01"):
        stage.join(lempi)
