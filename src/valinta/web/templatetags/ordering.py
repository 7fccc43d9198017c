"""Template filters for orders: weeks, times of day, amounts and lengths in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Protocol

from babel.dates import get_day_names
from django import template
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from valinta.orders.calendar import PlannedVisit, WeeklyVisit
from valinta.orders.states import OPEN, OrderState
from valinta.processes.answer_in_time import UNANSWERED
from valinta.providers.models import Sector
from valinta.visits.models import Visit
from valinta.visits.states import VisitState
from valinta.web import wording
from valinta.web.client import week_words
from valinta.web.client.calendar_picture import Month
from valinta.web.templatetags.wording import language, tongue

register = template.Library()


class Stateful(Protocol):
    """An order as a line: its state, and whether its days are over or cut short."""

    @property
    def state(self) -> str: ...
    @property
    def over(self) -> bool: ...
    @property
    def ending(self) -> bool: ...


class Part(Protocol):
    """A month of an order: how much was ordered and done, in hundredths of the unit."""

    @property
    def done(self) -> int: ...
    @property
    def ordered(self) -> int: ...


ORDER_STATES: dict[str, Any] = {
    OrderState.PLACED: _("waits for the provider"),
    OrderState.ACCEPTED: _("in use"),
    OrderState.DECLINED: _("declined by the provider"),
    OrderState.ENDED: _("ended"),
}
VISIT_STATES: dict[str, Any] = {
    VisitState.ACCEPTED: _("waits for your answer"),
    VisitState.CONFIRMED: _("you said yes"),
    VisitState.DISPUTED: _("you said no; your case manager looks into it"),
    VisitState.IN_REVIEW: _("the organiser looks into it; not paid yet"),
    VisitState.REJECTED: _("rejected, not paid"),
}
# What the client has said, told to those who work for them.
ANSWERED: dict[str, Any] = {
    VisitState.ACCEPTED: _("waits for the client's answer"),
    VisitState.CONFIRMED: _("the client said yes"),
    VisitState.DISPUTED: _("the client said no"),
}

SECTORS: dict[str, Any] = {
    Sector.PRIVATE: _("company"),
    Sector.THIRD: _("association or foundation"),
    Sector.PUBLIC: _("public provider"),
}


@register.inclusion_tag("client/calendar.html")
def visit_calendar(months: Sequence[Month], unit: str) -> dict[str, Any]:
    """Months with the days of visits marked; with times when the unit has them."""
    locale = wording.LOCALES[language()]
    short = get_day_names("abbreviated", "stand-alone", locale)
    long = get_day_names("wide", "stand-alone", locale)
    heads = [(short[day], long[day]) for day in range(7)]
    return {"months": months, "timed": unit != "day", "weekday_heads": heads}


@register.filter
def week(visits: Sequence[WeeklyVisit], unit: str) -> str:
    """The week of an order in words."""
    return week_words.week_in_words(visits, unit, language())


@register.filter
def clock(moment: time) -> str:
    """A time of day."""
    return week_words.clock(moment, language())


@register.filter
def planned_time(visit: PlannedVisit) -> str:
    """From when to when a planned visit is."""
    return week_words.clock_span(visit.starts, visit.minutes, language())


@register.filter
def amount(hundredths: int, unit: str) -> str:
    """A quantity in hundredths of a unit, with the unit."""
    return wording.amount_of(hundredths, unit, language())


@register.filter
def visit_time(visit: PlannedVisit, unit: str) -> str:
    """From when to when a planned visit is; empty when the service fills the day."""
    return "" if unit == "day" else planned_time(visit)


@register.filter
def of(words: Mapping[str, Any], key: str) -> Any:
    """What a mapping has for a key."""
    return words.get(key, {})


@register.filter
def sector_name(sector: str) -> str:
    """The sector of a provider in words."""
    return str(SECTORS.get(sector, sector))


@register.filter
def language_list(codes: Sequence[str]) -> str:
    """Languages by their names in the reader's own."""
    return ", ".join(tongue(code) for code in codes)


@register.filter
def tenths(number: int) -> str:
    """A number in tenths: 46 is “4,6” or “4.6”."""
    return wording.quantity(number * 10, language())


@register.filter
def month_year(when: date) -> str:
    """A month with its year."""
    return f"{wording.month_in_words(when, language())} {when.year}"


@register.filter
def order_state(line: Stateful) -> str:
    """What state an order is in, in words."""
    if line.ending and not line.over:
        return gettext("coming to its end")
    if line.over and line.state in OPEN:
        return gettext("days over")
    return str(ORDER_STATES[line.state])


@register.filter
def visit_state(visit: Visit) -> str:
    """What has become of a visit, in words."""
    if visit.withdrawn_at:
        return gettext("taken back by the provider, not paid")
    return str(VISIT_STATES[visit.state])


@register.filter
def visit_state_for_workers(visit: Visit) -> str:
    """The same, to those who work for the client."""
    return str(ANSWERED.get(visit.state) or VISIT_STATES[visit.state])


@register.filter
def is_silence(reason: str) -> bool:
    """Whether an order was declined because nobody answered in time: no company's own words."""
    return reason == UNANSWERED


@register.filter
def weekly_time(visit: WeeklyVisit, unit: str) -> str:
    """From when to when a visit of the week is; empty when the service fills the day."""
    if unit == "day":
        return ""
    return week_words.clock_span(visit.starts, visit.minutes, language())


@register.filter
def clock_of(moment: datetime) -> str:
    """The time of day of a moment."""
    return wording.clock_time(moment, language())


@register.filter
def progress_of(part: Part, unit: str) -> str:
    """How much of what was ordered is done."""
    return wording.progress(part.done, part.ordered, unit, language())
