"""Who may decide up to which sum a month: powers are given, ended, and asked for."""

from __future__ import annotations

from datetime import date, datetime
from zlib import crc32

from django.db import transaction

from valinta.audit.actions import Note, record
from valinta.organisers.models import Organiser
from valinta.plans.models import DecisionPower
from valinta.programmes.ranges import as_range
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.actor import Actor
from valinta.users.models import User
from valinta.users.permissions import Permission, Role


class NoPower(PermissionError):
    """The sum is above what the actor may decide on; `able` are those who may."""

    def __init__(self, monthly: Money, limit: Money | None, able: list[str]) -> None:
        self.monthly = monthly
        self.limit = limit
        self.able = able
        who = f"These can: {', '.join(able)}." if able else "Nobody can yet: ask the office."
        super().__init__(f"You have no power to decide on {monthly} a month. {who}")


class NotADecisionMaker(ValueError):
    """Powers are given to those who hold the role of a decision maker."""


class PowersChanged(RuntimeError):
    """Somebody else has given or ended a power since the list was looked at."""


def version_of_powers(organiser_id: int) -> str:
    """A mark that differs when a power of the organiser has been given or ended."""
    rows = DecisionPower.objects.filter(organiser_id=organiser_id).order_by("-pk")
    found = [f"{one.pk}:{one.valid.upper or ''}" for one in rows]
    return f"{len(found)}-{crc32(' '.join(found).encode()):08x}"


@transaction.atomic
def give_power(
    *,
    organiser_id: int,
    user: User,
    monthly_limit: Money | None,
    period: Period,
    seen: str | None = None,
    by: Actor,
    at: datetime,
) -> DecisionPower:
    """Let a decision maker decide up to a sum a month (None: any) for a period.

    A power that overlaps ends where the new one begins. `seen` is the `version_of_powers` that the
    giver looked at. Raises NotADecisionMaker or PowersChanged.
    """
    by.must(Permission.GIVE_POWERS, organiser_id)
    decides = user.holdings.filter(
        organiser_id=organiser_id, role=Role.DECISION_MAKER, valid__contains=period.starts_on
    )
    if not decides.exists():
        raise NotADecisionMaker(
            "Only a decision maker is given a power to decide. Give the role first."
        )
    # One at a time for the organiser, so that nobody's power is replaced unseen.
    Organiser.objects.select_for_update(no_key=True).get(pk=organiser_id)
    if seen is not None and seen != version_of_powers(organiser_id):
        raise PowersChanged(
            "The powers have changed meanwhile. Look at the newest, and give again."
        )
    former = DecisionPower.objects.filter(
        organiser_id=organiser_id,
        user=user,
        valid__overlap=(period.starts_on, period.ends_on),
    )
    for old in former:
        _end(old, period.starts_on)
    power = DecisionPower.objects.create(
        organiser_id=organiser_id,
        user=user,
        monthly_limit_cents=None if monthly_limit is None else monthly_limit.cents,
        given_at=at,
        given_by_id=by.user_id,
        valid=as_range(period),
    )
    facts: dict[str, object] = {"user": user.pk, "limit": power.monthly_limit_cents}
    _note(power, "give_power", "", "given", facts, by, at)
    return power


@transaction.atomic
def end_power(*, power: DecisionPower, ends_on: date, by: Actor, at: datetime) -> None:
    """End a power from a day on."""
    by.must(Permission.GIVE_POWERS, power.organiser_id)
    _note(power, "end_power", "given", "ended", {"ends_on": str(ends_on)}, by, at)
    _end(power, ends_on)


def must_have_power(*, organiser_id: int, monthly: Money, by: Actor, at: datetime) -> None:
    """Let by who has the power for the sum today. Raises NoPower.

    Where an organiser has never given a power, the role of a decision maker is enough.
    """
    powers = DecisionPower.objects.filter(organiser_id=organiser_id)
    today = list(powers.filter(valid__contains=at.date()).select_related("user").order_by("pk"))
    own = next((one for one in today if one.user_id == by.user_id), None)
    if own is not None and _covers(own, monthly):
        return
    if not today and not powers.exists():
        return
    limit = own.monthly_limit_cents if own else None
    able = [one.user.display_name for one in today if _covers(one, monthly)]
    raise NoPower(monthly, None if limit is None else Money(limit), able)


def _covers(power: DecisionPower, monthly: Money) -> bool:
    limit = power.monthly_limit_cents
    return limit is None or monthly.cents <= limit


def _end(power: DecisionPower, ends_on: date) -> None:
    if power.valid.lower >= ends_on:
        power.delete()
        return
    power.valid = as_range(Period(power.valid.lower, ends_on))
    power.save()


def _note(
    power: DecisionPower,
    verb: str,
    before: str,
    after: str,
    facts: dict[str, object],
    by: Actor,
    at: datetime,
) -> None:
    note = Note(verb, "decision_power", power.pk, before, after, facts=facts)
    record(organiser_id=power.organiser_id, by_id=by.user_id, at=at, notes=[note])
