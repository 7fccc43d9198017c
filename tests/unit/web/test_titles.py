"""The title of a worker's page says which page it is, and never whose: browsers keep titles."""

from __future__ import annotations

import re
from collections import defaultdict
from html import unescape

from tests.unit.web.page_everything import one_of_everything
from tests.unit.web.page_round import View, is_page, views
from tests.unit.web.rows import Scene
from valinta.clients.models import Client
from valinta.organisers import tenancy


def _title(view: View) -> str:
    answer = view.open(headers={"accept-language": "en"})
    if not is_page(answer):
        return ""
    found = re.search(r"<title>(.*?)</title>", answer.content.decode(), re.DOTALL)
    return unescape(found[1]).strip() if found else ""


def test_titles_of_workers_pages_tell_the_pages_apart_and_name_nobody(world: Scene) -> None:
    one_of_everything(world)
    of: dict[str, set[str]] = defaultdict(set)
    for view in views(world):
        if view.name.startswith(("casework:", "office:", "provider:")) and (title := _title(view)):
            of[title].add(view.name)
    assert len(of) > 60
    tenancy.enter([world.organiser.pk], None)
    names = {name for one in Client.objects.all() for name in (one.given_name, one.family_name)}
    assert [title for title in of if any(re.search(rf"\b{name}\b", title) for name in names)] == []
    assert {title: sorted(pages) for title, pages in of.items() if len(pages) > 1} == {}
    assert [title for title in of if title.startswith("–")] == []
