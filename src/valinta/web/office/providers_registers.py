"""Registers: entries that the organiser has seen in a national one, and those that it keeps."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from valinta.providers.actions import NotABusinessId, NotRegistered
from valinta.providers.conditions import provider_terms
from valinta.providers.models import Application, RegisterEntry
from valinta.providers.register_actions import EntryExists, NewEntry, add_entry, move_entry
from valinta.providers.states import ENTRY, PROVES, EntryState
from valinta.shared.states import ForbiddenTransition
from valinta.users.permissions import Permission
from valinta.web.middleware import Request
from valinta.web.names import names_of
from valinta.web.office.opening import OfficePage, open_programme
from valinta.web.office.providers_forms import EntryForm, filled
from valinta.web.office.providers_picture import register_names, towns_of
from valinta.web.templatetags.providers import ENTRY as STATES

PAGE_SIZE = 50


@require_GET
def registers(request: Request, programme_id: int) -> HttpResponse:
    """The entries by company, those that hold first."""
    page = open_programme(request, programme_id, Permission.APPROVE_PROVIDERS)
    codes = [one["code"] for one in provider_terms(page.programme).get("registers", [])]
    rows = RegisterEntry.objects.filter(
        organiser_id=page.programme.organiser_id, register__in=codes
    ).order_by("name", "pk")
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    facts = {
        "page": shown,
        "registers": register_names(page.programme),
        "towns": towns_of(page.programme),
        "names": names_of(one.noted_by_id for one in shown),
        "moves": {
            str(state): [(str(one), STATES[one]) for one in sorted(ENTRY.next_states(state))]
            for state in EntryState
        },
    }
    return page.show("office/providers_registers.html", facts)


@require_http_methods(["GET", "POST"])
def add(request: Request, programme_id: int) -> HttpResponse:
    """Add an entry; an application's number fills in what it says."""
    page = open_programme(request, programme_id, Permission.APPROVE_PROVIDERS)
    areas = list(towns_of(page.programme))
    application = _application(page, request.GET.get("application", ""))
    if request.method == "GET":
        form = filled(EntryForm(areas), _said(application) | {"starts_on": str(page.today)})
        return _form(page, form, application)
    form = EntryForm(areas, request.POST)
    if form.is_valid() and _added(page, form):
        page.tell("entry_added")
        if application is not None:
            return page.to("office:providers_application", application_id=application.pk)
        return page.to("office:providers_registers")
    return _form(page, form, application, 422)


@require_POST
def move(request: Request, programme_id: int, entry_id: int) -> HttpResponse:
    """Take an entry to another state, from today on."""
    page = open_programme(request, programme_id, Permission.APPROVE_PROVIDERS)
    rows = RegisterEntry.objects.filter(organiser_id=page.programme.organiser_id)
    found = rows.filter(pk=entry_id).first() or page.missing("register_entry", entry_id)
    wanted = request.POST.get("state", "")
    try:
        if wanted not in set(EntryState):
            raise ForbiddenTransition("register entry", found.state, wanted, [])
        move_entry(
            entry=found, state=EntryState(wanted), on=page.today, by=request.actor, at=page.at
        )
    except ForbiddenTransition:
        page.tell("stale")
    else:
        page.tell("saved")
    return page.to("office:providers_registers")


def _added(page: OfficePage, form: EntryForm) -> bool:
    given = form.cleaned_data
    entry = NewEntry(
        given["register"],
        given["business_id"].strip(),
        given["name"],
        given["number"],
        EntryState(given["state"]),
        form.period,
        given["areas"] or None,
        (),
        given["words"],
    )
    try:
        add_entry(programme=page.programme, entry=entry, by=page.request.actor, at=page.at)
    except NotABusinessId:
        form.add_error(
            "business_id", gettext("This is not a business id. Check each digit, the last one too.")
        )
    except NotRegistered:
        form.add_error("register", gettext("Choose a register that the programme knows."))
    except EntryExists:
        form.add_error(
            "business_id", gettext("This company is in the register already for those days.")
        )
    else:
        return True
    return False


def _application(page: OfficePage, number: str) -> Application | None:
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    sent = Application.objects.filter(programme=page.programme, sent_at__isnull=False)
    return sent.filter(pk=int(number)).first() or page.missing("application", int(number))


def _said(application: Application | None) -> dict[str, object]:
    if application is None:
        return {}
    return {
        "register": application.register,
        "business_id": application.business_id,
        "name": application.name,
        "number": application.register_number,
        "state": EntryState.REGISTERED,
    }


def _form(
    page: OfficePage, form: object, application: Application | None, status: int = 200
) -> HttpResponse:
    facts = {
        "form": form,
        "application": application,
        "registers": list(register_names(page.programme).items()),
        "states": [(str(one), STATES[one]) for one in PROVES],
        "areas": list(towns_of(page.programme).items()),
    }
    return page.show("office/providers_entry.html", facts, status)
