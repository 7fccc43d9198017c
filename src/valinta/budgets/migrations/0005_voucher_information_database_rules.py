"""Row-level security for what was told of a voucher; such a proof is never changed."""

from django.db import migrations

from valinta.organisers.schema import append_only, tenant_tables


class Migration(migrations.Migration):
    dependencies = [("budgets", "0004_voucher_information")]

    operations = [
        tenant_tables("budgets_voucherinformation"),
        append_only("budgets_voucherinformation"),
    ]
