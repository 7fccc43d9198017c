"""An empty database gets the schema as it was written out, and only newer migrations run after it.

The migrations one by one take half a minute, nearly all of it for Django to picture each state of
the models on the way; what they lead to is in place in two seconds. `schema.sql` beside this module
is that, with the rows that migrations put in: written by `make schema`, held true by
`tests/repository/test_starting_schema.py`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations.loader import MigrationLoader

from valinta.organisers.schema import LATER_TABLES, MAKE_ROLE

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

FILE = Path(__file__).with_name("schema.sql")
OWNER = "owner"
# A line of the file for each migration that led to it.
MARK = "-- migration "
_IS_EMPTY = """
SELECT NOT EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'v', 'p', 'm')
        AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e'))
"""


def bring_up_to_date() -> None:
    """Migrate the owner's database; an empty one starts from the schema that is written out."""
    if _is_empty(connections[OWNER]):
        start(FILE.read_text())
    call_command("migrate", database=OWNER, verbosity=0, interactive=False)


def start(text: str) -> bool:
    """Load the written schema into an empty database. Whether it fits the migrations there are.

    A file that knows a migration that is no more is of another time: nothing is done.
    """
    owner = connections[OWNER]
    known = migrations_in(text)
    if not set(known) <= set(MigrationLoader(None).disk_migrations):
        return False
    with transaction.atomic(using=OWNER), owner.cursor() as cursor:
        cursor.execute(MAKE_ROLE)
        # The tables first: what they allow is written out, and must not be added to.
        cursor.execute(text)
        cursor.execute("SET LOCAL search_path = public")
        cursor.execute(LATER_TABLES)
        for app, name in known:
            cursor.execute(
                "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, now())",
                [app, name],
            )
    owner.close()
    return True


def migrations_in(text: str) -> list[tuple[str, str]]:
    """The migrations that led to a written schema: app and name, in the order they ran."""
    lines = [one.removeprefix(MARK) for one in text.splitlines() if one.startswith(MARK)]
    return [(app, name) for app, name in (line.split(" ") for line in lines)]


def _is_empty(owner: BaseDatabaseWrapper) -> bool:
    with owner.cursor() as cursor:
        cursor.execute(_IS_EMPTY)
        ((found,),) = cursor.fetchall()
    return bool(found)
