"""The schema that empty databases start from is what the migrations lead to, one by one."""

from __future__ import annotations

import os

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from pytest_django.plugin import DjangoDbBlocker

from tests import databases
from tests.conftest import django_at
from tools.schema import dumped, settled
from valinta.config.database import with_name
from valinta.config.starting_schema import FILE, migrations_in, start

MEND = "Run `make schema`."


def test_the_written_schema_knows_every_migration() -> None:
    assert set(migrations_in(FILE.read_text())) == set(MigrationLoader(None).disk_migrations), MEND


@pytest.mark.usefixtures("database_template")
def test_it_is_what_the_migrations_lead_to(django_db_blocker: DjangoDbBlocker) -> None:
    server = os.environ["DATABASE_URL"]
    name = f"{databases.PREFIX}one_by_one_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    url = with_name(server, name)
    try:
        with django_db_blocker.unblock(), django_at(url):
            call_command("migrate", database="owner", verbosity=0, interactive=False)
            made = settled(url)
            connections["owner"].close()
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    assert made in FILE.read_text(), MEND


def test_a_database_that_starts_from_it_is_the_same(fresh_database: str) -> None:
    strange = set(dumped(fresh_database).splitlines()) - set(FILE.read_text().splitlines())
    assert strange == set()
    assert dumped(fresh_database) in FILE.read_text()


def test_a_schema_of_another_time_is_not_used(fresh_database: str) -> None:
    assert not start("-- migration clients 0999_of_another_time\nSELECT 1 / 0;\n")
