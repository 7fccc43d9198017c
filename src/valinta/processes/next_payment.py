"""When a company is paid next and how much, as far as it is known today.

The next run covers service up to the end of the programme's settlement period (the rulebook's
`settlement_cycle`). It is prepared on the first day after that at the earliest, and paid the
rulebook's days after its approval, on a bank day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, Sum
from django.utils import timezone

from valinta.programmes.models import Programme
from valinta.programmes.queries import NoRulebook, rulebook_on
from valinta.providers.models import Provider
from valinta.rules.bank_days import bank_day_from
from valinta.settlements.models import Payment, Run, RunCorrection, RunVisit, Statement
from valinta.settlements.states import PaymentState, RunState
from valinta.visits.models import Correction, Visit
from valinta.visits.states import VisitState

HALF_MONTH = 16


@dataclass(frozen=True, slots=True)
class NextPayment:
    """The next payment of a programme to a company, in cents, and what it is made of.

    `cut_off_on` is the first day of service that it does not cover, `pays_on` the earliest day on
    which it is on the account. `sure_cents` will be in it: work confirmed, or silent for long
    enough by then. `open_cents` is in it only if its clients confirm it in time. `waiting_cents`
    is work that is disputed or looked into. `other_cents` are corrections, returned payments and a
    balance carried on. `is_prepared`: the run waits for its approval already.
    """

    programme: Programme
    cut_off_on: date
    pays_on: date
    sure_cents: int
    open_cents: int
    waiting_cents: int
    other_cents: int
    is_prepared: bool = False

    @property
    def least_cents(self) -> int:
        """What is paid at least, if nothing more comes of it."""
        return max(self.sure_cents + self.other_cents, 0)

    @property
    def most_cents(self) -> int:
        """What is paid at most, of the work reported by now."""
        return max(self.sure_cents + self.open_cents + self.other_cents, 0)

    @property
    def balance_cents(self) -> int:
        """What stays below zero after it; 0 or less."""
        return min(self.sure_cents + self.open_cents + self.other_cents, 0)


def next_payment(*, programme: Programme, provider: Provider, at: datetime) -> NextPayment | None:
    """The next payment as far as it is known, or None without a rulebook for the days to come."""
    prepared = Run.objects.filter(programme=programme, state=RunState.PREPARED).first()
    if prepared is not None:
        return _of_prepared(programme, provider, prepared)
    today = at.date()
    try:
        cut_off = _cut_off(programme, today)
        terms = rulebook_on(programme, cut_off - timedelta(days=1)).parameters
    except NoRulebook:
        return None
    runs_on = max(cut_off, today)
    pays_on = bank_day_from(runs_on + timedelta(days=int(terms["payment_days_after_approval"])))
    moment = at if runs_on == today else _begin(runs_on)
    silent_since = moment - timedelta(days=int(terms["confirm_window_days"]))
    sums = _work(programme, provider, cut_off, silent_since)
    return NextPayment(
        programme=programme,
        cut_off_on=cut_off,
        pays_on=pays_on,
        sure_cents=sums["sure"],
        open_cents=sums["open"],
        waiting_cents=sums["waiting"],
        other_cents=_other(programme, provider),
    )


def _of_prepared(programme: Programme, provider: Provider, run: Run) -> NextPayment:
    told = Statement.objects.filter(run=run, provider=provider).first()
    work = told.work_cents if told else 0
    other = told.correction_cents + told.returned_cents + told.carried_in_cents if told else 0
    pays_on = bank_day_from(run.execute_on)
    return NextPayment(programme, run.cut_off_on, pays_on, work, 0, 0, other, is_prepared=True)


def _cut_off(programme: Programme, today: date) -> date:
    """The end of the first period that no approved run has covered."""
    last = (
        Run.objects.filter(programme=programme, state__in=[RunState.APPROVED, RunState.SENT])
        .order_by("-cut_off_on")
        .first()
    )
    # Without a run before: the period of today.
    day = last.cut_off_on if last is not None else today
    cycle = str(rulebook_on(programme, day).parameters["settlement_cycle"])
    if cycle == "half_month" and day.day < HALF_MONTH:
        return day.replace(day=HALF_MONTH)
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _work(
    programme: Programme, provider: Provider, cut_off: date, silent_since: datetime
) -> dict[str, int]:
    """What visits that no run has taken are worth, with their corrections, by how sure it is."""
    visits = Visit.objects.filter(
        ~Exists(RunVisit.objects.filter(visit_id=OuterRef("pk"))),
        organiser_id=programme.organiser_id,
        provider=provider,
        order__service__programme=programme,
        served_on__lt=cut_off,
    )
    worth = visits.aggregate(
        **{
            name: Sum("payable_cents", filter=states)
            for name, states in _surety(silent_since, "").items()
        }
    )
    mended = Correction.objects.filter(visit__in=visits).aggregate(
        **{
            name: Sum("cents", filter=states)
            for name, states in _surety(silent_since, "visit__").items()
        }
    )
    return {name: (worth[name] or 0) + (mended[name] or 0) for name in worth}


def _surety(silent_since: datetime, visit: str) -> dict[str, Q]:
    """Which visits are sure, open or waiting; `visit` is the way from the rows to them."""
    state, recorded = f"{visit}state", f"{visit}recorded_at"
    accepted = Q(**{state: VisitState.ACCEPTED})
    return {
        "sure": Q(**{state: VisitState.CONFIRMED})
        | (accepted & Q(**{f"{recorded}__lte": silent_since})),
        "open": accepted & Q(**{f"{recorded}__gt": silent_since}),
        "waiting": Q(**{f"{state}__in": [VisitState.DISPUTED, VisitState.IN_REVIEW]}),
    }


def _other(programme: Programme, provider: Provider) -> int:
    """Corrections of paid visits, payments that came back, and what the last statement left."""
    corrections = Correction.objects.filter(
        ~Exists(RunCorrection.objects.filter(correction_id=OuterRef("pk"))),
        Exists(RunVisit.objects.filter(visit_id=OuterRef("visit_id"))),
        visit__provider=provider,
        visit__order__service__programme=programme,
    )
    returned = Payment.objects.filter(
        statement__provider=provider,
        statement__run__programme=programme,
        state=PaymentState.RETURNED,
        repaid_in__isnull=True,
    )
    last = (
        Statement.objects.filter(
            provider=provider,
            run__programme=programme,
            run__state__in=[RunState.APPROVED, RunState.SENT],
        )
        .order_by("-run_id")
        .first()
    )
    cents = corrections.aggregate(sum=Sum("cents"))["sum"] or 0
    cents += returned.aggregate(sum=Sum("cents"))["sum"] or 0
    return int(cents) + (last.carried_out_cents if last else 0)


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
