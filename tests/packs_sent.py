"""Packs as the office sends them in: a copy of a real one, edited, as the zip of its folder."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date
from html import unescape
from io import BytesIO
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from tests.cast import PACKS, Stage, open_stage
from tests.desk import Desk
from valinta.users.models import User

Edit = Callable[[str], str]


def edited_pack(code: str, folder: Path, programme: Edit = str, tray: Edit = str) -> Path:
    """A copy of a pack with its two files edited; an edit that changes nothing is a mistake."""
    where = folder / code
    where.mkdir(parents=True)
    for name, edit in (("programme.yaml", programme), ("services.yaml", tray)):
        text = (PACKS / code / name).read_text(encoding="utf-8")
        changed = edit(text)
        assert edit is str or changed != text, f"{name} is as before"
        (where / name).write_text(changed, encoding="utf-8")
    return where


def swap(old: str, new: str) -> Edit:
    """The first place where a text stands, changed; the text must be there."""

    def edit(text: str) -> str:
        assert old in text, f"there is no {old!r}"
        return text.replace(old, new, 1)

    return edit


def drop(begins: str, ends: str) -> Edit:
    """Without the stretch that begins with one text, up to another."""

    def edit(text: str) -> str:
        first = text.index(begins)
        return text[:first] + text[text.index(ends, first + len(begins)) :]

    return edit


def zipped(folder: Path) -> SimpleUploadedFile:
    """The zip of a pack's folder."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as sheet:
        for file in sorted(folder.iterdir()):
            sheet.write(file, f"{folder.name}/{file.name}")
    return SimpleUploadedFile(f"{folder.name}.zip", data.getvalue(), "application/zip")


def stage_of(pack: str | Path, on: date) -> Stage:
    """The programme's people, living on the day."""
    stage = open_stage(pack, on=on)
    stage.organiser.demo_today = on
    stage.organiser.save()
    return stage


def office(stage: Stage, language: str = "en") -> Desk:
    """The browser of somebody of the programme's office."""
    browser = Desk(stage, language)
    browser.force_login(User.objects.get(pk=stage.staff.office.user.pk))
    return browser


def at(stage: Stage, *rest: object) -> str:
    """An address of the office's pages about the programme."""
    return "/".join(("/office", str(stage.programme.pk), *(str(one) for one in rest), ""))


def send_in(stage: Stage, browser: Desk, folder: Path) -> HttpResponse:
    """Send the pack in; the answer is the page of what it does, or the form with its faults."""
    answer: HttpResponse = browser.post(at(stage, "pack"), {"file": zipped(folder)}, follow=True)
    return answer


def plain(answer: HttpResponse, status: int = 200) -> str:
    """The words of a page, with single spaces and without marks."""
    assert answer.status_code == status, answer.content.decode()[:2000]
    page = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(unescape(page).replace("\u00a0", " ").split())
