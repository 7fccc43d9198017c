"""Who may act for the client, and inviting a supporter together with the client (SIU-4)."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.conf import settings
from django.db.models import Q
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from valinta.clients.mandates import MandateOver, MandateWithoutSight, TooMuchForSupporter
from valinta.clients.states import InvitationState, MandateScope
from valinta.processes.invite_supporter import Invited, invite_supporter
from valinta.users.permissions import Permission
from valinta.web.casework.opening import CasePage, open_case
from valinta.web.day_fields import DayField
from valinta.web.middleware import Request
from valinta.web.words import MANDATE_KINDS, SCOPES

SIGHTS = (MandateScope.SEE_PLAN, MandateScope.SEE_BUDGET, MandateScope.SEE)
DEEDS = (MandateScope.WRITE, MandateScope.CONFIRM, MandateScope.ORDER, MandateScope.PLAN)


class InviteForm(forms.Form):
    """Whom, as what, to see and do what, until when."""

    name = forms.CharField(
        max_length=120, error_messages={"required": _("Write the name of the person.")}
    )
    kind = forms.ChoiceField(
        choices=list(MANDATE_KINDS.items()),
        error_messages={
            "required": _("Choose who the person is."),
            "invalid_choice": _("Choose who the person is."),
        },
    )
    sight = forms.ChoiceField(
        choices=[(one, SCOPES[one]) for one in SIGHTS],
        error_messages={
            "required": _("Choose what the person may see."),
            "invalid_choice": _("Choose what the person may see."),
        },
    )
    acts = forms.MultipleChoiceField(choices=[(one, SCOPES[one]) for one in DEEDS], required=False)
    last_on = DayField(
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={
            "required": _("Choose the last day."),
            "invalid": _("Write the last day as day, month and year: 31.12.2030."),
        },
    )


@require_http_methods(["GET", "POST"])
def supporters(request: Request, client_id: int) -> HttpResponse:
    """Who acts for the client now, invitations that wait, and a new one."""
    page = open_case(request, client_id, purpose="supporters")
    form = InviteForm(request.POST or None)
    invited = _invite(page, form) if request.method == "POST" and form.is_valid() else None
    goes_on = Q(valid__endswith__isnull=True) | Q(valid__endswith__gt=page.today)
    mandates = page.client.mandates.filter(goes_on, ended_at=None).select_related("user")
    facts = {
        "form": InviteForm() if invited else form,
        "invited": invited,
        "days": settings.INVITATION_DAYS,
        "mandates": mandates.order_by("user__display_name", "pk"),
        "waiting": page.client.invitations.filter(
            state=InvitationState.SENT, expires_at__gt=page.at
        ).order_by("-invited_at"),
        "kinds": list(MANDATE_KINDS.items()),
        "sights": [(one, SCOPES[one]) for one in SIGHTS],
        "deeds": [(one, SCOPES[one]) for one in DEEDS],
        "earliest": (page.today + timedelta(days=1)).isoformat(),
        "may_invite": page.may(Permission.GIVE_MANDATES),
    }
    return page.show("casework/supporters.html", facts, status=422 if form.errors else 200)


def _invite(page: CasePage, form: InviteForm) -> Invited | None:
    """The invitation with its code, or None when the form now says what to mend."""
    given = form.cleaned_data
    try:
        return invite_supporter(
            client=page.client,
            name=given["name"],
            kind=given["kind"],
            scope=[given["sight"], *given["acts"]],
            last_on=given["last_on"],
            by=page.request.actor,
            at=page.at,
        )
    except MandateOver:
        form.add_error("last_on", gettext("Choose a last day that is today or later."))
    except TooMuchForSupporter:
        text = gettext("A supporter may look and help to write. Choose a representative above.")
        form.add_error("acts", text)
    except MandateWithoutSight:
        form.add_error("sight", gettext("To do what you chose, the person has to see it."))
    return None
