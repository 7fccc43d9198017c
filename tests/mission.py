"""Which rows of the mission a test shows: `@shows("KEU-1", "KEU-3")` above a test function."""

from __future__ import annotations

import pytest

MARK = "mission"


def shows(*rows: str) -> pytest.MarkDecorator:
    """Mark a test as the one that shows these rows of docs/mission.md."""
    mark: pytest.MarkDecorator = getattr(pytest.mark, MARK)
    return mark(*rows)
