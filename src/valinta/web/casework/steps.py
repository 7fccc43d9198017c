"""From consent to follow-up: how far a client has come, and the one thing to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils.translation import gettext, ngettext

from valinta.clients.models import Enrolment
from valinta.clients.states import EnrolmentState
from valinta.needs.models import Assessment
from valinta.plans.models import Decision, ServicePlan
from valinta.plans.states import PlanState
from valinta.web.templatetags.wording import short_day


class Progress(StrEnum):
    """Whether a step is behind, under way or ahead."""

    DONE = "done"
    NOW = "now"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way with a word on it."""

    name: str
    detail: str
    progress: Progress


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do next: the sum it is about, if any, in cents, and the words."""

    cents: int | None
    text: str
    is_due: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """What the steps follow from. `free` is the cents in the free pot this month, or None."""

    today: date
    enrolment: Enrolment | None
    assessment: Assessment | None
    plan: ServicePlan | None
    decision: Decision | None
    orders: int
    visits_to_settle: int
    free: int | None

    @property
    def has_left(self) -> bool:
        """Whether the client has left the programme."""
        ended = (EnrolmentState.ENDED, EnrolmentState.WITHDRAWN)
        return self.enrolment is not None and self.enrolment.state in ended


def steps(facts: Facts) -> list[Step]:
    """The six steps. The first that is not done is the one under way."""
    consent = facts.enrolment.consent_given_at if facts.enrolment else None
    assessed = facts.assessment.completed_at if facts.assessment else None
    signed = facts.plan is not None and facts.plan.state != PlanState.DRAFT
    written = facts.plan.written_at if facts.plan else None
    decided = facts.decision.made_at if facts.decision else None

    def on(moment: datetime | None) -> str:
        return short_day(moment, facts.today) if moment else ""

    ordered = ngettext("%(n)s order", "%(n)s orders", facts.orders) % {"n": facts.orders}
    track = [
        (gettext("Consent"), on(consent), consent is not None),
        (gettext("Assessment"), on(assessed), assessed is not None),
        (gettext("Support plan"), on(written), signed),
        (gettext("Decision"), on(decided), decided is not None),
        (gettext("Services"), ordered if decided else "", facts.has_left),
        (gettext("Follow-up"), "", False),
    ]
    current = next(number for number, (_, _, done) in enumerate(track) if not done)
    return [
        Step(name, detail, _progress(number, current))
        for number, (name, detail, _) in enumerate(track)
    ]


def next_step(facts: Facts) -> NextStep:
    """The first thing that waits for the worker, in the order of how much harm waiting does."""
    if facts.has_left:
        return NextStep(None, gettext("The client has left the programme."), is_due=False)
    if facts.visits_to_settle:
        count = facts.visits_to_settle
        text = ngettext(
            "%(n)s visit is disputed or set aside. Find out what happened and decide on it.",
            "%(n)s visits are disputed or set aside. Find out what happened and decide on them.",
            count,
        )
        return NextStep(None, text % {"n": count})
    if facts.enrolment is None or facts.enrolment.consent_given_at is None:
        return NextStep(None, gettext("Go through the consent together."))
    if facts.assessment is None:
        return NextStep(None, gettext("Assess the needs together with the client."))
    if facts.plan is None:
        return NextStep(None, gettext("Write the plan together with the client."))
    if facts.plan.state == PlanState.DRAFT:
        return NextStep(None, gettext("Sign the plan: the client and you."))
    if facts.decision is None:
        return NextStep(None, gettext("The decision maker decides on the signed plan."))
    if facts.free and not facts.orders:
        return NextStep(
            facts.free,
            gettext("of the budget is unused, and nothing is ordered. Talk about what to choose."),
        )
    if facts.free:
        return NextStep(
            facts.free, gettext("of the budget is free this month. Ask what the client wishes for.")
        )
    return NextStep(None, gettext("Nothing is due now."), is_due=False)


def _progress(number: int, current: int) -> Progress:
    if number == current:
        return Progress.NOW
    return Progress.DONE if number < current else Progress.LATER
