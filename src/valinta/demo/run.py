"""The whole demo: load the packs, play each programme once, write the letters, draw the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from valinta.clients.models import Enrolment
from valinta.demo.month import LOCAL, moment
from valinta.demo.play import day_of, play
from valinta.demo.table import drawn, row
from valinta.organisers import tenancy
from valinta.plans.models import Decision
from valinta.plans.states import DecisionState
from valinta.processes.load_programme import load_pack
from valinta.processes.write_decision_letter import write_decision_letter
from valinta.programmes.models import Programme
from valinta.programmes.pack.reader import read_pack

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the demo has to show: the table as text, and whether every ledger balances."""

    table: str
    balances: bool


def run_demo(*, packs: list[Path], today: date, out: Path, tell: Tell) -> Shown:
    """Play every pack that has not been played before; a second run only reads.

    `tell` is called with what is being done, as it is done.
    """
    rows = []
    for number, folder in enumerate(packs, start=1):
        pack = read_pack(folder)
        now = datetime.now(tz=LOCAL)
        tell(f"{pack.code}: pack")
        programme = load_pack(pack=pack, at=min(now, moment(today, 8))).programme
        with tenancy.scope([programme.organiser_id]):
            if not Enrolment.objects.filter(programme=programme).exists():
                _play(programme, today, number, out, tell)
            _write_letters(programme, out / programme.organiser.code / "letters")
            rows.append(row(programme))
    return Shown(drawn(rows), all(cells[-1] == "balances" for cells in rows))


def _play(programme: Programme, today: date, number: int, out: Path, tell: Tell) -> None:
    # All or nothing, so that a demo cut off in the middle starts that programme afresh.
    with transaction.atomic():
        play(
            programme,
            day_of(programme, today),
            number,
            out,
            lambda what: tell(f"{programme.code}: {what}"),
        )


def _write_letters(programme: Programme, folder: Path) -> None:
    """Write the letter of each decision in force, in the client's language, if it is not there."""
    decisions = Decision.objects.filter(
        enrolment__programme=programme, state=DecisionState.IN_FORCE
    ).select_related("enrolment__client", "organiser", "plan", "enrolment__programme")
    folder.mkdir(parents=True, exist_ok=True)
    for decision in decisions.order_by("id"):
        target = folder / f"decision-{decision.pk}.pdf"
        if not target.exists():
            language = decision.enrolment.client.language
            target.write_bytes(write_decision_letter(decision=decision, language=language))
