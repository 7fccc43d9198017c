"""Jobs are deferred with what asked for them, and done with one organiser in view."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from procrastinate.contrib.django.django_connector import DjangoConnector

from tests import jobs
from tests.cast import open_stage
from tests.repository.files import ROOT
from valinta.audit.actions import Note, record
from valinta.audit.models import Entry
from valinta.jobs.queue import defer
from valinta.jobs.registry import JOBS, JobNamedTwice, UnknownJob, job
from valinta.jobs.work import do, work
from valinta.organisers import tenancy
from valinta.organisers.models import Organiser
from valinta.users.actor import Actor
from valinta.users.permissions import Role

Seen = list[dict[str, Any]]
SOURCES = ROOT / "src"


@pytest.fixture
def seen() -> Iterator[Seen]:
    """What the job `note` was called with; it is known for this test only."""
    calls: Seen = []
    before = dict(JOBS)

    @job("note", tries=2)
    def note(*, organiser_id: int, by: Actor, at: datetime, **facts: Any) -> None:
        visible = set(Entry.objects.values_list("organiser_id", flat=True))
        calls.append({"organiser": organiser_id, "by": by, "at": at, "sees": visible, **facts})
        if facts.get("fails") and len(calls) == 1:
            raise RuntimeError("the first time it does not work")

    yield calls
    JOBS.clear()
    JOBS.update(before)


def _two_organisers() -> tuple[Organiser, Organiser]:
    here = open_stage("keusote", on=date(2019, 3, 6)).organiser
    there = open_stage("kainuu", on=date(2019, 3, 6)).organiser
    for one in (here, there):
        with tenancy.scope([one.pk]):
            note = Note("test", "organiser", one.pk, "", "x")
            record(organiser_id=one.pk, by_id=None, at=datetime.now().astimezone(), notes=[note])
    tenancy.leave()
    return here, there


def test_a_job_sees_its_own_organiser_only_and_acts_as_the_system(db: None, seen: Seen) -> None:
    here, _there = _two_organisers()
    defer("note", organiser_id=here.pk, number=7)
    assert jobs.do_waiting() == 1
    (call,) = seen
    assert (call["organiser"], call["sees"], call["number"]) == (here.pk, {here.pk}, 7)
    assert call["by"].holds(Role.SYSTEM, here.pk)
    assert call["at"].tzinfo is not None
    assert Entry.objects.count() == 0, "the scope was left open"


def test_what_is_rolled_back_leaves_no_job(db: None, seen: Seen) -> None:
    with transaction.atomic():
        defer("note", organiser_id=1)
        transaction.set_rollback(True)
    assert jobs.waiting() == []


def test_only_one_of_a_kind_waits_when_that_is_asked(db: None, seen: Seen) -> None:
    assert defer("note", organiser_id=1, only_once="note:1")
    assert not defer("note", organiser_id=1, only_once="note:1")
    assert defer("note", organiser_id=1, only_once="note:2", after=timedelta(minutes=5))
    first, second = jobs.waiting("note")
    assert first.not_before is None
    assert second.not_before is not None


def test_two_jobs_cannot_have_one_name(seen: Seen) -> None:
    with pytest.raises(JobNamedTwice, match="Rename one"):

        @job("note")
        def other(*, organiser_id: int, by: Actor, at: datetime) -> None: ...


def test_a_job_that_nobody_knows_is_named(db: None) -> None:
    with pytest.raises(UnknownJob, match="There is no job nothing"):
        do("nothing", 1, {})


def test_a_worker_does_what_waits_tries_again_and_removes_it(
    fresh_database: str, seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("valinta.jobs.work.FIRST_WAIT", 0)
    here, _there = _two_organisers()
    defer("note", organiser_id=here.pk, fails=True)
    work(until_stopped=False)
    if jobs.waiting("note"):
        work(until_stopped=False)
    assert [call["sees"] for call in seen] == [{here.pk}, {here.pk}]
    assert jobs.waiting("note") == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE task_name = 'note'")
        assert cursor.fetchall() == []


def test_a_job_whose_worker_was_killed_is_taken_up_again(fresh_database: str, seen: Seen) -> None:
    here, _there = _two_organisers()
    defer("note", organiser_id=here.pk)
    connector = DjangoConnector()
    (row,) = connector.execute_query_all(
        "INSERT INTO procrastinate_workers (last_heartbeat)"
        " VALUES (now() - interval '5 minutes') RETURNING id"
    )
    connector.execute_query(
        "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %(of)s", of=row["id"]
    )
    # A worker that starts looks for what was lost; the second finds nothing more to take up.
    work(until_stopped=False)
    work(until_stopped=False)
    assert [call["sees"] for call in seen] == [{here.pk}]


def test_the_application_defers_as_its_own_role_and_owns_no_table_of_the_queue(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, count(*) FROM pg_tables WHERE tablename LIKE 'procrastinate%%'"
            " AND tableowner <> 'valinta_app' GROUP BY 1",
            [],
        )
        assert cursor.fetchall() == [("valinta_app", 4)]


def test_every_module_with_a_job_is_one_that_the_worker_loads() -> None:
    with_jobs = {
        ".".join(path.relative_to(SOURCES).with_suffix("").parts)
        for path in (SOURCES / "valinta").rglob("*.py")
        if re.search(r"^@job\(", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert with_jobs and with_jobs == set(settings.JOB_MODULES)
