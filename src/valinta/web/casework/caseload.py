"""The list of clients with what is due for each, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, Sum

from valinta.budgets.models import Pot
from valinta.budgets.states import BudgetState
from valinta.clients.models import Client, Enrolment
from valinta.clients.states import EnrolmentState
from valinta.plans.models import Decision
from valinta.plans.states import DecisionState
from valinta.visits.models import Visit
from valinta.visits.states import VisitState

NEEDS_A_PERSON = (VisitState.DISPUTED, VisitState.IN_REVIEW)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One client in the list. `free` is the cents left in the free pot this month, None without."""

    client: Client
    today: date
    state: EnrolmentState | None
    started_on: date | None
    free: int | None
    visits_to_settle: int
    has_decision: bool

    @property
    def is_due(self) -> bool:
        """Whether the client waits for something from the worker."""
        is_in = self.state in (EnrolmentState.ENROLLED, EnrolmentState.INTERESTED)
        return self.visits_to_settle > 0 or (is_in and not self.has_decision)


def caseload(client_ids: Sequence[int], days: Mapping[int, date]) -> list[CaseRow]:
    """The rows of these clients, in the order given. `days` tells each organiser's today."""
    decided = set(
        Decision.objects.filter(
            enrolment__client_id__in=client_ids, state=DecisionState.IN_FORCE
        ).values_list("enrolment__client_id", flat=True)
    )
    latest = {
        one.client_id: one
        for one in Enrolment.objects.filter(client_id__in=client_ids).order_by("applied_at", "pk")
    }
    free = _free_money(client_ids, days)
    settle = dict(
        Visit.objects.filter(client_id__in=client_ids, state__in=NEEDS_A_PERSON)
        .values_list("client_id")
        .annotate(number=Count("pk"))
    )
    rows = {
        one.pk: CaseRow(
            client=one,
            today=days[one.organiser_id],
            state=EnrolmentState(latest[one.pk].state) if one.pk in latest else None,
            started_on=latest[one.pk].started_on if one.pk in latest else None,
            free=free.get(one.pk),
            visits_to_settle=settle.get(one.pk, 0),
            has_decision=one.pk in decided,
        )
        for one in Client.objects.filter(pk__in=client_ids)
    }
    return [rows[pk] for pk in client_ids if pk in rows]


def _free_money(client_ids: Sequence[int], days: Mapping[int, date]) -> dict[int, int]:
    now = Q(pk__in=[])
    for organiser_id, day in days.items():
        now |= Q(organiser_id=organiser_id, valid__contains=day, budget__valid__contains=day)
    left = Sum(F("account__credits") - F("account__debits"))
    return dict(
        Pot.objects.filter(
            now,
            service__isnull=True,
            budget__state=BudgetState.IN_FORCE,
            budget__enrolment__client_id__in=client_ids,
        )
        .values_list("budget__enrolment__client_id")
        .annotate(left=left)
    )
