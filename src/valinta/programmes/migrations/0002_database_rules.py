"""Row-level security and what else the database itself keeps true in this room."""

from django.db import migrations

from valinta.organisers.schema import tenant_tables


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial")]

    operations = [
        tenant_tables(
            "programmes_programme",
            "programmes_phase",
            "programmes_municipality",
            "programmes_targetgroup",
            "programmes_quota",
            "programmes_rulebook",
            "programmes_fundingshare",
            "programmes_allocationrule",
            "programmes_packload",
        ),
    ]
