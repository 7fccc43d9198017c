"""The page on which a company connects its own systems."""

from __future__ import annotations

import re

import pytest
from django.test import Client as Browser

from tests.api import Scene, System, add_provider
from valinta.api.models import ApiClient


@pytest.fixture
def browser(scene: Scene) -> Browser:
    """The company's administrator."""
    browser = Browser()
    browser.force_login(scene.stage.workers[scene.provider.pk].user)
    return browser


def _at(scene: Scene, more: str = "") -> str:
    return f"/provider/{scene.provider.pk}/company/systems/{more}"


def _given(scene: Scene, **more: object) -> dict[str, object]:
    return {
        "name": "Hoitajan kello",
        "organiser": scene.stage.organiser.pk,
        "scopes": ["orders:read", "visits:write"],
        "last_on": "31.12.2019",
        **more,
    }


def test_a_system_is_connected_and_its_secret_shown_once(scene: Scene, browser: Browser) -> None:
    page = browser.post(_at(scene, "connect/"), _given(scene)).content.decode()
    identifier = re.findall(r"<code>(vc_\w+)</code>", page)[0]
    secret = re.findall(r"(vs_[\w-]+)", page)[0]
    with scene.stage.scope():
        client = ApiClient.objects.get(identifier=identifier)
    system = System(client, secret)
    assert system.sign_in().said["scope"] == "orders:read visits:write"
    assert system.get("/orders").status == 200
    again = browser.get(_at(scene)).content.decode()
    assert identifier in again
    assert secret not in again


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["everything"]}, "scopes"),
        ({"organiser": "999999"}, "organiser"),
        ({"last_on": "1.1.2018"}, "last_on"),
        ({"last_on": "1.1.2030"}, "last_on"),
        ({"last_on": "soon"}, "last_on"),
        ({"last_on": "31.12.9999"}, "last_on"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(
    scene: Scene, browser: Browser, wrong: dict[str, object], field: str
) -> None:
    answer = browser.post(_at(scene, "connect/"), _given(scene, **wrong))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="{field}-error"' in page
    if field != "name":
        assert "Hoitajan kello" in page


def test_a_secret_is_changed_and_a_system_ended(scene: Scene, browser: Browser) -> None:
    number = scene.system.client.pk
    page = browser.post(_at(scene, f"{number}/secret/"), {"at_once": "1"}).content.decode()
    secret = re.findall(r"(vs_[\w-]+)", page)[0]
    assert scene.system.sign_in().status == 401
    renewed = System(scene.system.client, secret)
    assert renewed.sign_in().status == 200
    assert browser.post(_at(scene, f"{number}/end/")).status_code == 302
    assert renewed.get("/me").said["code"] == "revoked"
    assert browser.post(_at(scene, f"{number}/secret/")).status_code == 302


def test_another_companys_system_is_not_there(scene: Scene, browser: Browser) -> None:
    other = add_provider(scene.stage, "Siivous Ky")
    number = other.system.client.pk
    assert browser.post(_at(scene, f"{number}/end/")).status_code == 404
    assert browser.get(_at(other)).status_code == 404
    assert other.system.get("/me").status == 200
