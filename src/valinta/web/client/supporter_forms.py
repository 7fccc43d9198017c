"""The form of an invitation: whom, as what, to see and do what, until when."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from valinta.clients.states import MandateKind, MandateScope
from valinta.web.day_fields import DayField

Option = tuple[str, str | Promise, str | Promise]

KINDS: tuple[Option, ...] = (
    (MandateKind.CLOSE, _("Someone close to me"), _("For example a relative or a friend.")),
    (
        MandateKind.EXPERT,
        _("An expert by experience"),
        _("Someone who has been in the same situation."),
    ),
    (MandateKind.WORKER, _("A worker who helps me"), _("For example a disability worker.")),
    (
        MandateKind.AUTHORISED,
        _("My representative"),
        _("May also act in your place, if you let them below."),
    ),
)
SIGHTS: tuple[Option, ...] = (
    (MandateScope.SEE_PLAN, _("Only my plan"), _("The support plan and the service plan.")),
    (MandateScope.SEE_BUDGET, _("Only my money and orders"), ""),
    (MandateScope.SEE, _("Everything that I see"), ""),
)
DEEDS: tuple[Option, ...] = (
    (MandateScope.WRITE, _("Help to write the support plan"), _("You sign it yourself.")),
    (MandateScope.CONFIRM, _("Confirm visits"), _("Only my representative.")),
    (MandateScope.ORDER, _("Order services"), _("Only my representative.")),
    (MandateScope.PLAN, _("Plan and sign for me"), _("Only my representative.")),
)
REFUSALS: dict[str, str | Promise] = {
    "over": _("Choose a last day that is today or later."),
    "too_much": _(
        "A supporter may look and help to write. To let someone confirm visits, order or sign,"
        " choose “My representative” above."
    ),
    "without_sight": _(
        "To do what you chose below, the person has to see it. Choose “Everything that I see”."
    ),
}


def _pairs(options: tuple[Option, ...]) -> list[tuple[str, str | Promise]]:
    return [(value, words) for value, words, _hint in options]


class InviteForm(forms.Form):
    """Whom the client invites. Supporters look and help; only a representative acts."""

    name = forms.CharField(
        max_length=120, error_messages={"required": _("Write the name of the person.")}
    )
    kind = forms.ChoiceField(
        choices=_pairs(KINDS),
        error_messages={
            "required": _("Choose who the person is."),
            "invalid_choice": _("Choose who the person is."),
        },
    )
    sight = forms.ChoiceField(
        choices=_pairs(SIGHTS),
        error_messages={
            "required": _("Choose what the person may see."),
            "invalid_choice": _("Choose what the person may see."),
        },
    )
    acts = forms.MultipleChoiceField(choices=_pairs(DEEDS), required=False)
    last_on = DayField(
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={
            "required": _("Choose the last day."),
            "invalid": _("Write the last day as day, month and year: 31.12.2030."),
        },
    )

    def refuse(self, field: str, reason: str) -> None:
        """Say at the field why the invitation cannot be made like this."""
        self.add_error(field, str(REFUSALS[reason]))

    def choices(self, today: date) -> dict[str, object]:
        """What there is to choose from, and the first day that can be the last one."""
        return {"kinds": KINDS, "sights": SIGHTS, "acts": DEEDS, "earliest": today.isoformat()}
