"""A journey of the programme's office: a new pack is looked into, mended, and taken into use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client as Cookies
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.cast import Stage
from tests.packs_sent import at, edited_pack, stage_of, swap, zipped
from valinta.organisers import tenancy
from valinta.users.models import User

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"
NARROW, WIDE = 320, 1180
FIRST = "2019-06-01"
OLD = """kind: ceiling, price: "43.70",
     starts_on: 2017-12-01, ends_on: null, assumed: true, why: *example-price}"""
NEW = f"""kind: ceiling, price: "43.70",
     starts_on: 2017-12-01, ends_on: {FIRST}, assumed: true, why: *example-price}}
  - {{service: home-care, band: weekday-day, kind: ceiling, price: "42.00",
     starts_on: {FIRST}, ends_on: null, assumed: true, why: *example-price}}"""


@pytest.fixture
def desk(
    live_server: LiveServer, chromium: Browser, settings: Settings
) -> Iterator[tuple[Stage, Page]]:
    """Somebody of Keusote's office at a browser, on the first of March 2019."""
    settings.DEMO = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    stage = stage_of("keusote", date(2019, 3, 1))
    cookies = Cookies()
    cookies.force_login(User.objects.get(pk=stage.staff.office.user.pk))
    context = chromium.new_context(
        base_url=live_server.url,
        viewport={"width": WIDE, "height": 900},
        reduced_motion="reduce",
    )
    context.set_default_timeout(15_000)
    name = django_settings.SESSION_COOKIE_NAME
    for key, value in ((name, cookies.cookies[name].value), ("django_language", "en")):
        context.add_cookies([{"name": key, "value": value, "url": live_server.url}])
    yield stage, context.new_page()
    context.close()
    tenancy.leave()


def sound(page: Page) -> None:
    """axe finds nothing, and nothing scrolls sideways on a wide or a narrow screen."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run()")["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": 900})
        over = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(over) == 0, width


def _send(page: Page, folder: Path, parent: Path) -> None:
    """Choose the zip of the folder and send it by keyboard."""
    file = parent / f"{folder.parent.name}.zip"
    file.write_bytes(zipped(folder).read())
    page.locator("#file").set_input_files(file)
    page.get_by_role("button", name="Look into the pack").focus()
    page.keyboard.press("Enter")


def test_a_pack_change_is_previewed_and_taken(desk: tuple[Stage, Page], tmp_path: Path) -> None:
    stage, page = desk
    stage.offer(stage.provider("Kallis Oy"), "home-care", "43.00")
    page.goto(at(stage))
    sound(page)
    page.get_by_role("link", name="Send in a new version").click()
    sound(page)

    # A slip is told at its line, and mended.
    broken = edited_pack("keusote", tmp_path / "broken", tray=swap('price: "43.70"', "price: 43,7"))
    _send(page, broken, tmp_path)
    expect(page.get_by_role("alert")).to_contain_text("faults in the pack")
    sound(page)
    mended = edited_pack("keusote", tmp_path / "mended", tray=swap(OLD, NEW))
    _send(page, mended, tmp_path)
    expect(page.get_by_role("heading", level=1)).to_have_text("What the new version does")
    expect(page.locator("main")).to_contain_text("1 offer has a price above the ceiling.")
    expect(page.locator("main")).to_contain_text("From Sat 1 Jun")
    sound(page)
    page.get_by_role("button", name="Take this pack into use").click()
    expect(page.get_by_role("status")).to_contain_text("The new version of the pack is in use.")
    page.get_by_role("link", name="Prices").click()
    expect(page.locator("main")).to_contain_text("Above the ceiling")
    sound(page)


def test_a_table_is_tried_mended_and_taken_in(desk: tuple[Stage, Page], tmp_path: Path) -> None:
    stage, page = desk
    for tab in ("Places", "Letters", "Imports"):
        page.goto(at(stage))
        page.get_by_role("link", name=tab, exact=True).click()
        sound(page)
    file = tmp_path / "clients.csv"
    head = "identity code;given name;family name;language;home municipality"
    file.write_text(f"{head}\n010150-900X;Aino;Esimerkki;fi;Atlantis\n", encoding="utf-8")
    page.get_by_role("radio", name="Clients").check()
    page.locator("#file").set_input_files(file)
    page.get_by_role("button", name="Look into the file").click()
    expect(page.locator("main")).to_contain_text("“Atlantis” is not a municipality of the region.")
    sound(page)
    page.get_by_role("button", name="Throw the file away").click()
    expect(page.get_by_role("status")).to_contain_text("The file is thrown away.")
