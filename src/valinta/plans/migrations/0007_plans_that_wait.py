"""The few plans that wait for a signature or a decision are found without looking at the others."""

from django.db import migrations, models

import valinta.plans.states


class Migration(migrations.Migration):
    dependencies = [("plans", "0006_decisions_database_rules")]

    operations = [
        migrations.AddIndex(
            model_name="serviceplan",
            index=models.Index(
                fields=["enrolment"],
                name="plans_that_wait",
                condition=models.Q(
                    (
                        "state__in",
                        [
                            valinta.plans.states.PlanState["DRAFT"],
                            valinta.plans.states.PlanState["SIGNED"],
                        ],
                    )
                ),
            ),
        )
    ]
