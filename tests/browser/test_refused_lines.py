"""Refused lines on a phone: each comes up as it was sent, is mended, and is there once."""

from __future__ import annotations

import pytest
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Page, expect

from tests.browser.site import Site
from tests.browser.stages import Build
from tests.browser.test_todays_visits import PHONE, Day, a_day
from tests.company_pages import Clock
from tests.languages import LANGUAGES
from tests.order_pages import back_in_scope
from valinta.processes.verify_books import verify_books
from valinta.providers.levels import Level
from valinta.visits.codes import Code
from valinta.visits.models import RefusedLine, Visit

pytestmark = pytest.mark.browser
TITLES = "order;reference;served_on;started_at;ended_at"


@pytest.fixture
def build() -> Build:
    return a_day


@pytest.fixture
def day(site: Site, monkeypatch: pytest.MonkeyPatch) -> Day:
    Clock(monkeypatch)
    found: Day = site.cast
    back_in_scope(found.company.stage)
    site.be(found.company.people[Level.OFFICE]).wide(PHONE, 740)
    return found


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_that_were_refused_are_mended_without_writing_them_again(
    site: Site, day: Day, language: str
) -> None:
    say = {
        one: _in(language, one)
        for one in (
            "See what would come of the lines", "Send the lines", "Mend", "What the line said",
            "Began", "Ended", "Day", "Send the mended line",
            "The line is mended, and the visit recorded.",
        )
    }  # fmt: skip
    page = site.speak(language).open(day.address("visits/table/"))
    order = day.order.pk
    # One that nobody can read, and one that has not ended yet at noon.
    rows = [f"{order};a-1;5.3.2019;9.00;25.61", f"{order};a-2;5.3.2019;10.00;11.00"]
    rows.append(f"{order};a-3;5.3.2019;14.00;15.00")
    page.locator("#words").fill("\n".join([TITLES, *rows]))
    press(page, say["See what would come of the lines"])
    site.sound()
    press(page, say["Send the lines"])
    site.sound()
    assert {one.code for one in RefusedLine.objects.all()} == {Code.UNREADABLE, Code.IN_FUTURE}
    for reference, began, ended, meant in (
        ("a-1", "09:00", "", "09:45"), ("a-3", "14:00", "15:00", "11:45"),
    ):  # fmt: skip
        page = site.open(day.address("visits/?state=refused"))
        site.sound()
        page.get_by_role("link", name=f"{say['Mend']} {reference}").click()
        expect(page.get_by_label(say["Day"], exact=True)).to_have_value("2019-03-05")
        expect(page.get_by_label(say["Began"])).to_have_value(began)
        expect(page.get_by_label(say["Ended"])).to_have_value(ended)
        expect(page.locator("select[name=order]")).to_have_value(str(order))
        said = page.get_by_role("region", name=say["What the line said"])
        assert said.count() == (reference == "a-1")
        if said.count():
            expect(said).to_contain_text("25.61")
        site.sound()
        page.get_by_label(say["Began"]).fill("11:05" if ended else began)
        page.get_by_label(say["Ended"]).fill(meant)
        press(page, say["Send the mended line"])
        expect(page.get_by_text(say["The line is mended, and the visit recorded."])).to_be_visible()
        site.sound()
    assert sorted(Visit.objects.values_list("reference", flat=True)) == ["a-1", "a-2", "a-3"]
    assert RefusedLine.objects.filter(mending=None).count() == 0
    assert verify_books() == []


def _in(language: str, english: str) -> str:
    with translation.override(language):
        return gettext(english)
