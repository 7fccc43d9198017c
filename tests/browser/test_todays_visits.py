"""A worker's day on a phone: recorded without a connection and sent later; mended; confirmed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.hands import Hand
from tests.browser.site import Site
from tests.browser.stages import Build
from tests.company_pages import Clock, Company, begin, company, served, visit_stage
from tests.order_pages import back_in_scope
from valinta.orders.models import Order
from valinta.organisers.clock import now
from valinta.processes.report_visit import Entry, report_visit
from valinta.processes.verify_books import verify_books
from valinta.providers.levels import Level
from valinta.visits.code_actions import make_code
from valinta.visits.models import RefusedLine, StartedVisit, Visit, VisitCode

pytestmark = pytest.mark.browser

PHONE = 360
# A device whose time goes on, and whose connection fails, when the test says so: nothing goes out
# ("deaf"), or the answer to what was sent does not come back ("lose").
DEVICE = """
const time = Date.now.bind(Date);
Date.now = () => time() + Number(sessionStorage.getItem("shift") || 0);
const net = window.fetch.bind(window);
window.fetch = async (address, more = {}) => {
  if (sessionStorage.getItem("deaf")) throw new TypeError("no connection");
  const answer = await net(address, more);
  if (more.method === "POST" && sessionStorage.getItem("lose")) {
    sessionStorage.removeItem("lose");
    sessionStorage.setItem("lost", String(answer.status));
    throw new TypeError("the answer was lost");
  }
  return answer;
};
"""
# A device that takes its time to look into what it keeps.
SLOW = """() => {
  const visits = self.kept.visits;
  self.kept.visits = async (whose) => {
    await new Promise((done) => setTimeout(done, 700));
    return visits(whose);
  };
}"""


@dataclass
class Day:
    """A company whose worker visits Aino today at nine and at eleven."""

    company: Company
    order: Order

    def address(self, path: str = "today/") -> str:
        return self.company.address(path)


def a_day() -> Day:
    stage = visit_stage()
    one = company(stage)
    order = served(one)
    begin(stage)
    return Day(one, order)


@pytest.fixture
def build() -> Build:
    return a_day


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def day(site: Site, clock: Clock) -> Day:
    found: Day = site.cast
    back_in_scope(found.company.stage)
    site.be(found.company.people[Level.WORKER]).speak("en").wide(PHONE, 740)
    site.context.add_init_script(DEVICE)
    return found


# What lies on the device, as somebody who looks into its files would find it.
STORED = """async () => {
  const open = indexedDB.open("valinta-visits");
  const base = await new Promise((done) => { open.onsuccess = () => done(open.result); });
  const all = (store) => new Promise((done) => {
    const asked = base.transaction(store).objectStore(store).getAll();
    asked.onsuccess = () => done(asked.result);
  });
  const [keys, visits, pages] = [await all("keys"), await all("visits"), await all("pages")];
  const text = [...visits, ...pages].map((one) => new TextDecoder().decode(one.data)).join("");
  base.close();
  return { extractable: keys[0].extractable, text, visits: visits.length, pages: pages.length };
}"""


def ready(page: Page) -> None:
    """The page is kept for opening without a connection."""
    page.wait_for_selector("html[data-kept-ready]", state="attached")
    # The parts are laid on the shelf a moment later.
    page.wait_for_function(
        "async () => (await (await caches.open('valinta-parts')).keys()).length >= 5"
    )


def visits() -> list[Visit]:
    return list(Visit.objects.order_by("pk"))


def test_a_visit_recorded_offline_is_sent_later_and_is_there_once(
    day: Day, site: Site, clock: Clock
) -> None:
    page = site.open(day.address())
    ready(page)
    site.sound()
    site.context.set_offline(True)
    page.reload()
    card = page.get_by_role("article").first
    card.get_by_role("button", name="Start the visit").click()
    expect(page.locator("#kept-line")).to_have_text(
        "One visit is kept here. It is sent when the connection is back."
    )
    expect(card.get_by_text("kept here, going on")).to_be_visible()
    page.evaluate(f"sessionStorage.setItem('shift', {45 * 60_000})")
    clock.pass_by(minutes=45)
    # The page is opened anew, still without a connection: nothing is lost.
    page.reload()
    card = page.get_by_role("article").first
    expect(card.locator("[data-clock]")).to_have_text("00.45")
    card.get_by_role("button", name="End the visit").click()
    expect(page.locator("#kept-list").get_by_text("kept here")).to_be_visible()
    site.sound()
    assert visits() == []
    # The answer to the first sending is lost on the way: the visit goes once more.
    page.evaluate("sessionStorage.setItem('lose', 1)")
    site.context.set_offline(False)
    expect(page.get_by_text("The visit is recorded.")).to_be_visible(timeout=40_000)
    assert page.evaluate("sessionStorage.getItem('lost')") == "200"
    (visit,) = visits()
    assert 70 <= visit.quantity_hundredths <= 77
    assert verify_books() == []
    expect(page.locator("#kept-list")).to_be_hidden()


def test_what_was_kept_and_never_sent_is_taken_back_on_the_device(
    day: Day, site: Site, clock: Clock
) -> None:
    page = site.open(day.address())
    ready(page)
    site.context.set_offline(True)
    page.reload()
    card, kept = page.get_by_role("article").first, page.locator("#kept-list")
    card.get_by_role("button", name="Start the visit").click()
    page.evaluate(f"sessionStorage.setItem('shift', {30 * 60_000})")
    clock.pass_by(minutes=30)
    card.get_by_role("button", name="End the visit").click()
    expect(kept.get_by_text("kept here", exact=True)).to_be_visible()
    site.sound()
    # The end first: the visit goes on again, and its time is there.
    kept.get_by_role("button", name="Take back").click()
    expect(kept.get_by_text("kept here, going on")).to_be_visible()
    expect(card.locator("[data-clock]")).to_have_text("00.30")
    # Then the beginning: nothing is left to send.
    kept.get_by_role("button", name="Take back").click()
    expect(kept).to_be_hidden()
    expect(card.get_by_role("button", name="Start the visit")).to_be_visible()
    site.context.set_offline(False)
    page.reload()
    ready(page)
    assert visits() == [] and not StartedVisit.objects.exists()


def test_the_moment_of_the_press_counts_on_a_slow_device(
    day: Day, site: Site, clock: Clock
) -> None:
    page = site.open(day.address())
    ready(page)
    site.context.set_offline(True)
    page.evaluate(SLOW)
    card, kept = page.get_by_role("article").first, page.locator("#kept-list")
    card.get_by_role("button", name="Start the visit").click()
    page.evaluate(f"sessionStorage.setItem('shift', {30 * 60_000})")
    began = kept.get_by_text("12:00")
    expect(began).to_be_visible()
    card.get_by_role("button", name="End the visit").click()
    page.evaluate(f"sessionStorage.setItem('shift', {60 * 60_000})")
    expect(kept.get_by_text("12:00–12:30")).to_be_visible()


def test_a_visit_whose_answer_was_lost_is_not_taken_back_on_the_device(
    day: Day, site: Site, clock: Clock
) -> None:
    page = site.open(day.address())
    ready(page)
    page.evaluate("sessionStorage.setItem('lose', 1)")
    card, kept = page.get_by_role("article").first, page.locator("#kept-list")
    card.get_by_role("button", name="Start the visit").click()
    expect(kept.get_by_text("kept here, going on")).to_be_visible()
    # It is at the site already, where the start is taken back.
    expect(kept.get_by_role("button")).to_have_count(0)


def test_a_visit_entered_offline_that_is_refused_is_mended(
    day: Day, site: Site, clock: Clock
) -> None:
    page = site.open(day.address())
    ready(page)
    site.context.set_offline(True)
    card = page.get_by_role("article").first
    card.get_by_text("Enter after the visit").click()
    card.get_by_label("Began").fill("13:00")
    card.get_by_label("Ended").fill("14:00")
    card.get_by_role("button", name="Record the visit").click()
    expect(page.locator("#kept-list").get_by_text("kept here")).to_be_visible()
    site.context.set_offline(False)
    expect(page.get_by_role("heading", name="Refused: mend these")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("has not ended yet")).to_be_visible()
    site.sound()
    page.get_by_role("link", name=re.compile("^Mend ")).click()
    expect(page.get_by_label("Began")).to_have_value("13:00")
    page.get_by_label("Began").fill("09:00")
    page.get_by_label("Ended").fill("10:00")
    site.sound()
    page.get_by_role("button", name="Send the mended line").click()
    expect(page.get_by_text("The line is mended, and the visit recorded.")).to_be_visible()
    site.sound()
    assert RefusedLine.objects.get().mending.visit == visits()[0]


def test_nothing_is_readable_on_the_device_and_signing_out_wipes_it(day: Day, site: Site) -> None:
    page = site.open(day.address())
    ready(page)
    site.context.set_offline(True)
    page.get_by_role("article").first.get_by_role("button", name="Start the visit").click()
    expect(page.locator("#kept-list").get_by_text("kept here")).to_be_visible()
    stored = page.evaluate(STORED)
    assert stored["extractable"] is False
    assert "Aino" not in stored["text"]
    assert stored["pages"] == stored["visits"] == 1
    page.evaluate("sessionStorage.setItem('deaf', 1)")
    site.context.set_offline(False)
    asked = []

    def keep_or_not(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept() if len(asked) > 1 else dialog.dismiss()

    page.on("dialog", keep_or_not)
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("#kept-list").get_by_text("kept here")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile(r"/$"))
    assert len(asked) == 2
    left = page.evaluate(
        "async () => [(await indexedDB.databases()).map((one) => one.name), await caches.keys(),"
        " localStorage.length, (await navigator.serviceWorker.getRegistrations()).length]"
    )
    assert left == [[], [], 0, 0]


def test_the_day_is_walked_with_pointer_phone_and_keyboard(
    hand: Hand, day: Day, site: Site, clock: Clock
) -> None:
    page = site.open(day.address())
    ready(page)
    hand.press(page.get_by_role("button", name="Start the visit").first)
    expect(page.get_by_text("The visit has begun.")).to_be_visible()
    clock.pass_by(minutes=30)
    page.reload()
    with day.company.stage.scope():
        shown = make_code(
            order=day.order,
            by=day.company.stage.actor(day.order.client),
            at=now(day.company.stage.organiser),
        )
    hand.press(page.get_by_role("link", name="Enter the client's code").first)
    hand.write(page.get_by_label("Six digits"), "12")
    hand.press(page.get_by_role("button", name="Use the code"))
    expect(page.get_by_role("alert")).to_be_visible()
    site.sound()
    hand.write(page.get_by_label("Six digits"), shown.code)
    hand.press(page.get_by_role("button", name="Use the code"))
    expect(page.get_by_text("The code is good.")).to_be_visible()
    hand.press(page.get_by_role("button", name="End the visit").locator("visible=true"))
    expect(page.get_by_text("The visit is recorded.", exact=True)).to_be_visible()
    with day.company.stage.scope():
        assert VisitCode.objects.get().visit == visits()[0]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_page_of_visits_is_sound_on_a_phone(
    day: Day, site: Site, language: str, clock: Clock
) -> None:
    stage, order = day.company.stage, day.order
    by, at = stage.worker(day.company.provider), now(stage.organiser)
    begun = at.replace(hour=8, minute=0, second=0, microsecond=0)
    for reference, hours in (("a-1", 1), ("a-2", 2), ("a-3", 9)):
        entry = Entry(reference, at.date(), begun, begun + timedelta(hours=hours))
        report_visit(order=order, entry=entry, by=by, at=at)
    visit, line = visits()[0], RefusedLine.objects.get()
    site.be(day.company.people[Level.OFFICE]).speak(language).wide(PHONE, 740)
    for path in (
        "today/", "today/?day=2019-03-04", "today/enter/", f"today/orders/{order.pk}/code/",
        "visits/", "visits/?state=accepted", f"visits/{visit.pk}/", f"visits/{visit.pk}/correct/",
        f"visits/{visit.pk}/delete/", f"visits/lines/{line.pk}/mend/", "visits/table/",
        f"visits/batches/{line.batch_id}/",
    ):  # fmt: skip
        site.open(day.address(path))
        site.sound()
    page = site.open(day.address("visits/table/"))
    page.locator("#words").fill(f"{order.pk}\ta\t5.3.2019\t9.00\t9.30\n{order.pk}\tb\tx")
    page.locator("button[value=try]").click()
    expect(page.locator("button[value=send]")).to_be_visible()
    site.sound()
