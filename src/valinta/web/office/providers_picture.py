"""What the pages of providers show: applications with their conditions, approvals, old papers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from valinta.catalogue.models import ReferencePrice, Service, TimeBand
from valinta.programmes.models import Programme
from valinta.programmes.names import named
from valinta.providers.conditions import Lack, Standing, days_of, provider_terms, standings
from valinta.providers.models import Application, Approval, Evidence, RegisterEntry
from valinta.providers.states import WAITING, ApplicationState
from valinta.web.templatetags.wording import language

MOST_WAITING = 50
_APPLICANTS = (Lack.MISSING, Lack.REFUSED, Lack.TOO_OLD, Lack.OVER)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An application that waits: how many conditions lack something, and whether it is late."""

    application: Application
    lacking: int
    services: int
    is_late: bool
    answer_by: date | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A price that is asked in a band, beside the highest that the programme allows. Cents."""

    band: str
    cents: int
    ceiling: int | None

    @property
    def is_above(self) -> bool:
        """Whether the price is above the ceiling, so that it cannot be approved."""
        return self.ceiling is not None and self.cents > self.ceiling


@dataclass(frozen=True, slots=True)
class AskedService:
    """A service that is applied for."""

    code: str
    name: str
    unit: str
    prices: tuple[Asked, ...]
    approved: bool | None


@dataclass(frozen=True, slots=True)
class OldPaper:
    """A paper of an approved provider that holds no longer, or not for long."""

    approval: Approval
    standing_name: str
    valid_until: date
    days_left: int


def waiting_in(programme: Programme, today: date) -> list[Waiting]:
    """The applications that wait, the oldest first."""
    found = list(
        Application.objects.filter(programme=programme, state__in=WAITING)
        .select_related("programme")
        .annotate(
            services=Count("lines", distinct=True),
        )
        .order_by("sent_at", "pk")[:MOST_WAITING]
    )
    evidence = _by_application(found)
    entries = RegisterEntry.objects.filter(
        organiser_id=programme.organiser_id, business_id__in=[one.business_id for one in found]
    )
    known = list(entries.order_by("-pk"))
    rounds = dict(
        Application.objects.filter(
            pk__in=[one.pk for one in found], clarifications__answered_at__isnull=True
        ).values_list("pk", "clarifications__answer_by")
    )
    return [
        Waiting(
            one,
            sum(row.lack is not None for row in standings(one, evidence[one.pk], known, today)),
            getattr(one, "services", 0),
            one.decide_by is not None and one.decide_by < today,
            rounds.get(one.pk),
        )
        for one in found
    ]


def number_waiting(programme: Programme) -> int:
    """How many applications wait."""
    return Application.objects.filter(programme=programme, state__in=WAITING).count()


def _by_application(found: Sequence[Application]) -> defaultdict[int, list[Evidence]]:
    rows: defaultdict[int, list[Evidence]] = defaultdict(list)
    for one in Evidence.objects.filter(application__in=found).defer("content").order_by("pk"):
        rows[one.application_id].append(one)
    return rows


def approvals_in(programme: Programme, today: date) -> QuerySet[Approval]:
    """The approvals in force today or later, by the provider's name, with their services."""
    in_force = Q(valid__endswith__gt=today) | Q(valid__endswith__isnull=True)
    now = Q(offers__valid__contains=today)
    return (
        Approval.objects.filter(in_force, programme=programme)
        .select_related("provider", "rulebook")
        .annotate(services=Coalesce(Count("offers", filter=now, distinct=True), 0))
        .order_by("provider__name", "pk")
    )


def old_papers(programme: Programme, today: date) -> list[OldPaper]:
    """The newest papers of approved providers that end soon, or have ended; those first."""
    names = {
        one["code"]: named(one["names"], language())
        for one in provider_terms(programme).get("conditions", [])
    }
    newest = (
        Evidence.objects.filter(
            application__programme=programme,
            application__state=ApplicationState.APPROVED,
            application__approval__valid__contains=today,
        )
        .defer("content")
        .select_related("application__approval__provider")
        .order_by("application__approval", "condition", "-pk")
        .distinct("application__approval", "condition")
    )
    until = today + timedelta(days=days_of(programme, "warn_before_days"))
    found = [
        OldPaper(
            one.application.approval,
            names.get(one.condition, one.condition),
            one.valid_until,
            (one.valid_until - today).days,
        )
        for one in newest
        if one.valid_until is not None
        and one.valid_until <= until
        and one.application.approval is not None
    ]
    return sorted(found, key=lambda one: (one.days_left, one.approval.pk))


def asked_services(application: Application, on: date) -> list[AskedService]:
    """The services applied for with their prices and the programme's ceilings."""
    programme = application.programme
    lines = list(application.lines.order_by("pk"))
    codes = [line.service_code for line in lines]
    services = {
        one.code: one for one in Service.objects.filter(programme=programme, code__in=codes)
    }
    bands = {one.code: one for one in TimeBand.objects.filter(programme=programme)}
    ceilings = _ceilings(services.values(), on)
    rows = []
    for line in lines:
        service = services.get(line.service_code)
        prices = tuple(
            Asked(
                named(bands[band].names, language()) if band in bands else band,
                int(cents),
                ceilings.get((line.service_code, band)),
            )
            for band, cents in sorted(line.prices.items())
        )
        name = named(service.names, language()) if service else line.service_code
        unit = service.unit if service else ""
        rows.append(AskedService(line.service_code, name, unit, prices, line.approved))
    return rows


def _ceilings(services: Iterable[Service], on: date) -> dict[tuple[str, str], int]:
    rows = ReferencePrice.objects.filter(
        service__in=list(services), kind="ceiling", valid__contains=on
    )
    return {
        (service, band): cents
        for service, band, cents in rows.values_list("service__code", "band__code", "cents")
    }


def towns_of(programme: Programme) -> dict[str, str]:
    """The programme's municipalities by code, in the reader's language."""
    rows = programme.municipalities.order_by("code").values_list("code", "names")
    return {code: named(names, language()) for code, names in rows}


def register_names(programme: Programme) -> dict[str, str]:
    """The registers by code, in the reader's language."""
    return {
        one["code"]: named(one["names"], language())
        for one in provider_terms(programme).get("registers", [])
    }


def lacking_words(rows: Iterable[Standing], words: Any) -> str:
    """What the applicant has to mend as lines, to begin a clarification with.

    What the office itself has not looked at or up yet is not the applicant's to mend.
    """
    return "\n".join(
        f"– {named(row.condition.names, language())}: {words(row.lack)}"
        for row in rows
        if row.lack in _APPLICANTS
    )
