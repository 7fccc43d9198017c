"""Row-level security and what else the database itself keeps true in this room."""

from django.db import migrations

from valinta.organisers.schema import tenant_tables


class Migration(migrations.Migration):
    dependencies = [("budgets", "0001_initial")]

    operations = [
        tenant_tables(
            "budgets_budget",
            "budgets_pot",
            "budgets_voucher",
            "budgets_voucherunit",
        ),
    ]
