"""Foreign keys of the ledger are checked before an account is locked, not after."""

from django.db import migrations

from valinta.organisers.schema import keys_at_once


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_accounts_move_in_one_pass")]

    operations = [keys_at_once("ledger_account", "ledger_transfer")]
