"""A list that is longer than a page has pages, or says how many are not shown."""

from __future__ import annotations

import re

import pytest

from tests.unit.web.conftest import signed_in
from tests.unit.web.page_desk import desk_of_each
from tests.unit.web.page_growth_desk import movings, queued
from tests.unit.web.page_rows import copies, first, one_of_each
from tests.unit.web.rows import Scene
from valinta.providers.models import Application


@pytest.fixture
def desk(world: Scene) -> Scene:
    """One of each thing on the desks."""
    one_of_each(world)
    desk_of_each(world)
    return world


def _rows(page: str) -> int:
    return len(re.findall(r'<th scope="row"', page))


def test_the_queue_has_pages_of_fifty_in_the_order_of_the_queue(desk: Scene) -> None:
    queued(desk)
    queued(desk)
    browser = signed_in(desk, "leena")
    first_page = browser.get("/casework/queue/").content.decode()
    assert _rows(first_page) == 50
    assert 'href="?page=2"' in first_page
    assert _rows(browser.get("/casework/queue/?page=2").content.decode()) == 9


def test_those_who_need_a_new_provider_have_pages_of_fifty(desk: Scene) -> None:
    movings(desk)
    movings(desk)
    browser = signed_in(desk, "leena")
    assert _rows(browser.get("/casework/moves/").content.decode()) == 50
    assert _rows(browser.get("/casework/moves/?page=2").content.decode()) == 9


def test_applications_beyond_fifty_are_counted_in_words(desk: Scene) -> None:
    copies(first(Application), 52, business_id=lambda n: f"{7_000_000 + n}-1")
    page = signed_in(desk, "oili").get(
        f"/office/{desk.programme.pk}/providers/", headers={"accept-language": "en"}
    )
    text = page.content.decode()
    assert "53 applications wait" in text
    assert "3 more are not shown." in text
