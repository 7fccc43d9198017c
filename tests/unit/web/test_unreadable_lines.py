"""A line that could not be read comes back as it was written, and is mended field by field."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from tests.company_pages import Clock, Desk, begin, company, served, visit_stage
from valinta.orders.models import Order
from valinta.visits.codes import Code
from valinta.visits.models import RefusedLine

HEAD = "order;reference;day;started;ended"


@pytest.fixture
def day(db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> tuple[Desk, Order]:
    """A company's worker at the pages, and an order of today."""
    settings.DEMO = True
    Clock(monkeypatch)
    one = company(visit_stage())
    order = served(one)
    begin(one.stage)
    return one.at(), order


def _sent(day: tuple[Desk, Order], row: str, head: str = HEAD) -> tuple[RefusedLine, str]:
    """The line that was refused, and the page on which it is mended."""
    desk, order = day
    words = f"{head}\n{row.replace('ORDER', str(order.pk))}"
    desk.post("visits/table/", words=words, do="send")
    line = RefusedLine.objects.get()
    return line, desk.get(f"visits/lines/{line.pk}/mend/")


@pytest.mark.parametrize(
    ("row", "filled", "told"),
    [
        ("ORDER;a-1;5.3.2019;9.00;25.61", ['value="2019-03-05"', 'value="09:00"'], "25.61"),
        ("ORDER;a-1;35.3.2019;9.00;10.00", ['value="09:00"', 'value="10:00"'], "35.3.2019"),
        ("ORDER;a-1;;2019-03-05 9.00;noin 2", ['value="2019-03-05"', 'value="09:00"'], "noin 2"),
    ],
)
def test_nothing_of_a_line_that_cannot_be_read_has_to_be_written_again(
    day: tuple[Desk, Order], row: str, filled: list[str], told: str
) -> None:
    line, page = _sent(day, row)
    assert line.code == Code.UNREADABLE
    assert f'<option value="{day[1].pk}" selected>' in page
    assert [one for one in filled if one not in page] == []
    assert "What the line said" in page and told in page


def test_a_line_that_is_refused_keeps_why_it_is_late(day: tuple[Desk, Order]) -> None:
    row = "ORDER;a-1;5.3.2019;14.00;15.00;Puhelin hukkui"
    _line, page = _sent(day, row, f"{HEAD};late_reason")
    assert 'value="Puhelin hukkui"' in page
