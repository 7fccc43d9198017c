"""E-mails that there is something new, to a company's people and to applicants who chose them.

An order waits for a few days only, and whoever would steal a company's payments hopes that nobody
looks. What it is about is read after signing in, as in all e-mails from here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from valinta.audit.actions import Note, record
from valinta.jobs.registry import job
from valinta.messages.models import Notice, NoticeChoice
from valinta.messages.saying import put_notices
from valinta.messages.states import NoticeKind
from valinta.orders.models import Order
from valinta.orders.states import OrderState
from valinta.providers.levels import Level, may_at
from valinta.providers.models import AccountChange, Application, Clarification, Worker
from valinta.users.actor import Actor, NotAllowed
from valinta.users.permissions import Permission

# What is older has been told, or its people chose e-mails later than it came.
_NEWS = timedelta(days=7)
_ANSWER = [one for one in Level if may_at(one, Permission.ANSWER_ORDERS, in_unit=True)]


@job("tell_companies", each="*/10 * * * *")
def tell_companies(*, organiser_id: int, by: Actor, at: datetime) -> int:
    """Put a notice to each person for whom something has come since their last one; says how many.

    Orders to answer, a change of the bank account, and what came of an application. A second run
    finds nothing more. The audit log says who was told. Raises NotAllowed.
    """
    if not by.may_for_all(Permission.ANSWER_ORDERS, organiser_id):
        raise NotAllowed(Permission.ANSWER_ORDERS, organiser_id)
    newest: dict[int, datetime] = {}
    for user_id, moment in _news(organiser_id, at):
        newest[user_id] = max(moment, newest.get(user_id, moment))
    if not newest:
        return 0
    chosen = NoticeChoice.objects.filter(
        organiser_id=organiser_id, user_id__in=newest, confirmed_at__isnull=False
    )
    had = Notice.objects.filter(organiser_id=organiser_id, kind=NoticeKind.NEWS)
    told = dict(
        had.filter(user_id__in=newest).order_by("made_at").values_list("user_id", "made_at")
    )
    due = [
        user_id
        for user_id in chosen.values_list("user_id", flat=True)
        if user_id not in told or told[user_id] < newest[user_id]
    ]
    with transaction.atomic():
        given = put_notices(organiser_id, due, at)
        notes = [Note("tell_companies", "user", user_id, after="told") for user_id in given]
        record(organiser_id=organiser_id, by_id=by.user_id, at=at, notes=notes)
    return len(given)


def _news(organiser_id: int, at: datetime) -> Iterator[tuple[int, datetime]]:
    """To whom something has come, and when."""
    since = at - _NEWS
    yield from _orders(organiser_id, since, at)
    yield from _accounts(organiser_id, since, at)
    own = {"organiser_id": organiser_id, "applicant__isnull": False}
    decided = Application.objects.filter(**own, decided_at__gt=since, decided_at__lte=at)
    for one in decided.only("applicant_id", "decided_at"):
        if one.applicant_id is not None and one.decided_at is not None:
            yield one.applicant_id, one.decided_at
    asked = Clarification.objects.filter(
        application__organiser_id=organiser_id,
        application__applicant__isnull=False,
        answered_at__isnull=True,
        asked_at__gt=since,
        asked_at__lte=at,
    )
    yield from asked.values_list("application__applicant_id", "asked_at")


def _orders(organiser_id: int, since: datetime, at: datetime) -> Iterator[tuple[int, datetime]]:
    """Those who answer orders: for the whole company, or in the order's unit."""
    waiting = Order.objects.filter(
        organiser_id=organiser_id,
        state=OrderState.PLACED,
        placed_at__gt=since,
        placed_at__lte=at,
    )
    rows = list(waiting.values_list("provider_id", "unit_id", "placed_at"))
    answering = Worker.objects.filter(
        provider_id__in={provider_id for provider_id, _unit, _at in rows},
        level__in=_ANSWER,
        valid__contains=at.date(),
    ).values_list("provider_id", "unit_id", "user_id")
    people: dict[int, list[tuple[int | None, int]]] = {}
    for provider_id, unit_id, user_id in answering:
        people.setdefault(provider_id, []).append((unit_id, user_id))
    for provider_id, unit_id, placed_at in rows:
        for works_in, user_id in people.get(provider_id, []):
            if works_in in (None, unit_id):
                yield user_id, placed_at


def _accounts(organiser_id: int, since: datetime, at: datetime) -> Iterator[tuple[int, datetime]]:
    """All who see the company's money: of each step of a change, but for who did that step."""
    own = AccountChange.objects.filter(organiser_id=organiser_id)
    recent = Q(asked_at__gt=since) | Q(confirmed_at__gt=since)
    over = Q(applied_at__gt=since) | Q(withdrawn_at__gt=since)
    for change in own.filter(recent | over):
        people = Worker.objects.filter(
            provider_id=change.provider_id,
            valid__contains=at.date(),
            unit__isnull=True,
            level__in=[Level.OFFICE, Level.ADMIN],
        )
        steps = (
            (change.asked_at, change.asked_by_id),
            (change.confirmed_at, change.confirmed_by_id),
            (change.applied_at, None),
            (change.withdrawn_at, change.withdrawn_by_id),
        )
        for user_id in people.values_list("user_id", flat=True):
            for moment, by_id in steps:
                if moment is not None and since < moment <= at and user_id != by_id:
                    yield user_id, moment
