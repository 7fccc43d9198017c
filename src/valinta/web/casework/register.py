"""Registering a person: someone who came forward, or someone who was met in another way."""

from __future__ import annotations

from django.db import transaction
from django.db.utils import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from valinta.clients.actions import register_client
from valinta.clients.models import Client, Interest
from valinta.organisers.models import Organiser
from valinta.programmes.models import Municipality
from valinta.shared.ids import row_number
from valinta.users.models import User
from valinta.users.permissions import Permission
from valinta.web import clock
from valinta.web.access import casework_people, note_listing, note_refusal, reader_id
from valinta.web.casework.register_form import RegisterForm, values_of
from valinta.web.middleware import Request
from valinta.web.templatetags.wording import language, name

SAME_PERSON = "client_is_one_person_once"


@require_http_methods(["GET", "POST"])
def register(request: Request) -> HttpResponse:
    """A page to register a person; who is a client of the organiser already is shown instead."""
    interest = interest_of(request)
    organiser = _organiser(request, interest)
    towns = towns_of(organiser)
    if request.method == "GET":
        values = values_of(interest, organiser.language or language())
        return _show(request, RegisterForm(towns, initial=values), organiser, interest)
    form = RegisterForm(towns, request.POST)
    if not form.is_valid():
        return _show(request, form, organiser, interest, status=422)
    found = _already(organiser, form) or _register(request, organiser, form)
    if isinstance(found, Client):
        if casework_people(request).filter(pk=found.pk).exists():
            note_listing(request, [found])
            return _show(request, form, organiser, interest, found, status=409)
        return _show(request, form, organiser, interest, is_elsewhere=True, status=409)
    request.session["told"] = "registered"
    where = reverse("casework:joining", kwargs={"client_id": found})
    return redirect(f"{where}?interest={interest.pk}" if interest else where)


def interest_of(request: Request) -> Interest | None:
    """Who came forward, when the address or form names one. Raises Http404 for another's."""
    number = request.POST.get("interest") or request.GET.get("interest") or ""
    if not number:
        return None
    pk = row_number(number)
    found = (
        Interest.objects.visible_to(request.actor)
        .filter(pk=pk)
        .select_related("organiser", "programme", "municipality", "target_group")
        .first()
    )
    if found is None:
        note_refusal(request, "interest", pk)
        raise Http404("Nobody who came forward has this number for this reader.")
    return found


def _organiser(request: Request, interest: Interest | None) -> Organiser:
    """Whose client the person becomes: of whom they came forward to, else the worker's own."""
    if interest is not None:
        return interest.organiser
    own = request.actor.organisers_where(Permission.ENROL_CLIENTS)
    return Organiser.objects.get(pk=min(own))


def towns_of(organiser: Organiser) -> list[tuple[str, str]]:
    """The municipalities of the organiser's programmes, members or not, by name."""
    rows = Municipality.objects.filter(organiser=organiser).values_list("code", "names")
    found = {code: name(names) for code, names in rows}
    return sorted(found.items(), key=lambda one: one[1])


def _already(organiser: Organiser, form: RegisterForm) -> Client | None:
    code = form.cleaned_data["identity_code"]
    return Client.objects.filter(organiser=organiser, identity_code=code).first()


def _register(request: Request, organiser: Organiser, form: RegisterForm) -> Client | int:
    """The number of the new client; the client, when another worker was a moment faster."""
    given = form.cleaned_data
    try:
        with transaction.atomic():
            made = register_client(
                organiser_id=organiser.pk,
                given_name=given["given_name"],
                family_name=given["family_name"],
                identity_code=given["identity_code"],
                born_on=given["born_on"],
                language=given["language"],
                municipality_code=given["municipality"],
                case_manager=User.objects.get(pk=reader_id(request)),
                contact=form.contact,
                non_disclosure=given["non_disclosure"],
                by=request.actor,
                at=clock.now(organiser),
            )
    except IntegrityError as refused:
        faster = _already(organiser, form)
        if SAME_PERSON not in str(refused) or faster is None:
            raise
        return faster
    return int(made.pk)


def _show(
    request: Request,
    form: RegisterForm,
    organiser: Organiser,
    interest: Interest | None,
    already: Client | None = None,
    is_elsewhere: bool = False,
    status: int = 200,
) -> HttpResponse:
    facts = {
        "form": form,
        "organiser": organiser,
        "interest": interest,
        "already": already,
        "is_elsewhere": is_elsewhere,
        "today": clock.today(organiser),
    }
    return render(request, "casework/register.html", facts, status=status)
