"""Components of the pages get what they show."""

from __future__ import annotations

import re
from pathlib import Path

TEMPLATES = Path(__file__).parents[3] / "src" / "valinta" / "web" / "templates"
# A component does not know the filters that the page around it has loaded, only Django's own.
FILTERED = re.compile(r'\s:[a-z_]+="[^"]*\|(?!default:)[^"]*"')


def test_no_component_is_given_a_value_through_a_filter_that_it_does_not_know() -> None:
    lost = {
        path.name: found
        for path in TEMPLATES.rglob("*.html")
        if (found := FILTERED.findall(path.read_text(encoding="utf-8")))
    }
    assert lost == {}
