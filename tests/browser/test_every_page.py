"""Every page there is, in every language, in easy words, in every scheme, narrow and enlarged."""

from __future__ import annotations

import re
from itertools import groupby

import pytest
from playwright.sync_api import Route

from tests.browser.county import County, county_on_stage
from tests.browser.inspection import Inspector
from tests.browser.look import Look
from tests.browser.pages import DEEPER, looks
from tests.browser.site import Site
from tests.browser.stages import Build
from tests.tour import stops
from valinta.organisers import tenancy
from valinta.web.routes import ROUTES

pytestmark = pytest.mark.browser

# The API has no pages: its description is tried by tests of its own.
PAGES = [name for name in ROUTES if not name.startswith("api:")]
MOST = 6  # addresses that one test looks at, so that the workers share them evenly

# A second heading, a picture without words, a wide box, and a style and script that are refused.
SPOILT = (
    '<h1>Again</h1><img src="/static/valinta/mark.svg" width="900">'
    '<p style="color: red">Red</p><script>alert(1)</script>'
)


@pytest.fixture
def build() -> Build:
    return county_on_stage


def slices() -> dict[str, list[str]]:
    """The table of routes in short stretches, each within one portal, and the pages for errors."""
    made = {"errors": ["error"]}
    for portal, names in groupby(sorted(PAGES), key=lambda name: name.split(":")[0]):
        every = list(names)
        for start in range(0, len(every), MOST):
            made[f"{portal}-{start // MOST + 1}"] = every[start : start + MOST]
    return made


SLICES = slices()


@pytest.mark.parametrize("names", SLICES.values(), ids=SLICES.keys())
def test_every_page_is_sound_in_every_language_scheme_and_width(
    names: list[str], site: Site
) -> None:
    inspector = Inspector(site)
    wrong: list[str] = []
    for reader, own in groupby(looks(site.cast, names), key=lambda look: look.reader):
        site.be(reader)
        wrong += [fault for look in own for fault in inspector.faults(look)]
    assert wrong == [], "\n" + "\n".join(wrong)


def test_every_address_is_on_the_tour_as_a_page_a_file_or_something_to_do(site: Site) -> None:
    county: County = site.cast
    with tenancy.scope([county.programme.organiser_id]):
        found, missing = stops(county.programme, county.favourite)
    assert [str(one) for one in missing] == []
    assert {one.name for one in found} == set(PAGES)
    # Those that the tour does not come by are read above, and an answer of another kind is told.
    toured = [look for look in looks(county, PAGES) if look.by_tour]
    assert [look for look in toured if not _leads_somewhere(site, look)] == []


def _leads_somewhere(site: Site, look: Look) -> bool:
    """Whether the address can be read, or only posted to, or is read at another of its examples."""
    status, _ = Inspector(site.be(look.reader)).opens(look)
    return look.name in DEEPER if status == 302 else status in (look.status, 405)


def test_a_page_that_is_not_sound_is_found_out(site: Site) -> None:
    """Each kind of fault is planted in a sound page, and told of."""
    look = Look("public:front", "/", None)
    inspector = Inspector(site)
    assert inspector.faults(look) == []
    site.page.route("**/", _spoil)
    told = "\n".join(inspector.faults(look))
    for words in (
        "lang is 'xx'",
        "title is ''",
        "2 headings of the first level",
        "light | image-alt",
        "320 px |",
        "Content Security Policy",
    ):
        assert words in told, (words, told)


def _spoil(route: Route) -> None:
    answer = route.fetch()
    text = re.sub(r'<html lang="\w+">', '<html lang="xx">', answer.text())
    text = re.sub(r"<title>.*?</title>", "<title></title>", text, flags=re.DOTALL)
    route.fulfill(response=answer, body=text.replace("</main>", SPOILT + "</main>"))
