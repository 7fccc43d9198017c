"""SQL that migrations use to lock tables to their organiser and to make tables append-only."""

from __future__ import annotations

from django.db import migrations

APPLICATION_ROLE = "valinta_app"

MAKE_ROLE = f"""
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{APPLICATION_ROLE}') THEN
        CREATE ROLE {APPLICATION_ROLE} NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL; -- another database of this server is being set up at the same time
END $$;
"""

# Tables that are made later are the application's to read and write, unless their maker says not.
LATER_TABLES = f"""
DO $$
BEGIN
    EXECUTE format('GRANT {APPLICATION_ROLE} TO %I', current_user);
    EXECUTE format('GRANT USAGE ON SCHEMA public TO {APPLICATION_ROLE}');
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA public'
        ' GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APPLICATION_ROLE}', current_user);
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA public'
        ' GRANT USAGE, SELECT ON SEQUENCES TO {APPLICATION_ROLE}', current_user);
END $$;
"""

CREATE_ROLE = f"""{MAKE_ROLE}{LATER_TABLES}
DO $$
BEGIN
    EXECUTE 'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public'
        ' TO {APPLICATION_ROLE}';
    EXECUTE 'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APPLICATION_ROLE}';
END $$;
"""

SCOPE_FUNCTIONS = """
CREATE OR REPLACE FUNCTION valinta_organisers() RETURNS bigint[]
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT coalesce(nullif(current_setting('valinta.organisers', true), ''), '{}')
        ::bigint[] $$;
CREATE OR REPLACE FUNCTION valinta_user() RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('valinta.user', true), '')::bigint $$;
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: a row is never changed or removed', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""

PUBLIC_FUNCTION = """
CREATE FUNCTION valinta_public() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT coalesce(current_setting('valinta.public', true), '') = 'on' $$;
"""
PUBLIC_FUNCTION_BACK = "DROP FUNCTION valinta_public;"

# Anyone may read who the organisers are, but their bank account is changed by their own people.
ORGANISER_CHANGES_IN_SCOPE = f"""
CREATE FUNCTION organiser_changes_in_scope() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = '{APPLICATION_ROLE}' AND NOT OLD.id = ANY (valinta_organisers()) THEN
        RAISE EXCEPTION 'organiser_changes_in_scope: organiser % is not in scope', OLD.id
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER changes_in_scope BEFORE UPDATE OR DELETE ON organisers_organiser
    FOR EACH ROW EXECUTE FUNCTION organiser_changes_in_scope();
"""
ORGANISER_CHANGES_IN_SCOPE_BACK = """
DROP TRIGGER changes_in_scope ON organisers_organiser;
DROP FUNCTION organiser_changes_in_scope;
"""

# The subqueries make PostgreSQL read the setting once for a statement, not once for a row.
# Who holds a code of a letter or an invitation reads the row that was made for it, and only that.
READ_BY_CODE = "code_digest = (SELECT nullif(current_setting('valinta.code', true), ''))"
IN_SCOPE = "organiser_id = ANY ((SELECT valinta_organisers())::bigint[])"


def tenant_tables(*tables: str, also_read: str = "") -> migrations.RunSQL:
    """Lock tables that carry `organiser_id` to the organisers in scope.

    `also_read` is a rule of SQL for more rows that may be read, and only read.
    """
    forward = "".join(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"CREATE POLICY organiser_in_scope ON {table} USING ({IN_SCOPE}) WITH CHECK ({IN_SCOPE});"
        for table in tables
    )
    backward = "".join(
        f"DROP POLICY organiser_in_scope ON {table};ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"
        for table in tables
    )
    if also_read:
        for table in tables:
            forward += f"CREATE POLICY also_read ON {table} FOR SELECT USING ({also_read});"
            backward = f"DROP POLICY also_read ON {table};{backward}"
    return migrations.RunSQL(forward, backward)


def publicly_read(*tables: str) -> migrations.RunSQL:
    """Let tables that are public by nature be read, and only read, in public reading.

    They have to be tenant tables already; see `valinta.organisers.tenancy.public_reading`.
    """
    forward = "".join(
        f"CREATE POLICY also_read ON {table} FOR SELECT USING ((SELECT valinta_public()));"
        for table in tables
    )
    backward = "".join(f"DROP POLICY also_read ON {table};" for table in tables)
    return migrations.RunSQL(forward, backward)


def append_only(*tables: str) -> migrations.RunSQL:
    """Refuse UPDATE, DELETE and TRUNCATE for everyone, the owner too."""
    forward = "".join(
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();"
        f"REVOKE UPDATE, DELETE ON {table} FROM {APPLICATION_ROLE};"
        for table in tables
    )
    backward = "".join(f"DROP TRIGGER append_only ON {table};" for table in tables)
    return migrations.RunSQL(forward, backward)


def keys_at_once(*tables: str) -> migrations.RunSQL:
    """Check the foreign keys of tables with each statement, not when the transaction ends.

    By then an order has its budget locked, and everyone else who orders from it waits.
    """
    names = ", ".join(f"'{table}'::regclass" for table in tables)
    change = f"""
DO $$
DECLARE
    key record;
BEGIN
    FOR key IN SELECT conrelid::regclass AS tab, conname FROM pg_constraint
        WHERE contype = 'f' AND condeferrable AND conrelid IN ({names})
    LOOP
        EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I DEFERRABLE INITIALLY {{when}}',
            key.tab, key.conname);
    END LOOP;
END $$;
"""
    return migrations.RunSQL(
        change.replace("{when}", "IMMEDIATE"), change.replace("{when}", "DEFERRED")
    )
