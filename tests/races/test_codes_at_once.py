"""One code, many hands at the same moment: one of them gets what it gives."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.races.crowd import all_at_once, kinds
from tests.unit.web import rows
from valinta.clients.models import Invitation, Mandate
from valinta.organisers import tenancy
from valinta.organisers.models import Organiser
from valinta.processes.accept_invitation import Newcomer, accept_as_newcomer, accept_invitation
from valinta.processes.invite_supporter import Invited, invite_supporter
from valinta.users.actor import actor_of
from valinta.users.brakes import BY_NAME, Key, TooManyTries, count_try
from valinta.users.models import Holding, Tries, User

pytestmark = pytest.mark.race
HANDS = 8
NOON = datetime(2020, 11, 19, 10, 0, tzinfo=UTC)


def now(organiser: Organiser) -> datetime:
    return NOON


def scene() -> rows.Scene:
    """An organiser with Aino, for good; the scope is entered."""
    tenant = rows.organiser("esimerkki", "0112038-9", "Esimerkin sote", "Exempels välfärd")
    tenancy.enter([tenant.pk], None)
    one = rows.programme(tenant)
    rows.people(one)
    one.aino, _ = rows.client(one, "aino", "010342-901Y", date(1942, 3, 1))
    return one


def invited(one: rows.Scene) -> Invited:
    assert one.aino is not None
    return invite_supporter(
        client=one.aino,
        name="Sanna Salo",
        kind="supporter_expert",
        scope=["see_plan"],
        last_on=date(2021, 1, 31),
        by=actor_of(one.users["aino"].pk, rows.TODAY),
        at=NOON,
    )


def test_one_of_many_who_type_the_same_code_gets_the_mandate(fresh_database: str) -> None:
    one = scene()
    given = invited(one)
    people = [
        User.objects.create(username=f"tukija{number}", display_name="Tukija")
        for number in range(HANDS)
    ]
    jobs = [lambda who=who: accept_invitation(code=given.code, user=who, now=now) for who in people]
    assert kinds(all_at_once(one.organiser.pk, jobs)) == {"Mandate": 1, "NotInvited": HANDS - 1}
    (mandate,) = Mandate.objects.all()
    assert Invitation.objects.get().mandate_id == mandate.pk
    assert Holding.objects.filter(user__in=people).count() == 1


def test_one_of_many_newcomers_with_the_same_code_becomes_a_user(fresh_database: str) -> None:
    one = scene()
    given = invited(one)
    before = User.objects.count()
    jobs = [
        lambda number=number: accept_as_newcomer(
            code=given.code,
            who=Newcomer(f"uusi{number}", "Uusi Tukija", "kolme-mäntyä-1987", "fi"),
            now=now,
        )
        for number in range(HANDS)
    ]
    assert kinds(all_at_once(one.organiser.pk, jobs)) == {"User": 1, "NotInvited": HANDS - 1}
    assert User.objects.count() == before + 1


def test_the_same_person_typing_two_codes_at_once_gets_one_mandate(fresh_database: str) -> None:
    one = scene()
    codes = [invited(one).code for _ in range(4)]
    helmi = one.users["helmi"]
    jobs = [lambda code=code: accept_invitation(code=code, user=helmi, now=now) for code in codes]
    assert kinds(all_at_once(one.organiser.pk, jobs)) == {"Mandate": 1, "MandateExists": 3}
    assert Holding.objects.filter(user=helmi, role="representative").count() == 1


def test_tries_at_the_same_moment_are_all_counted(fresh_database: str) -> None:
    """Guessing in parallel gives no more guesses than guessing one after another."""
    one = scene()
    key = Key(BY_NAME, "aino")
    results = all_at_once(
        one.organiser.pk, [lambda: count_try([key], NOON) for _ in range(4 * HANDS)]
    )
    let_through = sum(result is None for result in results)
    assert let_through == BY_NAME.free
    assert sum(isinstance(result, TooManyTries) for result in results) == 32 - let_through
    assert Tries.objects.get().count == BY_NAME.free
