"""Which jobs there are: a name, a function, and when it comes round by itself, if it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any, Protocol, TypeVar

from django.conf import settings

from valinta.users.actor import Actor

DEFAULT_QUEUE = "soon"
MOST_TRIES = 5


class Work(Protocol):
    """What a job does for one organiser. Facts are ids, codes and sums; never a person's data."""

    def __call__(self, *, organiser_id: int, by: Actor, at: datetime, **facts: Any) -> object: ...


_W = TypeVar("_W", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Job:
    """One kind of job.

    `each` is a cron expression: then it also runs for every organiser by itself. A job that raises
    is tried again, `tries` times in all, with waits that grow.
    """

    name: str
    work: Work
    queue: str
    tries: int
    each: str


class UnknownJob(LookupError):
    """No module of JOB_MODULES has a job of this name."""


class JobNamedTwice(ValueError):
    """Two functions were given one name of a job."""


JOBS: dict[str, Job] = {}


def job(
    name: str, *, queue: str = DEFAULT_QUEUE, tries: int = MOST_TRIES, each: str = ""
) -> Callable[[_W], _W]:
    """Let the decorated function be deferred by this name; it is called with what a verb is.

    The function gets `organiser_id`, `by` (the system, for that organiser), `at` (the organiser's
    present moment) and the facts it was deferred with, inside the organiser's tenancy scope. It is
    not atomic as a whole: it calls verbs, which are. It may be run twice and has to stand that.
    """

    def keep(work: _W) -> _W:
        held = JOBS.get(name)
        if held is not None and held.work is not work:
            raise JobNamedTwice(f"There are two jobs of the name {name}. Rename one.")
        JOBS[name] = Job(name, work, queue, tries, each)
        return work

    return keep


def known(name: str) -> Job:
    """The job of a name, after the modules of the setting JOB_MODULES were read. UnknownJob."""
    read_modules()
    if name not in JOBS:
        raise UnknownJob(
            f"There is no job {name}. Decorate its function with @job and name its module in"
            " JOB_MODULES."
        )
    return JOBS[name]


def read_modules() -> None:
    """Import the modules that hold jobs."""
    for module in settings.JOB_MODULES:
        import_module(module)
