"""Two programmes of two organisers, played once by the demo's verbs, with people of every role.

Each test works on the same rows in a transaction that is rolled back.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client as Browser
from pytest_django.plugin import DjangoDbBlocker

from tests import databases
from tests.conftest import django_at
from tests.permissions.cast import Side, play_side
from valinta.audit.models import Entry
from valinta.demo import play as demo_play
from valinta.organisers import tenancy
from valinta.users.models import User


@dataclass(frozen=True)
class Told:
    """Where the played database is, who lives in it, and the folder of files that left it."""

    url: str
    sides: tuple[Side, Side]
    out: Path
    sessions: Mapping[int, str]
    last_entry: int


@dataclass(frozen=True)
class Two:
    """Two organisers that know nothing of each other. `out` holds the payment files."""

    here: Side
    there: Side
    out: Path
    # By the key of the user: the session of somebody who has signed in.
    sessions: Mapping[int, str]
    # The last row of both audit logs before the test.
    last_entry: int

    @property
    def both(self) -> tuple[Side, Side]:
        return self.here, self.there

    def browser(self, user_id: int | None) -> Browser:
        """A browser in which the user has signed in, or nobody has."""
        browser = Browser()
        if user_id is not None:
            browser.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[user_id]
        return browser


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
        with django_at(url):
            sessions = _sign_in(sides)
            last = max(_last_entry(side) for side in sides)
        yield Told(url, sides, out, sessions, last)


def _last_entry(side: Side) -> int:
    with side.scope():
        return int(Entry.objects.order_by("-pk").values_list("pk", flat=True)[0])


def _sign_in(sides: tuple[Side, Side]) -> dict[int, str]:
    """The session of each person, so that not every page that is opened needs its own."""
    sessions = {}
    for user in User.objects.filter(pk__in=[pk for side in sides for pk in side.users.values()]):
        browser = Browser()
        browser.force_login(user)
        sessions[user.pk] = browser.cookies[settings.SESSION_COOKIE_NAME].value
    return sessions


@pytest.fixture
def two(told: Told, django_db_blocker: DjangoDbBlocker) -> Iterator[Two]:
    """Both organisers, inside a transaction, with nothing in scope."""
    with django_db_blocker.unblock(), django_at(told.url), transaction.atomic():
        tenancy.leave()
        yield Two(*told.sides, told.out, told.sessions, told.last_entry)
        transaction.set_rollback(True)
