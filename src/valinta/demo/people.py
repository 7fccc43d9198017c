"""The staff of a demo organiser: one user for each role, two where two people are needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from valinta.demo.names import POSTS, STAFF
from valinta.organisers.models import Organiser
from valinta.users.actor import Actor
from valinta.users.models import Holding, User
from valinta.users.permissions import Role

# Long enough to cover every phase of every pack; holdings of real people follow their contracts.
_SINCE = date(2015, 1, 1)


@dataclass(frozen=True, slots=True)
class Person:
    """A user and the actor they are for their organiser."""

    user: User
    actor: Actor


@dataclass(frozen=True, slots=True)
class Staff:
    """Who works for the organiser in the demo."""

    case_managers: tuple[Person, Person]
    decision_maker: Person
    preparer: Person
    approver: Person
    office: Person


def hire(organiser: Organiser, language: str) -> Staff:
    """Make the staff of an organiser."""
    names, posts = STAFF[language], POSTS[language]
    return Staff(
        case_managers=(
            person(organiser, f"{names[0]} {posts[0]}", Role.CASE_MANAGER, language, "1"),
            person(organiser, f"{names[1]} {posts[0]}", Role.CASE_MANAGER, language, "2"),
        ),
        decision_maker=person(organiser, f"{names[2]} {posts[1]}", Role.DECISION_MAKER, language),
        preparer=person(organiser, f"{names[3]} {posts[2]}", Role.FINANCE_PREPARER, language),
        approver=person(organiser, f"{names[4]} {posts[3]}", Role.FINANCE_APPROVER, language),
        office=person(organiser, f"{names[5]} {posts[4]}", Role.OFFICE, language),
    )


def person(
    organiser: Organiser, display_name: str, role: Role, language: str, mark: str = ""
) -> Person:
    """Make a demo user with a role. They have no password: only the demo's own page signs in."""
    user = User.objects.create(
        username=f"{organiser.code}.{role}{mark}",
        display_name=display_name,
        language=language,
        made_for_demo=True,
        password=make_password(None),
    )
    Holding.objects.create(organiser=organiser, user=user, role=role, valid=(_SINCE, None))
    return Person(user, Actor(user.pk, frozenset({(organiser.pk, role)})))
