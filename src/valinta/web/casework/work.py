"""The work list's pages: what is due, and taking what nobody has taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
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
from valinta.organisers.models import Organiser
from valinta.programmes.models import Municipality
from valinta.users.permissions import Permission
from valinta.web import clock
from valinta.web.access import note_refusal, reader_id
from valinta.web.casework.opening import open_case
from valinta.web.casework.work_kinds import Kind
from valinta.web.casework.work_list import Due, Sieve, Whose, work_counts, work_list
from valinta.web.casework.work_words import KINDS, Words, address, at, when, why
from valinta.web.middleware import Request

WHOSE: dict[Whose, Words] = {
    Whose.MINE: _("My clients and those I cover"),
    Whose.COVER: _("Those I cover"),
    Whose.NOBODYS: _("Without a case manager"),
    Whose.ALL: _("All"),
}


LISTED = "casework list"


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A row as it is shown, all in words: fifty of them are drawn, so the page only puts them in.

    `manager` names the client's case manager when that is not the reader; `take` and `log` are
    addresses, empty when there is nothing to take or log.
    """

    due: Due
    kind: str
    when: str
    why: str
    address: str
    name: str
    full_name: str
    manager: str
    take: str
    log: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that narrows the list, with how many there are behind it (None: not counted)."""

    address: str
    text: Words
    number: int | None
    is_here: bool
    code: str = "all"


@require_http_methods(["GET", "POST"])
def work(request: Request) -> HttpResponse:
    """What is due and why. A search by name is sent as a form: names are no part of addresses.

    Where there are so many clients that counting is slow, the page comes without numbers and asks
    for them by itself; nobody is named in that answer. Without scripts a link asks for them.
    """
    sieve, numbers = _sieve(request), "numbers" in request.GET
    if numbers and "HX-Request" in request.headers:
        kinds = _kinds(sieve, work_counts(request.actor, sieve))
        return render(request, "casework/work_kinds.html", {"kinds": kinds})
    # An address has no room for the words, so with them the numbers come at once.
    count = numbers or bool(sieve.words)
    found = work_list(request.actor, sieve, max(request.days.values()), count=count)
    _note(request, found.rows)
    context = {
        "rows": _rows(request, found.rows),
        "sieve": sieve,
        "whose": [_link(sieve, WHOSE[one], whose=one) for one in Whose],
        "kinds": _kinds(sieve, found.counts),
        "numbers": "" if found.counts is not None else _address(sieve, numbers=1),
        "towns": _towns(request),
        "earlier": _address(sieve, page=sieve.page - 1) if sieve.page > 1 else "",
        "later": _address(sieve, page=sieve.page + 1) if found.more else "",
        "words": sieve.words,
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


def _kinds(sieve: Sieve, counts: Mapping[Kind, int] | None) -> list[Choice]:
    """All of it, and each kind; of those that were counted, only where there is something."""
    total = None if counts is None else sum(counts.values())
    rows = [Choice(_address(sieve, kind=""), _("All of it"), total, sieve.kind is None)]
    for one in Kind:
        number = None if counts is None else counts.get(one, 0)
        if number != 0 or one is sieve.kind:
            link, here = _address(sieve, kind=one), one is sieve.kind
            rows.append(Choice(link, KINDS[one], number, here, code=one))
    return rows


def _towns(request: Request) -> list[tuple[str, dict[str, str]]]:
    """The municipalities of the reader's organisers, by code and names, each once."""
    where = request.actor.organisers_where(Permission.SEE_CLIENTS)
    rows = Municipality.objects.filter(organiser_id__in=where).order_by("code", "-pk")
    return list(dict(rows.values_list("code", "names")).items())


def _rows(request: Request, rows: Sequence[Due]) -> list[WorkRow]:
    divides = request.actor.organisers_where(Permission.DIVIDE_CLIENTS)
    logs = request.actor.organisers_where(Permission.LOG_CONTACTS)
    reader = request.actor.user_id
    return [
        WorkRow(
            due=one,
            kind=str(KINDS[one.kind]),
            when=when(one),
            why=why(one),
            address=address(one),
            name=_name(one),
            full_name=one.client.full_name if one.client else _name(one),
            manager=_manager(one, reader),
            take=_take(one, divides),
            log=_log(one, logs),
        )
        for one in rows
    ]


def _name(due: Due) -> str:
    if due.client is None:
        return due.newcomer.name if due.newcomer else ""
    return f"{due.client.family_name}, {due.client.given_name}"


def _manager(due: Due, reader: int | None) -> str:
    if due.client is None or due.client.case_manager_id in (None, reader):
        return ""
    return gettext("Case manager %(name)s") % {"name": due.client.manager}


def _take(due: Due, divides: frozenset[int]) -> str:
    if due.newcomer is not None and due.newcomer.taken_by_id is None:
        return reverse("casework:take_newcomer", kwargs={"interest_id": due.newcomer.pk})
    if due.client is None or due.kind is not Kind.NOBODY:
        return ""
    return at("casework:take", due.client.pk) if due.client.organiser_id in divides else ""


def _log(due: Due, logs: frozenset[int]) -> str:
    if due.client is None or due.client.organiser_id not in logs:
        return ""
    return at("casework:contacts", due.client.pk) + "#new"


def _note(request: Request, rows: Sequence[Due]) -> None:
    """Note whose names stood in the list, each once."""
    shown = {
        ("client", one.client.pk): (
            one.client.organiser_id,
            Note("read", "client", one.client.pk, client_id=one.client.pk, purpose=LISTED),
        )
        for one in rows
        if one.client is not None
    }
    came = {
        ("interest", one.newcomer.pk): (
            one.newcomer.organiser_id,
            Note("read", "interest", one.newcomer.pk, purpose=LISTED),
        )
        for one in rows
        if one.newcomer is not None
    }
    noted = list((shown | came).values())
    for organiser in Organiser.objects.filter(pk__in={where for where, _one in noted}):
        record(
            organiser_id=organiser.pk,
            by_id=reader_id(request),
            at=clock.now(organiser),
            notes=[note for where, note in noted if where == organiser.pk],
        )
