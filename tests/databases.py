"""Databases for tests: migrated once into a template, and copied from it in a blink.

Every name begins with `valinta_test_`, so what a killed run leaves behind is known as such.
"""

from __future__ import annotations

import ast
import hashlib
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from valinta.config.database import with_name
from valinta.config.starting_schema import FILE

SOURCE = Path(__file__).resolve().parents[1] / "src"
PREFIX = "valinta_test_"
TEMPLATE = PREFIX + "template_"
ONE_BUILDER = 7_301_001  # the advisory lock under which a template is built


def template(url: str, key: str, build: Callable[[str], None]) -> str:
    """The name of the template for this key; `build` fills a new database, once for all workers.

    `build` gets the URL of an empty database. It works under another name until it is whole, so
    a run that is killed meanwhile leaves nothing that looks finished.
    """
    name = TEMPLATE + key
    with _connected(url) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [ONE_BUILDER])
        if _exists(connection, name):
            return name
        half = PREFIX + "half_" + key
        _drop(connection, half)
        _execute(connection, "CREATE DATABASE {}", half)
        build(with_name(url, half))
        _execute(connection, "ALTER DATABASE {} RENAME TO {}", half, name)
        # Nobody connects to a template by accident, not even autovacuum: that would block copying.
        _execute(connection, "ALTER DATABASE {} WITH ALLOW_CONNECTIONS false", name)
    return name


@contextmanager
def copied(url: str, source: str) -> Iterator[str]:
    """The URL of a new database copied from a template; it is dropped afterwards."""
    name = PREFIX + uuid.uuid4().hex[:16]
    with _connected(url) as connection:
        _execute(connection, "CREATE DATABASE {} TEMPLATE {}", name, source)
    try:
        yield with_name(url, name)
    finally:
        with _connected(url) as connection:
            _drop(connection, name)


def name_of(url: str) -> str:
    """The database that a URL names."""
    return unquote(urlsplit(url).path.lstrip("/"))


def drop_leftovers(url: str) -> None:
    """Drop what killed runs left, and templates of other migrations. Only when nobody else runs."""
    keep = TEMPLATE + migrations_key()
    with _connected(url) as connection:
        rows = connection.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX]
        ).fetchall()
        for (name,) in rows:
            if not name.startswith(keep):
                _drop(connection, name)


def migrations_key() -> str:
    """A key that changes with the migrations, with every module of ours they take SQL from, and
    with the written schema that a new database starts from.
    """
    digest = hashlib.sha256()
    seen: set[Path] = set()
    waiting = sorted(SOURCE.glob("valinta/*/migrations/*.py"))
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen.add(path)
            waiting.extend(_imported(path))
    for path in sorted(seen):
        digest.update(path.read_bytes())
    digest.update(FILE.read_bytes())
    return digest.hexdigest()[:12]


def _imported(path: Path) -> Iterator[Path]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("valinta."):
            module = SOURCE / str(node.module).replace(".", "/")
            for one in (module.with_suffix(".py"), module / "__init__.py"):
                if one.exists():
                    yield one


@contextmanager
def _connected(url: str) -> Iterator[psycopg.Connection]:
    connection = psycopg.connect(url, autocommit=True)
    try:
        yield connection
    finally:
        connection.close()


def _execute(connection: psycopg.Connection, text: str, *names: str) -> None:
    connection.execute(sql.SQL(text).format(*map(sql.Identifier, names)))


def _exists(connection: psycopg.Connection, name: str) -> bool:
    row = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    return row is not None


def _drop(connection: psycopg.Connection, name: str) -> None:
    _execute(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
