"""The second lock on tenancy stands on every table that has an organiser, now and for new ones."""

from __future__ import annotations

import pytest
from django.db import connection

from valinta.organisers.schema import APPLICATION_ROLE

pytestmark = pytest.mark.django_db

TENANT_TABLES = """
SELECT c.relname, c.relrowsecurity,
       coalesce(bool_or(p.polcmd = '*' AND p.polpermissive
           AND pg_get_expr(p.polqual, p.polrelid) LIKE '%valinta_organisers()%'
           AND pg_get_expr(p.polwithcheck, p.polrelid) LIKE '%valinta_organisers()%'), false)
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organiser_id' AND NOT a.attisdropped
LEFT JOIN pg_policy p ON p.polrelid = c.oid
WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
GROUP BY c.relname, c.relrowsecurity ORDER BY c.relname
"""


def _rows(text: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text, values or None)
        return list(cursor.fetchall())


def test_every_table_with_an_organiser_is_locked_to_those_in_scope() -> None:
    rows = _rows(TENANT_TABLES)
    assert len(rows) > 20
    assert [name for name, is_on, has_policy in rows if not (is_on and has_policy)] == []


def test_no_policy_lets_everything_through() -> None:
    """Policies are alternatives, so one that is always true would undo the others."""
    assert _rows("SELECT tablename, policyname FROM pg_policies WHERE qual = 'true'") == []


def test_the_application_is_not_the_owner_and_cannot_step_over_the_lock() -> None:
    owned = "SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = %s"
    assert _rows(owned, APPLICATION_ROLE) == []
    ((is_super, bypasses, creates_roles),) = _rows(
        "SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = %s",
        APPLICATION_ROLE,
    )
    assert (is_super, bypasses, creates_roles) == (False, False, False)
    memberships = "SELECT roleid::regrole::text FROM pg_auth_members WHERE member = %s::regrole"
    assert _rows(memberships, APPLICATION_ROLE) == []


def test_the_application_never_reads_a_tenants_table_without_the_filter() -> None:
    for name, *_ in _rows(TENANT_TABLES):
        plan = "\n".join(str(line) for (line,) in _rows(f'EXPLAIN SELECT * FROM "{name}"'))
        assert "organiser_id = ANY" in plan, f"{name}:\n{plan}"
