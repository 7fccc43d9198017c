"""Row-level security and what else the database itself keeps true in this room."""

from django.db import migrations

from valinta.organisers.schema import append_only, tenant_tables


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]

    operations = [
        tenant_tables(
            "plans_supportplan",
            "plans_serviceplan",
            "plans_planline",
            "plans_signature",
            "plans_decision",
        ),
        append_only("plans_signature"),
    ]
