"""Who receives those who come forward from a municipality: named and ended by the office."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from valinta.clients.interest_actions import end_reception, name_receiver
from valinta.clients.models import Reception
from valinta.shared.periods import Period
from valinta.users.models import User
from valinta.users.permissions import Permission, Role
from valinta.web.middleware import Request
from valinta.web.office.opening import open_programme
from valinta.web.office.providers_picture import towns_of


@require_POST
def name(request: Request, programme_id: int) -> HttpResponse:
    """Name a case manager who receives a municipality's people from today on."""
    page = open_programme(request, programme_id, Permission.LOAD_PROGRAMMES)
    chosen, town = request.POST.get("user", ""), request.POST.get("town", "")
    user = None
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 19:
        user = User.objects.filter(
            pk=int(chosen),
            holdings__organiser=page.programme.organiser_id,
            holdings__role=Role.CASE_MANAGER,
            holdings__valid__contains=page.today,
        ).first()
    if user is None or town not in towns_of(page.programme):
        page.tell("choose_both")
        return page.to("office:people")
    try:
        with transaction.atomic():
            name_receiver(
                organiser_id=page.programme.organiser_id,
                municipality_code=town,
                user=user,
                period=Period(page.today),
                by=request.actor,
                at=page.at,
            )
    except IntegrityError:
        page.tell("stale")
    else:
        page.tell("saved")
    return page.to("office:people")


@require_POST
def end(request: Request, programme_id: int, reception_id: int) -> HttpResponse:
    """From today on the worker receives the municipality's people no longer."""
    page = open_programme(request, programme_id, Permission.LOAD_PROGRAMMES)
    rows = Reception.objects.filter(organiser=page.programme.organiser_id)
    found = rows.filter(pk=reception_id).first() or page.missing("reception", reception_id)
    end_reception(reception=found, ends_on=page.today, by=request.actor, at=page.at)
    page.tell("saved")
    return page.to("office:people")
