"""The trigger that moves accounts does so in one pass, and checks the routes with it."""

from django.db import migrations

from valinta.ledger.schema import FOLLOW_FUNCTION


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_held_money_has_a_floor")]

    operations = [migrations.RunSQL(FOLLOW_FUNCTION, migrations.RunSQL.noop)]
