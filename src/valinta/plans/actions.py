"""Write plans: the client's own support plan, service plans by version, signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from valinta.audit.actions import Note, record
from valinta.catalogue.models import Service
from valinta.clients.access import is_client, must_act_for, represents
from valinta.clients.models import Enrolment
from valinta.clients.states import MandateScope
from valinta.clients.trail import note_step
from valinta.needs.models import Allocation
from valinta.plans.models import (
    PlanComment,
    PlanLine,
    ServicePlan,
    Signature,
    SupportPlan,
)
from valinta.plans.moving import (
    WrongCapacity,
    move_if_signed,
    must_be_somebody,
    supersede_waiting,
)
from valinta.plans.states import PlanState, Signer, Way
from valinta.shared.money import Money
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


@dataclass(frozen=True, slots=True)
class LineChosen:
    """How one need, or a part of it, is met: the way, how much in a month, and the money for it.

    `refused` is a way that the client declined, for the reason given.
    """

    service: Service
    way: Way
    quantity_hundredths: int
    monthly: Money
    mandatory: bool = False
    reason: str = ""
    refused: Way | None = None


class CommentEmpty(ValueError):
    """A comment says something."""


class PlanNotOpen(ValueError):
    """A plan is signed by the client's side and the worker before a decision."""


class PlanWrittenMeanwhile(ValueError):
    """Another has written a newer version than the one that was gone on from; nothing is lost."""

    def __init__(self, newest: ServicePlan | None) -> None:
        self.newest = newest
        number = newest.version if newest else 0
        super().__init__(
            f"Version {number} of the plan was written meanwhile. Look at what changed, and write"
            " again from it."
        )


class BoughtInTwoWays(ValueError):
    """A service is bought with a budget or with a voucher, not with both in one plan."""


class AnotherClients(ValueError):
    """A plan is built on its own client's assessment and support plan only."""


class WayNotPossible(ValueError):
    """The service cannot be organised in this way in the programme."""


class RefusalNeedsReason(ValueError):
    """A refused way needs the client's reason, so that the next way fits better."""


@transaction.atomic
def write_support_plan(
    *,
    enrolment: Enrolment,
    sections: Mapping[str, str],
    helpers: Sequence[Mapping[str, str]],
    by: Actor,
    at: datetime,
) -> SupportPlan:
    """Keep a new version of the client's own plan, finished, and who helped (SIU-4, SIU-9).

    Raises NotYourClient.
    """
    must_write(enrolment, by, at)
    version = enrolment.support_plans.count() + 1
    plan = SupportPlan.objects.create(
        organiser_id=enrolment.organiser_id,
        enrolment=enrolment,
        version=version,
        sections=dict(sections),
        helpers=[dict(one) for one in helpers],
        written_at=at,
        written_by_id=by.user_id,
        finished_at=at,
    )
    note_step(enrolment, "write_support_plan", "support_plan", plan.pk, "", "written", by, at)
    return plan


@transaction.atomic
def write_plan(
    *,
    enrolment: Enrolment,
    allocation: Allocation,
    lines: Sequence[LineChosen],
    support_plan: SupportPlan | None,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> ServicePlan:
    """Write a new version of the service plan as a draft; older ones wait no more (HAM-10).

    `seen` is the number of the newest version that the writer knew, 0 for none; without it nothing
    is asked. Raises PlanWrittenMeanwhile when there is a newer one, WayNotPossible,
    RefusalNeedsReason, BoughtInTwoWays, or AnotherClients when the allocation or support plan is
    not this client's.
    """
    by.must(Permission.WRITE_PLANS, enrolment.organiser_id)
    _must_be_of(enrolment, allocation, support_plan)
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    newest = enrolment.plans.order_by("-version").first()
    number = newest.version if newest else 0
    if seen is not None and seen != number:
        raise PlanWrittenMeanwhile(newest)
    _must_be_bought_once(lines)
    supersede_waiting(enrolment, by, at)
    plan = ServicePlan.objects.create(
        organiser_id=enrolment.organiser_id,
        enrolment=enrolment,
        version=number + 1,
        state=PlanState.DRAFT,
        allocation=allocation,
        support_plan=support_plan,
        written_at=at,
        written_by_id=by.user_id,
    )
    PlanLine.objects.bulk_create(_line(plan, line) for line in lines)
    note_step(enrolment, "write_plan", "service_plan", plan.pk, "", PlanState.DRAFT, by, at)
    return plan


@transaction.atomic
def comment_on_plan(*, plan: ServicePlan, text: str, by: Actor, at: datetime) -> PlanComment:
    """Say something about a version of the plan; the client's side and the worker read it.

    Raises NotYourClient, CommentEmpty, or PlanNotOpen when a newer version has taken its place.
    """
    enrolment = plan.enrolment
    must_write(enrolment, by, at)
    user_id = must_be_somebody(by)
    if not text.strip():
        raise CommentEmpty("Write what you want to say about the plan.")
    if plan.state == PlanState.SUPERSEDED:
        raise PlanNotOpen("There is a newer version of the plan. Comment on that one.")
    comment = PlanComment.objects.create(
        organiser_id=plan.organiser_id,
        plan=plan,
        text=text.strip(),
        written_as=_capacity(enrolment, by),
        written_at=at,
        written_by_id=user_id,
    )
    note_step(enrolment, "comment_on_plan", "plan_comment", comment.pk, "", "written", by, at)
    return comment


@transaction.atomic
def change_way(*, line: PlanLine, to: Way, reason: str, by: Actor, at: datetime) -> PlanLine:
    """The client declines a way, and the need goes to another one: never a dead end (HAM-4)."""
    by.must(Permission.WRITE_PLANS, line.organiser_id)
    if not reason.strip():
        raise RefusalNeedsReason("Write down why the client declined; it helps to find a way.")
    _check_way(line.service, to)
    line.refused_way, line.way, line.reason = line.way, to, reason
    line.save()
    plan = line.plan
    facts = {"service": line.service.code, "from": line.refused_way, "to": str(to)}
    note = Note(
        "change_way",
        "plan_line",
        line.pk,
        line.refused_way,
        to,
        client_id=plan.enrolment.client_id,
        facts=facts,
    )
    record(organiser_id=line.organiser_id, by_id=by.user_id, at=at, notes=[note])
    return line


@transaction.atomic
def sign_plan(*, plan: ServicePlan, signer: Signer, by: Actor, at: datetime) -> ServicePlan:
    """Sign a draft. With the client's side and a worker under it the plan is signed (KAI-4).

    Raises PlanNotOpen, or WrongCapacity when the actor is not what they sign as.
    """
    by.must(Permission.SIGN_PLANS, plan.organiser_id)
    must_be_somebody(by)
    locked = ServicePlan.objects.select_for_update().get(pk=plan.pk)
    if locked.state != PlanState.DRAFT:
        raise PlanNotOpen(f"This version is {locked.state}; only a draft can be signed.")
    if not _signs_as(signer, locked.enrolment, by, at):
        raise WrongCapacity(
            f"You cannot sign this plan as {signer}. Sign as what you are to the client: the"
            " client, a representative with a mandate to plan, or a worker."
        )
    signature = Signature.objects.create(
        organiser_id=plan.organiser_id,
        plan=locked,
        signer=signer,
        signed_at=at,
        signed_by_id=by.user_id,
    )
    note_step(locked.enrolment, "sign_plan", "signature", signature.pk, "", signer, by, at)
    move_if_signed(locked, by, at)
    return locked


def must_write(enrolment: Enrolment, by: Actor, at: datetime) -> None:
    """Let by whoever may write or comment for the client: who plans, and invited helpers (SIU-4).

    Raises NotAllowed or NotYourClient.
    """
    must_act_for(
        client=enrolment.client,
        permission=Permission.WRITE_SUPPORT_PLANS,
        scope=MandateScope.PLAN,
        or_scope=MandateScope.WRITE,
        by=by,
        at=at,
    )


def _capacity(enrolment: Enrolment, by: Actor) -> Signer:
    write = Permission.WRITE_SUPPORT_PLANS
    if is_client(enrolment.client, write, by):
        return Signer.CLIENT
    works = by.may_for_all(write, enrolment.organiser_id)
    return Signer.WORKER if works else Signer.REPRESENTATIVE


def _signs_as(signer: Signer, enrolment: Enrolment, by: Actor, at: datetime) -> bool:
    client, sign = enrolment.client, Permission.SIGN_PLANS
    if signer is Signer.CLIENT:
        return is_client(client, sign, by)
    if signer is Signer.REPRESENTATIVE:
        return represents(client, sign, MandateScope.PLAN, by, at)
    return by.may_for_all(sign, enrolment.organiser_id)


def _must_be_of(
    enrolment: Enrolment, allocation: Allocation, support_plan: SupportPlan | None
) -> None:
    owners = {allocation.assessment.enrolment_id}
    if support_plan is not None:
        owners.add(support_plan.enrolment_id)
    if owners != {enrolment.pk}:
        raise AnotherClients(
            "The allocation or the support plan is another client's. Take this client's own."
        )


def _line(plan: ServicePlan, line: LineChosen) -> PlanLine:
    _check_way(line.service, line.way)
    if line.refused is not None and not line.reason.strip():
        raise RefusalNeedsReason("Write down why the client declined; it helps to find a way.")
    return PlanLine(
        organiser_id=plan.organiser_id,
        plan=plan,
        service=line.service,
        way=line.way,
        quantity_hundredths=line.quantity_hundredths,
        monthly_cents=line.monthly.cents,
        mandatory=line.mandatory,
        refused_way=line.refused or "",
        reason=line.reason,
    )


def _must_be_bought_once(lines: Sequence[LineChosen]) -> None:
    bought = [one.service.pk for one in lines if one.way in (Way.BUDGET, Way.VOUCHER)]
    if len(bought) != len(set(bought)):
        raise BoughtInTwoWays(
            "A service is bought with the budget or with a voucher. Put the rest of the need in"
            " another way, such as the organiser's own service."
        )


def _check_way(service: Service, way: Way) -> None:
    if service.ways and way not in service.ways:
        raise WayNotPossible(
            f"The service {service.code} cannot be organised as {way} in this programme;"
            f" possible ways are {', '.join(service.ways)}."
        )
