"""The trigger that moves accounts does so in one pass, and checks the routes with it.

It refuses a transfer whose accounts are not the organiser's, so the transfer's own foreign key to
the organiser, checked row by row, is gone.
"""

import django.db.models.deletion
from django.db import migrations, models

from valinta.ledger.schema import FOLLOW_FUNCTION


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_held_money_has_a_floor")]

    operations = [
        migrations.RunSQL(FOLLOW_FUNCTION, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="transfer",
            name="organiser",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="organisers.organiser",
            ),
        ),
    ]
