"""Put a job in the queue, in the transaction of the verb that wants it done."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

from valinta.jobs.registry import DEFAULT_QUEUE

Fact = str | int | bool | None


def defer(
    name: str,
    *,
    organiser_id: int,
    queue: str = DEFAULT_QUEUE,
    after: timedelta | None = None,
    one_at_a_time: str = "",
    only_once: str = "",
    **facts: Fact,
) -> bool:
    """Have a job done for an organiser once this transaction is committed; never if it is not.

    Jobs with the same `one_at_a_time` run one after the other, the first first. While a job with
    the same `only_once` waits, nothing is added and the answer is False. Facts are ids and codes:
    the queue is not a tenant's table.
    """
    wanted = configure_task(
        name=name,
        job_manager=JobManager(DjangoConnector()),
        queue=queue,
        lock=one_at_a_time or None,
        queueing_lock=only_once or None,
        schedule_in={"seconds": int(after.total_seconds())} if after else None,
    )
    try:
        # A refused second one spoils nothing but itself.
        with transaction.atomic():
            wanted.defer(organiser_id=organiser_id, **facts)
    except AlreadyEnqueued:
        return False
    return True
