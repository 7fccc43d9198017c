"""Whatever is typed into the forms of the workers and the office, the site answers for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client as Browser
from lxml import html
from pytest_django import Settings

from tests.permissions import addresses
from tests.permissions.conftest import Two
from tests.permissions.routes import TABLE
from valinta.users.models import User
from valinta.web.routes import ROUTES

WHO = {"casework:": ("case manager", "decision maker"), "office:": ("office",)}
TAG = "<b onmouseover=hostile>"
HOSTILE = {
    "signs": f"{TAG}\"'><script>hostile()</script> #set page(width: 1pt) {{{{ 7*7 }}}}\r\n\t"
    "\u202eabc\u2066 \U0001f600 \0 \ufeff a\a\x1b[31m ٣²½",
    "long": "ä" * 5_000,
    "spaces": " \u00a0\u2003 ",
    "number": "9" * 5_000,
}
# With what cannot be typed filled in as well: choices and hidden fields.
EVERYWHERE = ("signs", "number")
DAYS = ("9999-12-31", "1.1.0001", "31.2.2019", "2019-13-45", "٣.٣.2019")


@pytest.fixture(autouse=True)
def demo(settings: Settings) -> None:
    """The demo's clock: each organiser's people live on their own day."""
    settings.DEMO = True


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a page: where it goes, how, and its fields with a kind and the first value."""

    address: str
    method: str
    fields: tuple[tuple[str, str, str], ...]

    def filled(self, words: str, *, everything: bool) -> dict[str, Any]:
        """The form as it is sent; `everything`: what could not be typed is sent as well."""
        sent = self.as_it_is
        for name, kind, _ in self.fields:
            if kind in ("typed", "day") or (everything and kind in ("chosen", "hidden")):
                sent[name] = words
        return sent

    def with_day(self, day: str) -> dict[str, Any] | None:
        """The form filled in, and its days as given; None for a form without days."""
        days = [name for name, kind, _ in self.fields if kind == "day"]
        words = {name: "12" for name, kind, _ in self.fields if kind == "typed"}
        return {**self.as_it_is, **words, **dict.fromkeys(days, day)} if days else None

    @property
    def as_it_is(self) -> dict[str, Any]:
        """The form as it came."""
        return {
            name: SimpleUploadedFile("x.pdf", b"%PDF-1.7") if kind == "file" else value
            for name, kind, value in self.fields
        }

    def every_way(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Each way to fill it in, with a word for it."""
        for name, words in HOSTILE.items():
            yield name, self.filled(words, everything=False)
            if name in EVERYWHERE:
                yield f"{name} everywhere", self.filled(words, everything=True)
        for day in DAYS:
            filled = self.with_day(day)
            if filled is not None:
                yield day, filled


def forms_of(page: str, address: str) -> Iterator[Form]:
    for form in html.fromstring(page).forms:
        where = form.get("action") or address
        if not where.startswith(("/casework/", "/office/")):
            continue
        fields = []
        for one in form.inputs:
            if not one.name:
                continue
            if one.tag == "textarea" or one.get("type", "text") in (
                "text", "date", "email", "tel", "number", "search",
            ):  # fmt: skip
                is_day = one.get("type") == "date" or one.name.endswith(("_on", "_by", "_until"))
                is_day = is_day or one.name in ("on", "day")
                fields.append((one.name, "day" if is_day else "typed", one.get("value") or ""))
            elif one.tag == "select":
                value = next((v for v in one.value_options if v), "")
                fields.append((one.name, "chosen", value))
            elif one.get("type") == "file":
                fields.append((one.name, "file", ""))
            else:
                kind = "hidden" if one.get("type") == "hidden" else "chosen"
                fields.append((one.name, kind, one.get("value") or ""))
        buttons = form.xpath(".//button[@name]")
        fields += [(one.get("name"), "button", one.get("value") or "") for one in buttons]
        yield Form(where, (form.get("method") or "get").upper(), tuple(fields))


def pages(space: str) -> list[str]:
    return [name for name in ROUTES if name.startswith(space) and TABLE[name][0] == "GET"]


def send(browser: Browser, form: Form, sent: dict[str, Any]) -> HttpResponse:
    answer: HttpResponse
    with transaction.atomic():
        if form.method == "POST":
            answer = browser.post(form.address, sent, follow=True)
        else:
            answer = browser.get(form.address, sent)
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize("name", [*pages("casework:"), *pages("office:")])
def test_no_form_falls_over_what_is_typed_into_it(name: str, two: Two) -> None:
    here = two.here
    address = addresses.address(name, here)
    fell: list[tuple[str, ...]] = []
    for who in WHO[f"{name.split(':')[0]}:"]:
        browser = Browser()
        browser.force_login(User.objects.get(pk=here.users[who]))
        page = browser.get(address)
        if page.status_code != 200 or not page["Content-Type"].startswith("text/html"):
            continue
        for form in forms_of(page.content.decode(), address):
            for kind, sent in form.every_way():
                try:
                    answer = send(browser, form, sent)
                except Exception as error:  # the test names every form that falls over
                    fell.append((who, form.address, kind, repr(error)[:300]))
                    continue
                if answer.status_code >= 500 or TAG.encode() in answer.content:
                    fell.append((who, form.address, kind, str(answer.status_code)))
    assert not fell, "\n".join(map(str, fell))
