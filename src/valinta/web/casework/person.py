"""A registered person's facts mended by the worker, with what was mended before."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from django.http import HttpResponse, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from valinta.clients.models import Client, Mending
from valinta.clients.person_actions import (
    HIDDEN,
    REACHED,
    ContactHidden,
    HasAPlace,
    IdentityTaken,
    PersonChanged,
    WhyMissing,
    facts_of,
    mend_person,
    version_of,
)
from valinta.web.casework.opening import CasePage, open_case
from valinta.web.casework.openings import contact_is_open
from valinta.web.casework.person_form import LABELS, PersonForm, mends_of, shown
from valinta.web.casework.register import towns_of
from valinta.web.conflicts import conflict_of
from valinta.web.middleware import Request
from valinta.web.names import names_of
from valinta.web.pieces import Piece

PURPOSE = "person"
HERE = "casework:client_person"
HISTORY_SHOWN = 20
Towns = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Mended:
    """One mending: who did it, and by fact its name, what it was and what it is.

    `hides` says that there were facts as well that the reader does not see.
    """

    mending: Mending
    who: str
    rows: list[tuple[str | Promise, str, str]]
    hides: bool


@require_http_methods(["GET", "POST"])
def person(request: Request, client_id: int) -> HttpResponse:
    """Look at the facts, and mend them."""
    page = open_case(request, client_id, PURPOSE)
    towns = towns_of(page.client.organiser)
    mends = mends_of(page.client, contact_is_open(page.client, request))
    if request.method == "GET":
        start = {**facts_of(page.client), "version": version_of(page.client)}
        return _show(page, towns, PersonForm(mends, towns, initial=start))
    form = PersonForm(mends, towns, request.POST)
    page.unsaved.extend(_out_of_reach(request, mends))
    if not form.is_valid():
        return _show(page, towns, form, 422)
    try:
        if page.unsaved:
            raise PersonChanged(version_of(page.client), ())
        mend_person(
            client=page.client,
            said=form.said,
            seen=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=page.at,
        )
    except PersonChanged as refused:
        return _together(page, towns, form, refused)
    except (IdentityTaken, WhyMissing, ContactHidden, HasAPlace) as refused:
        form.add_error(*_words(refused))
        return _show(page, towns, form, 422)
    page.tell("person_mended")
    return page.to("casework:client")


def _together(
    page: CasePage, towns: Towns, form: PersonForm, refused: PersonChanged
) -> HttpResponse:
    """What another has mended meanwhile, with what was typed still in the form.

    Non-disclosure may have begun between: then the reader sees no more where the client lives.
    """
    client = Client.objects.select_related("organiser", "case_manager").get(pk=page.client.pk)
    mends = mends_of(client, contact_is_open(client, page.request))
    typed, seen = form.said, [one for one in refused.changes if one.field in mends]
    conflict = conflict_of(seen, typed, _label, _shown(towns))
    data = QueryDict(mutable=True)
    data.update({name: text for name, text in conflict.content.items() if text and name in mends})
    data["version"], data["reason"] = str(refused.newest), form.cleaned_data["reason"]
    fresh = CasePage(page.request, client, page.at, page.unsaved)
    return _show(fresh, towns, PersonForm(mends, towns, data), 409, {"conflict": conflict})


def _show(
    page: CasePage,
    towns: Towns,
    form: PersonForm,
    status: int = 200,
    more: dict[str, object] | None = None,
) -> HttpResponse:
    mended = page.client.mendings.order_by("-version")
    part = page.part(mended, HISTORY_SHOWN, name="history", of=HERE)
    facts = {
        "form": form,
        "faulty": form if status == 422 else None,
        "part": part,
        "history": _history(part, towns, contact_is_open(page.client, page.request)),
        **(more or {}),
    }
    return page.show("casework/person.html", facts, status)


def _history(part: Piece[Mending], towns: Towns, sees_contact: bool) -> list[Mended]:
    names, words = names_of(one.mended_by_id for one in part), _shown(towns)
    return [
        Mended(
            one,
            names.get(one.mended_by_id or 0, ""),
            [
                (_label(field), words(field, was), words(field, now))
                for field, (was, now) in one.changes.items()
                if sees_contact or field not in HIDDEN
            ],
            not sees_contact and bool(HIDDEN & one.changes.keys()),
        )
        for one in part
    ]


def _out_of_reach(request: Request, mends: Collection[str]) -> list[str]:
    """What was typed into fields that the reader may mend no more: hidden, or opened too long ago.

    Nothing is saved then: the reader sees the words, and opens the facts again.
    """
    sent = [str(request.POST.get(name, "")) for name in REACHED if name not in mends]
    return [text for text in sent if text.strip()]


def _label(field: str) -> str:
    return str(LABELS.get(field, field))


def _shown(towns: Towns) -> Callable[[str, str], str]:
    return lambda field, value: shown(towns, field, value)


def _words(refused: Exception) -> tuple[str | None, str]:
    """The field that is wrong, and how it is mended."""
    if isinstance(refused, IdentityTaken):
        return "identity_code", gettext(
            "Another client of the organiser has this identity code. Check each sign."
        )
    if isinstance(refused, WhyMissing):
        return "reason", gettext(
            "Write why: the identity code changes, or the person is no more under non-disclosure."
        )
    if isinstance(refused, HasAPlace):
        return None, gettext(
            "The client has a place or waits for one. Note the move on the page of changes."
        )
    return None, gettext("Open the contact facts with a reason first.")
