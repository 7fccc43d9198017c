"""The service tray: services, time bands, reference prices, voucher values, offers and prices."""

from __future__ import annotations

from enum import StrEnum

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from valinta.organisers.models import Organiser
from valinta.programmes.models import Programme, no_overlap
from valinta.providers.models import Approval, Provider


class Duty(StrEnum):
    """How strongly the law binds the organiser to arrange a service."""

    UNIVERSAL = "universal"
    APPROPRIATION = "appropriation"
    SUBJECTIVE = "subjective"


FREE_BY_LAW = "free_by_law"


class Service(models.Model):
    """One thing a client can receive. Quantities are in hundredths of `unit`."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="services")
    code = models.CharField(max_length=60)
    names = models.JSONField()
    easy = models.JSONField(default=dict)
    sector = models.CharField(max_length=10, default="social")
    unit = models.CharField(max_length=10)
    legal_basis = models.JSONField()
    duty = models.CharField(max_length=14, choices=[(one, one) for one in Duty])
    fee_type = models.CharField(max_length=20)
    can_be_mandatory = models.BooleanField(default=False)
    instruments = ArrayField(models.CharField(max_length=10))
    ways = ArrayField(models.CharField(max_length=20), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="service_code_is_unique"),
            models.CheckConstraint(name="duty_is_known", condition=Q(duty__in=list(Duty))),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_right(self) -> bool:
        """Whether a client has a subjective right: then an empty pot never stops it."""
        return self.duty == Duty.SUBJECTIVE

    @property
    def is_free_by_law(self) -> bool:
        """Whether the law forbids taking anything from the client for it."""
        return self.fee_type == FREE_BY_LAW


class TimeBand(models.Model):
    """A kind of time with its own price: weekday, evening, Sunday. `rule` is the pack's own."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="bands")
    code = models.CharField(max_length=40)
    names = models.JSONField()
    rule = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="band_code_is_unique"),
        ]


class ReferencePrice(models.Model):
    """The programme's own price for a unit of a service in a band, in cents, with its source."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="reference_prices")
    band = models.ForeignKey(TimeBand, on_delete=models.CASCADE)
    kind = models.CharField(max_length=10)
    cents = models.PositiveIntegerField()
    source = models.CharField(max_length=400)
    assumed = models.BooleanField()
    valid = DateRangeField()

    class Meta:
        constraints = [no_overlap("one_reference_price_is_in_force", "service", "band", "kind")]


class VoucherValue(models.Model):
    """What a voucher is worth for a unit of a service in a band, in cents, with its source."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="voucher_values")
    band = models.ForeignKey(TimeBand, on_delete=models.CASCADE)
    cents = models.PositiveIntegerField()
    income_tested = models.BooleanField(default=False)
    source = models.CharField(max_length=400)
    least_cents = models.PositiveIntegerField(null=True)
    assumed = models.BooleanField()
    valid = DateRangeField()

    class Meta:
        constraints = [no_overlap("one_voucher_value_is_in_force", "service", "band")]


class Offer(models.Model):
    """An approved provider offers a service in a programme.

    The provider tells its capacity: `takes_new_clients`, and the next free day when it is known.
    `rating_sum` is the stars (1 to 5) of `rating_count` clients together.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="offers")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="offers")
    valid = DateRangeField()
    next_free_on = models.DateField(null=True)
    takes_new_clients = models.BooleanField(default=True)
    rating_sum = models.PositiveIntegerField(default=0)
    rating_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            no_overlap("service_is_offered_once", "approval", "service"),
            models.CheckConstraint(
                name="rating_is_one_to_five_stars",
                condition=Q(rating_sum__gte=models.F("rating_count"))
                & Q(rating_sum__lte=models.F("rating_count") * 5),
            ),
            # For an order's foreign key: what the offer is for.
            models.UniqueConstraint(
                fields=["id", "service", "organiser"], name="offer_with_its_service"
            ),
        ]


class Price(models.Model):
    """A provider's price for a unit in a band: true during `valid`, known from `known_at` on.

    A backdated change closes the row it replaces (`superseded_at`) and adds a new one, so what was
    known at any moment can still be asked.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="prices")
    band = models.ForeignKey(TimeBand, on_delete=models.PROTECT)
    cents = models.PositiveIntegerField()
    valid = DateRangeField()
    known_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_price_is_in_force",
                expressions=[
                    ("offer", RangeOperators.EQUAL),
                    ("band", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=Q(superseded_at__isnull=True),
            ),
            models.CheckConstraint(name="price_is_above_zero", condition=Q(cents__gt=0)),
        ]
        indexes = [
            models.Index(
                "offer",
                "band",
                include=["cents", "valid"],
                condition=Q(superseded_at__isnull=True),
                name="price_known_now",
            )
        ]


class ListingKind(models.Model):
    """What the tray's lists of choices tell apart; many listings are of one kind.

    `municipality_codes` are all the places where the provider works.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.DO_NOTHING, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.DO_NOTHING, related_name="+")
    sector = models.CharField(max_length=12)
    languages = ArrayField(models.CharField(max_length=3))
    municipality_codes = ArrayField(models.CharField(max_length=3))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "sector", "languages", "municipality_codes"],
                name="kind_of_listing_is_known_once",
            )
        ]


class Listing(models.Model):
    """An offer as the tray's search knows it; the database itself keeps it true.

    From `starts_on` until before `ends_on` the offer and the approval are both in force. `words`
    are the stems of all texts in Finnish, Swedish and English, with accents and without.
    """

    offer = models.OneToOneField(
        Offer, on_delete=models.DO_NOTHING, primary_key=True, related_name="listing"
    )
    organiser = models.ForeignKey(Organiser, on_delete=models.DO_NOTHING, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.DO_NOTHING, related_name="+")
    provider = models.ForeignKey(Provider, on_delete=models.DO_NOTHING, related_name="+")
    kind = models.ForeignKey(ListingKind, on_delete=models.DO_NOTHING, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    takes_new_clients = models.BooleanField()
    rating_sum = models.PositiveIntegerField()
    rating_count = models.PositiveIntegerField()
    words = SearchVectorField()

    class Meta:
        indexes = [
            GinIndex(fields=["words"], name="listing_words"),
            models.Index(
                "programme",
                "kind",
                include=["starts_on", "ends_on", "provider", "offer"],
                name="listing_of_a_kind",
            ),
        ]


class TrayWord(models.Model):
    """A word in the names of the tray, without accents: what a misspelt word is compared with."""

    text = models.TextField(primary_key=True)

    class Meta:
        indexes = [GinIndex(fields=["text"], opclasses=["gin_trgm_ops"], name="tray_word_letters")]
