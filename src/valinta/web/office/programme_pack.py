"""A new version of the pack: sent in, looked into with what it does to whom, and taken into use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from valinta.processes.load_programme import OtherPackInUse
from valinta.processes.preview_pack import (
    AlreadyTaken,
    OtherProgramme,
    Preview,
    keep_draft,
    preview_pack,
    take_draft,
)
from valinta.processes.programme_tables import DoesNotFit, StillUsed
from valinta.programmes.models import PackDraft
from valinta.programmes.pack.faults import PackFaults
from valinta.programmes.pack.zipped import MOST_BYTES, NotAPackZip, files_of_zip
from valinta.programmes.pack_rows import ShareTooFine
from valinta.programmes.past import PastWouldChange
from valinta.users.models import User
from valinta.users.permissions import Permission
from valinta.web.middleware import Request
from valinta.web.office import change_words, pack_words
from valinta.web.office.opening import OfficePage, open_programme

DRAFTS_SHOWN = 10
ZIP_FAULTS: Mapping[str, str | Promise] = {
    "none": _("Choose the zip file of the pack's folder."),
    "large": _("The file is too large. A pack is at most 2 megabytes, each text 500 kilobytes."),
    "not_zip": _("This is not a zip file that can be opened. Zip the pack's folder again."),
    "many": _("There are too many files in the zip. Zip the pack's folder alone."),
    "path": _("The name “%(name)s” leads out of the pack's folder. Zip the folder alone."),
    "link": _("“%(name)s” is a link. Put the file itself into the folder."),
    "locked": _("The zip has a password. Make one without."),
    "kind": _("“%(name)s” does not belong to a pack. Only .yaml and .md files do: remove it."),
    "twice": _("The file “%(name)s” is there twice. Keep one."),
    "missing": _("The file %(name)s is missing. A pack has programme.yaml and services.yaml."),
    "not_text": _("“%(name)s” is not text in UTF-8. Save it as UTF-8."),
}
OTHER = _("This is the pack of another programme (%(name)s). Send in the pack of this one.")
FINE = _("A percentage has more than two decimals. Write it with two at most.")


@require_http_methods(["GET", "POST"])
def pack(request: Request, programme_id: int) -> HttpResponse:
    """The form for a new version, and the versions that were sent in."""
    page = open_programme(request, programme_id, Permission.LOAD_PROGRAMMES)
    if request.method == "GET":
        return _show(page)
    file = request.FILES.get("file")
    try:
        if file is None:
            raise NotAPackZip("none")
        files = files_of_zip(file.read(MOST_BYTES + 1))
        draft = keep_draft(programme=page.programme, files=files, by=request.actor, at=page.at)
    except NotAPackZip as fault:
        return _show(page, str(ZIP_FAULTS[fault.what]) % {"name": fault.name})
    except OtherProgramme as other:
        return _show(page, str(OTHER) % {"name": other.code})
    except ShareTooFine:
        return _show(page, str(FINE))
    except PackFaults as faults:
        return _show(page, faults=faults)
    return page.to("office:programme_pack_draft", draft_id=draft.pk)


@require_GET
def draft(request: Request, programme_id: int, draft_id: int) -> HttpResponse:
    """What the version would do, and to whom."""
    page = open_programme(request, programme_id, Permission.LOAD_PROGRAMMES)
    return _preview(page, _draft(page, draft_id))


@require_POST
def take(request: Request, programme_id: int, draft_id: int) -> HttpResponse:
    """Take the version into use."""
    page = open_programme(request, programme_id, Permission.LOAD_PROGRAMMES)
    found = _draft(page, draft_id)
    try:
        take_draft(draft=found, by=request.actor, at=page.at)
    except (OtherPackInUse, PastWouldChange, StillUsed, DoesNotFit):
        # The page tells what stands in the way now.
        return _preview(page, found, 409)
    except AlreadyTaken:
        page.tell("pack_taken_before")
        return page.to("office:programme")
    page.tell("pack_taken")
    return page.to("office:programme")


def _draft(page: OfficePage, draft_id: int) -> PackDraft:
    drafts = PackDraft.objects.filter(programme=page.programme, pk=draft_id)
    found = drafts.select_related("programme__organiser").first()
    return found or page.missing("pack draft", draft_id)


def _show(page: OfficePage, fault: str = "", faults: PackFaults | None = None) -> HttpResponse:
    drafts = page.programme.drafts.filter(taken_at=None).defer("files")
    newest_first = drafts.order_by("-pk")
    rows = page.part(newest_first, DRAFTS_SHOWN, name="drafts", of="office:programme_pack")
    who = _names({one.by_id for one in rows if one.by_id})
    facts = {
        "fault": fault,
        "faults": faults.faults if faults else (),
        "part": rows,
        "drafts": [(one, who.get(one.by_id or 0, "")) for one in rows],
    }
    return page.show("office/programme_pack.html", facts, 422 if fault or faults else 200)


def _names(ids: set[int]) -> dict[int, str]:
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "display_name"))


def _preview(page: OfficePage, found: PackDraft, status: int = 200) -> HttpResponse:
    try:
        preview = preview_pack(draft=found, by=page.request.actor, on=page.today)
    except PackFaults as faults:
        return _show(page, faults=faults)
    facts = {
        "draft": found,
        "who": _names({found.by_id} if found.by_id else set()).get(found.by_id or 0, ""),
        "preview": preview,
        **_told(page, preview),
    }
    return page.show("office/programme_pack_draft.html", facts, status)


def _told(page: OfficePage, preview: Preview) -> dict[str, Any]:
    namer = change_words.Namer(page.programme)
    namer.learn(one.change.row for one in preview.shown)
    namer.learn(preview.names.values())
    namer.know()
    stopped = preview.stopped
    return {
        "changes": [change_words.told(one, namer, preview.shown) for one in preview.shown],
        "past": [change_words.past(one, preview.names, namer, page.today) for one in preview.past],
        "terms": [pack_words.section(one) for one in preview.terms],
        "own": list(dict.fromkeys(str(pack_words.ORGANISER[one]) for one in preview.organiser)),
        "still_used": isinstance(stopped, StillUsed),
        "does_not_fit": isinstance(stopped, DoesNotFit),
        "stopped": stopped,
    }
