"""What has happened in the client's matters, who has looked at them, and all of it as a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet, Subquery
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from valinta.audit.models import Entry
from valinta.processes.take_data import take_data
from valinta.users.models import Holding, User
from valinta.users.permissions import Role
from valinta.web import words
from valinta.web.client.history_about import About, abouts
from valinta.web.client.history_words import PURPOSES, SENTENCES
from valinta.web.client.opening import Page, open_page
from valinta.web.middleware import Request
from valinta.web.templatetags.wording import language
from valinta.web.words import Words

SHOWN = 50
FILES = {"fi": "valinta-omat-tiedot", "sv": "valinta-mina-uppgifter", "en": "valinta-my-data"}


@dataclass(frozen=True, slots=True)
class Happening:
    """A sentence about what was done, when and by whom."""

    at: datetime
    says: Words
    by: str
    about: About | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """Someone looked on a day, so many times, for a purpose."""

    day: date
    who: str
    role: Words
    purposes: tuple[Words, ...]
    times: int
    is_reader: bool


@require_GET
def history(request: Request, client_id: int) -> HttpResponse:
    """What has happened, the newest first."""
    page = open_page(request, client_id, purpose="history")
    before = _before(request)
    rows = _entries(page, before).filter(verb__in=list(SENTENCES))
    entries = list(rows.order_by("-at", "-id")[: SHOWN + 1])
    names, about = _names(entries), abouts(entries)
    happened = [
        Happening(one.at, SENTENCES[one.verb], names.get(one.by_id or 0, ""), about.get(one.pk))
        for one in entries[:SHOWN]
    ]
    older = entries[SHOWN - 1].pk if len(entries) > SHOWN else None
    return page.show("client/history.html", {"happened": happened, "older": older})


@require_GET
def looked(request: Request, client_id: int) -> HttpResponse:
    """Who has looked at the client's data: each person and day once."""
    page = open_page(request, client_id, purpose="who has looked")
    entries = list(_entries(page, None).filter(verb="read").order_by("-at", "-id")[:2000])
    names, roles = _names(entries), _roles(page, entries)
    days: dict[tuple[date, int], list[Entry]] = {}
    for one in entries:
        days.setdefault((timezone.localtime(one.at).date(), one.by_id or 0), []).append(one)
    looks = [
        Look(
            day=day,
            who=names.get(user_id, ""),
            role=roles.get(user_id, ""),
            purposes=_purposes(those, roles.get(user_id, "")),
            times=len(those),
            is_reader=user_id == request.actor.user_id,
        )
        for (day, user_id), those in days.items()
    ]
    openings = page.client.openings.select_related("user").order_by("-opened_at", "-pk")
    facts = {"looks": looks[:200], "openings": openings[:SHOWN]}
    return page.show("client/looked.html", facts)


@require_POST
def my_data(request: Request, client_id: int) -> HttpResponse:
    """Everything that is kept about the client, as a file that people and programs can read."""
    page = open_page(request, client_id, purpose="own data as a file")
    data = take_data(client=page.client, by=request.actor, at=page.at)
    answer = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer.headers["Content-Disposition"] = f'attachment; filename="{FILES[language()]}.json"'
    return answer


def _entries(page: Page, before: int | None) -> QuerySet[Entry]:
    rows = Entry.objects.filter(client_id=page.client.pk, organiser_id=page.client.organiser_id)
    if before is None:
        return rows
    # Things are noted when they are known, which may be later than they happened.
    moment = rows.filter(pk=before).values("at")[:1]
    earlier = Q(at__lt=Subquery(moment)) | Q(at=Subquery(moment), pk__lt=before)
    return rows.filter(earlier)


def _before(request: Request) -> int | None:
    text = request.GET.get("before", "")
    return int(text) if text.isdecimal() and len(text) < 19 else None


def _names(entries: Iterable[Entry]) -> dict[int, str]:
    ids = {one.by_id for one in entries if one.by_id is not None}
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "display_name"))


def _roles(page: Page, entries: Iterable[Entry]) -> dict[int, Words]:
    ids = {one.by_id for one in entries if one.by_id is not None}
    held = Holding.objects.filter(organiser_id=page.client.organiser_id, user_id__in=ids)
    found: dict[int, Words] = {}
    for user_id, role in held.order_by("pk").values_list("user_id", "role"):
        found.setdefault(user_id, words.ROLES[Role(role)])
    return found


def _purposes(entries: Iterable[Entry], role: Words) -> tuple[Words, ...]:
    """Why they looked; a page of a worker that has no words of its own is work with the matters."""
    theirs = role in (words.ROLES[Role.CLIENT], words.ROLES[Role.REPRESENTATIVE])
    usual = PURPOSES["own budget" if theirs else "casework"]
    known = {PURPOSES.get(one.purpose, usual) for one in entries}
    return tuple(sorted(known, key=str))
