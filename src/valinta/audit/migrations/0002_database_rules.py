"""Row-level security and what else the database itself keeps true in this room."""

from django.db import migrations

from valinta.organisers.schema import append_only, tenant_tables


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        tenant_tables(
            "audit_entry",
        ),
        append_only("audit_entry"),
    ]
