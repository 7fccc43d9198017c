"""Do the jobs: one by one for whoever asks, or as a worker until it is stopped."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from procrastinate import App, JobContext, RetryStrategy
from procrastinate.contrib.django.db_cleanup import DjangoApp
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued

from valinta.jobs.queue import defer
from valinta.jobs.registry import JOBS, Job, known, read_modules
from valinta.organisers import clock
from valinta.organisers.models import Organiser
from valinta.users.actor import acting, system

log = logging.getLogger(__name__)

# So many jobs at a time: each holds a connection while it works.
AT_A_TIME = 2
# A worker that was killed has not been heard of for so many seconds; its jobs are taken up again.
SILENT = 60
FIRST_WAIT = 4


def do(name: str, organiser_id: int, facts: Mapping[str, Any]) -> None:
    """Do one job now, as the system, with only this organiser's rows in view. Raises UnknownJob."""
    one = known(name)
    organiser = Organiser.objects.get(pk=organiser_id)
    with acting(system(organiser_id)) as by:
        one.work(organiser_id=organiser_id, by=by, at=clock.now(organiser), **facts)


def worker() -> App:
    """The application of a worker: every known job is a task of it."""
    read_modules()
    app = DjangoApp(connector=DjangoConnector().get_worker_connector())
    for one in JOBS.values():
        retry = RetryStrategy(max_attempts=one.tries - 1, exponential_wait=FIRST_WAIT)
        app.task(name=one.name, queue=one.queue, retry=retry)(_task(one.name))
        if one.each:
            again = app.task(name=f"each:{one.name}", queue=one.queue, queueing_lock=one.name)
            app.periodic(cron=one.each, periodic_id=one.name)(again(_for_each_organiser(one)))
    mending = app.task(name="take_up_lost", pass_context=True, queueing_lock="take_up_lost")
    app.periodic(cron="* * * * *", periodic_id="take_up_lost")(mending(_take_up_lost))
    return app


def work(*, until_stopped: bool = True) -> None:
    """Do what waits, and what comes in until a signal stops it. Jobs that are done are removed."""
    app = worker()
    with app.open():
        _look_for_lost(app)
        app.run_worker(
            wait=until_stopped,
            concurrency=AT_A_TIME,
            delete_jobs="successful",
            listen_notify=until_stopped,
            shutdown_graceful_timeout=15,
        )


def _look_for_lost(app: App) -> None:
    """What an earlier worker left behind is taken up now, and not only at the next minute."""
    with suppress(AlreadyEnqueued):
        app.tasks["take_up_lost"].configure(queueing_lock="take_up_lost").defer(timestamp=0)


def _task(name: str) -> Callable[..., None]:
    def run(organiser_id: int, **facts: Any) -> None:
        do(name, organiser_id, facts)

    return run


def _for_each_organiser(one: Job) -> Callable[..., None]:
    def run(timestamp: int) -> None:
        for organiser_id in Organiser.objects.values_list("pk", flat=True):
            mark = f"{one.name}:{organiser_id}"
            defer(one.name, organiser_id=organiser_id, queue=one.queue, only_once=mark)

    return run


async def _take_up_lost(context: JobContext, timestamp: int) -> None:
    """Put jobs back whose worker was killed in the middle of them."""
    manager = context.app.job_manager
    for lost in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT):
        log.warning("The job %s (%s) was lost with its worker: again.", lost.id, lost.task_name)
        await manager.retry_job(lost)
