"""Calls of the verbs of the programme's set-up: a new pack, letters' texts, and imports."""

from __future__ import annotations

from tests.permissions.cast_programme import files_of
from tests.permissions.stage import Stage
from valinta.processes import import_sheets, letter_texts, preview_pack
from valinta.programmes.models import ImportRun, PackDraft
from valinta.users.actor import Actor, system

LINE = b"identity_code;given_name;family_name;language;municipality\n010150-900W;Koe;Koe;fi;\n"


def draft(s: Stage) -> object:
    files = files_of(s.side.programme)
    return preview_pack.keep_draft(programme=s.side.programme, files=files, **s.who)


def take_draft(s: Stage) -> object:
    kept = PackDraft.objects.order_by("pk")[0]
    return preview_pack.take_draft(draft=kept, **s.who)


def text(s: Stage) -> object:
    return letter_texts.write_letter_text(
        programme=s.side.programme, kind="decision", language="fi", key="intro", text="Koe",
        starts_on=s.at.date(), version=0, **s.who,
    )  # fmt: skip


def attempt(s: Stage) -> object:
    return import_sheets.try_import(
        programme=s.side.programme, kind="clients", data=LINE, **s.who
    )  # fmt: skip


def _tried(s: Stage, by: Actor) -> ImportRun:
    town = s.side.programme.municipalities.order_by("pk")[0].code
    line = LINE.decode().splitlines()[0] + f"\n010150-997H;Koe;Koe;fi;{town}\n"
    return import_sheets.try_import(
        programme=s.side.programme, kind="clients", data=line.encode(), by=by, at=s.at
    )


def take(s: Stage) -> object:
    run = _tried(s, system(s.side.organiser.pk))
    return import_sheets.take_import(run=run, good_only=False, **s.who)


def drop(s: Stage) -> object:
    return import_sheets.drop_import(run=_tried(s, system(s.side.organiser.pk)), **s.who)
