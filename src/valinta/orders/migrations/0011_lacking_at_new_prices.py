"""What a slice of an order lacks at a price that was told after the order was placed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0010_units")]

    operations = [
        migrations.AddField(
            model_name="slice",
            name="lacking_cents",
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddConstraint(
            model_name="slice",
            constraint=models.CheckConstraint(
                condition=models.Q(("lacking_cents__gte", 0)),
                name="slice_lacks_no_less_than_nothing",
            ),
        ),
        migrations.AddIndex(
            model_name="slice",
            index=models.Index(
                condition=models.Q(("lacking_cents__gt", 0)),
                fields=["organiser"],
                name="slices_that_lack_money",
            ),
        ),
    ]
