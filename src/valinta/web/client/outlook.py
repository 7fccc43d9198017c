"""Until when the client's money lasts at the present pace: read, then computed purely.

The number of queries does not depend on how many months, vouchers or visits there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import BigIntegerField, Count, F, Q, Sum
from django.db.models.functions import Coalesce

from valinta.budgets.forecast import WATCHED_DAYS, Forecast, Purse, Watched, forecast, pace
from valinta.budgets.models import Pot, Voucher
from valinta.budgets.states import BudgetState, VoucherState
from valinta.programmes.queries import carries_over
from valinta.programmes.ranges import as_period
from valinta.visits.models import Visit
from valinta.visits.states import VisitState


@dataclass(frozen=True, slots=True)
class MonthOutlook:
    """The budget: how long this month's money lasts, and that of the whole decision.

    None: there have been too few visits to say.
    """

    month: date
    this_month: Forecast | None
    whole: Forecast | None


@dataclass(frozen=True, slots=True)
class VoucherOutlook:
    """How long a voucher lasts. None: there have been too few visits to say."""

    service: dict[str, str]
    forecast: Forecast | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """How long the money of a client lasts, as far as it can be said."""

    budget: MonthOutlook | None
    vouchers: tuple[VoucherOutlook, ...]


def outlook(client_id: int, on: date) -> Outlook:
    """Read what is left and what was delivered lately, in three queries."""
    watched = _watched(client_id, on)
    return Outlook(_budget(client_id, on, watched), _vouchers(client_id, on, watched))


_Sums = dict[int | None, tuple[int, int, int]]


def _watched(client_id: int, on: date) -> _Sums:
    """Visits, cents and squared cents of the last weeks, by voucher (None: the budget)."""
    rows = (
        Visit.objects.filter(
            client_id=client_id,
            served_on__gte=on - timedelta(days=WATCHED_DAYS),
            served_on__lt=on,
        )
        .exclude(state=VisitState.REJECTED)
        .values_list("slice__voucher_id")
        .annotate(
            many=Count("pk"),
            cents=Sum("payable_cents"),
            squares=Sum(F("payable_cents") * F("payable_cents")),
        )
    )
    return {voucher: (many, int(cents), int(squares)) for voucher, many, cents, squares in rows}


def _look(sums: _Sums, which: int | None, began_on: date, on: date) -> Watched:
    days = min(WATCHED_DAYS, max((on - began_on).days, 0))
    return Watched(days, *sums.get(which, (0, 0, 0)))


def _held() -> Coalesce:
    held = Sum(F("slices__hold__credits") - F("slices__hold__debits"))
    return Coalesce(held, 0, output_field=BigIntegerField())


def _budget(client_id: int, on: date, sums: _Sums) -> MonthOutlook | None:
    pots = list(
        Pot.objects.filter(
            Q(valid__contains=on) | Q(valid__startswith__gt=on),
            budget__enrolment__client_id=client_id,
            budget__state=BudgetState.IN_FORCE,
            valid__contained_by=F("budget__valid"),
        )
        .annotate(left=F("account__credits") - F("account__debits"), held=_held())
        .select_related("budget__enrolment__programme")
        .order_by("valid", "pk")
    )
    if not pots:
        return None
    purses: dict[date, Purse] = {}
    for pot in pots:
        former = purses.get(pot.valid.lower, Purse(as_period(pot.valid), 0, 0))
        purses[pot.valid.lower] = Purse(
            former.period, former.left + pot.left + pot.held, former.held + pot.held
        )
    months = list(purses.values())
    budget = pots[0].budget
    speed = pace(_look(sums, None, budget.valid.lower, on))
    if speed is None:
        return MonthOutlook(on.replace(day=1), None, None)
    carries = carries_over(budget.enrolment.programme)
    whole = forecast(months, speed, on, carries_over=carries) if len(months) > 1 else None
    return MonthOutlook(on.replace(day=1), forecast(months[:1], speed, on), whole)


def _vouchers(client_id: int, on: date, sums: _Sums) -> tuple[VoucherOutlook, ...]:
    rows = (
        Voucher.objects.filter(
            enrolment__client_id=client_id,
            state=VoucherState.ACCEPTED,
            valid__contains=on,
            valid__endswith__isnull=False,
        )
        .annotate(left=F("account__credits") - F("account__debits"), held=_held())
        .select_related("service")
        .order_by("pk")
    )
    found = []
    for one in rows:
        period = as_period(one.valid)
        speed = pace(_look(sums, one.pk, period.starts_on, on))
        purse = Purse(period, one.left + one.held, one.held)
        found.append(
            VoucherOutlook(one.service.names, forecast([purse], speed, on) if speed else None)
        )
    return tuple(found)
