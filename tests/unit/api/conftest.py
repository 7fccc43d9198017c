"""The scene of the API's tests."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from tests.api import Scene, open_scene


@pytest.fixture
def scene(db: None, settings: Settings) -> Scene:
    """A provider with an order and a system that may do everything."""
    settings.DEMO = True
    return open_scene()
