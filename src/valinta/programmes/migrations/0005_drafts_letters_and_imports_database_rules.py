"""Row-level security of drafts, letters' texts and imports; a letter's text is never changed."""

from django.db import migrations

from valinta.organisers.schema import append_only, tenant_tables


class Migration(migrations.Migration):
    dependencies = [("programmes", "0004_drafts_letters_and_imports")]

    operations = [
        tenant_tables(
            "programmes_packdraft",
            "programmes_lettertext",
            "programmes_importrun",
        ),
        append_only("programmes_lettertext"),
    ]
