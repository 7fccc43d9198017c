import django.db.models.deletion
from django.db import migrations, models

from valinta.organisers.schema import tenant_tables


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0005_week_and_ratings_database_rules'),
        ('organisers', '0001_initial'),
        ('visits', '0002_database_rules'),
    ]

    operations = [
        migrations.CreateModel(
            name='VisitCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
                ('made_by_id', models.BigIntegerField(null=True)),
                ('expires_at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('closed_at', models.DateTimeField(null=True)),
                ('used_at', models.DateTimeField(null=True)),
                ('used_by_id', models.BigIntegerField(null=True)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visit_codes', to='orders.order')),
                ('organiser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='organisers.organiser')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('order',), name='order_has_one_visit_code_now'), models.CheckConstraint(condition=models.Q(('used_at__isnull', True), ('closed_at', models.F('used_at')), _connector='OR'), name='used_visit_code_is_closed')],
            },
        ),
        tenant_tables("visits_visitcode"),
    ]
