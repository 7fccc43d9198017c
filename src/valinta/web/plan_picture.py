"""What a client sees of the service plan: versions, lines by way, signatures, what is said of it.

The number of queries does not depend on how many rows there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from valinta.budgets.models import Voucher
from valinta.budgets.states import VoucherState
from valinta.clients.models import Enrolment
from valinta.needs.models import AllocationLine
from valinta.plans.models import Decision, PlanComment, PlanLine, ServicePlan, Signature
from valinta.plans.states import DecisionState, PlanState, Signer, Way
from valinta.web.names import names_of

# In other ways the service costs the organiser something, but it is no money of the client's.
PAID_FOR = frozenset({Way.BUDGET, Way.VOUCHER})


@dataclass(frozen=True, slots=True)
class Line:
    """One need of the plan. Cents a month of the client's money; hundredths of `unit`.

    `why` is a worker's own words on a line, "" for none; `voucher` is the one to open, if any.
    """

    service: dict[str, str]
    easy: dict[str, str]
    unit: str
    quantity_hundredths: int
    cents: int
    mandatory: bool
    why: str
    refused_way: str
    voucher: Voucher | None


@dataclass(frozen=True, slots=True)
class Group:
    """The lines that are organised in one way."""

    way: Way
    lines: list[Line]

    @property
    def cents(self) -> int:
        """The month's money of the group, in cents."""
        return sum(line.cents for line in self.lines)


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature: who, as what, when; on paper, `recorder` brought it here."""

    name: str
    signer: Signer
    at: datetime | date
    on_paper: bool = False
    recorder: str = ""
    archive_mark: str = ""
    paper_id: int | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """Something said about a version of the plan. `is_mine`: by the reader."""

    name: str
    written_as: Signer
    at: datetime
    text: str
    version: int
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the plan."""

    id: int
    number: int
    state: PlanState
    written_at: datetime
    writer: str
    groups: list[Group]
    signatures: list[Signed]
    decision: Decision | None

    @property
    def waits_for_client(self) -> bool:
        """Whether nobody of the client's side has signed the draft."""
        client_side = {Signer.CLIENT, Signer.REPRESENTATIVE}
        return self.state == PlanState.DRAFT and not any(
            one.signer in client_side for one in self.signatures
        )

    @property
    def waits_for_worker(self) -> bool:
        """Whether no worker has signed the draft."""
        signed = any(one.signer is Signer.WORKER for one in self.signatures)
        return self.state == PlanState.DRAFT and not signed


@dataclass(frozen=True, slots=True)
class PlanPicture:
    """The plan in force (None: none), versions that wait, those of the past, and the talk."""

    in_force: Version | None
    waiting: list[Version]
    earlier: list[Version]
    comments: list[Comment]

    @property
    def newest(self) -> Version | None:
        """The version that a new comment is about."""
        return next(iter(self.waiting), self.in_force)


def plan_picture(enrolment: Enrolment | None, reader_id: int | None) -> PlanPicture:
    """Read all versions of the enrolment's plan, newest first, in seven queries."""
    plans = list(ServicePlan.objects.filter(enrolment=enrolment).order_by("-version"))
    shown = [one.pk for one in plans if one.state != PlanState.SUPERSEDED]
    signatures = list(Signature.objects.filter(plan__in=plans).order_by("signed_at", "pk"))
    said = list(
        PlanComment.objects.filter(plan__enrolment=enrolment)
        .select_related("plan")
        .order_by("written_at", "pk")
    )
    names = names_of(
        [
            *(one.written_by_id for one in plans),
            *(one.signed_by_id or one.recorded_by_id for one in signatures),
            *(one.written_by_id for one in said),
        ]
    )
    lines = _lines(shown, enrolment)
    decisions = {one.plan_id: one for one in Decision.objects.filter(plan__in=plans).order_by("pk")}
    versions = [
        Version(
            id=one.pk,
            number=one.version,
            state=PlanState(one.state),
            written_at=one.written_at,
            writer=names.get(one.written_by_id or 0, ""),
            groups=_groups(lines.get(one.pk, [])),
            signatures=[_signed(by, names) for by in signatures if by.plan_id == one.pk],
            decision=decisions.get(one.pk),
        )
        for one in plans
    ]
    return PlanPicture(
        in_force=next((one for one in versions if one.state is PlanState.IN_FORCE), None),
        waiting=[one for one in versions if one.state in (PlanState.DRAFT, PlanState.SIGNED)],
        earlier=[one for one in versions if one.state is PlanState.SUPERSEDED],
        comments=[_comment(one, names, reader_id) for one in said],
    )


def _signed(one: Signature, names: dict[int, str]) -> Signed:
    """A signature given in the portal, or on paper on a day and recorded later."""
    signer = Signer(one.signer)
    if one.signed_on is None:
        return Signed(names.get(one.signed_by_id or 0, ""), signer, one.signed_at)
    recorder = names.get(one.recorded_by_id or 0, "")
    return Signed(one.name, signer, one.signed_on, True, recorder, one.archive_mark, one.paper_id)


def _comment(one: PlanComment, names: dict[int, str], reader_id: int | None) -> Comment:
    return Comment(
        name=names.get(one.written_by_id, ""),
        written_as=Signer(one.written_as),
        at=one.written_at,
        text=one.text,
        version=one.plan.version,
        is_mine=one.written_by_id == reader_id,
    )


def _lines(shown: list[int], enrolment: Enrolment | None) -> dict[int, list[tuple[Way, Line]]]:
    vouchers = {
        (one.decision_id, one.service_id): one
        for one in Voucher.objects.filter(enrolment=enrolment)
        .exclude(state=VoucherState.ENDED)
        .order_by("pk")
    }
    by_service = {service: one for (_, service), one in vouchers.items()}
    reasons = {
        (allocation, service): reason
        for allocation, service, reason in AllocationLine.objects.filter(
            allocation__serviceplan__in=shown, mandatory=True
        )
        .exclude(reason="")
        .values_list("allocation_id", "service_id", "reason")
    }
    found: dict[int, list[tuple[Way, Line]]] = {}
    rows = PlanLine.objects.filter(plan__in=shown).select_related("service", "plan")
    for row in rows.order_by("-mandatory", "-monthly_cents", "pk"):
        in_force = row.plan.state == PlanState.IN_FORCE
        line = Line(
            service=row.service.names,
            easy=row.service.easy,
            unit=row.service.unit,
            quantity_hundredths=row.quantity_hundredths,
            cents=row.monthly_cents if row.way in PAID_FOR else 0,
            mandatory=row.mandatory,
            why=row.reason or reasons.get((row.plan.allocation_id, row.service_id), ""),
            refused_way=row.refused_way,
            voucher=by_service.get(row.service_id) if in_force else None,
        )
        found.setdefault(row.plan_id, []).append((Way(row.way), line))
    return found


def _groups(lines: list[tuple[Way, Line]]) -> list[Group]:
    groups = [Group(way, [line for one, line in lines if one is way]) for way in Way]
    return [group for group in groups if group.lines]


def decisions_of(enrolments: Iterable[int]) -> list[Decision]:
    """The decisions, the newest first; those in force before those that have ended."""
    rows = Decision.objects.filter(enrolment__in=list(enrolments)).select_related("plan")
    newest = rows.order_by("-made_at", "-pk")
    return sorted(newest, key=lambda one: one.state != DecisionState.IN_FORCE)
