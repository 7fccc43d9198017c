"""Template filters for the pages of providers, their applications and registers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from valinta.providers.conditions import Lack, Standing
from valinta.providers.models import Sector
from valinta.providers.states import ApplicationState, EntryState, EvidenceState, SigningRight

register = template.Library()
Words = str | Promise

APPLICATION: dict[ApplicationState, Words] = {
    ApplicationState.DRAFT: _("draft"),
    ApplicationState.SENT: _("waits for a decision"),
    ApplicationState.CLARIFICATION: _("waits for the applicant's answer"),
    ApplicationState.APPROVED: _("approved"),
    ApplicationState.REFUSED: _("refused"),
    ApplicationState.WITHDRAWN: _("taken back"),
}
EVIDENCE: dict[EvidenceState, Words] = {
    EvidenceState.RECEIVED: _("to be looked at"),
    EvidenceState.ACCEPTED: _("accepted"),
    EvidenceState.REFUSED: _("not accepted"),
}
ENTRY: dict[EntryState, Words] = {
    EntryState.MAY_OPERATE: _("applied for, may work meanwhile"),
    EntryState.REGISTERED: _("in the register"),
    EntryState.REFUSED: _("registration refused"),
    EntryState.REMOVED: _("removed from the register"),
}
LACKS: dict[Lack, Words] = {
    Lack.MISSING: _("missing"),
    Lack.NOT_LOOKED_AT: _("to be looked at"),
    Lack.REFUSED: _("not accepted"),
    Lack.TOO_OLD: _("too old"),
    Lack.OVER: _("no longer in force"),
    Lack.NO_ENTRY: _("no entry in force"),
}
SECTORS: dict[str, Words] = {
    Sector.PUBLIC: _("Public"),
    Sector.PRIVATE: _("Private company"),
    Sector.THIRD: _("Association or foundation"),
}
RIGHTS: dict[SigningRight, Words] = {
    SigningRight.OWNER: _("I own the business by myself (sole trader)"),
    SigningRight.ARTICLES: _("I have the right by law or the articles, alone"),
    SigningRight.PROCURATION: _("I hold a procuration that is in the register"),
    SigningRight.AUTHORISED: _("I am authorised in writing by those who have the right"),
}
SIZES: dict[str, Words] = {
    "micro": _("fewer than 10 workers"),
    "small": _("10 to 49 workers"),
    "medium": _("50 to 249 workers"),
    "large": _("250 workers or more"),
}


@register.filter
def application_state(state: str) -> str:
    """The state of an application in words."""
    return str(APPLICATION[ApplicationState(state)])


@register.filter
def evidence_state(state: str) -> str:
    """What was said of a piece of evidence."""
    return str(EVIDENCE[EvidenceState(state)])


@register.filter
def entry_state(state: str) -> str:
    """The state of an entry in a register."""
    return str(ENTRY[EntryState(state)])


@register.filter
def lack_words(lack: Lack | None) -> str:
    """Why a condition is not met, or that it is."""
    return str(_("in order") if lack is None else LACKS[lack])


@register.filter
def sector_words(sector: str) -> str:
    """Who is behind a provider."""
    return str(SECTORS.get(sector, sector))


@register.filter
def size_words(size: str) -> str:
    """How large a company is."""
    return str(SIZES.get(size, size))


@register.filter
def right_words(right: str) -> str:
    """By what right somebody signed for a company."""
    return str(RIGHTS.get(SigningRight(right), "")) if right else ""


@register.filter
def days_long(days: int) -> str:
    """A number of days."""
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


@register.filter
def age_words(standing: Standing) -> str:
    """How old a paper was when it was handed in, beside the limit."""
    if standing.age_days is None:
        return ""
    limit = standing.condition.greatest_age_days
    words = (
        _("%(age)s old when it was handed in")
        if limit is None
        else _("%(age)s old when it was handed in; at most %(limit)s")
    )
    return words % {
        "age": days_long(standing.age_days),
        "limit": "" if limit is None else days_long(limit),
    }


@register.filter
def area_words(codes: Iterable[str] | None, towns: Mapping[str, str]) -> str:
    """The municipalities' names; null is everywhere in the programme."""
    if codes is None:
        return str(_("everywhere in the programme"))
    return ", ".join(towns.get(code, code) for code in codes)
