"""The client moves: where to, what becomes of the place and the orders, and who goes on."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from valinta.clients.models import Enrolment
from valinta.orders.change_actions import WordsMissing
from valinta.processes.move_home import (
    MovingHome,
    NoGroupThere,
    NotThatWay,
    Where,
    move_out,
    move_within,
    what_moving_does,
)
from valinta.web.casework.changes import PURPOSE, may_change, place_of, stale
from valinta.web.casework.changes_forms import HomeForm
from valinta.web.casework.opening import CasePage, open_case
from valinta.web.middleware import Request
from valinta.web.templatetags.wording import name


@require_http_methods(["GET", "POST"])
def home(request: Request, client_id: int) -> HttpResponse:
    """Ask where to, show what becomes of place and orders, and do it."""
    page = open_case(request, client_id, PURPOSE)
    enrolment = place_of(page)
    form = HomeForm(page.today, request.POST if request.method == "POST" else None)
    if enrolment is None or not may_change(page):
        return stale(page, "no_place_now", form)
    look = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        look = what_moving_does(
            client=page.client,
            enrolment=enrolment,
            to=given["to"],
            group=given["group"],
            on=given["on"],
        )
        if look.town is not None and look.group is None:
            form.add_error("group", _("Choose a target group that the new municipality has."))
        elif _is_seen(request, look) and (done := _do(page, enrolment, form, look)):
            return done
    facts = {
        "form": form,
        "look": look,
        "towns": [
            (one.code, f"{name(one.names)} ({one.code})")
            for one in enrolment.programme.municipalities.filter(
                valid__contains=page.today
            ).order_by("names__fi")
        ],
        "groups": [(one.code, name(one.names)) for one in look.groups] if look else [],
        "enrolment": enrolment,
    }
    return page.show("casework/changes_home.html", facts, 422 if form.errors else 200)


def _is_seen(request: Request, look: MovingHome) -> bool:
    """Whether the worker says yes to what is still so."""
    return request.POST.get("step") == "do" and request.POST.get("where") == look.where


def _do(
    page: CasePage, enrolment: Enrolment, form: HomeForm, look: MovingHome
) -> HttpResponse | None:
    """Carry the move out as it was shown; None when something is to be mended first."""
    given, by = form.cleaned_data, page.request.actor
    try:
        if look.where is Where.OUT:
            move_out(
                client=page.client, enrolment=enrolment, to=given["to"], note=given["note"],
                by=by, at=page.at,
            )  # fmt: skip
            page.tell("moved_out")
        else:
            move_within(
                client=page.client, enrolment=enrolment, to=given["to"], group=given["group"],
                on=given["on"], where=look.where, by=by, at=page.at,
            )  # fmt: skip
            page.tell("moved_home_full" if look.where is Where.FULL else "moved_home")
    except WordsMissing:
        form.add_error("note", _("Write what the new municipality's services should know."))
        return None
    except (NotThatWay, NoGroupThere):
        return stale(page, "changed_meanwhile", form)
    return page.to("casework:changes")
