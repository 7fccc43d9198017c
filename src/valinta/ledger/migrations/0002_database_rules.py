"""Row-level security and what else the database itself keeps true in this room."""

from django.db import migrations

from valinta.ledger.schema import FOLLOW_TRANSFERS, FOLLOW_TRANSFERS_BACK
from valinta.organisers.schema import append_only, tenant_tables


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        tenant_tables(
            "ledger_account",
            "ledger_transfer",
        ),
        append_only("ledger_transfer"),
        migrations.RunSQL(FOLLOW_TRANSFERS, FOLLOW_TRANSFERS_BACK),
    ]
