"""Calls of the verbs of visits that a company's people report one by one."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.permissions.stage import Stage
from valinta.processes import draw_checks as drawing
from valinta.processes import hand_in_file as files
from valinta.processes import report_table as tables
from valinta.processes import report_visit as reports
from valinta.processes import take_in_file as taking
from valinta.processes import tidy_visit_files as tidying
from valinta.programmes.models import Rulebook
from valinta.visits import starting_actions as starting
from valinta.visits import withdrawing_actions as withdrawing
from valinta.visits.checks import Check, Drawing
from valinta.visits.models import Batch, RefusedLine, StartedVisit, Visit, VisitFile
from valinta.visits.states import Found


def start(s: Stage) -> object:
    return starting.start_visit(order=s.order(), reference="koe", started_at=s.at, **s.who)


def drop(s: Stage) -> object:
    begun = StartedVisit.objects.create(
        organiser=s.side.organiser, provider_id=s.order().provider_id, order=s.order(),
        user_id=s.by.user_id, reference="koe", started_at=s.at, kept_at=s.at,
    ) if s.by.user_id else None  # fmt: skip
    if begun is None:
        return starting.start_visit(order=s.order(), reference="koe", started_at=s.at, **s.who)
    return starting.drop_started(started=begun, **s.who)


def _last(s: Stage) -> Visit:
    """A visit of the subject order that can be had once more: its room is freed."""
    return Visit.objects.get(pk=s.visit())


def _entry(s: Stage) -> reports.Entry:
    """A line like a visit that there was, under a reference of its own."""
    visit = _last(s)
    withdrawing.withdraw_visit(
        visit_id=visit.pk, reason="", funding_account_id=s.funding,
        by=s.side.actor("system"), at=s.at - timedelta(minutes=1),
    )  # fmt: skip
    return reports.Entry(
        "koe", visit.served_on, visit.started_at, visit.ended_at, band=visit.band.code,
        quantity=f"{visit.quantity_hundredths / 100}", late_reason="Koe",
    )  # fmt: skip


def report(s: Stage) -> object:
    return reports.report_visit(order=s.order(), entry=_entry(s), **s.who)


def record(s: Stage) -> object:
    return reports.record_visit(order=s.order(), entry=_entry(s), **s.who)


def _refused(s: Stage) -> RefusedLine:
    batch = Batch.objects.create(
        organiser=s.side.organiser, provider_id=s.order().provider_id, door="form",
        received_at=s.at, received_by_id=s.by.user_id,
    )  # fmt: skip
    return RefusedLine.objects.create(
        organiser=s.side.organiser, batch=batch, line=1, reference="koe", code="in_future",
        facts={}, sent={},
    )  # fmt: skip


def mend(s: Stage) -> object:
    return reports.mend_line(refused=_refused(s), order=s.order(), entry=_entry(s), **s.who)


def set_aside(s: Stage) -> object:
    return withdrawing.set_line_aside(refused=_refused(s), **s.who)


def withdraw(s: Stage) -> object:
    return withdrawing.withdraw_visit(
        visit_id=s.visit(), reason="Koe", funding_account_id=s.funding, **s.who
    )


def correct(s: Stage) -> object:
    visit = _last(s)
    entry = reports.Entry(
        "koe", visit.served_on, visit.started_at, visit.ended_at, band=visit.band.code,
        quantity=f"{visit.quantity_hundredths / 100}", late_reason="Koe",
    )  # fmt: skip
    return reports.correct_report(visit=visit, order=visit.order, entry=entry, reason="", **s.who)


def table(s: Stage) -> object:
    return tables.report_table(
        programme=s.side.programme, provider=s.order().provider, text="order\n1", dry_run=False,
        **s.who,
    )  # fmt: skip


def _handed_in(s: Stage, at: datetime | None = None) -> VisitFile:
    """A file of the subject provider's, handed in by the system."""
    return files.hand_in_file(
        programme=s.side.programme, provider=s.order().provider, name="koe",
        content=[b"order;reference\n1;koe\n"], by=s.side.actor("system"), at=at or s.at,
    )  # fmt: skip


def hand_in(s: Stage) -> object:
    return files.hand_in_file(
        programme=s.side.programme, provider=s.order().provider, name="koe",
        content=[b"order;reference\n1;koe\n"], **s.who,
    )  # fmt: skip


def take_in(s: Stage) -> object:
    organiser_id = s.side.organiser.pk
    return taking.take_in_visit_file(organiser_id=organiser_id, file_id=_handed_in(s).pk, **s.who)


def take_in_some(s: Stage) -> object:
    return taking.take_in_some(file=_handed_in(s), **s.who)


def tidy_files(s: Stage) -> object:
    """With a file that is kept no longer."""
    for one in Rulebook.objects.filter(programme=s.side.programme):
        one.parameters["visit_files_kept_days"] = 1
        one.save()
    file = _handed_in(s, s.at - timedelta(days=3))
    VisitFile.objects.filter(pk=file.pk).update(state="done")
    return tidying.tidy_visit_files(organiser_id=s.side.organiser.pk, **s.who)


def draw(s: Stage) -> object:
    """With batches that nothing was drawn from."""
    Check.objects.all().delete()
    Batch.objects.update(drawing=None)
    return drawing.draw_checks(organiser_id=s.side.organiser.pk, **s.who)


def answer_check(s: Stage) -> object:
    visit = _last(s)
    Check.objects.filter(visit=visit).delete()
    drawn = Drawing.objects.create(organiser=s.side.organiser, drawn_at=s.at, seed="koe")
    check = Check.objects.create(
        organiser=s.side.organiser, provider_id=visit.provider_id, drawing=drawn, visit=visit,
        chance=1, number=0, by_gap=False, risks=[],
    )  # fmt: skip
    return drawing.answer_check(check=check, found=Found.RIGHT, words="", **s.who)
