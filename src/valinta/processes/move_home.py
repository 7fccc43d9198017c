"""The client moves: within the programme the place goes along, out of it services are handed on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db import transaction

from valinta.clients.home_actions import move_home, move_place
from valinta.clients.models import Client, Enrolment
from valinta.clients.states import EnrolmentState
from valinta.orders.change_actions import Said, WordsMissing, begin_moving, keep_change
from valinta.orders.models import Change, Order
from valinta.orders.states import ChangeKind
from valinta.processes.leave_programme import Leaving, leave_programme, what_leaving_does
from valinta.processes.move_clients import Alternative, alternatives
from valinta.processes.places import Room, Rooms
from valinta.processes.planner import planner_of
from valinta.processes.stop_on_day import (
    Stopping,
    open_orders_after,
    stop_on_day,
    what_stopping_does,
)
from valinta.programmes.models import Municipality, TargetGroup
from valinta.programmes.queries import municipality_on
from valinta.users.actor import Actor

REASON = "client moved"


class Where(StrEnum):
    """Where a client moves to: the same programme, or out of it; or where there is no place."""

    WITHIN = "within"
    FULL = "full"
    OUT = "out"


class NoGroupThere(ValueError):
    """The target group is not one of the new municipality's."""


class MovesBackwards(ValueError):
    """A move is told on its day or before, so that orders can end on it."""


class NotThatWay(ValueError):
    """What the worker saw is no more so: a place was taken or came free meanwhile."""


@dataclass(frozen=True, slots=True)
class NotThere:
    """An order whose provider does not work in the new municipality: money, and who does."""

    order: Order
    stopping: Stopping
    others: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class MovingHome:
    """What a move does. `room` are the new municipality's places for the group (None: outside).

    `groups` are those of the programme that the municipality has. `leaving` is what leaving does
    when the move goes out of the programme.
    """

    where: Where
    on: date
    town: Municipality | None
    groups: tuple[TargetGroup, ...]
    group: TargetGroup | None
    room: Room | None
    orders: tuple[NotThere, ...]
    leaving: Leaving | None


def what_moving_does(
    *, client: Client, enrolment: Enrolment, to: str, group: str, on: date
) -> MovingHome:
    """What a move to a municipality (its code) on a day does; nothing changes.

    `group` is the code of the target group there; empty: the one that the client has.
    """
    programme = enrolment.programme
    town = municipality_on(programme, to, on)
    if town is None:
        leaving = what_leaving_does(enrolment, on)
        return MovingHome(Where.OUT, on, None, (), None, None, (), leaving)
    groups = tuple(
        one
        for one in programme.target_groups.order_by("pk")
        if one.municipality_codes is None or to in one.municipality_codes
    )
    wanted = group or enrolment.target_group.code
    chosen = next((one for one in groups if one.code == wanted), None)
    if chosen is None:
        return MovingHome(Where.WITHIN, on, town, groups, None, None, (), None)
    room = Rooms([programme.pk], on).of(programme.pk, to, chosen.code)
    stays = to == enrolment.municipality.code
    where = Where.FULL if room.is_full and not stays else Where.WITHIN
    orders = _not_there(enrolment, to, on)
    return MovingHome(where, on, town, groups, chosen, room, orders, None)


@transaction.atomic
def move_within(
    *,
    client: Client,
    enrolment: Enrolment,
    to: str,
    group: str,
    on: date,
    where: Where,
    by: Actor,
    at: datetime,
) -> Change:
    """Move within the programme: the place goes along when the new municipality has one.

    Where it has none (`Where.FULL`), the client keeps the place of the former municipality.
    Orders whose provider does not work there end on the day, and the client finds another
    provider. `where` is what the worker was shown. Raises NoGroupThere, MovesBackwards or
    NotThatWay; then nothing has changed.
    """
    _must_lie_ahead(on, at)
    Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    look = what_moving_does(client=client, enrolment=enrolment, to=to, group=group, on=on)
    if look.town is not None and look.group is None:
        raise NoGroupThere("Choose a target group that the new municipality has.")
    if look.where != where or look.town is None or look.group is None:
        raise NotThatWay("Places have been taken or have come free meanwhile. Look again.")
    facts = {"from": enrolment.municipality.code, "to": to, "place": str(where)}
    move_home(client=client, municipality_code=to, by=by, at=at)
    if where is Where.WITHIN:
        move_place(enrolment=enrolment, municipality=look.town, target_group=look.group,
                   by=by, at=at)  # fmt: skip
    for one in look.orders:
        order, was_until = one.order, one.order.valid.upper
        stop_on_day(order=order, ends_on=on, reason=REASON, by=by, at=at, frees_rest=True)
        begin_moving(order=order, ends_on=on, was_until=was_until, reason=REASON, by=by, at=at)
    said = Said(ChangeKind.MOVE, on, None, "", "", facts)
    return keep_change(client=client, enrolment=enrolment, said=said, by=by, at=at)


@transaction.atomic
def move_out(
    *, client: Client, enrolment: Enrolment, to: str, note: str, by: Actor, at: datetime
) -> Change:
    """Move out of the programme: the place ends today, and the services are handed on.

    `note` is for the new municipality's services: what goes on, and who is asked. Until they take
    over, each need is met without the programme's money. Raises WordsMissing or NotThatWay.
    """
    if not note.strip():
        raise WordsMissing("Write what the new municipality's services should know.")
    if municipality_on(enrolment.programme, to, at.date()) is not None:
        raise NotThatWay("The municipality is in the programme, so the place can go along.")
    came_from = enrolment.municipality.code
    if enrolment.state == EnrolmentState.ENROLLED:
        leave_programme(
            enrolment=enrolment,
            withdrawn=False,
            reason=REASON,
            planner=planner_of(client, at.date()),
            by=by,
            at=at,
        )
    move_home(client=client, municipality_code=to, by=by, at=at)
    facts = {"from": came_from, "to": to, "place": str(Where.OUT)}
    said = Said(ChangeKind.MOVE, at.date(), None, note, "", facts)
    return keep_change(client=client, enrolment=enrolment, said=said, by=by, at=at)


def _not_there(enrolment: Enrolment, to: str, on: date) -> tuple[NotThere, ...]:
    found = [
        one
        for one in open_orders_after(on, enrolment=enrolment)
        if to not in (one.offer.approval.municipality_codes or [to])
    ]
    stopping = what_stopping_does(found, on, frees_rest=True)
    others = alternatives(found, on, at_home=to)
    return tuple(NotThere(one, stopping[one.pk], tuple(others[one.pk])) for one in found)


def _must_lie_ahead(on: date, at: datetime) -> None:
    if on < at.date():
        raise MovesBackwards("Give today or a later day; orders cannot end in the past.")
