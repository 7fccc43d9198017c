"""Inside a company each level may do its part: verbs and pages, by the table of levels."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from tests.permissions import routes_of_providers
from tests.permissions.conftest import Two
from tests.permissions.stage import Stage
from tests.permissions.verbs import VERBS
from valinta.providers.levels import LEVELS, Level
from valinta.users.permissions import ROLES, Permission, Role
from valinta.web.routes import ROUTES

OF_COMPANIES = [name for name, verb in VERBS.items() if verb.about == "provider"]
# The lowest level for which a verb about the company works. Whoever is not there may do it all.
FROM: dict[str, Level] = {
    "accept an order": Level.OFFICE,
    "decline an order": Level.OFFICE,
    "tell the capacity": Level.OFFICE,
    "describe a provider": Level.OFFICE,
    "give a client to a worker": Level.OFFICE,
    "take a client from a worker": Level.OFFICE,
    "stop serving a client": Level.OFFICE,
    "tell an own price": Level.ADMIN,
    "change own prices": Level.ADMIN,
    "hold at a new price": Level.ADMIN,
    "hold new prices": Level.ADMIN,
    "leave a programme as a company": Level.ADMIN,
    "ask for another account": Level.ADMIN,
    "confirm another account": Level.ADMIN,
    "take an account's change back": Level.OFFICE,
    "take an account into use": Level.ADMIN,
    "write a company's facts": Level.ADMIN,
    "begin a unit": Level.ADMIN,
    "end a unit": Level.ADMIN,
    "list a worker": Level.ADMIN,
    "change a worker's level": Level.ADMIN,
    "end a worker's days": Level.ADMIN,
    "move a worker to a unit": Level.ADMIN,
    "give an order to a unit": Level.OFFICE,
    "hand in a file of visits": Level.OFFICE,
    "close a unit": Level.ADMIN,
    "connect a system": Level.ADMIN,
    "change a system's secret": Level.ADMIN,
    "end a system": Level.ADMIN,
    "subscribe to events": Level.OFFICE,
    "end a subscription": Level.OFFICE,
    "renew a webhook's secret": Level.OFFICE,
    "resume a webhook": Level.OFFICE,
    "send a message again": Level.OFFICE,
    "send a test message": Level.OFFICE,
}
# An application is its applicant's own, whatever they are in a company.
PAGES = [one for one in routes_of_providers.PAGES if not one.startswith("provider:apply")]
# A file has the visits of the whole company, so it is not for who sees own clients alone.
OF_ALL_CLIENTS = [one for one in PAGES if one.startswith("provider:visits_file")]
PEOPLE = {
    Level.WORKER: "company's worker",
    Level.OFFICE: "company's office",
    Level.ADMIN: "provider",
}


def test_each_level_may_do_what_the_one_below_it_may() -> None:
    assert LEVELS[Level.WORKER] < LEVELS[Level.OFFICE] < LEVELS[Level.ADMIN]


def test_every_permission_of_a_level_is_one_that_the_role_gives() -> None:
    assert LEVELS[Level.OFFICE] <= ROLES[Role.PROVIDER].permissions
    assert Permission.KEEP_COMPANY not in LEVELS[Level.OFFICE]
    assert Permission.SEE_OWN_STATEMENTS not in LEVELS[Level.WORKER]


def _refused(name: str, who: str, two: Two, folder: Path) -> str:
    try:
        with transaction.atomic():
            VERBS[name].call(Stage(two.here, two.here.actor(who), folder))
            transaction.set_rollback(True)
    except PermissionError as error:
        return type(error).__name__
    return ""


@pytest.mark.parametrize("name", OF_COMPANIES)
def test_a_verb_works_from_its_level_on(name: str, two: Two, tmp_path: Path) -> None:
    order = list(Level)
    with two.here.scope():
        refused = {level: _refused(name, who, two, tmp_path) for level, who in PEOPLE.items()}
    worked = [level for level in order if not refused[level]]
    assert worked == order[order.index(FROM.get(name, Level.WORKER)) :], refused
    assert set(refused.values()) <= {"", "NotAtYourLevel"}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("level", [Level.WORKER, Level.OFFICE])
def test_a_page_opens_from_its_level_on(name: str, level: Level, two: Two, settings: Any) -> None:
    settings.DEMO = True
    method, status = routes_of_providers.PAGES[name]
    needs = ROUTES[name].needs
    assert isinstance(needs, Permission)
    browser = two.browser(two.here.users[PEOPLE[level]])
    with transaction.atomic():
        got = browser.generic(method, routes_of_providers.address(name, two.here)).status_code
        transaction.set_rollback(True)
    may = needs in LEVELS[level] and not (level is Level.WORKER and name in OF_ALL_CLIENTS)
    assert got == (status if may else 403)
