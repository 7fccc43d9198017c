"""One-time visit codes: the client shows one, the worker enters it, and it is good once.

A code shows that worker and client met. Only its digest is kept, for a short time and a few tries.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
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
from valinta.visits.models import VisitCode

DIGITS = 6
MOST_TRIES = 5


class OrderHasNoVisits(ValueError):
    """The order is closed or its days are not now, so nobody comes with it today."""


class CodeNotGood(ValueError):
    """The code is wrong, used, too old, or was tried too often."""


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


def use_code(*, order: Order, code: str, by: Actor, at: datetime) -> VisitCode:
    """The provider's worker enters the code: it is good once. Gives the code that was used.

    A wrong try counts, also when it is refused, so this is not called inside a transaction that
    the refusal would undo. Raises NotYourProvider or CodeNotGood.
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
    return used


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
