"""What the pages of an application show: services with their ceilings, papers, what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from valinta.catalogue.models import ReferencePrice, Service, TimeBand
from valinta.programmes.models import Programme
from valinta.programmes.names import named
from valinta.providers.conditions import Lack, Standing, entries_of, provider_terms, standings
from valinta.providers.models import Application, PassportPaper
from valinta.providers.states import OPEN, ApplicationState
from valinta.web.provider.apply_forms import field_of
from valinta.web.provider.apply_words import FACTS
from valinta.web.templatetags.wording import language

# What only the organiser can see to: the applicant is not asked to mend these.
_THE_OFFICES = (Lack.NOT_LOOKED_AT, Lack.NO_ENTRY)


@dataclass(frozen=True, slots=True)
class Band:
    """A time band of a service; `ceiling` is the highest price in cents, None without a limit."""

    service: str
    code: str
    name: str
    ceiling: int | None

    @property
    def field(self) -> str:
        return field_of(self.service, self.code)


@dataclass(frozen=True, slots=True)
class Offered:
    """A service of the programme that can be applied for."""

    code: str
    name: str
    unit: str
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A condition, how the application stands to it, and the company's kept paper for it."""

    standing: Standing
    kept: PassportPaper | None
    kept_age: int | None
    can_hand_in: bool

    @property
    def code(self) -> str:
        return self.standing.condition.code

    @property
    def is_mine(self) -> bool:
        """Whether the applicant has something to do about it."""
        return self.standing.lack is not None and self.standing.lack not in _THE_OFFICES

    @property
    def is_kept_too_old(self) -> bool:
        """Whether the kept paper is older than this organiser takes."""
        limit = self.standing.condition.greatest_age_days
        return limit is not None and self.kept_age is not None and self.kept_age > limit


def offered(programme: Programme, on: date, only: Sequence[str] | None = None) -> list[Offered]:
    """The services of a programme in the pack's order, with bands and ceilings. Three queries."""
    rows = Service.objects.filter(programme=programme).order_by("pk")
    services = [one for one in rows if only is None or one.code in only]
    names = {one.code: one.names for one in TimeBand.objects.filter(programme=programme)}
    ceilings = {
        (service, band): cents
        for service, band, cents in ReferencePrice.objects.filter(
            service__in=services, kind="ceiling", valid__contains=on
        ).values_list("service__code", "band__code", "cents")
    }
    bands = programme.terms.get("service_bands", {})
    return [
        Offered(
            one.code,
            named(one.names, language()),
            one.unit,
            tuple(
                Band(
                    one.code,
                    band,
                    named(names[band], language()) if band in names else band,
                    ceilings.get((one.code, band)),
                )
                for band in bands.get(one.code, [])
            ),
        )
        for one in services
    ]


def towns_of(programme: Programme) -> list[tuple[str, str]]:
    """The programme's municipalities: code and name, by the name in the reader's language."""
    rows = programme.municipalities.values_list("code", "names")
    return sorted(
        ((code, named(names, language())) for code, names in rows), key=lambda one: one[1]
    )


def registers_of(programme: Programme) -> list[tuple[str, str]]:
    """The registers the programme knows: code and name."""
    rows = provider_terms(programme).get("registers", [])
    return [(one["code"], named(one["names"], language())) for one in rows]


def paper_rows(
    application: Application, kept: Mapping[str, PassportPaper], on: date
) -> list[PaperRow]:
    """Each condition of the application in the pack's order."""
    evidence = application.evidence.defer("content")
    is_open = application.state in (*OPEN, ApplicationState.APPROVED)
    rows = []
    for one in standings(application, evidence, entries_of(application), on):
        shown = kept.get(one.condition.code)
        has_it = shown and one.evidence and shown.sha256 == one.evidence.sha256
        mine = shown if shown and not has_it else None
        by_hand = one.condition.shown_by != "register"
        age = mine.age_on(on) if mine else None
        rows.append(PaperRow(one, mine if is_open else None, age, is_open and by_hand))
    return rows


def missing_facts(application: Application) -> list[dict[str, Any]]:
    """What has to be filled in before sending, with the page where it is done."""
    lines = list(application.lines.all())
    found = [
        key
        for key in FACTS
        if key not in ("services", "prices", "register") and not getattr(application, key)
    ]
    if not application.register_number or not application.register:
        found.append("register")
    if not lines:
        found.append("services")
    elif any(not line.prices for line in lines):
        found.append("prices")
    return [{"code": one, "words": FACTS[one][0], "page": FACTS[one][1]} for one in found]
