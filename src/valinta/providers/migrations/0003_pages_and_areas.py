"""What anyone may read on a provider's page, and where it works."""

import django.contrib.postgres.fields
from django.db import migrations, models

from valinta.organisers.schema import publicly_read


class Migration(migrations.Migration):
    dependencies = [
        ("organisers", "0003_public_reading"),
        ("providers", "0002_database_rules"),
    ]

    operations = [
        migrations.AddField("provider", "descriptions", models.JSONField(default=dict)),
        migrations.AddField("provider", "contact", models.JSONField(default=dict)),
        migrations.AlterField(
            "provider",
            "languages",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=3), default=list, size=None
            ),
        ),
        migrations.AddField(
            "approval",
            "municipality_codes",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=3), null=True, size=None
            ),
        ),
        publicly_read("providers_approval"),
    ]
