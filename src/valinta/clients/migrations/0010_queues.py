"""The few who wait in a queue are found without looking at everybody who is in."""

from django.db import migrations, models

import valinta.clients.states


class Migration(migrations.Migration):
    dependencies = [("clients", "0009_day_of_death")]

    operations = [
        migrations.AddIndex(
            model_name="enrolment",
            index=models.Index(
                fields=["programme", "applied_at"],
                name="queues_of_a_programme",
                condition=models.Q(("state", valinta.clients.states.EnrolmentState["QUEUED"])),
            ),
        )
    ]
