"""The letter of a decision says in the client's language what was decided, on what law, and why."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.cast import Stage, open_stage
from valinta.plans.models import Decision
from valinta.plans.states import Way
from valinta.processes.write_decision_letter import write_decision_letter
from valinta.shared.money import Money, format_euros

pytestmark = pytest.mark.django_db


def _decided() -> tuple[Stage, Decision]:
    stage = open_stage("kanta-hame", on=date(2019, 2, 1))
    client = stage.client("Helmi")
    granted = stage.grant(
        client,
        {
            "home-service": (Way.VOUCHER, 12_00, False),
            "personal-assistance": (Way.BUDGET, 10_00, False),
        },
        period=stage.months(3),
    )
    return stage, granted.decision


def _text(letter: bytes) -> str:
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(letter)).pages)
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("language", "title", "days", "law"),
    [
        ("fi", "Päätös henkilökohtaisesta budjetista", "30. huhtikuuta 2019", "Sovelletut lait"),
        ("sv", "Beslut om personlig budget", "30 april 2019", "Tillämpade lagar"),
        ("en", "Decision on a personal budget", "April 30, 2019", "Acts applied"),
    ],
)
def test_it_tells_the_sum_the_days_the_law_and_how_to_appeal(
    language: str, title: str, days: str, law: str
) -> None:
    _, decision = _decided()
    text = _text(write_decision_letter(decision=decision, language=language))
    total = " ".join(format_euros(Money(decision.monthly_cents), language).split())
    assert title in text
    assert days in text
    assert total in text
    assert law in text
    assert "380/1987" in text
    assert "30 " in text  # days to claim a revised decision
    for line in decision.plan.lines.select_related("service"):
        assert line.service.names[language] in text


def test_its_lines_add_up_to_the_sum_that_was_decided_and_it_never_differs() -> None:
    _, decision = _decided()
    lines = decision.plan.lines.all()
    assert sum(line.monthly_cents for line in lines) == decision.monthly_cents
    first = write_decision_letter(decision=decision, language="fi")
    assert first == write_decision_letter(decision=decision, language="fi")
