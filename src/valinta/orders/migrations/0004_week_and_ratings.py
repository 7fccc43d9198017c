import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0003_whole_keys'),
        ('organisers', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='order',
            name='pattern',
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stars', models.PositiveSmallIntegerField()),
                ('words', models.TextField(default='')),
                ('given_at', models.DateTimeField()),
                ('given_by_id', models.BigIntegerField(null=True)),
                ('superseded_at', models.DateTimeField(null=True)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='orders.order')),
                ('organiser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='organisers.organiser')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True)), fields=('order',), name='order_has_one_rating_now'), models.CheckConstraint(condition=models.Q(('stars__gte', 1), ('stars__lte', 5)), name='stars_are_one_to_five')],
            },
        ),
    ]
