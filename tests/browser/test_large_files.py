"""A large file on a phone: sent, followed, mended; and why a visit was drawn for a check."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import jobs
from tests.browser.site import Site
from tests.browser.stages import Build
from tests.browser.test_todays_visits import PHONE, Day, a_day
from tests.company_pages import Clock
from tests.order_pages import back_in_scope
from valinta.processes.draw_checks import draw_checks
from valinta.programmes.models import Rulebook
from valinta.providers.levels import Level
from valinta.users.actor import system
from valinta.visits.models import VisitFile

pytestmark = pytest.mark.browser
TITLES = "order;reference;served_on;started_at;ended_at;quantity"


@pytest.fixture
def build() -> Build:
    return a_day


@pytest.fixture
def day(site: Site, monkeypatch: pytest.MonkeyPatch) -> Day:
    Clock(monkeypatch)
    found: Day = site.cast
    back_in_scope(found.company.stage)
    site.be(found.company.people[Level.OFFICE]).speak("en").wide(PHONE, 740)
    return found


def in_each_language(site: Site) -> None:
    """The page that is open has no fault in any language at this width."""
    path = site.page.url.removeprefix(site.url)
    for language in ("fi", "sv", "en"):
        site.speak(language)
        site.open(path)
        site.sound()


def test_a_file_is_sent_followed_and_its_refused_line_taken(
    site: Site, day: Day, tmp_path: Path
) -> None:
    table = tmp_path / "maaliskuu.csv"
    rows = [f"{day.order.pk};A;5.3.2019;8:00;9:00;", f"{day.order.pk};B;5/3/2019;;;1"]
    table.write_text("\n".join([TITLES, *rows]), encoding="utf-8")
    page = site.open(day.address("visits/"))
    page.get_by_role("link", name="Send a large file of visits").click()
    in_each_language(site)
    page.get_by_role("button", name="Send the file").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a file")
    site.sound()
    page.get_by_label("A file (CSV or JSON lines)").set_input_files(table)
    page.get_by_role("button", name="Send the file").click()
    expect(page.get_by_role("heading", name="The file waits for its turn")).to_be_visible()
    in_each_language(site)
    jobs.do_waiting("take_in_visit_file")
    # The page finds out by itself.
    expect(page.get_by_role("heading", name="Every line is answered")).to_be_visible(timeout=15_000)
    in_each_language(site)
    with page.expect_download() as taken:
        page.get_by_role("link", name="Take the refused lines (CSV)").click()
    text = Path(taken.value.path()).read_text(encoding="utf-8-sig")
    assert f"{day.order.pk};B;5/3/2019;" in text
    assert "Nobody guesses what 3/5/2019 is." in text
    page.get_by_role("link", name="Mend them one by one").click()
    expect(page.get_by_role("link", name="Mend B")).to_be_visible()


def test_a_company_reads_how_visits_are_drawn_and_why_one_was(site: Site, day: Day) -> None:
    stage = day.company.stage
    for one in Rulebook.objects.all():
        one.parameters["sample_rate_percent"] = "100"
        one.save()
    site.open(day.address("visits/checks/"))
    expect(site.page.get_by_text("No visit of yours has been drawn yet.")).to_be_visible()
    in_each_language(site)
    organiser_id, by = stage.organiser.pk, system(stage.organiser.pk)
    row = f"{TITLES}\n{day.order.pk};A;5.3.2019;8:00;9:00;"
    file = _sent(site, day, row)
    jobs.do_waiting("take_in_visit_file")
    assert VisitFile.objects.get(pk=file.pk).lines_done == 1
    draw_checks(organiser_id=organiser_id, by=by, at=stage.now + timedelta(hours=9))
    page = site.open(day.address("visits/checks/"))
    in_each_language(site)
    page.get_by_text("The numbers").click()
    expect(page.get_by_text("chance 1000000")).to_be_visible()
    site.sound()
    page.get_by_role("rowheader").get_by_role("link").click()
    expect(page.get_by_role("heading", name="Drawn for a check")).to_be_visible()
    in_each_language(site)
    site.be(stage.staff.case_managers[0].user).speak("en").open("/casework/review/checks/")
    expect(page.get_by_role("button", name="All was as reported")).to_be_visible()
    in_each_language(site)


def _sent(site: Site, day: Day, text: str) -> VisitFile:
    page = site.open(day.address("visits/files/"))
    file = {"name": "a.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.get_by_label("A file (CSV or JSON lines)").set_input_files(file)
    page.get_by_role("button", name="Send the file").click()
    expect(page.get_by_role("heading", name="a.csv")).to_be_visible()
    return VisitFile.objects.order_by("-pk")[0]
