"""Row-level security of caseloads, openings and contacts."""

from django.db import migrations

from valinta.organisers.schema import tenant_tables


class Migration(migrations.Migration):
    dependencies = [("clients", "0007_caseload_openings_contacts")]

    operations = [
        tenant_tables(
            "clients_cover", "clients_accessgrant", "clients_contact", "clients_handover"
        )
    ]
