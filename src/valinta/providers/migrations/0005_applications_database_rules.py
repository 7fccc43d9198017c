"""Row-level security for applications, what shows that conditions are met, and register entries."""

from django.db import migrations

from valinta.organisers.schema import tenant_tables


class Migration(migrations.Migration):
    dependencies = [("providers", "0004_applications_and_registers")]

    operations = [
        tenant_tables(
            "providers_application",
            "providers_applicationline",
            "providers_evidence",
            "providers_clarification",
            "providers_registerentry",
            "providers_suspension",
        ),
    ]
