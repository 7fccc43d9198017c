"""The database of a command: up and migrated while the command runs, put away cleanly after it."""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import IO

from valinta.config.database import EmbeddedServer, NoDatabaseServer

PROJECT = Path(__file__).resolve().parents[3]
STOPS = (signal.SIGTERM, signal.SIGINT)
ONE_MIGRATES = 7_301_002  # the advisory lock under which the schema is brought up to date


class NotPrepared(RuntimeError):
    """There is no database to work with; the message says why and what to do."""


@contextmanager
def ready(project: Path = PROJECT) -> Iterator[str]:
    """Have Django set up on a migrated database, and give its URL.

    Uses the server that DATABASE_URL names. Without one, starts the embedded server in
    `var/postgres` of the project folder, or joins it when another command has it running; the last
    command to end stops it, on SIGTERM and Ctrl-C too. Raises NotPrepared.
    """
    with _stopping_cleanly(), _server(project) as url:
        _set_up()
        try:
            _migrate()
            yield url
        finally:
            _close_connections()


@contextmanager
def _server(project: Path) -> Iterator[str]:
    given = os.environ.get("DATABASE_URL")
    if given:
        yield given
        return
    with _embedded(project / "var" / "postgres") as url:
        os.environ["DATABASE_URL"] = url
        try:
            yield url
        finally:
            del os.environ["DATABASE_URL"]


@contextmanager
def _embedded(folder: Path) -> Iterator[str]:
    """The server in the folder, shared by all commands that run at the same time.

    `turn` is locked while one starts or stops it; `use` is held shared by each that needs it. The
    system gives both back when a command is killed, so the next one finds things in order.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (
        folder.with_suffix(".turn").open("w") as turn,
        folder.with_suffix(".use").open("w") as use,
    ):
        with _locked(turn):
            try:
                server = EmbeddedServer(folder)
                url = server.start()
            except NoDatabaseServer as error:
                raise NotPrepared(str(error)) from error
            fcntl.flock(use, fcntl.LOCK_SH)
        try:
            yield url
        finally:
            with _undisturbed(), _locked(turn):
                if _alone(use):
                    server.stop()


@contextmanager
def _locked(file: IO[str]) -> Iterator[None]:
    fcntl.flock(file, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)


def _alone(file: IO[str]) -> bool:
    with suppress(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


@contextmanager
def _stopping_cleanly() -> Iterator[None]:
    """Let SIGTERM unwind the command as Ctrl-C does, so that what it opened is closed."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _unwind)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _unwind(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Stop the server in peace: an impatient second Ctrl-C is not heard, here or by its program."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, signal.SIG_IGN) for number in STOPS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _set_up() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "valinta.config.settings")
    django.setup()


def _migrate() -> None:
    """Bring the schema up to date as its owner; commands that start together take turns."""
    from django.db import OperationalError, connections
    from django.db.migrations.executor import MigrationExecutor

    from valinta.config.starting_schema import bring_up_to_date

    owner = connections["owner"]
    try:
        with owner.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_MIGRATES])
    except OperationalError as error:
        raise NotPrepared(
            f"The database does not answer: {str(error).strip()}. Check DATABASE_URL, or unset it"
            " to use the embedded database."
        ) from error
    executor = MigrationExecutor(owner)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Preparing the database…", file=sys.stderr)
        bring_up_to_date()
    # The lock goes with the connection.
    owner.close()


def _close_connections() -> None:
    """Close what this process has open, for the server to stop without waiting."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        close_pool = getattr(connection, "close_pool", None)
        if close_pool:
            close_pool()
