"""What the application's role can do to the database besides rows: as good as nothing."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, connections, transaction
from psycopg import errors

from tests.permissions.conftest import Two
from valinta.audit.models import Entry
from valinta.organisers.schema import APPLICATION_ROLE


def _do(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text)


def _rows(text: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text)
        return list(cursor.fetchall())


def _fails(text: str, alias: str = "default") -> BaseException | None:
    with (
        pytest.raises(DatabaseError) as caught,
        transaction.atomic(using=alias),
        connections[alias].cursor() as cursor,
    ):
        cursor.execute(text)
    return caught.value.__cause__


def test_a_function_that_works_as_the_owner_names_where_it_looks_and_is_nobody_elses(
    db: None,
) -> None:
    """Without a fixed search path it could be led astray; with EXECUTE, hung on a false table."""
    found = _rows(
        "SELECT proname, 'search_path=public, pg_temp' = ANY (coalesce(proconfig, '{}')),"
        f" has_function_privilege('{APPLICATION_ROLE}', oid, 'EXECUTE')"
        " FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace ORDER BY 1"
    )
    assert found == [
        ("catalogue_follow_facts", True, False),
        ("ledger_follow_transfers", True, False),
    ]


def test_views_that_read_as_the_owner_are_those_of_the_tray_and_are_only_read(db: None) -> None:
    """Such a view steps over the policies, so each has to close itself outside public reading."""
    found = _rows(
        "SELECT relname, pg_get_viewdef(oid) LIKE '%valinta_public()%',"
        f" has_table_privilege('{APPLICATION_ROLE}', oid, 'INSERT, UPDATE, DELETE')"
        " FROM pg_class WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace"
        " AND NOT coalesce('security_invoker=true' = ANY (reloptions), false) ORDER BY 1"
    )
    names = ("catalogue_tray", "catalogue_tray_kind", "catalogue_tray_price", "catalogue_tray_word")
    assert found == [(name, True, False) for name in names]


def test_the_application_cannot_make_the_ledger_follow_a_table_of_its_own(db: None) -> None:
    """A temporary table with the ledger's trigger would move balances without any transfer."""
    _do("CREATE TEMP TABLE false_transfer (LIKE ledger_transfer) ON COMMIT DROP")
    cause = _fails(
        "CREATE TRIGGER follows AFTER INSERT ON false_transfer"
        " REFERENCING NEW TABLE AS posted"
        " FOR EACH STATEMENT EXECUTE FUNCTION ledger_follow_transfers()"
    )
    assert isinstance(cause, errors.InsufficientPrivilege)


@pytest.mark.parametrize(
    "text",
    [
        "CREATE TABLE public.mine (id int)",
        "CREATE FUNCTION public.valinta_mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION valinta_organisers() RETURNS bigint[] LANGUAGE sql"
        " AS 'SELECT array_agg(id) FROM organisers_organiser'",
        "ALTER TABLE clients_client DISABLE ROW LEVEL SECURITY",
        "DROP POLICY organiser_in_scope ON clients_client",
        "CREATE POLICY everything ON clients_client USING (true)",
        "ALTER TABLE audit_entry DISABLE TRIGGER append_only",
        "ALTER ROLE valinta_app BYPASSRLS",
        "TRUNCATE clients_absence",
        "INSERT INTO ledger_route VALUES ('grant', 'paid', 'pot')",
        "UPDATE ledger_account SET credits = credits + 1",
    ],
)
def test_the_application_cannot_change_the_locks(text: str, db: None) -> None:
    assert isinstance(_fails(text), errors.InsufficientPrivilege)


def test_resetting_the_role_leaves_the_application_the_application(db: None) -> None:
    _do("RESET ROLE")
    ((role,),) = _rows("SELECT current_user")
    assert role == APPLICATION_ROLE


@pytest.mark.parametrize("text", ["UPDATE audit_entry SET verb = 'x'", "DELETE FROM audit_entry"])
def test_nobody_changes_or_removes_what_the_audit_log_says(text: str, two: Two) -> None:
    with two.here.scope():
        assert Entry.objects.exists()
        assert isinstance(_fails(text), errors.InsufficientPrivilege)
    assert isinstance(_fails(text, "owner"), errors.IntegrityConstraintViolation)


def test_the_owner_does_not_empty_the_audit_log_either(two: Two) -> None:
    cause = _fails("TRUNCATE audit_entry", "owner")
    assert isinstance(cause, errors.IntegrityConstraintViolation)
