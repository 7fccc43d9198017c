"""What every answer carries, the pages for failures, and the clock at the edge."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.template import loader
from django.test import Client as Browser
from django.test import RequestFactory
from pytest_django import Settings

from tests.unit.web.conftest import signed_in
from tests.unit.web.rows import TODAY, Scene
from valinta.organisers.models import Organiser
from valinta.web import clock, errors

WEB = Path(clock.__file__).parent


def test_every_answer_refuses_code_from_elsewhere_and_inline(world: Scene) -> None:
    for page in ("/", "/sign-in/", "/nowhere/", "/my/"):
        policy = Browser().get(page).headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
    assert signed_in(world, "aino").get("/my/").headers["Cache-Control"] == "no-store"


def test_no_template_has_code_or_styles_of_its_own() -> None:
    for path in WEB.rglob("templates/**/*.html"):
        text = path.read_text(encoding="utf-8")
        # An attribute of a tag that is run when something happens; `with one=…` of a block is none.
        plain = re.sub(r"\{%.*?%\}", "", text, flags=re.DOTALL)
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", plain), path
        scripts = re.findall(r"<script\b[^>]*>(.*?)</script>", text, re.DOTALL)
        assert not any(scripts), f"{path}: a script of its own"
        assert len(scripts) == len(re.findall(r"<script src=\"{% static '", text)), path


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "Sivua ei löytynyt"), ("sv", "Sidan hittades inte"), ("en", "The page was not found")],
)
def test_the_page_for_what_is_not_there_is_in_the_readers_language(
    language: str, words: str, world: Scene
) -> None:
    answer = Browser(headers={"accept-language": language}).get("/nowhere/")
    assert answer.status_code == 404
    assert words in answer.content.decode()


def test_a_failure_answers_in_three_languages_without_the_database() -> None:
    answer = errors.failed(RequestFactory().get("/"))
    text = answer.content.decode()
    assert answer.status_code == 500
    for words in ("Jokin meni vikaan", "Något gick fel", "Something went wrong"):
        assert words in text


def test_a_form_without_its_token_changes_nothing_and_says_so(world: Scene) -> None:
    browser = Browser(enforce_csrf_checks=True, headers={"accept-language": "fi"})
    browser.force_login(world.users["aino"])
    answer = browser.post(f"/my/visits/{world.waiting.pk}/confirm/")
    assert answer.status_code == 403
    assert "Lomaketta ei lähetetty" in answer.content.decode()


def test_every_page_of_the_client_has_words_in_easy_language() -> None:
    for path in (WEB / "templates" / "client").glob("*.html"):
        text = path.read_text(encoding="utf-8")
        if '{% extends "client/base.html" %}' in text:
            easy = f'{{% include "client/easy/{path.name}" %}}'
            assert easy in text, f"{path.name} does not include {easy}"


def test_every_page_has_one_main_heading() -> None:
    for path in WEB.rglob("templates/*/*.html"):
        text = path.read_text(encoding="utf-8")
        if text.startswith("{% extends"):
            bases = "(casework|client|office|provider|public)/base|provider/apply_base|reading"
            frame = rf'{{% extends "({bases})\.html" %}}'
            inherits = re.match(frame, text)
            assert len(re.findall(r"<h1", text)) in ((0,) if inherits else (1, 2)), path
            frames = path.name in ("base.html", "apply_base.html")
            assert frames or not inherits or "{% block heading %}" in text, path
    assert (WEB / "templates" / "reading.html").read_text(encoding="utf-8").count("<h1") == 1
    assert loader.get_template("500.html").render().count("<h1") == 1


def test_the_demo_lives_on_its_own_day_and_real_organisers_today(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    helsinki = ZoneInfo("Europe/Helsinki")
    real = datetime(2026, 11, 22, 14, 30, 15, tzinfo=helsinki)
    monkeypatch.setattr("valinta.organisers.clock.timezone.localtime", lambda: real)
    organiser = Organiser(demo_today=TODAY)
    settings.DEMO = True
    assert clock.now(organiser) == datetime(2020, 11, 19, 14, 30, 15, tzinfo=helsinki)
    assert clock.today(Organiser()) == date(2026, 11, 22)
    settings.DEMO = False
    assert clock.today(organiser) == date(2026, 11, 22)


def test_the_clock_is_read_in_one_place_only() -> None:
    reading = re.compile(r"timezone\.(now|localtime|localdate)\(\)|datetime\.now|date\.today")
    for path in WEB.rglob("*.py"):
        if path.name != "clock.py":
            assert not reading.search(path.read_text(encoding="utf-8")), path


def test_every_own_stylesheet_refers_to_files_that_exist() -> None:
    folder = WEB / "static" / "valinta"
    for sheet in folder.glob("*.css"):
        for address in re.findall(r'url\("([^"]+)"\)', sheet.read_text(encoding="utf-8")):
            assert (folder / address).resolve().is_file(), (sheet.name, address)
