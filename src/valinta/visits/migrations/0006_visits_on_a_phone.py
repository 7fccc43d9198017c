"""Visits that go on, what was mended, and visits that the provider took back."""

import django.db.models.deletion
import valinta.visits.codes
import valinta.visits.states
from django.db import migrations, models

from valinta.organisers.schema import tenant_tables


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0005_search"),
        ("clients", "0009_day_of_death"),
        ("orders", "0007_changes_database_rules"),
        ("organisers", "0005_sandbox"),
        ("providers", "0006_levels_inside_a_company"),
        ("visits", "0005_visits_that_need_a_person"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mending",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("made_by_id", models.BigIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="StartedVisit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("user_id", models.BigIntegerField()),
                ("reference", models.CharField(max_length=60)),
                ("started_at", models.DateTimeField()),
                ("kept_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="visit",
            name="reference_is_used_once",
        ),
        migrations.RemoveConstraint(
            model_name="visit",
            name="disputed_or_rejected_visit_has_its_reason",
        ),
        migrations.AddField(
            model_name="visit",
            name="withdrawn_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="refusedline",
            name="code",
            field=models.CharField(
                choices=[
                    (
                        valinta.visits.codes.Code["UNREADABLE"],
                        valinta.visits.codes.Code["UNREADABLE"],
                    ),
                    (
                        valinta.visits.codes.Code["NON_POSITIVE_QUANTITY"],
                        valinta.visits.codes.Code["NON_POSITIVE_QUANTITY"],
                    ),
                    (
                        valinta.visits.codes.Code["UNKNOWN_ORDER"],
                        valinta.visits.codes.Code["UNKNOWN_ORDER"],
                    ),
                    (
                        valinta.visits.codes.Code["NOT_YOUR_ORDER"],
                        valinta.visits.codes.Code["NOT_YOUR_ORDER"],
                    ),
                    (
                        valinta.visits.codes.Code["NOT_YOUR_CLIENT"],
                        valinta.visits.codes.Code["NOT_YOUR_CLIENT"],
                    ),
                    (
                        valinta.visits.codes.Code["OTHER_CONTENT"],
                        valinta.visits.codes.Code["OTHER_CONTENT"],
                    ),
                    (
                        valinta.visits.codes.Code["UNKNOWN_BAND"],
                        valinta.visits.codes.Code["UNKNOWN_BAND"],
                    ),
                    (
                        valinta.visits.codes.Code["IN_FUTURE"],
                        valinta.visits.codes.Code["IN_FUTURE"],
                    ),
                    (
                        valinta.visits.codes.Code["OUTSIDE_PROGRAMME"],
                        valinta.visits.codes.Code["OUTSIDE_PROGRAMME"],
                    ),
                    (
                        valinta.visits.codes.Code["OUTSIDE_ORDER"],
                        valinta.visits.codes.Code["OUTSIDE_ORDER"],
                    ),
                    (
                        valinta.visits.codes.Code["PROVIDER_NOT_APPROVED"],
                        valinta.visits.codes.Code["PROVIDER_NOT_APPROVED"],
                    ),
                    (
                        valinta.visits.codes.Code["CLIENT_AWAY"],
                        valinta.visits.codes.Code["CLIENT_AWAY"],
                    ),
                    (
                        valinta.visits.codes.Code["CANCELLED_IN_TIME"],
                        valinta.visits.codes.Code["CANCELLED_IN_TIME"],
                    ),
                    (
                        valinta.visits.codes.Code["PRICE_NOT_IN_FORCE"],
                        valinta.visits.codes.Code["PRICE_NOT_IN_FORCE"],
                    ),
                    (valinta.visits.codes.Code["TOO_LATE"], valinta.visits.codes.Code["TOO_LATE"]),
                    (
                        valinta.visits.codes.Code["BEYOND_ORDERED"],
                        valinta.visits.codes.Code["BEYOND_ORDERED"],
                    ),
                    (
                        valinta.visits.codes.Code["CLIENT_ELSEWHERE"],
                        valinta.visits.codes.Code["CLIENT_ELSEWHERE"],
                    ),
                    (
                        valinta.visits.codes.Code["WORKER_ELSEWHERE"],
                        valinta.visits.codes.Code["WORKER_ELSEWHERE"],
                    ),
                    (
                        valinta.visits.codes.Code["LATE_WITH_REASON"],
                        valinta.visits.codes.Code["LATE_WITH_REASON"],
                    ),
                ],
                max_length=40,
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(
                        ("state", valinta.visits.states.VisitState["REJECTED"]), _negated=True
                    ),
                    ("withdrawn_at__isnull", False),
                    _connector="OR",
                ),
                fields=("organiser", "provider", "reference"),
                name="reference_is_used_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True),
                    ("state", valinta.visits.states.VisitState["REJECTED"]),
                    _connector="OR",
                ),
                name="withdrawn_visit_is_rejected",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "state__in",
                            [
                                valinta.visits.states.VisitState["DISPUTED"],
                                valinta.visits.states.VisitState["REJECTED"],
                            ],
                        ),
                        _negated=True,
                    ),
                    models.Q(("reason", ""), _negated=True),
                    ("withdrawn_at__isnull", False),
                    _connector="OR",
                ),
                name="disputed_or_rejected_visit_has_its_reason",
            ),
        ),
        migrations.AddField(
            model_name="mending",
            name="organiser",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisers.organiser"
            ),
        ),
        migrations.AddField(
            model_name="mending",
            name="refused",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mending",
                to="visits.refusedline",
            ),
        ),
        migrations.AddField(
            model_name="mending",
            name="visit",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stands_for",
                to="visits.visit",
            ),
        ),
        migrations.AddField(
            model_name="mending",
            name="withdrawn",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mending",
                to="visits.visit",
            ),
        ),
        migrations.AddField(
            model_name="startedvisit",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="started_visits",
                to="orders.order",
            ),
        ),
        migrations.AddField(
            model_name="startedvisit",
            name="organiser",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="organisers.organiser"
            ),
        ),
        migrations.AddField(
            model_name="startedvisit",
            name="provider",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="providers.provider",
            ),
        ),
        migrations.AddConstraint(
            model_name="mending",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("refused__isnull", False), ("withdrawn__isnull", True)),
                    models.Q(("refused__isnull", True), ("withdrawn__isnull", False)),
                    _connector="OR",
                ),
                name="mending_is_about_a_line_or_a_visit",
            ),
        ),
        migrations.AddConstraint(
            model_name="startedvisit",
            constraint=models.UniqueConstraint(
                fields=("organiser", "provider", "reference"), name="visit_is_started_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="startedvisit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)),
                fields=("order", "user_id"),
                name="worker_has_one_visit_going_on_for_an_order",
            ),
        ),
        tenant_tables("visits_startedvisit", "visits_mending"),
    ]
