"""The work list's pages: what is due, and taking what nobody has taken."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from valinta.audit.actions import Note, record
from valinta.clients.caseload_actions import (
    OnlyCaseManagers,
    TakenAlready,
    take_client,
    take_interest,
)
from valinta.clients.models import Client, Interest
from valinta.programmes.models import Municipality
from valinta.users.permissions import Permission
from valinta.web import clock
from valinta.web.access import note_listing, note_refusal, reader_id
from valinta.web.casework.opening import open_case
from valinta.web.casework.work_list import Due, Sieve, Whose, WorkList, work_list
from valinta.web.casework.work_sources import Kind
from valinta.web.casework.work_words import KINDS, Words, address, when, why
from valinta.web.middleware import Request

WHOSE: dict[Whose, Words] = {
    Whose.MINE: _("My clients and those I cover"),
    Whose.COVER: _("Those I cover"),
    Whose.NOBODYS: _("Without a case manager"),
    Whose.ALL: _("All"),
}


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A row as it is shown."""

    due: Due
    name: Words
    why: str
    when: str
    address: str
    may_take: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that narrows the list, with how many there are behind it (None: not counted)."""

    address: str
    text: Words
    number: int | None
    is_here: bool


@require_http_methods(["GET", "POST"])
def work(request: Request) -> HttpResponse:
    """What is due and why. A search by name is sent as a form: names are no part of addresses."""
    sieve = _sieve(request)
    found = work_list(request.actor, sieve, max(request.days.values()))
    _note(request, found)
    context = {
        "rows": [_row(request, one) for one in found.rows],
        "found": found,
        "sieve": sieve,
        "whose": [_link(sieve, WHOSE[one], whose=one) for one in Whose],
        "kinds": _kinds(sieve, found),
        "towns": _towns(request),
        "earlier": _address(sieve, page=sieve.page - 1) if sieve.page > 1 else "",
        "later": _address(sieve, page=sieve.page + 1) if sieve.page < found.pages else "",
        "words": sieve.words,
        "may_log": bool(request.actor.organisers_where(Permission.LOG_CONTACTS)),
        "may_divide": bool(request.actor.organisers_where(Permission.DIVIDE_CLIENTS)),
        "may_enrol": bool(request.actor.organisers_where(Permission.ENROL_CLIENTS)),
        "may_see_openings": bool(request.actor.organisers_where(Permission.SEE_OPENINGS)),
        "told": request.session.pop("told", ""),
    }
    return render(request, "casework/work.html", context)


@require_POST
def take(request: Request, client_id: int) -> HttpResponse:
    """Take a client who has no case manager."""
    page = open_case(request, client_id)
    try:
        take_client(client=page.client, by=request.actor, at=page.at)
        page.tell("taken")
    except TakenAlready:
        page.tell("taken_by_another")
    except OnlyCaseManagers:
        page.tell("not_a_case_manager")
    return page.to("casework:client")


@require_POST
def take_newcomer(request: Request, interest_id: int) -> HttpResponse:
    """Take somebody who came forward, to answer them."""
    found = Interest.objects.visible_to(request.actor).filter(pk=interest_id).first()
    if found is None:
        note_refusal(request, "interest", interest_id)
        raise Http404("There is no such person for this reader.")
    at = clock.now(found.organiser)
    try:
        take_interest(interest=found, by=request.actor, at=at)
        request.session["told"] = "taken"
    except TakenAlready:
        request.session["told"] = "taken_by_another"
    except OnlyCaseManagers:
        request.session["told"] = "not_a_case_manager"
    return redirect(f"{reverse('casework:work')}?kind={Kind.INTEREST}")


def _sieve(request: Request) -> Sieve:
    asked = request.GET
    whose = asked.get("whose", "")
    kind, page = asked.get("kind", ""), asked.get("page", "")
    town = asked.get("town", "")
    return Sieve(
        whose=Whose(whose) if whose in list(Whose) else _usual(request),
        kind=Kind(kind) if kind in list(Kind) else None,
        municipality=town if town.isdecimal() and len(town) == 3 else "",
        words=request.POST.get("words", "")[:80],
        page=min(max(int(page), 1), 10_000) if page.isdecimal() and len(page) < 6 else 1,
    )


def _usual(request: Request) -> Whose:
    """One's own clients; for who has none, everybody."""
    user_id = reader_id(request)
    own = Client.objects.met_by(request.actor).filter(case_manager_id=user_id)
    return Whose.MINE if own.exists() else Whose.ALL


def _address(sieve: Sieve, **change: object) -> str:
    facts: dict[str, object] = {
        "whose": sieve.whose,
        "kind": sieve.kind or "",
        "town": sieve.municipality,
        "page": 1,
    }
    facts |= change
    if facts["page"] == 1:
        del facts["page"]
    return "?" + urlencode({name: str(value) for name, value in facts.items() if value})


def _link(sieve: Sieve, text: Words, *, whose: Whose) -> Choice:
    return Choice(_address(sieve, whose=whose, kind=""), text, None, whose is sieve.whose)


def _kinds(sieve: Sieve, found: WorkList) -> list[Choice]:
    total = sum(found.counts.values())
    rows = [Choice(_address(sieve, kind=""), _("All of it"), total, sieve.kind is None)]
    rows += [
        Choice(_address(sieve, kind=one), KINDS[one], found.counts.get(one, 0), one is sieve.kind)
        for one in Kind
        if found.counts.get(one) or one is sieve.kind
    ]
    return rows


def _towns(request: Request) -> list[tuple[str, dict[str, str]]]:
    """The municipalities of the reader's organisers, by code and names, each once."""
    where = request.actor.organisers_where(Permission.SEE_CLIENTS)
    rows = Municipality.objects.filter(organiser_id__in=where).order_by("code", "-pk")
    return list(dict(rows.values_list("code", "names")).items())


def _row(request: Request, due: Due) -> WorkRow:
    untaken = due.newcomer is not None and due.newcomer.taken_by_id is None
    organiser_id = due.client.organiser_id if due.client else 0
    free = due.kind is Kind.NOBODY and request.actor.may(Permission.DIVIDE_CLIENTS, organiser_id)
    return WorkRow(due, KINDS[due.kind], why(due), when(due), address(due), untaken or free)


def _note(request: Request, found: WorkList) -> None:
    """Note whose names stood in the list."""
    shown = {one.client.pk: one.client for one in found.rows if one.client is not None}
    note_listing(request, list(shown.values()))
    came = [one.newcomer for one in found.rows if one.newcomer is not None]
    for organiser_id in {one.organiser_id for one in came}:
        here = [one for one in came if one.organiser_id == organiser_id]
        notes = [Note("read", "interest", one.pk, purpose="casework list") for one in here]
        at = clock.now(here[0].organiser)
        record(organiser_id=organiser_id, by_id=reader_id(request), at=at, notes=notes)
