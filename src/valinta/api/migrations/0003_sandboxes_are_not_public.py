"""What is in a sandbox is read by those who work in it, and is in no public list or tray."""

from django.db import migrations

READ = "(SELECT valinta_public())"
NO_SANDBOX = "organiser_id <> ALL ((SELECT valinta_sandboxes())::bigint[])"

FORWARD = f"""
CREATE FUNCTION valinta_sandboxes() RETURNS bigint[]
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT coalesce(array_agg(id), '{{}}') FROM organisers_organiser WHERE sandbox $$;
CREATE FUNCTION catalogue_no_sandbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.organiser_id = ANY (valinta_sandboxes()) THEN
        RETURN NULL; -- an offer of a sandbox is in nobody's tray
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER no_sandbox BEFORE INSERT ON catalogue_listing
    FOR EACH ROW EXECUTE FUNCTION catalogue_no_sandbox();
"""
FORWARD_POLICIES = """
DO $$
DECLARE
    named text;
BEGIN
    FOR named IN SELECT tablename FROM pg_policies WHERE policyname = 'also_read'
        AND qual LIKE '%%valinta_public%%' AND (tablename LIKE 'programmes%%'
        OR tablename LIKE 'catalogue%%' OR tablename = 'providers_approval')
        AND tablename NOT LIKE 'catalogue_listing%%'
    LOOP
        EXECUTE format('ALTER POLICY also_read ON %I USING ({rule})', named);
    END LOOP;
END $$;
""".replace("%%", "%")


class Migration(migrations.Migration):
    dependencies = [
        ("api", "0002_database_rules"),
        ("organisers", "0005_sandbox"),
        ("programmes", "0003_public_reading"),
        ("providers", "0003_pages_and_areas"),
        ("catalogue", "0005_search"),
    ]

    operations = [
        migrations.RunSQL(
            FORWARD,
            "DROP TRIGGER no_sandbox ON catalogue_listing;"
            "DROP FUNCTION catalogue_no_sandbox; DROP FUNCTION valinta_sandboxes;",
        ),
        migrations.RunSQL(
            FORWARD_POLICIES.replace("{rule}", f"{READ} AND {NO_SANDBOX}"),
            FORWARD_POLICIES.replace("{rule}", READ),
        ),
    ]
