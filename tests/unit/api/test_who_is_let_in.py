"""The door: tokens of others, old, revoked and too narrow ones are refused, and that is noted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from pytest_django import Settings

from tests.api import Answer, Scene, System, add_provider, connect, line, open_scene
from valinta.api import tokens
from valinta.api.client_actions import revoke_api_client, rotate_api_secret
from valinta.api.door import actor_of_system
from valinta.api.models import Subscription
from valinta.api.scopes import Scope
from valinta.audit.models import Entry
from valinta.orders.actions import decline_order
from valinta.orders.states import OrderState
from valinta.users.actor import NotAllowed


def _refusals(scene: Scene) -> list[dict[str, Any]]:
    with scene.stage.scope():
        rows = Entry.objects.filter(verb="refused").order_by("pk")
        return [{"kind": one.subject_kind, "id": one.subject_id, **one.facts} for one in rows]


def _why(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.said["code"]


def test_without_a_token_nothing_opens_and_the_way_is_told(scene: Scene) -> None:
    nobody = System(scene.system.client, scene.system.secret)
    answer = nobody.get("/orders")
    assert _why(answer) == (401, "missing_token")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_browser_session_opens_nothing(scene: Scene) -> None:
    browser = Browser()
    browser.force_login(scene.stage.workers[scene.provider.pk].user)
    assert browser.get("/api/v1/orders").status_code == 401


def test_a_token_that_we_did_not_sign_is_refused(scene: Scene) -> None:
    good = scene.system.token
    for bad in (good[:-2] + "xx", "vt1." + good, "nonsense", "vt1.", "ä" * 50):
        scene.system.token = bad
        assert _why(scene.system.get("/orders")) == (401, "invalid_token")


def test_an_old_token_is_refused_and_noted(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "LIFETIME", timedelta(seconds=-1))
    assert _why(scene.system.get("/orders")) == (401, "expired_token")
    assert [one["why"] for one in _refusals(scene)] == ["expired_token"]


def test_an_ended_system_is_refused_with_the_tokens_it_has(scene: Scene) -> None:
    with scene.stage.scope():
        revoke_api_client(
            client=scene.system.client,
            by=scene.stage.worker(scene.provider),
            at=scene.stage.now,
        )
    assert _why(scene.system.get("/orders")) == (401, "revoked")
    assert _why(scene.system.sign_in()) == (401, "invalid_client")
    assert [one["why"] for one in _refusals(scene)] == ["revoked", "ended"]


def test_a_system_ends_on_its_day(scene: Scene) -> None:
    _on_day(scene, 300)
    assert _why(scene.system.get("/orders")) == (401, "revoked")


def test_a_missing_scope_is_named_and_noted(scene: Scene) -> None:
    assert scene.system.sign_in(Scope.ORDERS_READ).said["scope"] == "orders:read"
    assert scene.system.get("/orders").status == 200
    answer = scene.system.post("/visits", {"lines": [line(scene.order, "A")]})
    assert _why(answer) == (403, "missing_scope")
    assert answer.said["needs"] == "visits:write"
    assert 'error="insufficient_scope"' in answer.headers["WWW-Authenticate"]
    (refusal,) = _refusals(scene)
    assert (refusal["why"], refusal["needs"]) == ("missing_scope", "visits:write")


def test_a_system_does_not_get_a_scope_that_it_does_not_have(scene: Scene) -> None:
    narrow = connect(scene.stage, scene.provider, Scope.VISITS_READ)
    assert _why(narrow.sign_in(Scope.VISITS_WRITE)) == (400, "invalid_scope")
    assert narrow.sign_in().said["scope"] == "visits:read"


def test_a_wrong_secret_is_refused_and_noted(scene: Scene) -> None:
    thief = System(scene.system.client, scene.system.secret + "x")
    answer = thief.sign_in()
    assert _why(answer) == (401, "invalid_client")
    assert answer.said["error"] == "invalid_client"
    assert [one["why"] for one in _refusals(scene)] == ["secret"]


def test_an_unknown_identifier_is_answered_as_a_wrong_secret(scene: Scene) -> None:
    scene.system.client.identifier = "vc_nobody"
    assert _why(scene.system.sign_in()) == (401, "invalid_client")


def test_a_former_secret_works_for_two_days_and_not_at_all_when_that_was_asked(
    scene: Scene,
) -> None:
    stage, system = scene.stage, scene.system
    worker = stage.worker(scene.provider)
    with stage.scope():
        new = rotate_api_secret(client=system.client, at_once=False, by=worker, at=stage.now)
    assert system.sign_in().status == 200
    assert System(system.client, new.secret).sign_in().status == 200
    _on_day(scene, 3)
    assert system.sign_in().status == 401
    assert System(system.client, new.secret).sign_in().status == 200
    held = System(system.client, new.secret)
    held.sign_in()
    with stage.scope():
        rotate_api_secret(client=system.client, at_once=True, by=worker, at=stage.now)
    assert _why(held.get("/me")) == (401, "revoked")


def test_things_of_another_provider_are_not_there_and_the_try_is_noted(scene: Scene) -> None:
    other = add_provider(scene.stage, "Siivous Ky")
    scene.system.post("/visits", {"lines": [line(scene.order, "A")]})
    visit = scene.system.get("/visits").said["items"][0]["id"]
    hook = _hook(scene)
    for path, kind, number in (
        (f"/orders/{scene.order.pk}", "order", scene.order.pk),
        (f"/visits/{visit}", "visit", visit),
        (f"/webhooks/{hook}", "webhook", hook),
        (f"/webhooks/{hook}/messages", "webhook", hook),
    ):
        assert _why(other.system.get(path)) == (404, "not_found")
        assert (_refusals(scene)[-1]["kind"], _refusals(scene)[-1]["id"]) == (kind, number)
    assert _why(other.system.post(f"/orders/{scene.order.pk}/accept")) == (404, "not_found")
    (answer,) = other.system.post("/visits", {"lines": [line(scene.order, "A")]}).said["lines"]
    assert (answer["outcome"], answer["code"]) == ("refused", "not_your_order")
    assert other.system.get("/visits").said["items"] == []
    assert other.system.get("/webhooks").said["items"] == []


def test_things_of_another_organiser_are_not_there(scene: Scene, settings: Settings) -> None:
    elsewhere = open_scene("kainuu")
    assert elsewhere.system.get(f"/orders/{scene.order.pk}").status == 404
    (refusal,) = _refusals(elsewhere)
    assert (refusal["kind"], refusal["id"]) == ("order", scene.order.pk)
    answers = elsewhere.system.post("/visits", {"lines": [line(scene.order, "A")]}).said["lines"]
    assert [one["code"] for one in answers] == ["unknown_order"]


def test_one_company_with_two_organisers_has_a_system_for_each(scene: Scene) -> None:
    elsewhere = open_scene("kainuu")
    with elsewhere.stage.scope():
        elsewhere.stage.approve(scene.provider)
        system = connect(elsewhere.stage, scene.provider)
    system.sign_in()
    assert system.get("/orders").said["items"] == []
    assert system.get(f"/orders/{scene.order.pk}").status == 404


def test_a_system_without_the_scope_is_refused_by_the_verb_as_well(scene: Scene) -> None:
    """The second lock: the actor of a token has no more permissions than its scopes give."""
    scene.system.sign_in(Scope.ORDERS_READ)
    with scene.stage.scope(), pytest.raises(NotAllowed):
        scope = frozenset({Scope.ORDERS_READ})
        actor = actor_of_system(scene.system.client, scope, scene.stage.now)
        decline_order(order=scene.order, reason="x", by=actor, at=scene.stage.now)


def test_what_a_system_does_stands_in_the_log_under_its_own_name(scene: Scene) -> None:
    with scene.stage.scope():
        scene.order.refresh_from_db()
        assert scene.order.state == OrderState.ACCEPTED
    scene.system.post("/visits", {"lines": [line(scene.order, "A")]})
    with scene.stage.scope():
        entry = Entry.objects.filter(verb="take_in_visits").order_by("-pk")[0]
        assert entry.by_id == scene.system.client.user_id
        assert scene.system.client.user.display_name == f"Visit system / {scene.provider.name}"
        assert not scene.system.client.user.is_active


def test_too_many_requests_are_held_back_and_what_is_left_is_told(
    scene: Scene, settings: Settings
) -> None:
    settings.API_REQUESTS_A_MINUTE = 1_000
    first = scene.system.get("/me")
    assert first.headers["RateLimit-Policy"] == '"minute";q=1000;w=60'
    left = int(first.headers["RateLimit"].split("r=")[1].split(";")[0])
    settings.API_REQUESTS_A_MINUTE = 0
    answer = scene.system.get("/me")
    assert _why(answer) == (429, "too_many_requests")
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert 0 < left < 1_000


def test_an_address_that_is_none_counts_as_well_and_every_answer_tells_the_policy(
    scene: Scene, settings: Settings
) -> None:
    settings.API_REQUESTS_A_MINUTE = 1_000
    left = []
    for answer in (
        scene.system.get("/nothing"),
        scene.system.delete("/me"),
        scene.system.get("/me"),
    ):
        left.append(int(answer.headers["RateLimit"].split("r=")[1].split(";")[0]))
    assert left == [left[0], left[0] - 1, left[0] - 2]
    settings.API_REQUESTS_A_MINUTE = 0
    assert _why(scene.system.get("/nothing")) == (429, "too_many_requests")
    nobody = System(scene.system.client, scene.system.secret)
    for path in ("/orders", "/nothing", "/problems/not_found", "/openapi.json"):
        assert nobody.get(path).headers["RateLimit-Policy"] == '"minute";q=0;w=60'


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fi", "Pyyntöjä on ollut liikaa"),
        ("sv", "Det har varit för många begäranden"),
        ("en", "There have been too many requests"),
    ],
)
def test_too_many_requests_are_a_problem_in_the_language(
    language: str, title: str, scene: Scene, settings: Settings
) -> None:
    settings.API_REQUESTS_A_MINUTE = 0
    answer = scene.system.get("/orders", Accept_Language=language)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (answer.status, answer.headers["Content-Language"]) == (429, language)
    assert answer.said["code"] == "too_many_requests"
    assert answer.said["title"] == title


def _on_day(scene: Scene, number: int) -> None:
    """Let so many days pass."""
    with scene.stage.scope():
        scene.stage.organiser.demo_today = scene.stage.on + timedelta(days=number)
        scene.stage.organiser.save()


def _hook(scene: Scene) -> int:
    with scene.stage.scope():
        return Subscription.objects.create(
            organiser=scene.stage.organiser,
            provider=scene.provider,
            client=scene.system.client,
            address="https://example.org/x",
            kinds=["order.placed"],
            made_at=scene.stage.now,
        ).pk
