"""Row-level security and what else the database itself keeps true in this room."""

from django.db import migrations

from valinta.organisers.schema import tenant_tables


class Migration(migrations.Migration):
    dependencies = [("needs", "0001_initial")]

    operations = [
        tenant_tables(
            "needs_eligibilitycheck",
            "needs_assessment",
            "needs_need",
            "needs_allocation",
            "needs_allocationline",
        ),
    ]
