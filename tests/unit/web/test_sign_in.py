"""Signing in: by a click in the demo only, otherwise by username and password."""

from __future__ import annotations

import pytest
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import Settings

from tests.unit.web.rows import PASSWORD, Scene
from valinta.demo.people import person
from valinta.users.models import User
from valinta.users.permissions import Role


def who(browser: Browser) -> str | None:
    return browser.session.get("_auth_user_id")


def test_the_demo_lists_its_people_by_organiser_and_role(world: Scene, elsewhere: Scene) -> None:
    text = Browser().get("/sign-in/", headers={"accept-language": "fi"}).content.decode()
    for organiser in (world.organiser, elsewhere.organiser):
        assert organiser.name_fi in text
    assert text.index("Asiakasohjaaja") < text.index("Leena Mäki")
    assert text.count("Aino Esimerkki") == 2


def test_a_click_signs_in_and_leads_to_the_persons_own_page(world: Scene) -> None:
    pages = {
        "aino": "client:start",
        "leena": "casework:work",
        "helmi": "provider:start",
    }
    for key, name in pages.items():
        page = reverse(name)
        browser = Browser()
        answer = browser.post("/sign-in/demo/", {"user": world.users[key].pk})
        assert answer.headers["Location"] == page
        assert who(browser) == str(world.users[key].pk)


def test_each_worker_begins_at_their_own_work(world: Scene) -> None:
    for role, name in (
        (Role.OFFICE, "office:home"),
        (Role.DECISION_MAKER, "casework:work"),
        (Role.FINANCE_PREPARER, "public:front"),
    ):
        user = person(world.organiser, role, role, "fi", "-new").user
        answer = Browser().post("/sign-in/demo/", {"user": user.pk})
        assert answer.headers["Location"] == reverse(name), role


def test_outside_the_demo_a_click_signs_nobody_in(world: Scene, settings: Settings) -> None:
    settings.DEMO = False
    browser = Browser()
    answer = browser.post("/sign-in/demo/", {"user": world.users["aino"].pk})
    assert answer.status_code == 404
    assert who(browser) is None
    assert "Aino" not in browser.get("/sign-in/").content.decode()


@pytest.mark.parametrize("change", [{"made_for_demo": False}, {"is_active": False}])
def test_a_click_signs_in_only_active_people_made_for_the_demo(
    change: dict[str, bool], world: Scene
) -> None:
    aino = world.users["aino"]
    User.objects.filter(pk=aino.pk).update(**change)
    browser = Browser()
    assert browser.post("/sign-in/demo/", {"user": aino.pk}).status_code == 404
    assert browser.post("/sign-in/demo/", {"user": "9" * 40}).status_code == 404
    assert who(browser) is None


def test_outside_the_demo_a_username_and_password_sign_in(world: Scene, settings: Settings) -> None:
    settings.DEMO = False
    aino, browser = world.users["aino"], Browser()
    given = {"username": aino.username, "password": PASSWORD, "next": f"/my/{world.aino.pk}/"}
    answer = browser.post("/sign-in/", given)
    assert answer.headers["Location"] == f"/my/{world.aino.pk}/"
    assert who(browser) == str(aino.pk)


def test_a_wrong_password_says_how_to_go_on_and_keeps_the_username(
    world: Scene, settings: Settings
) -> None:
    settings.DEMO = False
    browser = Browser(headers={"accept-language": "fi"})
    given = {"username": world.users["aino"].username, "password": "väärä"}
    answer = browser.post("/sign-in/", given)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert who(browser) is None
    assert text.count("eivät sovi yhteen") == 2
    assert world.users["aino"].username in text
    assert "väärä" not in text


def test_the_way_back_never_leads_to_another_site(world: Scene) -> None:
    for target in ("https://example.org/", "//example.org/", "javascript:alert(1)"):
        given = {"user": world.users["aino"].pk, "next": target}
        assert Browser().post("/sign-in/demo/", given).headers["Location"] == "/my/"
        answer = Browser().post("/language/", {"language": "sv", "next": target})
        assert answer.headers["Location"] == "/"


def test_signing_in_takes_the_persons_own_language(world: Scene) -> None:
    browser = Browser()
    browser.post("/sign-in/demo/", {"user": world.users["onni"].pk})
    assert '<html lang="sv">' in browser.get("/my/").content.decode()


def test_the_language_changes_and_the_reader_stays_on_the_page(world: Scene) -> None:
    browser = Browser()
    browser.force_login(world.users["aino"])
    for code, word in (("fi", "Palveluni"), ("sv", "Mina tjänster"), ("en", "My services")):
        answer = browser.post("/language/", {"language": code, "next": "/my/"}, follow=True)
        assert answer.redirect_chain == [("/my/", 302)]
        assert word in answer.content.decode()
    before = browser.cookies["django_language"].value
    browser.post("/language/", {"language": "de", "next": "/my/"})
    assert browser.cookies["django_language"].value == before


def test_signing_out_ends_the_session(world: Scene) -> None:
    browser = Browser()
    browser.force_login(world.users["aino"])
    assert browser.get("/sign-out/").status_code == 405
    browser.post("/sign-out/")
    assert browser.get("/my/").status_code == 302
