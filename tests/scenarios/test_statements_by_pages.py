"""The company is paid directly, signs in, and follows the money from the bank to the visit."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse

from tests.cast import Stage
from tests.desk import Desk, stage_of, text
from tests.mission import shows
from tests.payment_files import payments_in
from valinta.plans.states import Way
from valinta.processes.verify_books import verify_books
from valinta.shared.money import Money


@pytest.fixture
def stage(db: None, settings: Any) -> Stage:
    settings.DEMO = True
    return stage_of("siun-sote", date(2019, 10, 1))


def follow(browser: Desk, page: HttpResponse, words: str) -> HttpResponse:
    """Click the first link with the words."""
    before, _, after = text(page).partition(words)
    assert after, words
    return browser.get(before.rsplit('href="', 1)[1].split('"')[0])


@shows("SIU-7")
def test_a_company_signs_in_and_finds_every_cent_of_its_direct_payment(
    stage: Stage, tmp_path: Path
) -> None:
    tapio = stage.client("Tapio")
    stage.grant(tapio, {"supported-housing": (Way.BUDGET, 10_00, False)})
    company = stage.provider("Kotipolku Oy")
    order = stage.order(tapio, stage.offer(company, "supported-housing", "33.95"), 6_00)
    for day, quantity in ((2, 2_00), (9, 1_50), (16, 75)):
        stage.report(order, date(2019, 10, day), quantity)
    file = stage.pay(stage.settle(cut_off_on=date(2019, 11, 1)), tmp_path)
    (paid,) = payments_in(file)
    assert paid.iban == company.iban

    browser = Desk(stage, "en")
    admin = stage.workers[company.pk].user
    browser.post("/sign-in/demo/", {"user": admin.pk})
    browser.cookies["django_language"] = "en"
    # The portal's first page goes on to the only company there is.
    home = browser.get("/provider/", follow=True)
    page = follow(browser, home, ">Statements</a>")
    assert f"€{paid.euros}" in text(page)
    one = follow(browser, page, ">Work until")
    assert "Work: 3 visits" in text(one) and "The bank paid it on" in text(one)
    visits = follow(browser, one, ", Tapio ")
    # 2 h, 1 h 30 min and 45 min at 33.95, each rounded by itself.
    parts = [Money.of(euros) for euros in ("67.90", "50.93", "25.46")]
    assert Money.total(parts) == Money.of(paid.euros)
    assert [f"€{euros}" in text(visits) for euros in ("67.90", "50.93", "25.46")] == [True] * 3
    assert verify_books() == []
