"""Why a visit was drawn for a check, and what the check asks of the company, in sentences."""

from __future__ import annotations

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from valinta.programmes.percent import percent_text
from valinta.visits.checks import Check
from valinta.visits.drawing import Risk

# What a check asks of the company, wherever it is told.
ASKED = _(
    "A check holds up no payment. Keep the notes of the visit at hand: the organiser may ask "
    "for them."
)
_RISKS: dict[str, str | Promise] = {
    Risk.NEW_PROVIDER: _("the company was new"),
    Risk.PRICE_AT_CEILING: _("the price was the ceiling price"),
    Risk.NO_TIMES: _("no times were reported"),
    Risk.NO_CODE: _("no code of the client shows the visit"),
}


def why_drawn(check: Check) -> str:
    """By lot with which chance and which risks, or because many had gone by; in the language."""
    chance = percent_text(str(Decimal(check.chance) / 10_000))
    if check.by_gap:
        said = gettext("It was drawn because many visits had gone by without a check.")
    else:
        said = gettext("It was drawn by lot; its chance was %(chance)s.") % {"chance": chance}
    if risks := [str(_RISKS[one]) for one in check.risks]:
        said += " " + gettext("The chance was greater because %(risks)s.") % {
            "risks": ", ".join(risks)
        }
    return said
