"""Large files of visits with their pieces, and visits that are drawn for a check."""

import django.db.models.deletion
import valinta.visits.file_bytes
import valinta.visits.states
from django.db import migrations, models

from valinta.organisers.schema import tenant_tables


class Migration(migrations.Migration):

    dependencies = [
        ('organisers', '0005_sandbox'),
        ('programmes', '0005_drafts_letters_and_imports_database_rules'),
        ('providers', '0006_levels_inside_a_company'),
        ('visits', '0006_visits_on_a_phone'),
    ]

    operations = [
        migrations.CreateModel(
            name='FilePiece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('sent', 'Sent'), ('answers', 'Answers')], max_length=7)),
                ('number', models.PositiveIntegerField()),
                ('content', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='VisitFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[(valinta.visits.file_bytes.FileKind['CSV'], valinta.visits.file_bytes.FileKind['CSV']), (valinta.visits.file_bytes.FileKind['NDJSON'], valinta.visits.file_bytes.FileKind['NDJSON'])], max_length=6)),
                ('sha256', models.CharField(max_length=64)),
                ('bytes_sent', models.BigIntegerField()),
                ('bytes_kept', models.BigIntegerField()),
                ('lines', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[(valinta.visits.states.FileState['WAITING'], valinta.visits.states.FileState['WAITING']), (valinta.visits.states.FileState['WORKING'], valinta.visits.states.FileState['WORKING']), (valinta.visits.states.FileState['DONE'], valinta.visits.states.FileState['DONE'])], max_length=7)),
                ('at_byte', models.BigIntegerField(default=0)),
                ('at_line', models.PositiveIntegerField(default=1)),
                ('lines_done', models.PositiveIntegerField(default=0)),
                ('chunks', models.PositiveIntegerField(default=0)),
                ('moved_at', models.DateTimeField()),
                ('purged_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Drawing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('drawn_at', models.DateTimeField()),
                ('seed', models.CharField(max_length=64)),
                ('looked_at', models.PositiveIntegerField(default=0)),
                ('drawn', models.PositiveIntegerField(default=0)),
                ('waiting', models.JSONField(default=dict)),
                ('organiser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='organisers.organiser')),
            ],
        ),
        migrations.CreateModel(
            name='Check',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chance', models.PositiveIntegerField()),
                ('number', models.PositiveIntegerField()),
                ('by_gap', models.BooleanField()),
                ('risks', models.JSONField()),
                ('found', models.CharField(blank=True, choices=[(valinta.visits.states.Found['RIGHT'], valinta.visits.states.Found['RIGHT']), (valinta.visits.states.Found['WRONG'], valinta.visits.states.Found['WRONG'])], max_length=5)),
                ('found_at', models.DateTimeField(null=True)),
                ('found_by_id', models.BigIntegerField(null=True)),
                ('words', models.TextField(blank=True)),
                ('organiser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='organisers.organiser')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='providers.provider')),
                ('visit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='check_made', to='visits.visit')),
                ('drawing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='visits.drawing')),
            ],
        ),
        migrations.AddField(
            model_name='batch',
            name='drawing',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='visits.drawing'),
        ),
        migrations.AddIndex(
            model_name='batch',
            index=models.Index(condition=models.Q(('drawing__isnull', True)), fields=['organiser'], name='batches_to_draw_from'),
        ),
        migrations.AddField(
            model_name='filepiece',
            name='organiser',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='organisers.organiser'),
        ),
        migrations.AddField(
            model_name='visitfile',
            name='batch',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='visit_file', to='visits.batch'),
        ),
        migrations.AddField(
            model_name='visitfile',
            name='organiser',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='organisers.organiser'),
        ),
        migrations.AddField(
            model_name='visitfile',
            name='programme',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='programmes.programme'),
        ),
        migrations.AddField(
            model_name='visitfile',
            name='provider',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='providers.provider'),
        ),
        migrations.AddField(
            model_name='filepiece',
            name='file',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pieces', to='visits.visitfile'),
        ),
        migrations.AddIndex(
            model_name='check',
            index=models.Index(condition=models.Q(('found', '')), fields=['organiser'], name='checks_to_be_made'),
        ),
        migrations.AddConstraint(
            model_name='check',
            constraint=models.CheckConstraint(condition=models.Q(('by_gap', True), ('number__lt', models.F('chance')), _connector='OR'), name='check_is_drawn_by_number_or_by_gap'),
        ),
        migrations.AddConstraint(
            model_name='check',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('found', ''), ('found_at__isnull', True)), models.Q(models.Q(('found', ''), _negated=True), ('found_at__isnull', False)), _connector='OR'), name='check_with_a_finding_has_its_moment'),
        ),
        migrations.AddIndex(
            model_name='visitfile',
            index=models.Index(condition=models.Q(('purged_at__isnull', True)), fields=['organiser'], name='visit_files_not_purged'),
        ),
        migrations.AddConstraint(
            model_name='visitfile',
            constraint=models.CheckConstraint(condition=models.Q(('at_byte__gte', 0), ('at_byte__lte', models.F('bytes_kept'))), name='file_is_read_within_itself'),
        ),
        migrations.AddConstraint(
            model_name='filepiece',
            constraint=models.UniqueConstraint(fields=('file', 'part', 'number'), name='piece_of_a_file_has_its_place'),
        ),
        tenant_tables(
            "visits_visitfile", "visits_filepiece", "visits_drawing", "visits_check"
        ),
        # The pieces are compressed already; the database need not try again.
        migrations.RunSQL(
            "ALTER TABLE visits_filepiece ALTER COLUMN content SET STORAGE EXTERNAL",
            migrations.RunSQL.noop,
        ),
    ]
