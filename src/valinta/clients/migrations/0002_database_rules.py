"""Row-level security and what else the database itself keeps true in this room."""

from django.db import migrations

from valinta.organisers.schema import tenant_tables


class Migration(migrations.Migration):
    dependencies = [("clients", "0001_initial")]

    operations = [
        tenant_tables(
            "clients_client",
            "clients_mandate",
            "clients_enrolment",
            "clients_absence",
        ),
    ]
