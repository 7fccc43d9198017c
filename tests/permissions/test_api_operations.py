"""Every operation of the API with every token that is not good for it: refused, and noted.

The tokens are of another company, another unit, another organiser, without the scope, too old, of
a former secret, and of a system that has been ended.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client as Browser
from pytest_django import Settings

from tests.permissions import calls_api
from tests.permissions.cast import Side
from tests.permissions.conftest import Two
from tests.permissions.operations_of_api import KEYS, OPEN, OPERATIONS, numbers_of
from tests.permissions.stage import Stage
from valinta.api import tokens
from valinta.api.client_actions import register_api_client, revoke_api_client, rotate_api_secret
from valinta.api.models import ApiClient
from valinta.api.scopes import OF_THE_WHOLE, Scope
from valinta.api.v1.site import whole
from valinta.audit.models import Entry
from valinta.orders.unit_actions import give_to_unit
from valinta.providers.company_actions import open_unit
from valinta.providers.models import Provider, Unit, Worker

ALL = frozenset(Scope)
OTHERS = ("another company", "another unit", "another organiser")
each_operation = pytest.mark.parametrize("name", OPERATIONS)
CLOSED = [name for name, one in OPERATIONS.items() if one.scope is not None]


@dataclass(frozen=True)
class Scene:
    """The subject company's system and things, and systems of others, by who they are."""

    two: Two
    stage: Stage
    numbers: dict[str, int]
    systems: dict[str, ApiClient]

    def side(self, who: str) -> Side:
        return self.two.there if who == "another organiser" else self.two.here

    def ask(self, name: str, token: str) -> tuple[int, Any]:
        """The status and the answer to the subject company's request, sent with a token."""
        one = OPERATIONS[name]
        with self.two.here.scope():
            body = one.body(self.stage, self.numbers) if one.body else {}
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        path = "/api/v1" + one.path.format(**self.numbers)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        response = Browser().generic(one.method, path, sent, one.kind, headers=headers)
        is_json = "json" in response.headers.get("Content-Type", "") and not response.streaming
        return response.status_code, json.loads(response.content) if is_json else None

    def noted(self, who: str) -> list[tuple[str, int, dict[str, Any]]]:
        """What was noted of refusals to the system: the kind and number of the thing, and facts."""
        side = self.side(who)
        with side.scope():
            rows = Entry.objects.filter(pk__gt=self.two.last_entry, verb="refused")
            rows = rows.filter(by_id=self.systems[who].user_id).order_by("pk")
            return [(one.subject_kind, one.subject_id, one.facts) for one in rows]


@pytest.fixture
def scene(two: Two, settings: Settings, tmp_path: Any) -> Scene:
    """The subject order is of one unit, and the other unit has a system of its own."""
    settings.DEMO = True
    settings.API_REQUESTS_A_MINUTE = 1_000_000
    stage = Stage(two.here, two.here.actor("provider"), tmp_path)
    with two.here.scope():
        company = calls_api.provider(stage)
        north, south = (_unit(stage, company, name) for name in ("Pohjoinen", "Etelä"))
        give_to_unit(order=stage.order(), unit=north, **stage.who)
        numbers = numbers_of(stage)
        systems = {
            "own": _connected(stage, company),
            "another unit": _connected(stage, company, south),
            "another company": _system_of(two.here, "another provider", stage),
        }
    with two.there.scope():
        systems["another organiser"] = _system_of(two.there, "provider", stage)
    return Scene(two, stage, numbers, systems)


def _unit(stage: Stage, company: Provider, name: str) -> Unit:
    return open_unit(provider=company, organiser_id=stage.side.organiser.pk, name=name, **stage.who)


def _system_of(side: Side, who: str, stage: Stage) -> ApiClient:
    worker = Worker.objects.select_related("provider").get(user_id=side.users[who])
    return _connected(Stage(side, side.actor(who), stage.folder), worker.provider)


def _connected(stage: Stage, company: Provider, unit: Unit | None = None) -> ApiClient:
    made = register_api_client(
        provider=company,
        organiser_id=stage.side.organiser.pk,
        name="Koe",
        scopes=sorted(ALL - OF_THE_WHOLE if unit else ALL),
        ends_on=stage.at.date() + timedelta(days=30),
        unit=unit,
        **stage.who,
    )
    return made.client


@pytest.fixture(autouse=True)
def _undone(two: Two) -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_every_operation_is_in_the_table_with_the_scope_that_it_tells_of() -> None:
    told = {
        operation["operationId"]: operation.get("security")
        for methods in whole()["paths"].values()
        for operation in methods.values()
    }
    assert told.keys() == OPERATIONS.keys() | OPEN
    for name, one in OPERATIONS.items():
        assert told[name] == [{"OAuth2": [str(one.scope)] if one.scope else []}], name


@each_operation
def test_it_works_for_whose_things_they_are(name: str, scene: Scene) -> None:
    """So that a refusal of the others is not one of the request itself."""
    status, said = scene.ask(name, tokens.issue(scene.systems["own"], ALL))
    assert status == OPERATIONS[name].works, said
    assert scene.noted("own") == []


@each_operation
def test_without_a_good_token_it_is_refused_and_noted(
    name: str, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, side = scene.systems["own"], scene.two.here
    token = tokens.issue(own, ALL)
    assert scene.ask(name, "")[0] == scene.ask(name, token[:-2] + "xx")[0] == 401
    # Nobody knows whose those were.
    assert scene.noted("own") == []
    with monkeypatch.context() as patch:
        patch.setattr(tokens, "LIFETIME", timedelta(seconds=-1))
        assert _code(scene.ask(name, token)) == (401, "expired_token")
    with side.scope():
        rotate_api_secret(client=own, at_once=True, **scene.stage.who)
    assert _code(scene.ask(name, token)) == (401, "revoked")
    with side.scope():
        own.refresh_from_db()
        token = tokens.issue(own, ALL)
        revoke_api_client(client=own, **scene.stage.who)
    assert _code(scene.ask(name, token)) == (401, "revoked")
    assert [(kind, number, facts["why"]) for kind, number, facts in scene.noted("own")] == [
        ("api_client", own.pk, "expired_token"),
        ("api_client", own.pk, "revoked"),
        ("api_client", own.pk, "revoked"),
    ]


@pytest.mark.parametrize("name", CLOSED)
def test_without_its_scope_it_is_refused_and_noted(name: str, scene: Scene) -> None:
    own, scope = scene.systems["own"], OPERATIONS[name].scope
    assert scope is not None
    status, said = scene.ask(name, tokens.issue(own, ALL - {scope}))
    assert (status, said["code"], said["needs"]) == (403, "missing_scope", str(scope))
    ((kind, number, facts),) = scene.noted("own")
    assert (kind, number, facts["needs"]) == ("api_client", own.pk, str(scope))


@pytest.mark.parametrize("name", [name for name, one in OPERATIONS.items() if one.names])
@pytest.mark.parametrize("who", OTHERS)
def test_a_thing_of_others_is_not_there_and_the_try_is_noted(
    name: str, who: str, scene: Scene
) -> None:
    one, system = OPERATIONS[name], scene.systems[who]
    answered = _code(scene.ask(name, tokens.issue(system, ALL)))
    ((kind, number, _facts),) = scene.noted(who)
    if one.scope in system.may:
        assert answered == (404, "not_found")
        assert (kind, number) == (one.names, scene.numbers[KEYS[one.names]])
    else:
        assert answered == (403, "missing_scope")
        assert (kind, number) == ("api_client", system.pk)


@pytest.mark.parametrize(
    "name", [name for name, one in OPERATIONS.items() if one.lists and not one.names]
)
@pytest.mark.parametrize("who", OTHERS)
def test_a_list_has_nothing_of_others(name: str, who: str, scene: Scene) -> None:
    own, system = scene.systems["own"], scene.systems[who]
    theirs = {one["id"] for one in scene.ask(name, tokens.issue(own, ALL))[1]["items"]}
    assert theirs
    status, said = scene.ask(name, tokens.issue(system, ALL))
    if OPERATIONS[name].scope not in system.may:
        assert (status, len(scene.noted(who))) == (403, 1)
        return
    assert status == 200
    found = theirs & {one["id"] for one in said["items"]}
    # Prices are the whole company's, and each of its units may see them.
    assert bool(found) is (name == "list_prices" and who == "another unit")


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("another company", "not_your_order"),
        ("another unit", "not_your_client"),
        ("another organiser", "unknown_order"),
    ],
)
def test_a_visit_of_others_orders_is_refused_line_by_line(
    who: str, code: str, scene: Scene
) -> None:
    status, said = scene.ask("report_visits", tokens.issue(scene.systems[who], ALL))
    assert (status, [one["outcome"] for one in said["lines"]]) == (200, ["refused"])
    assert said["lines"][0]["code"] == code
    with scene.side(who).scope():
        rows = Entry.objects.filter(pk__gt=scene.two.last_entry, verb="take_in_visits")
        assert rows.filter(by_id=scene.systems[who].user_id).exists()


def test_a_file_has_visits_of_the_whole_company_so_a_unit_sends_none(scene: Scene) -> None:
    system = scene.systems["another unit"]
    assert scene.ask("send_visit_file", tokens.issue(system, ALL))[0] == 403
    ((kind, number, _facts),) = scene.noted("another unit")
    assert (kind, number) == ("api_client", system.pk)


def test_prices_are_changed_by_no_unit_and_in_no_programme_of_others(scene: Scene) -> None:
    for who, status in (("another unit", 403), ("another organiser", 404)):
        assert scene.ask("change_prices", tokens.issue(scene.systems[who], ALL))[0] == status
        assert len(scene.noted(who)) == 1


def _code(answer: tuple[int, Any]) -> tuple[int, str]:
    status, said = answer
    return status, said["code"]
