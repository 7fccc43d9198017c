"""Foreign keys of the log are checked with each statement."""

from django.db import migrations

from valinta.organisers.schema import keys_at_once


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_database_rules")]

    operations = [keys_at_once("audit_entry")]
