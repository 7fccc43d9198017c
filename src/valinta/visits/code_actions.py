"""One-time visit codes: the client shows one, the worker enters it, and it is good once.

A code shows that worker and client met. Only its digest is kept, for a short time and a few tries.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hmac import compare_digest

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from valinta.audit.actions import Note, record
from valinta.clients.access import must_act_for
from valinta.clients.states import MandateScope
from valinta.orders.models import Order
from valinta.orders.states import OPEN
from valinta.providers.access import must_not_profit, must_work_for
from valinta.users.actor import Actor
from valinta.users.permissions import Permission
from valinta.visits.lines import LOCAL
from valinta.visits.models import Visit, VisitCode
from valinta.visits.states import VisitState

DIGITS = 6
MOST_TRIES = 5


class OrderHasNoVisits(ValueError):
    """The order is closed or its days are not now, so nobody comes with it today."""


class CodeNotGood(ValueError):
    """The code is wrong, used, too old, or was tried too often."""


class CodeOfAnotherVisit(ValueError):
    """The code was shown for another order or on another day, or confirms another visit already."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A code in plain digits, to be shown to the client once, and how long it is good."""

    code: str
    expires_at: datetime


@transaction.atomic
def make_code(*, order: Order, by: Actor, at: datetime) -> Shown:
    """Make a code for a visit of the order today; an earlier one is no good any more.

    Good for `settings.VISIT_CODE_MINUTES`. Raises NotYourClient, OwnCompany or OrderHasNoVisits.
    """
    confirm = Permission.CONFIRM_VISITS
    must_act_for(client=order.client, permission=confirm, scope=MandateScope.CONFIRM, by=by, at=at)
    must_not_profit(client=order.client, provider_id=order.provider_id, by=by, at=at)
    # One at a time for an order, so that two screens do not show two codes.
    locked = Order.objects.select_for_update(no_key=True).get(pk=order.pk)
    today = at.date()
    begun = locked.valid.lower <= today and (
        locked.valid.upper is None or today < locked.valid.upper
    )
    if locked.state not in OPEN or not begun:
        raise OrderHasNoVisits("This order has no visit today, so it needs no code.")
    VisitCode.objects.filter(order=locked, closed_at__isnull=True).update(closed_at=at)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    expires_at = at + timedelta(minutes=settings.VISIT_CODE_MINUTES)
    made = VisitCode.objects.create(
        organiser_id=locked.organiser_id,
        order=locked,
        digest=_digest(locked.pk, code),
        made_at=at,
        made_by_id=by.user_id,
        expires_at=expires_at,
    )
    _note("make_visit_code", made, "", "made", by, at)
    return Shown(code, expires_at)


def use_code(
    *, order: Order, code: str, by: Actor, at: datetime, visit: Visit | None = None
) -> VisitCode:
    """The provider's worker enters the code: it is good once. Gives the code that was used.

    `visit` is the one that it confirms, if that is reported already; otherwise the code is tied to
    it when it is taken in. A wrong try counts, also when it is refused, so this is not called
    inside a transaction that the refusal would undo. Raises NotYourProvider, CodeNotGood or
    CodeOfAnotherVisit.
    """
    must_work_for(
        provider_id=order.provider_id,
        organiser_id=order.organiser_id,
        permission=Permission.REPORT_VISITS,
        by=by,
        at=at,
    )
    used = _try(order, "".join(code.split()), by, at)
    if used is None:
        raise CodeNotGood(
            "This code is not good: it may be mistyped, used or too old. Ask the client to show"
            " a new one."
        )
    return used if visit is None else tie_code(code=used, visit=visit, by=by, at=at)


@transaction.atomic
def tie_code(*, code: VisitCode, visit: Visit, by: Actor, at: datetime) -> VisitCode:
    """Keep which visit a used code confirms: of the same order, on the day it was shown.

    That they met is known then; whether all went as reported the client still says. Raises
    NotYourProvider or CodeOfAnotherVisit.
    """
    must_work_for(
        provider_id=visit.provider_id,
        organiser_id=visit.organiser_id,
        permission=Permission.REPORT_VISITS,
        by=by,
        at=at,
    )
    locked = VisitCode.objects.select_for_update().get(pk=code.pk)
    same = locked.order_id == visit.order_id and visit.state != VisitState.REJECTED
    tied = locked.visit_id is not None or VisitCode.objects.filter(visit=visit).exists()
    if locked.used_at is None or not same or tied or _day(locked.used_at) != visit.served_on:
        raise CodeOfAnotherVisit(
            "This code does not belong to this visit: it was shown for another order or on another"
            " day, or one of the two is tied already."
        )
    locked.visit = visit
    locked.save(update_fields=["visit"])
    _note("tie_visit_code", locked, "used", "tied", by, at)
    return locked


def waiting_for_their_visits(
    provider_id: int, organiser_id: int
) -> Iterator[tuple[VisitCode, Visit]]:
    """The provider's used codes whose visit has come in by now, each with that visit.

    Of several on the day it is the one that was going on when the code was used, or was nearest.
    """
    codes = VisitCode.objects.filter(
        organiser_id=organiser_id,
        order__provider_id=provider_id,
        used_at__isnull=False,
        visit__isnull=True,
    )
    taken = set[int]()
    for code in codes.select_related("order").order_by("used_at"):
        used_at = code.used_at
        if used_at is None:
            continue
        on_the_day = Visit.objects.of_order(code.order).filter(served_on=_day(used_at))
        visits = on_the_day.filter(shown_code__isnull=True).exclude(state=VisitState.REJECTED)
        there = [visit for visit in visits.order_by("pk") if visit.pk not in taken]
        if there:
            nearest = min(there, key=lambda visit: _apart(visit, used_at))
            taken.add(nearest.pk)
            yield code, nearest


def _apart(visit: Visit, moment: datetime) -> timedelta:
    """How far the moment is from the visit; nothing while it goes on or when it has no times."""
    if visit.started_at is None or visit.ended_at is None:
        return timedelta()
    return max(visit.started_at - moment, moment - visit.ended_at, timedelta())


def _day(moment: datetime) -> date:
    return moment.astimezone(LOCAL).date()


@transaction.atomic
def _try(order: Order, code: str, by: Actor, at: datetime) -> VisitCode | None:
    codes = VisitCode.objects.select_for_update().filter(order=order, closed_at__isnull=True)
    found = codes.first()
    if found is None:
        return None
    good = at < found.expires_at and compare_digest(found.digest, _digest(order.pk, code))
    found.tries += 1
    if good:
        found.used_at, found.used_by_id = at, by.user_id
    if good or found.tries >= MOST_TRIES or at >= found.expires_at:
        found.closed_at = at
    found.save()
    _note("use_visit_code", found, "made", "used" if good else "refused", by, at)
    return found if good else None


def _digest(order_id: int, code: str) -> str:
    return salted_hmac(
        "valinta.visits.code_actions", f"{order_id}:{code}", algorithm="sha256"
    ).hexdigest()


def _note(verb: str, code: VisitCode, before: str, after: str, by: Actor, at: datetime) -> None:
    client_id = Order.objects.values_list("client_id", flat=True).get(pk=code.order_id)
    note = Note(verb, "visit_code", code.pk, before, after, client_id=client_id)
    record(organiser_id=code.organiser_id, by_id=by.user_id, at=at, notes=[note])
