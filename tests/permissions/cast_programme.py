"""What the office has on its desk: a pack that was sent in, a file that was tried, a text."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from valinta.processes.import_sheets import try_import
from valinta.processes.letter_texts import write_letter_text
from valinta.processes.preview_pack import keep_draft
from valinta.programmes.models import Programme
from valinta.users.actor import Actor

PACKS = Path(__file__).parents[2] / "programmes"
HEAD = "identity_code;given_name;family_name;language;municipality"


def files_of(programme: Programme) -> dict[str, str]:
    """The texts of the programme's pack."""
    names = ("programme.yaml", "services.yaml")
    return {one: (PACKS / programme.code / one).read_text(encoding="utf-8") for one in names}


def leave_papers(programme: Programme, by: Actor, at: datetime) -> None:
    """A row of each kind, so that every kind could leak."""
    keep_draft(programme=programme, files=files_of(programme), by=by, at=at)
    line = f"{HEAD}\n?;Koe;Koe;fi;?\n"
    try_import(programme=programme, kind="clients", data=line.encode(), by=by, at=at)
    write_letter_text(
        programme=programme, kind="claim_answer", language="sv", key="facts", text="Fakta",
        starts_on=at.date(), version=0, by=by, at=at,
    )  # fmt: skip
