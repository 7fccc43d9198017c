"""The few visits that wait for a person's decision are found without looking at the others."""

from django.db import migrations, models

import valinta.visits.states


class Migration(migrations.Migration):
    dependencies = [("visits", "0004_codes_and_their_visits")]

    operations = [
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(
                fields=["client"],
                name="visits_that_need_a_person",
                condition=models.Q(
                    (
                        "state__in",
                        [
                            valinta.visits.states.VisitState["DISPUTED"],
                            valinta.visits.states.VisitState["IN_REVIEW"],
                        ],
                    )
                ),
            ),
        )
    ]
