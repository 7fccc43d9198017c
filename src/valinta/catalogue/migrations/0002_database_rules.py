"""Row-level security and what else the database itself keeps true in this room."""

from django.db import migrations

from valinta.organisers.schema import tenant_tables


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]

    operations = [
        tenant_tables(
            "catalogue_service",
            "catalogue_timeband",
            "catalogue_referenceprice",
            "catalogue_vouchervalue",
            "catalogue_offer",
            "catalogue_price",
        ),
    ]
