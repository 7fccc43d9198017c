"""Write the support plan in one's own words: a draft that several can write, then finished."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from valinta.clients.access import must_act_for
from valinta.clients.models import Enrolment
from valinta.clients.states import MandateScope
from valinta.clients.trail import note_step
from valinta.plans.actions import must_write
from valinta.plans.merging import Merged, Typed, merge
from valinta.plans.models import SupportPlan
from valinta.users.actor import Actor
from valinta.users.permissions import Permission

HELPERS = "who_helped"
"""The section that names who helped to write, one on each line; no code of a prompt looks so."""


class WrittenMeanwhile(ValueError):
    """Another wrote other words in the same section; nothing was saved, and nothing is lost."""

    def __init__(self, merged: Merged, written_by_id: int | None) -> None:
        self.merged = merged
        self.written_by_id = written_by_id
        super().__init__(
            "Another has written in the same place at the same time. Look at both texts, make one"
            " of them, and save again."
        )


class NothingWritten(ValueError):
    """There is no draft to finish."""


@transaction.atomic
def save_support_plan(
    *, enrolment: Enrolment, typed: Mapping[str, Typed], by: Actor, at: datetime
) -> SupportPlan | None:
    """Keep what was typed in the draft; gives the newest version, None while nothing is written.

    The writer's own unfinished version is gone on with, else a new one begins. The same words again
    change nothing. Raises NotYourClient or WrittenMeanwhile.
    """
    must_write(enrolment, by, at)
    # Writers of one plan wait for each other here.
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    latest = newest_version(enrolment)
    current = texts_of(latest)
    merged = merge(current, typed)
    if merged.changed_by_another:
        raise WrittenMeanwhile(merged, latest.written_by_id if latest else None)
    if merged.texts == current:
        return latest
    plan = latest if latest and _goes_on(latest, by) else _begin(enrolment, latest)
    plan.helpers = [{"name": line} for line in merged.texts.pop(HELPERS, "").split("\n") if line]
    plan.sections, plan.written_at, plan.written_by_id = merged.texts, at, by.user_id
    plan.save()
    note_step(enrolment, "save_support_plan", "support_plan", plan.pk, "", "draft", by, at)
    return plan


@transaction.atomic
def finish_support_plan(*, enrolment: Enrolment, by: Actor, at: datetime) -> SupportPlan:
    """The client's side says that the plan is ready for the case manager to read.

    A helper who only writes does not finish it. Raises NotYourClient or NothingWritten.
    """
    must_act_for(
        client=enrolment.client,
        permission=Permission.WRITE_SUPPORT_PLANS,
        scope=MandateScope.PLAN,
        by=by,
        at=at,
    )
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    latest = newest_version(enrolment)
    if latest is None or latest.finished_at is not None:
        raise NothingWritten("There is nothing new to finish. Write something and save it first.")
    latest.finished_at = at
    latest.save()
    kind, verb = "support_plan", "finish_support_plan"
    note_step(enrolment, verb, kind, latest.pk, "draft", "finished", by, at)
    return latest


def newest_version(enrolment: Enrolment) -> SupportPlan | None:
    """The newest version of the support plan, finished or not."""
    return enrolment.support_plans.order_by("-version").first()


def texts_of(plan: SupportPlan | None) -> dict[str, str]:
    """The texts of a version by section, with the names of the helpers as a section of its own."""
    if plan is None:
        return {}
    names = "\n".join(one["name"] for one in plan.helpers if one.get("name"))
    return {**plan.sections, **({HELPERS: names} if names else {})}


def _goes_on(latest: SupportPlan, by: Actor) -> bool:
    """Whether the writer goes on with the version: their own, unfinished, and not built upon."""
    own = by.user_id is not None and latest.written_by_id == by.user_id
    return own and latest.finished_at is None and not latest.serviceplan_set.exists()


def _begin(enrolment: Enrolment, latest: SupportPlan | None) -> SupportPlan:
    return SupportPlan(
        organiser_id=enrolment.organiser_id,
        enrolment=enrolment,
        version=latest.version + 1 if latest else 1,
    )
