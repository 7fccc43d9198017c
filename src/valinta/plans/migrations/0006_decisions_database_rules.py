"""Row-level security for what surrounds a decision; papers and letters stay as they are made."""

from django.db import migrations

from valinta.organisers.schema import append_only, tenant_tables
from valinta.plans.schema import DECISIONS_STAND, DECISIONS_STAND_BACK


class Migration(migrations.Migration):
    dependencies = [("plans", "0005_decisions_prepared_delivered_and_claimed")]

    operations = [
        tenant_tables(
            "plans_paper",
            "plans_decisionpower",
            "plans_decisionproposal",
            "plans_decisiondocument",
            "plans_delivery",
            "plans_claim",
        ),
        append_only("plans_paper", "plans_decisiondocument"),
        migrations.RunSQL(DECISIONS_STAND, DECISIONS_STAND_BACK),
    ]
