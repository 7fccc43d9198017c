"""Search documents that follow their facts, and the tray as anyone may read it."""

from django.db import migrations

from valinta.catalogue.schema import (
    DERIVED,
    DERIVED_BACK,
    FOLLOW,
    FOLLOW_BACK,
    TRAY,
    TRAY_BACK,
    WORDS,
    WORDS_BACK,
)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0004_capacity_and_listings")]

    operations = [
        migrations.RunSQL(WORDS, WORDS_BACK),
        migrations.RunSQL(DERIVED, DERIVED_BACK),
        migrations.RunSQL(FOLLOW, FOLLOW_BACK),
        migrations.RunSQL(TRAY, TRAY_BACK),
    ]
