"""Row-level security and what else the database itself keeps true in this room."""

from django.db import migrations

from valinta.organisers.schema import tenant_tables


class Migration(migrations.Migration):
    dependencies = [("visits", "0001_initial")]

    operations = [
        tenant_tables(
            "visits_batch",
            "visits_refusedline",
            "visits_visit",
            "visits_correction",
        ),
    ]
