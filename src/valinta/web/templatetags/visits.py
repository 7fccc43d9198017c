"""Template filters for a company's visits: their states, short names and what came of lines."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from valinta.clients.models import Client
from valinta.orders.models import Order
from valinta.shared.money import NO_BREAK_SPACE
from valinta.visits.models import Visit
from valinta.visits.states import VisitState
from valinta.web.provider import visit_forms
from valinta.web.templatetags.wording import language

register = template.Library()
Words = str | Promise
TAKEN_BACK: Words = _("visit taken back")
STATES: dict[str, Words] = {
    VisitState.ACCEPTED: _("recorded"),
    VisitState.CONFIRMED: _("confirmed by the client"),
    VisitState.DISPUTED: _("disputed by the client"),
    VisitState.IN_REVIEW: _("looked into by the organiser"),
    VisitState.REJECTED: _("rejected by the organiser"),
}
HEAPS: dict[str, Words] = {
    "refused": _("refused lines"),
    VisitState.DISPUTED: _("disputed"),
    VisitState.IN_REVIEW: _("looked into"),
    VisitState.ACCEPTED: _("recorded"),
    VisitState.CONFIRMED: _("confirmed"),
    VisitState.REJECTED: _("rejected"),
    "withdrawn": TAKEN_BACK,
}
OUTCOMES: dict[str, Words] = {
    "taken": _("good"),
    "in_review": _("looked into first"),
    "refused": _("not taken in"),
    "repeated": _("sent before"),
}


@register.filter
def company_state(visit: Visit) -> str:
    """What has become of a visit, in the words of who reported it."""
    return str(TAKEN_BACK if visit.withdrawn_at else STATES[visit.state])


@register.filter
def heap_name(code: str) -> str:
    """What a heap of the month is called."""
    return str(HEAPS[code])


@register.filter
def outcome_name(code: str) -> str:
    """What would come of a line."""
    return str(OUTCOMES[code])


@register.filter
def short_name(client: Client) -> str:
    """A client's name on a screen that others may see."""
    return visit_forms.short_name(client)


@register.filter
def order_words(order: Order) -> str:
    """An order in a list."""
    return visit_forms.order_words(order)


@register.filter
def thousands(number: int) -> str:
    """A large number with a sign between its thousands, as the reader's language has it."""
    written = f"{number:,}"
    return written if language() == "en" else written.replace(",", NO_BREAK_SPACE)
