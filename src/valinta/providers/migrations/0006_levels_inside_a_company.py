"""What each worker may do inside the company; until now whoever was listed could do everything."""

from django.db import migrations, models

LEVELS = [("worker", "worker"), ("office", "office"), ("admin", "admin")]


class Migration(migrations.Migration):
    dependencies = [("providers", "0005_applications_database_rules")]

    operations = [
        migrations.AddField(
            "worker",
            "level",
            models.CharField(choices=LEVELS, default="worker", max_length=6),
        ),
        migrations.RunSQL("UPDATE providers_worker SET level = 'admin'", migrations.RunSQL.noop),
        migrations.AddConstraint(
            "worker",
            models.CheckConstraint(
                name="worker_level_is_known",
                condition=models.Q(level__in=["worker", "office", "admin"]),
            ),
        ),
    ]
