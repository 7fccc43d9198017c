"""Row-level security of changes, and of those who have to find another provider."""

from django.db import migrations

from valinta.organisers.schema import tenant_tables


class Migration(migrations.Migration):
    dependencies = [("orders", "0006_changes_on_the_way")]

    operations = [tenant_tables("orders_change", "orders_moving")]
