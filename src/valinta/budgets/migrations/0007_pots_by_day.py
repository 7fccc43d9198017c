"""The days of a pot as columns that an index can find, for the money of a month of many clients."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("budgets", "0006_information_in_person_or_by_post")]

    operations = [
        migrations.AddField(
            model_name="pot",
            name="starts_on",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func("valid", function="lower"),
                output_field=models.DateField(),
            ),
        ),
        migrations.AddField(
            model_name="pot",
            name="ends_on",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func("valid", function="upper"),
                output_field=models.DateField(),
            ),
        ),
        migrations.AddIndex(
            model_name="pot",
            index=models.Index(
                fields=["organiser", "ends_on", "starts_on"],
                include=["budget", "account", "granted_cents"],
                name="free_pots_by_day",
                condition=models.Q(("granted_cents__gt", 0), ("service__isnull", True)),
            ),
        ),
    ]
