"""Take in results of licensed instruments: who, when and the scores, never a text of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from valinta.clients.models import Enrolment
from valinta.clients.trail import note_step
from valinta.needs.models import InstrumentResult
from valinta.needs.result_files import Fault, Reading, Result, read_results
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


class ResultsFaulty(ValueError):
    """Something is wrong in the file; nothing was taken in. `faults` has each by its line."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"{len(self.faults)} lines cannot be taken in. Mend them and try again.")


def look_into_results(*, enrolment: Enrolment, text: str, at: datetime) -> Reading:
    """What a file would give, and what is wrong in it; nothing is changed."""
    instruments = enrolment.programme.terms.get("result_instruments", [])
    code = enrolment.client.identity_code
    reading = read_results(text, instruments, code, at.date())
    held = set(
        InstrumentResult.objects.filter(enrolment=enrolment).values_list("instrument", "done_on")
    )
    for one in reading.results:
        if (one.instrument, one.done_on) in held:
            reading.faults.append(Fault(one.line, "exists", one.done_on.isoformat()))
    return reading


@transaction.atomic
def take_in_results(
    *, enrolment: Enrolment, text: str, by: Actor, at: datetime
) -> list[InstrumentResult]:
    """Take in the results of a file, all or none. Raises ResultsFaulty."""
    by.must(Permission.ASSESS_NEEDS, enrolment.organiser_id)
    # Two who take in the same file wait for each other here.
    locked = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    reading = look_into_results(enrolment=locked, text=text, at=at)
    if reading.faults:
        raise ResultsFaulty(reading.faults)
    return [_keep(locked, one, by, at) for one in reading.results]


def _keep(enrolment: Enrolment, one: Result, by: Actor, at: datetime) -> InstrumentResult:
    made = InstrumentResult.objects.create(
        organiser_id=enrolment.organiser_id,
        enrolment=enrolment,
        instrument=one.instrument,
        version=one.version,
        done_on=one.done_on,
        done_by=one.done_by,
        scores=dict(one.scores),
        taken_in_at=at,
        taken_in_by_id=by.user_id,
    )
    note_step(enrolment, "take_in_results", "instrument_result", made.pk, "", "taken_in", by, at)
    return made
