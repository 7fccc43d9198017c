"""What is on the stage when a browser test begins: set once by each worker, copied for each test.

Setting a stage takes seconds and copying its database takes a blink.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from tests import databases
from tests.conftest import POOL_FOR_RACES, django_at
from valinta.organisers import tenancy

Build = Callable[[], Any]


class Stages:
    """The stages of one worker, by the function that sets them."""

    def __init__(self, template: str) -> None:
        self._template = template
        self._url = os.environ["DATABASE_URL"]
        self._kept = ExitStack()
        self._set: dict[Build, tuple[str, Any]] = {}

    @contextmanager
    def copied(self, build: Build) -> Iterator[Any]:
        """Django on a copy of the stage, in nobody's tenancy scope; gives what `build` gave."""
        name, value = self._ready(build)
        with (
            databases.copied(self._url, name) as url,
            django_at(url, pool=POOL_FOR_RACES),
        ):
            yield copy.deepcopy(value)

    def close(self) -> None:
        """Drop the databases of all stages."""
        self._kept.close()

    def _ready(self, build: Build) -> tuple[str, Any]:
        if build not in self._set:
            url = self._kept.enter_context(databases.copied(self._url, self._template))
            with django_at(url):
                value = build()
                tenancy.leave()
            self._set[build] = (databases.name_of(url), value)
        return self._set[build]
