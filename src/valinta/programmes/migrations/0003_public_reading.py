"""Anyone may read what a programme is, where and when it is open, and on which rulebook."""

from django.db import migrations

from valinta.organisers.schema import publicly_read


class Migration(migrations.Migration):
    dependencies = [
        ("organisers", "0003_public_reading"),
        ("programmes", "0002_database_rules"),
    ]

    operations = [
        publicly_read(
            "programmes_programme",
            "programmes_phase",
            "programmes_municipality",
            "programmes_targetgroup",
            "programmes_quota",
            "programmes_rulebook",
        ),
    ]
