"""A provider's capacity and ratings, and the tray's search documents."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations, models

from valinta.organisers.schema import publicly_read, tenant_tables


def _text_array(length: int) -> django.contrib.postgres.fields.ArrayField:
    return django.contrib.postgres.fields.ArrayField(
        base_field=models.CharField(max_length=length), size=None
    )


def _beside(target: str) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=target
    )


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0003_with_its_service"),
        ("organisers", "0003_public_reading"),
        ("programmes", "0003_public_reading"),
        ("providers", "0003_pages_and_areas"),
    ]

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        migrations.AddField("offer", "next_free_on", models.DateField(null=True)),
        migrations.AddField("offer", "takes_new_clients", models.BooleanField(default=True)),
        migrations.AddField("offer", "rating_sum", models.PositiveIntegerField(default=0)),
        migrations.AddField("offer", "rating_count", models.PositiveIntegerField(default=0)),
        migrations.AddConstraint(
            "offer",
            models.CheckConstraint(
                condition=models.Q(rating_sum__gte=models.F("rating_count"))
                & models.Q(rating_sum__lte=models.F("rating_count") * 5),
                name="rating_is_one_to_five_stars",
            ),
        ),
        migrations.AddIndex(
            "price",
            models.Index(
                "offer",
                "band",
                condition=models.Q(superseded_at__isnull=True),
                include=("cents", "valid"),
                name="price_known_now",
            ),
        ),
        migrations.CreateModel(
            name="ListingKind",
            fields=[
                ("id", models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                )),
                ("organiser", _beside("organisers.organiser")),
                ("service", _beside("catalogue.service")),
                ("sector", models.CharField(max_length=12)),
                ("languages", _text_array(3)),
                ("municipality_codes", _text_array(3)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["service", "sector", "languages", "municipality_codes"],
                        name="kind_of_listing_is_known_once",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Listing",
            fields=[
                (
                    "offer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="listing",
                        serialize=False,
                        to="catalogue.offer",
                    ),
                ),
                ("organiser", _beside("organisers.organiser")),
                ("programme", _beside("programmes.programme")),
                ("provider", _beside("providers.provider")),
                ("kind", _beside("catalogue.listingkind")),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("takes_new_clients", models.BooleanField()),
                ("rating_sum", models.PositiveIntegerField()),
                ("rating_count", models.PositiveIntegerField()),
                ("words", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["words"], name="listing_words"
                    ),
                    models.Index(
                        "programme",
                        "kind",
                        include=("starts_on", "ends_on", "provider", "offer"),
                        name="listing_of_a_kind",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="TrayWord",
            fields=[("text", models.TextField(primary_key=True, serialize=False))],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["text"], name="tray_word_letters", opclasses=["gin_trgm_ops"]
                    )
                ]
            },
        ),
        tenant_tables("catalogue_listingkind", "catalogue_listing"),
        publicly_read(
            "catalogue_service",
            "catalogue_timeband",
            "catalogue_referenceprice",
            "catalogue_vouchervalue",
            "catalogue_offer",
            "catalogue_price",
            "catalogue_listingkind",
            "catalogue_listing",
        ),
    ]
