"""Each verb works for those the table names, refuses everyone else, and leaves a trace."""

from __future__ import annotations

import inspect
from importlib import import_module
from pathlib import Path

import pytest
from django.db import transaction

from tests.permissions.cast import MANDATES, Side
from tests.permissions.conftest import Two
from tests.permissions.stage import Stage
from tests.permissions.verbs import VERBS
from valinta.audit.models import Entry
from valinta.organisers import tenancy
from valinta.users.actor import Actor
from valinta.users.permissions import Role

SOURCE = Path(__file__).parents[2] / "src"
WRONG_FOR_CLIENT = ["another client", "representative of nobody", *MANDATES]
WRONG_FOR_PROVIDER = ["another provider", "worker who has left"]
PEOPLE = [
    "client",
    "another client",
    *MANDATES,
    "representative of nobody",
    "case manager",
    "decision maker",
    "provider",
    "another provider",
    "worker who has left",
    "finance preparer",
    "finance approver",
    "office",
    "evaluator",
    "system",
]
each_verb = pytest.mark.parametrize("name", VERBS)


class _Undo(Exception):
    """Carries a call's outcome out of the savepoint that is rolled back."""


# Nobody's roles change in these tests, so who somebody is has to be asked once only.
_known: dict[tuple[int, str], Actor] = {}


def _actor(side: Side, who: str) -> Actor:
    key = side.organiser.pk, who
    if key not in _known:
        _known[key] = side.actor(who)
    return _known[key]


def _refusal(name: str, who: str, two: Two, folder: Path, *, elsewhere: bool = False) -> str:
    """The refusal's class by name, or "" when the verb did its work; nothing is left behind.

    `elsewhere`: the person is the other organiser's, while both organisers are in view, as if the
    database's own lock had been forgotten.
    """
    by = _actor(two.there if elsewhere else two.here, who)
    try:
        with transaction.atomic():
            VERBS[name].call(Stage(two.here, by, folder))
            new = Entry.objects.filter(pk__gt=two.last_entry, by_id=by.user_id, at=two.here.now)
            assert new.exclude(after="").exists(), f"{name} left no trace in the audit log"
            raise _Undo
    except _Undo:
        return ""
    except PermissionError as error:
        return type(error).__name__


@each_verb
def test_a_verb_works_for_those_named_and_refuses_all_others(
    name: str, two: Two, tmp_path: Path
) -> None:
    """A role is not enough for the things of another client or provider."""
    with two.here.scope():
        refusals = {who: _refusal(name, who, two, tmp_path) for who in PEOPLE}
    works_for = VERBS[name].works_for
    assert {who for who, refused in refusals.items() if not refused} == works_for
    if VERBS[name].about == "client":
        wrong = {who for who in WRONG_FOR_CLIENT if who not in works_for}
        assert wrong >= {"another client", "representative whose mandate has ended"}
        assert refusals["another client"] == "NotYourClient"
        assert {refusals[who] for who in wrong} <= {"NotYourClient", "NotAllowed"}
    if VERBS[name].about == "provider":
        assert {refusals[who] for who in WRONG_FOR_PROVIDER} == {"NotYourProvider"}


@each_verb
def test_nobody_of_another_organiser_can_do_it(name: str, two: Two, tmp_path: Path) -> None:
    """The first lock alone: both organisers are in scope, as if the second were open."""
    with tenancy.scope([two.here.organiser.pk, two.there.organiser.pk]):
        for who in PEOPLE:
            refused = _refusal(name, who, two, tmp_path, elsewhere=True)
            assert refused in ("NotAllowed", "WrongCapacity"), who


def test_every_role_is_somebody_in_the_tests(two: Two) -> None:
    held = {role for who in PEOPLE for _, role in two.here.actor(who).roles}
    assert held == set(Role)


def test_every_verb_that_takes_an_actor_is_in_the_table() -> None:
    """A new action or process has to say here who may do it."""
    found = set()
    for path in [*SOURCE.glob("valinta/*/*actions.py"), *SOURCE.glob("valinta/processes/*.py")]:
        module = import_module(".".join(path.relative_to(SOURCE).with_suffix("").parts))
        for name, function in vars(module).items():
            if inspect.isfunction(function) and not name.startswith("_"):
                takes = inspect.signature(function).parameters
                if function.__module__ == module.__name__ and {"by", "at"} <= takes.keys():
                    found.add(function)
    named = {verb.function for verb in VERBS.values()}
    helpers = {function for function in found if function.__name__.startswith("must_")}
    assert {one.__qualname__ for one in found - helpers - named} == set()
