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
from valinta.web.routes import ROUTES
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
    """What to do next: the sum it is about, if any, in cents, the words, and where it is done.

    `page` is the name of a page about the client ("" for none), `deed` the words of its link.
    """

    cents: int | None
    text: str
    is_due: bool = True
    page: str = ""
    deed: str = ""


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
        return _to("casework:services", text % {"n": count}, gettext("Look at the visits"))
    return _towards_decision(facts) or _about_money(facts)


def _towards_decision(facts: Facts) -> NextStep | None:
    """The next step on the way from consent to a decision, or None when there is one."""
    if facts.enrolment is None or facts.enrolment.consent_given_at is None:
        text = gettext("Go through the consent together.")
        return _to("casework:joining", text, gettext("Go through joining"))
    if facts.assessment is None:
        text = gettext("Assess the needs together with the client.")
        return _to("casework:assessment", text, gettext("Assess together"))
    if facts.plan is None:
        text = gettext("Write the plan together with the client.")
        return _to("casework:plan", text, gettext("Plan together"))
    if facts.plan.state == PlanState.DRAFT:
        text = gettext("Sign the plan: the client and you.")
        return _to("casework:plan", text, gettext("To the signatures"))
    if facts.decision is None:
        text = gettext("The decision maker decides on the signed plan.")
        return _to("casework:decisions", text, gettext("To the decisions"))
    return None


def _about_money(facts: Facts) -> NextStep:
    if facts.free and not facts.orders:
        text = gettext(
            "of the budget is unused, and nothing is ordered. Talk about what to choose."
        )
        return _to("casework:message_new", text, gettext("Agree on a talk"), facts.free)
    if facts.free:
        text = gettext("of the budget is free this month. Ask what the client wishes for.")
        return _to("casework:message_new", text, gettext("Agree on a talk"), facts.free)
    return NextStep(None, gettext("Nothing is due now."), is_due=False)


def _to(page: str, text: str, deed: str, cents: int | None = None) -> NextStep:
    """A step that is due, with the page where it is done as soon as there is one."""
    known = page if page in ROUTES else ""
    return NextStep(cents, text, page=known, deed=deed if known else "")


def _progress(number: int, current: int) -> Progress:
    if number == current:
        return Progress.NOW
    return Progress.DONE if number < current else Progress.LATER
