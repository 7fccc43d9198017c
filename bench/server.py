"""A server of the benchmark's own, durable as any other, with a fresh migrated database."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from valinta.config.database import EmbeddedServer, with_name

FOLDER = Path(__file__).resolve().parents[1] / "var" / "bench-postgres"
DATABASE = "valinta_bench"
# Said aloud although they are the defaults: a benchmark without them would measure nothing.
SETTINGS = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


@contextmanager
def fresh_database(folder: Path = FOLDER, name: str = DATABASE) -> Iterator[str]:
    """The URL of an empty, migrated database with Django set up on it; the server stops after."""
    server = EmbeddedServer(folder, settings=SETTINGS)
    url = server.start()
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {name}")
        ours = with_name(url, name)
        os.environ["DATABASE_URL"] = ours
        _set_up()
        yield ours
        _close()
    finally:
        server.stop()


def _set_up() -> None:
    import django
    from django.conf import settings

    os.environ["DJANGO_SETTINGS_MODULE"] = "valinta.config.settings"
    # The race for one budget opens 32 connections.
    settings.DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 40}
    django.setup()
    from valinta.config.starting_schema import bring_up_to_date

    bring_up_to_date()


def _close() -> None:
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        close_pool = getattr(connection, "close_pool", None)
        if close_pool:
            close_pool()
