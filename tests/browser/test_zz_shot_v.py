from __future__ import annotations

from datetime import timedelta

from tests.browser.test_todays_visits import *  # noqa
from tests.browser.test_todays_visits import ready
from valinta.organisers.clock import now
from valinta.processes.report_visit import Entry, report_visit


def test_shot(day, site, clock):
    stage, order = day.company.stage, day.order
    by, at = stage.worker(day.company.provider), now(stage.organiser)
    begun = at.replace(hour=7, minute=30, second=0, microsecond=0)
    report_visit(
        order=order, entry=Entry("a-1", at.date(), begun, begun + timedelta(hours=1)), by=by, at=at
    )
    report_visit(
        order=order, entry=Entry("a-3", at.date(), begun, begun + timedelta(hours=9)), by=by, at=at
    )
    site.speak("fi")
    page = site.open(day.address())
    ready(page)
    page.screenshot(path="/tmp/v1.png", full_page=True)
    site.context.set_offline(True)
    page.get_by_role("article").nth(1).get_by_role("button", name="Aloita").click()
    page.wait_for_timeout(500)
    page.screenshot(path="/tmp/v2.png", full_page=True)
    site.context.set_offline(False)
    page.wait_for_timeout(3000)
    page = site.open(day.address("visits/"))
    page.screenshot(path="/tmp/v3.png", full_page=True)
