"""Row-level security of who serves which client."""

from django.db import migrations

from valinta.organisers.schema import tenant_tables


class Migration(migrations.Migration):
    dependencies = [("orders", "0008_workers_of_clients")]

    operations = [tenant_tables("orders_assignment")]
