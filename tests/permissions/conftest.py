"""Two programmes of two organisers, played once by the demo's verbs, with people of every role.

Each test works on the same rows in a transaction that is rolled back.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests import databases
from tests.conftest import django_at
from tests.permissions.cast import Side, play_side
from valinta.demo import play as demo_play
from valinta.organisers import tenancy


@dataclass(frozen=True)
class Told:
    """Where the played database is, who lives in it, and the folder of files that left it."""

    url: str
    sides: tuple[Side, Side]
    out: Path


@dataclass(frozen=True)
class Two:
    """Two organisers that know nothing of each other. `out` holds the payment files."""

    here: Side
    there: Side
    out: Path

    @property
    def both(self) -> tuple[Side, Side]:
        return self.here, self.there


@pytest.fixture(scope="session")
def told(
    database_template: str,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Told]:
    """A database of its own in which both programmes have been played."""
    out = tmp_path_factory.mktemp("out")
    with (
        django_db_blocker.unblock(),
        databases.copied(os.environ["DATABASE_URL"], database_template) as url,
    ):
        # Only while they are played: other tests of this worker play the demo as it is.
        with pytest.MonkeyPatch.context() as patch, django_at(url):
            patch.setattr(demo_play, "CLIENTS", 6)
            sides = (play_side("kanta-hame", 1, out), play_side("example-county-2026", 2, out))
        yield Told(url, sides, out)


@pytest.fixture
def two(told: Told, django_db_blocker: DjangoDbBlocker) -> Iterator[Two]:
    """Both organisers, inside a transaction, with nothing in scope."""
    with django_db_blocker.unblock(), django_at(told.url), transaction.atomic():
        tenancy.leave()
        yield Two(*told.sides, told.out)
        transaction.set_rollback(True)
