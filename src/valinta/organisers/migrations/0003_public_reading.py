"""A session can read what is public by nature, whoever is or is not signed in."""

from django.db import migrations

from valinta.organisers.schema import PUBLIC_FUNCTION, PUBLIC_FUNCTION_BACK


class Migration(migrations.Migration):
    dependencies = [("organisers", "0002_database_rules")]

    operations = [migrations.RunSQL(PUBLIC_FUNCTION, PUBLIC_FUNCTION_BACK)]
