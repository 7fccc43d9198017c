"""One of everything that pages list, and the table of what makes twenty-nine more of each."""

from __future__ import annotations

from collections.abc import Mapping

from tests.unit.web import (
    page_growth,
    page_growth_company,
    page_growth_desk,
    page_growth_office,
    page_growth_wishes,
    page_supply,
)
from tests.unit.web.page_company import company_of_each
from tests.unit.web.page_desk import desk_of_each
from tests.unit.web.page_kinds import GROWTH, Grow
from tests.unit.web.page_rows import one_of_each
from tests.unit.web.rows import Scene

__all__ = ["ALL", "one_of_everything"]

# These have put their kinds into the table.
_MODULES = (
    page_growth,
    page_growth_desk,
    page_growth_office,
    page_growth_wishes,
    page_supply,
    page_growth_company,
)
ALL: Mapping[str, Grow] = GROWTH


def one_of_everything(world: Scene) -> None:
    """What the cast of the web tests lacks: a row of each kind, also for workers and companies."""
    one_of_each(world)
    desk_of_each(world)
    company_of_each(world)
