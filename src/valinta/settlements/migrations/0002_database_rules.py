"""Row-level security and what else the database itself keeps true in this room."""

from django.db import migrations

from valinta.organisers.schema import tenant_tables


class Migration(migrations.Migration):
    dependencies = [("settlements", "0001_initial")]

    operations = [
        tenant_tables(
            "settlements_run",
            "settlements_statement",
            "settlements_statementline",
            "settlements_runvisit",
            "settlements_runcorrection",
            "settlements_payment",
        ),
    ]
