"""Row-level security and what else the database itself keeps true of the newer tables."""

from django.db import migrations

from valinta.organisers.schema import tenant_tables


class Migration(migrations.Migration):
    dependencies = [("needs", "0003_joining_and_assessment")]

    operations = [
        tenant_tables(
            "needs_consentpoint",
            "needs_assessmentsave",
            "needs_instrumentresult",
        ),
    ]
