"""What the database itself keeps true in this room."""

from django.db import migrations

from valinta.organisers.schema import ORGANISER_CHANGES_IN_SCOPE, ORGANISER_CHANGES_IN_SCOPE_BACK


class Migration(migrations.Migration):
    dependencies = [("organisers", "0001_initial")]

    operations = [
        migrations.RunSQL(ORGANISER_CHANGES_IN_SCOPE, ORGANISER_CHANGES_IN_SCOPE_BACK),
    ]
