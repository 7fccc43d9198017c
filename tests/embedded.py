"""Pytest plugin: a PostgreSQL server for the tests, up before Django reads its settings.

Where DATABASE_URL is set, that server is used. Else the project's embedded server is started in
`var/test-postgres`, without durability, because a test that loses power is run again. Runs that
overlap share the server and the last one stops it; a run that was killed leaves it to the next.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import psycopg
import pytest

from tests import databases
from valinta.config.database import EmbeddedServer

FOLDER = Path(__file__).resolve().parents[1] / "var" / "test-postgres"
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "max_connections": "300",  # every worker has a pool, and race tests open 32 more
}


class SharedServer:
    """One server for all runs of this checkout that go on at the same time.

    Locks on two files say who is there: `turn` is held while starting or stopping, `use` is held
    shared for as long as a run needs the server. The system gives both back when a run is killed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.parent.mkdir(parents=True, exist_ok=True)
        self._turn = _lock_file(folder.with_suffix(".turn"))
        self._use = _lock_file(folder.with_suffix(".use"))
        self._server = EmbeddedServer(folder, settings=SETTINGS)

    def start(self) -> str:
        """Start or join the server, and return the URL of a database on it."""
        with _held(self._turn):
            alone = _try_alone(self._use)
            url = self._start(alone)
            if alone:
                databases.drop_leftovers(url)
            fcntl.flock(self._use, fcntl.LOCK_SH)
        return url

    def stop(self) -> None:
        """Stop the server unless another run still uses it."""
        with _held(self._turn):
            if _try_alone(self._use):
                self._server.stop()
            self._use.close()

    def _start(self, alone: bool) -> str:
        try:
            return self._server.start()
        except (subprocess.SubprocessError, psycopg.Error, OSError, AssertionError):
            if not alone:
                raise
            # What a killed run or another version of PostgreSQL left behind holds nothing of value.
            # Without the file that names its process, stopping cannot hit another one.
            (self._folder / "postmaster.pid").unlink(missing_ok=True)
            with suppress(subprocess.SubprocessError):
                self._server.stop()
            shutil.rmtree(self._folder)
            return self._server.start()


def _lock_file(path: Path) -> IO[str]:
    try:
        return path.open("w")
    except PermissionError as error:
        raise pytest.UsageError(
            f"{path.parent} belongs to another user from an earlier run:"
            " remove it, or set DATABASE_URL."
        ) from error


@contextmanager
def _held(lock: IO[str]) -> Iterator[None]:
    fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(lock, fcntl.LOCK_UN)


def _try_alone(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Start the server before pytest-django loads the settings; workers inherit the URL."""
    if not os.environ.get("DATABASE_URL") and not early_config.known_args_namespace.help:
        server = SharedServer(FOLDER)
        os.environ["DATABASE_URL"] = server.start()
        early_config.add_cleanup(server.stop)
    return (yield)
