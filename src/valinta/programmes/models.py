"""Programmes as loaded from packs: phases, municipalities, quotas, rulebooks, funding, allocation.

Every period is a half-open range of days. Rows whose period has begun are facts of the past and are
not changed by a later load; see `valinta.processes.load_programme`.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models

from valinta.ledger.models import Account
from valinta.organisers.models import Organiser


def no_overlap(name: str, *same: str, **where: Any) -> ExclusionConstraint:
    """A constraint: rows alike in the fields named never have overlapping `valid` periods."""
    expressions: list[tuple[str, str]] = [(field, RangeOperators.EQUAL) for field in same]
    expressions.append(("valid", RangeOperators.OVERLAPS))
    return ExclusionConstraint(
        name=name, expressions=expressions, condition=models.Q(**where) if where else None
    )


class Programme(models.Model):
    """One personal-budget or voucher programme of one organiser.

    `terms` holds the pack's undated lists: eligibility legs, consent checklist, instruments,
    need items and measures, in the shape of `valinta.programmes.pack`.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    code = models.SlugField(max_length=40)
    names = models.JSONField()
    language = models.CharField(max_length=2, default="fi")
    terms = models.JSONField(default=dict)
    funding_account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organiser", "code"], name="programme_code_is_unique"),
        ]

    def __str__(self) -> str:
        return self.code


class Phase(models.Model):
    """A stretch of the programme with one status. Outside all phases nothing is granted or paid."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="phases")
    code = models.CharField(max_length=40)
    status = models.CharField(max_length=40)
    names = models.JSONField()
    valid = DateRangeField()

    class Meta:
        constraints = [no_overlap("phases_follow_each_other", "programme")]


class Municipality(models.Model):
    """A municipality's membership in a programme. `code` is the national three-digit code.

    `valid` is null for one that counts in the region's population but has not decided to join.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="municipalities"
    )
    code = models.CharField(max_length=3)
    names = models.JSONField()
    population = models.PositiveIntegerField()
    population_year = models.PositiveSmallIntegerField()
    valid = DateRangeField(null=True)

    class Meta:
        verbose_name_plural = "municipalities"
        constraints = [no_overlap("municipality_is_a_member_once", "programme", "code")]


class TargetGroup(models.Model):
    """Who a programme is for; null `municipality_codes` means every member municipality."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="target_groups")
    code = models.CharField(max_length=40)
    names = models.JSONField()
    municipality_codes = ArrayField(models.CharField(max_length=3), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "code"], name="target_group_code_is_unique"
            ),
        ]


class Quota(models.Model):
    """How many clients a municipality, or one target group of it, may have at a time."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="quotas")
    municipality_code = models.CharField(max_length=3)
    target_group_code = models.CharField(max_length=40, default="")
    places = models.PositiveIntegerField()
    valid = DateRangeField()

    class Meta:
        constraints = [
            no_overlap("quota_is_given_once", "programme", "municipality_code", "target_group_code")
        ]


class Rulebook(models.Model):
    """A version of the rulebook, approved by the organiser's board on a day (SIU-8).

    `parameters` holds the terms the software follows: days, hours, cycle, sample rate.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="rulebooks")
    version = models.CharField(max_length=40)
    approved_on = models.DateField()
    approved_by_body = models.CharField(max_length=200)
    parameters = models.JSONField()
    valid = DateRangeField()

    class Meta:
        constraints = [no_overlap("one_rulebook_is_in_force", "programme")]


class FundingShare(models.Model):
    """A source's share of every cost, in hundredths of a per cent (80 % is 8000)."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="funding")
    source = models.CharField(max_length=40)
    names = models.JSONField()
    share = models.PositiveIntegerField()
    valid = DateRangeField()

    class Meta:
        constraints = [
            no_overlap("source_has_one_share", "programme", "source"),
            models.CheckConstraint(
                name="share_is_at_most_everything", condition=models.Q(share__lte=10_000)
            ),
        ]


class AllocationRule(models.Model):
    """How needs become euros in a programme, from one day to another."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="allocation")
    model = models.CharField(max_length=40)
    parameters = models.JSONField()
    valid = DateRangeField()

    class Meta:
        constraints = [no_overlap("one_allocation_rule_is_in_force", "programme")]


class PackLoad(models.Model):
    """A loading of the pack, with what it said; the newest row is the pack in use."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="loads")
    sha256 = models.CharField(max_length=64)
    content = models.JSONField()
    loaded_at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)


class PackDraft(models.Model):
    """A pack that the office has sent in, to be looked into before it is taken into use.

    `files` are the texts of the pack's files by name. `former_sha256` is of the pack in use when
    the draft was made: a draft is taken only while that one is still in use.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="drafts")
    files = models.JSONField()
    sha256 = models.CharField(max_length=64)
    former_sha256 = models.CharField(max_length=64, default="")
    made_at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    taken_at = models.DateTimeField(null=True)


class LetterText(models.Model):
    """The office's own text in a kind of letter, from a day on; an empty one is the house's own.

    A row is never changed: a new text is a new row, and the newest of the latest day holds.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="letter_texts")
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    key = models.CharField(max_length=60)
    text = models.TextField()
    starts_on = models.DateField()
    written_at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["programme", "kind", "language"], name="texts_of_a_letter")]


class ImportState(models.TextChoices):
    """How far an import is: its file tried only, its lines written, or thrown away."""

    TRIED = "tried"
    TAKEN = "taken"
    DROPPED = "dropped"


class ImportRun(models.Model):
    """A file that the office takes in, and the report of it. The report names no person.

    `content` is the file's text, kept only until the lines are written or the file is thrown away.
    `faults` are line, column and word of each fault, without the values.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="imports")
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=7, choices=ImportState.choices)
    content = models.TextField(default="")
    lines = models.PositiveIntegerField()
    good = models.PositiveIntegerField()
    written = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list)
    tried_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="closed_import_keeps_no_file",
                condition=models.Q(state=ImportState.TRIED, closed_at__isnull=True)
                | (
                    models.Q(content="", closed_at__isnull=False)
                    & ~models.Q(state=ImportState.TRIED)
                ),
            ),
        ]
