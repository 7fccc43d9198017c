"""Programmes from their packs, for the tests of the public pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from django.core import signing
from django.test import Client as Browser
from pytest_django import Settings

from tests.cast import Stage, open_stage
from valinta.organisers import tenancy

FORM = {
    "municipality": "598",
    "group": "jakobstad-carers",
    "whom": "self",
    "name": "Greta Exempel",
    "phone": "040 123 4567",
    "language": "sv",
    "words": "Jag orkar inte städa längre.",
}
OSTERBOTTEN = "/programmes/osterbotten/osterbotten/"


def staged(pack: str, on: date, settings: Settings) -> Stage:
    """A programme whose people live on the day; the connection is left as a visitor finds it."""
    settings.DEMO = True
    stage = open_stage(pack, on=on)
    stage.organiser.demo_today = on
    stage.organiser.save()
    tenancy.leave()
    return stage


def visitor(language: str = "fi") -> Browser:
    """Someone who has not signed in."""
    return Browser(headers={"accept-language": language})


def read(browser: Browser, path: str, status: int = 200) -> str:
    """The page's text, after its status was checked."""
    answer = browser.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return answer.content.decode()


def seal_of(page: str) -> str:
    """The seal of a form on a page."""
    found = re.search(r'name="seal" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def old_seal(seal: str, seconds: int) -> str:
    """The same form, as if it had been opened so many seconds earlier."""
    signer = signing.TimestampSigner(salt="valinta.interest")
    key, stamp, _ = seal.rsplit(":", 2)
    earlier = signing.b62_encode(signing.b62_decode(stamp) - seconds)
    text = f"{key}:{earlier}"
    return f"{text}:{signer.signature(text)}"


def filled(browser: Browser, path: str, **other: str) -> Mapping[str, str]:
    """The form of a page, opened a minute ago and filled in."""
    seal = seal_of(read(browser, path))
    return FORM | {"seal": old_seal(seal, 60)} | other
