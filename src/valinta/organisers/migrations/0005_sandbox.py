"""An organiser for trying things out: made-up clients, and nothing is ever paid."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisers", "0004_closed_caseload")]

    operations = [
        migrations.AddField("organiser", "sandbox", models.BooleanField(default=False)),
    ]
