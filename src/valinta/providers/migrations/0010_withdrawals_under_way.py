"""How far the orders of an approval that was withdrawn have been ended."""

import django.db.models.deletion
from django.db import migrations, models

from valinta.organisers.schema import tenant_tables


class Migration(migrations.Migration):
    dependencies = [("organisers", "0005_sandbox"), ("providers", "0009_units")]

    operations = [
        migrations.CreateModel(
            name="WithdrawalWork",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ends_on", models.DateField()),
                ("reason", models.CharField(max_length=500)),
                ("words", models.TextField(default="")),
                ("tells", models.BooleanField()),
                ("by_company", models.BooleanField()),
                ("begun_at", models.DateTimeField()),
                ("begun_by_id", models.BigIntegerField(null=True)),
                ("orders", models.PositiveIntegerField()),
                ("done", models.PositiveIntegerField(default=0)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "approval",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawals",
                        to="providers.approval",
                    ),
                ),
                (
                    "organiser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="organisers.organiser"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("done__lte", models.F("orders"))),
                        name="withdrawal_ends_no_more_orders_than_there_are",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("finished_at__isnull", True)),
                        fields=("approval",),
                        name="approval_is_withdrawn_once_at_a_time",
                    ),
                ],
            },
        ),
        tenant_tables("providers_withdrawalwork"),
    ]
