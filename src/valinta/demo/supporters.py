"""Those who stand beside the demo's clients: a daughter for her father, an expert by experience."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from valinta.clients.models import Mandate
from valinta.clients.states import MandateKind, MandateScope
from valinta.demo.clients import Lived
from valinta.demo.names import FAMILY, STAFF
from valinta.demo.people import Person, person
from valinta.processes.accept_invitation import accept_invitation
from valinta.processes.invite_supporter import invite_supporter
from valinta.users.permissions import Role

_DAYS = 60
_ALL = (MandateScope.SEE, MandateScope.PLAN, MandateScope.ORDER, MandateScope.CONFIRM)
_ERRANDS = (MandateScope.SEE_BUDGET, MandateScope.ORDER, MandateScope.CONFIRM)
_BESIDE = (MandateScope.SEE_PLAN, MandateScope.WRITE)


def let_people_be_supported(lived: Sequence[Lived], language: str, at: datetime) -> None:
    """A daughter acts for her father and looks in on another; so does a friend of the two.

    An expert by experience helps to write, and one more is invited.

    `at` is on the demo's day, so that the mandates are in force on it and 60 days onwards.
    """
    neighbour, father, old_friend = lived[0], lived[1], lived[2]
    organiser = father.client.organiser
    given = STAFF[language][6:]
    daughter = person(
        organiser, f"{given[0]} {father.client.family_name}", Role.REPRESENTATIVE, language, "1"
    )
    expert = person(
        organiser, f"{given[1]} {FAMILY[language][-1]}", Role.REPRESENTATIVE, language, "2"
    )
    friend = person(
        organiser, f"{given[0]} {FAMILY[language][-2]}", Role.REPRESENTATIVE, language, "3"
    )
    _stand_beside(father, daughter, MandateKind.AUTHORISED, _ALL, at)
    _stand_beside(father, friend, MandateKind.CLOSE, (MandateScope.SEE,), at)
    _stand_beside(old_friend, friend, MandateKind.AUTHORISED, _ERRANDS, at)
    _stand_beside(neighbour, daughter, MandateKind.CLOSE, (MandateScope.SEE,), at)
    _stand_beside(neighbour, expert, MandateKind.EXPERT, _BESIDE, at)
    _invite(neighbour, given[0], MandateKind.CLOSE, _BESIDE, at)


def _invite(one: Lived, name: str, kind: MandateKind, scope: Collection[str], at: datetime) -> str:
    last_on = at.date() + timedelta(days=_DAYS)
    return invite_supporter(
        client=one.client,
        name=name,
        kind=kind,
        scope=scope,
        last_on=last_on,
        by=one.person.actor,
        at=at,
    ).code


def _stand_beside(
    one: Lived, who: Person, kind: MandateKind, scope: Collection[str], at: datetime
) -> Mandate:
    code = _invite(one, who.user.display_name, kind, scope, at)
    return accept_invitation(code=code, user=who.user, now=lambda _: at)
