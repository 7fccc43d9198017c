"""Template filters for the pages of plans, decisions, letters and claims."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from valinta.budgets.states import InformationWay
from valinta.catalogue.models import Service
from valinta.plans.models import Claim, Decision
from valinta.plans.states import ClaimOutcome, ClaimState, DeliveryWay, PlanState
from valinta.web.plan_picture import Version
from valinta.web.templatetags.wording import long_day

register = template.Library()
Words = str | Promise

PLAN_STATES: dict[PlanState, Words] = {
    PlanState.DRAFT: _("draft"),
    PlanState.SIGNED: _("signed, waits for the decision"),
    PlanState.IN_FORCE: _("in force"),
    PlanState.SUPERSEDED: _("a newer one took its place"),
}
INFORMATION_WAYS: dict[InformationWay, Words] = {
    InformationWay.PORTAL: _("read in the portal"),
    InformationWay.IN_PERSON: _("gone through in person"),
    InformationWay.POST: _("sent by post"),
}
DELIVERY_WAYS: dict[DeliveryWay, Words] = {
    DeliveryWay.PORTAL: _("in the portal"),
    DeliveryWay.POST: _("by post"),
    DeliveryWay.IN_PERSON: _("handed over"),
}
CLAIM_STATES: dict[ClaimState, Words] = {
    ClaimState.RECEIVED: _("received"),
    ClaimState.HANDLED: _("being looked into"),
    ClaimState.ANSWERED: _("answered"),
}
OUTCOMES: dict[ClaimOutcome, Words] = {
    ClaimOutcome.CHANGED: _("the decision is changed by a new one"),
    ClaimOutcome.UPHELD: _("the decision is not changed"),
    ClaimOutcome.NOT_EXAMINED: _("the claim is not examined"),
}


@register.filter
def plan_state(state: str) -> str:
    """The state of a version of the plan in words."""
    return str(PLAN_STATES[PlanState(state)])


@register.filter
def information_way(way: str) -> str:
    """How information on a voucher was given."""
    return str(INFORMATION_WAYS[InformationWay(way)])


@register.filter
def delivery_way(way: str) -> str:
    """How a letter goes to the client."""
    return str(DELIVERY_WAYS[DeliveryWay(way)])


@register.filter
def claim_state(state: str) -> str:
    """How far a claim has come."""
    return str(CLAIM_STATES[ClaimState(state)])


@register.filter
def claim_outcome(outcome: str) -> str:
    """What came of a claim."""
    return str(OUTCOMES[ClaimOutcome(outcome)])


@register.filter
def version_options(versions: Iterable[Version]) -> list[tuple[int, str]]:
    """Versions of a plan to choose from."""
    return [(one.number, gettext("Version %(n)s") % {"n": one.number}) for one in versions]


@register.filter
def value_field(service: Service) -> str:
    """The name of the field for a voucher's value that income decides."""
    return f"value-{service.code}"


@register.filter
def outcome_options(claim: Claim) -> list[tuple[str, str]]:
    """What can come of a claim; one that came in time is looked into."""
    return [
        (str(one), str(words).capitalize())
        for one, words in OUTCOMES.items()
        if one is not ClaimOutcome.NOT_EXAMINED or not claim.is_in_time
    ]


@register.filter
def decision_options(decisions: Iterable[Decision]) -> list[tuple[int, str]]:
    """Decisions to choose from, by number and day."""
    return [
        (
            one.pk,
            gettext("Decision %(n)s, %(day)s") % {"n": one.pk, "day": long_day(one.made_at)},
        )
        for one in decisions
    ]
