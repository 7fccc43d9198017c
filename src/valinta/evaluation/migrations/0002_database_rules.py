"""Row-level security of the wellbeing questions and their answers."""

from django.db import migrations

from valinta.organisers.schema import tenant_tables


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0001_initial")]

    operations = [
        tenant_tables("evaluation_round", "evaluation_answer", "evaluation_answersshown"),
    ]
