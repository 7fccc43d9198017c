"""Every page of a county that lives, in each language: no word of another one is left over."""

from __future__ import annotations

import pytest
from django.test import Client as Browser
from pytest_django import Settings

from tests.browser.county import County, county_on_stage
from tests.browser.pages import DEEPER, Look, looks
from tests.languages import LANGUAGES
from tests.walk import Walk
from valinta.organisers import tenancy
from valinta.organisers.models import Organiser
from valinta.web.routes import ROUTES

# The gallery of components is for those who build pages, in English, with examples of its own.
GALLERY = "public:gallery"
# What the cells of the county's faulty files have.
IN_FILES = ("Atlantis", "arki", "kallis", "de")
# Pages are read by these and by nobody else; what answers otherwise is no page.
READ = "text/html"


@pytest.fixture
def county(db: None, settings: Settings) -> County:
    settings.DEMO = True
    one = county_on_stage()
    tenancy.leave()
    return one


def faults_on(look: Look, language: str, easy: str, walk: Walk) -> None:
    if look.deed is not None:
        # Only a real browser gets there.
        return
    walk.browser.cookies["easy"] = easy
    answer = walk.browser.get(look.path)
    if look.by_tour and (answer.status_code != 200 or READ not in answer.headers["Content-Type"]):
        return
    assert answer.status_code == look.status, look.path
    walk.look(f"{look.name} {language} {look.path}", answer.content)


def test_no_page_has_a_word_of_another_language_left_over(county: County) -> None:
    faults: list[str] = []
    seen: set[str] = set()
    organiser_id = county.programme.organiser_id
    for language in LANGUAGES:
        walk = Walk(language, (organiser_id,))
        # English has no name of its own for the organiser.
        walk.typed = {"xyzzy", "siivous", *IN_FILES}
        if language == "en":
            walk.typed |= set(Organiser.objects.values_list("name_fi", flat=True))
        last = None
        for look in looks(county, {*ROUTES, *DEEPER} - {GALLERY}):
            if look.reader != last:
                walk.browser = Browser()
                walk.browser.cookies["django_language"] = language
                if look.reader is not None:
                    walk.browser.force_login(look.reader)
            last = look.reader
            faults_on(look, language, "1" if language == "sv" else "0", walk)
            seen.add(look.name)
        faults += walk.faults
    assert len(seen) > 50
    assert not faults, "\n".join(sorted(set(faults)))
