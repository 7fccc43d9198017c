"""No filter or tag of ours takes the name of one of Django's, which templates then would miss."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from django.template import defaultfilters, defaulttags
from django.template.loader_tags import register as loading

import valinta.web.templatetags

OURS = sorted(
    path.stem
    for path in Path(valinta.web.templatetags.__path__[0]).glob("*.py")
    if path.stem != "__init__"
)


@pytest.mark.parametrize("name", OURS)
def test_no_filter_or_tag_shadows_djangos(name: str) -> None:
    library = import_module(f"valinta.web.templatetags.{name}").register
    assert library.filters or library.tags
    assert not set(library.filters) & set(defaultfilters.register.filters)
    assert not set(library.tags) & {*defaulttags.register.tags, *loading.tags}
