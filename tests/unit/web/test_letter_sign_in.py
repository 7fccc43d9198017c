"""A code from a letter and the date of birth open one's own pages, with fewer rights."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.test import Client as Browser
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import Settings

from tests.unit.web.conftest import signed_in
from tests.unit.web.rows import PASSWORD, TODAY, Scene
from valinta.audit.models import Entry
from valinta.clients.access import NotYourClient, must_act_for
from valinta.clients.codes import digest, new_code
from valinta.clients.models import AccessCode, Client
from valinta.clients.states import MandateScope
from valinta.organisers import tenancy
from valinta.processes.sign_in_by_letter import (
    MOST_WRONG_TRIES,
    LetterNotKnown,
    actor_by_letter,
    sign_in_by_letter,
)
from valinta.processes.write_access_letter import write_access_letter
from valinta.users.actor import NotAllowed, actor_of
from valinta.users.models import Holding, User
from valinta.users.permissions import BY_LETTER, ROLES, Permission, Role
from valinta.web import clock
from valinta.web.middleware import actor_today
from valinta.web.routes import ROUTES

CODE = re.compile(r"[3-9A-Y]{4}-[3-9A-Y]{4}-[3-9A-Y]{4}")
BORN = "1.3.1942"


def inside(world: Scene) -> None:
    """Look at the organiser's rows again: each page leaves the scope behind it."""
    tenancy.enter([world.organiser.pk], None)


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def code_for(world: Scene, client: Client | None = None) -> str:
    """The code that stands in a letter the case manager has made."""
    letter = write_access_letter(
        client=client or world.aino,
        by=actor_of(world.users["leena"].pk, TODAY),
        at=clock.now(world.organiser),
    )
    (code,) = CODE.findall(text_of(letter.pdf))
    return str(code)


def english(browser: Browser) -> Browser:
    browser.cookies["django_language"] = "en"
    return browser


def enter(code: str, born_on: str = BORN, **where: str) -> Browser:
    """A browser in which someone has tried the code and the date of birth."""
    browser = english(Browser(**where))
    browser.answer = browser.post("/sign-in/letter/", {"code": code, "born_on": born_on})
    return english(browser)


def attempts(world: Scene) -> list[tuple[int | None, str]]:
    with tenancy.scope([world.organiser.pk]):
        rows = Entry.objects.filter(verb="sign_in_by_letter", client_id=world.aino.pk)
        return list(rows.order_by("pk").values_list("by_id", "after"))


def test_the_code_stands_in_the_letter_and_nowhere_else(world: Scene) -> None:
    code = code_for(world)
    (row,) = AccessCode.objects.all()
    assert row.code_digest == digest("access", code)
    assert code.replace("-", "") not in str(vars(row))
    (noted,) = Entry.objects.filter(verb="write_access_letter")
    assert (noted.client_id, noted.by_id) == (world.aino.pk, world.users["leena"].pk)
    assert code not in str(vars(noted))


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "Koodi omille sivuillesi"), ("sv", "En kod till dina egna sidor"), ("en", "A code")],
)
def test_the_letter_speaks_the_clients_language(language: str, words: str, world: Scene) -> None:
    Client.objects.filter(pk=world.aino.pk).update(language=language)
    letter = write_access_letter(
        client=world.aino,
        by=actor_of(world.users["leena"].pk, TODAY),
        at=clock.now(world.organiser),
    )
    text = text_of(letter.pdf)
    assert words in text
    assert "Aino Esimerkki" in text
    assert "Leena Mäki" in text


def test_code_and_date_of_birth_open_the_own_pages(world: Scene) -> None:
    browser = enter(code_for(world).lower().replace("-", " "))
    home = f"/my/{world.aino.pk}/"
    assert browser.answer.headers["Location"] == home
    page = browser.get(home).content.decode()
    assert "You came in with a code from a letter" in page
    assert attempts(world) == [(world.users["aino"].pk, "opened")]


@pytest.mark.parametrize("typed", ["1.3.1942", "01.03.1942", "1942-03-01", "01031942", "1/3/1942"])
def test_a_date_of_birth_is_read_as_people_write_it(typed: str, world: Scene) -> None:
    assert enter(code_for(world), typed).answer.status_code == 302


def test_what_was_wrong_is_not_told(world: Scene) -> None:
    code = code_for(world)
    pages = []
    for typed, born_on in ((code, "2.3.1942"), (new_code(), BORN), (new_code(), "2.3.1942")):
        answer = enter(typed, born_on).answer
        assert answer.status_code == 422
        text = re.sub(r"csrfmiddlewaretoken\W+value=\W\w+", "", answer.content.decode())
        pages.append(text.replace(typed, "CODE").replace("2.3.1942", BORN))
    assert len(set(pages)) == 1
    assert "do not match, or the code works no more" in pages[0]
    assert attempts(world) == [(None, "refused")]


@pytest.mark.parametrize("born_on", ["", "eilen", "31.2.1942"])
def test_a_date_that_is_none_is_told_at_the_field_and_is_no_try(born_on: str, world: Scene) -> None:
    answer = enter(code_for(world), born_on).answer
    assert answer.status_code == 422
    assert answer.content.decode().count("date of birth as day, month") == (2 if born_on else 0)
    assert attempts(world) == []


@pytest.mark.parametrize("why", ["expired", "ended", "user inactive", "newer letter"])
def test_a_code_that_works_no_more_opens_nothing(why: str, world: Scene) -> None:
    code, at = code_for(world), clock.now(world.organiser)
    if why == "expired":
        AccessCode.objects.update(expires_at=at)
    elif why == "ended":
        AccessCode.objects.update(ended_at=at)
    elif why == "user inactive":
        User.objects.filter(pk=world.users["aino"].pk).update(is_active=False)
    else:
        code_for(world)
        assert AccessCode.objects.filter(ended_at=None).count() == 1
    assert enter(code).answer.status_code == 422
    assert attempts(world) == [(None, "refused")]


def test_a_session_ends_with_the_code_it_was_opened_with(world: Scene) -> None:
    browser = enter(code_for(world))
    home = f"/my/{world.aino.pk}/"
    assert browser.get(home).status_code == 200
    inside(world)
    code_for(world)
    assert browser.get(home).status_code == 302
    assert "_auth_user_id" not in browser.session


def test_the_session_lasts_as_many_minutes_as_the_setting_says(world: Scene) -> None:
    browser = enter(code_for(world))
    assert browser.session.get_expiry_age() == django_settings.ACCESS_CODE_MINUTES * 60


def test_guessing_dates_of_birth_locks_the_code_for_longer_and_longer(world: Scene) -> None:
    code = code_for(world)
    statuses = [
        enter(code, f"{day}.4.1942", REMOTE_ADDR=f"192.0.2.{day}").answer.status_code
        for day in range(1, 8)
    ]
    assert statuses == [422] * 5 + [429] * 2
    right = enter(code).answer
    assert right.status_code == 429
    assert "Too many tries" in right.content.decode()
    assert len(attempts(world)) == 5


def test_a_code_dies_of_too_many_wrong_dates(world: Scene) -> None:
    code = code_for(world)
    wrong = world.aino.born_on + timedelta(days=1)
    for _ in range(MOST_WRONG_TRIES):
        with pytest.raises(LetterNotKnown):
            sign_in_by_letter(code=code, born_on=wrong, now=clock.now)
    with pytest.raises(LetterNotKnown):
        sign_in_by_letter(code=code, born_on=world.aino.born_on, now=clock.now)
    assert enter(code_for(world)).answer.status_code == 302


def test_guessing_codes_from_one_address_is_slowed_down(world: Scene) -> None:
    code = code_for(world)
    for _ in range(30):
        assert enter(new_code()).answer.status_code == 422
    assert enter(code).answer.status_code == 429
    assert enter(code, REMOTE_ADDR="192.0.2.8").answer.status_code == 302


def test_a_letter_lets_look_and_confirm_and_nothing_that_binds(world: Scene) -> None:
    code_for(world)
    access = AccessCode.objects.select_related("client").get()
    full = actor_of(world.users["aino"].pk, TODAY)
    actor = actor_by_letter(access, full)
    where = world.organiser.pk
    may = {one for one in Permission if actor.may(one, where)}
    assert may == BY_LETTER & ROLES[Role.CLIENT].permissions
    for permission in ROLES[Role.CLIENT].permissions - BY_LETTER:
        given = {"client": world.aino, "permission": permission, "at": clock.now(world.organiser)}
        must_act_for(**given, scope=MandateScope.PLAN, by=full)
        with pytest.raises((NotAllowed, NotYourClient)):
            must_act_for(**given, scope=MandateScope.PLAN, by=actor)
        assert not actor.organisers_where(permission)


def test_a_letter_opens_no_other_role_and_no_other_person(world: Scene, elsewhere: Scene) -> None:
    """Aino has other hats here and is a client elsewhere too; a letter opens the one thing."""
    aino = world.users["aino"]
    for role in (Role.CASE_MANAGER, Role.REPRESENTATIVE):
        Holding.objects.create(organiser=world.organiser, user=aino, role=role, valid=(TODAY, None))
    with tenancy.scope([elsewhere.organiser.pk]):
        Holding.objects.create(
            organiser=elsewhere.organiser, user=aino, role=Role.CLIENT, valid=(TODAY, None)
        )
        Client.objects.filter(pk=elsewhere.aino.pk).update(user=aino)
    browser = enter(code_for(world))
    assert browser.get(f"/my/{world.aino.pk}/").status_code == 200
    assert browser.get(f"/my/{elsewhere.aino.pk}/").status_code == 404
    assert browser.get(f"/my/{world.onni.pk}/").status_code == 404
    assert browser.get("/casework/").status_code == 403


def test_what_a_letter_does_not_let_is_said_kindly_with_what_to_do(world: Scene) -> None:
    browser = enter(code_for(world))
    answer = browser.get(f"/my/{world.aino.pk}/supporters/invite/")
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "This needs another way of signing in" in text
    assert "call your case manager" in text
    page = browser.get(f"/my/{world.aino.pk}/supporters/").content.decode()
    assert "Call your case manager, who does it with you" in page
    assert "take-back" not in page


def test_a_letter_confirms_a_visit(world: Scene) -> None:
    browser = enter(code_for(world))
    assert browser.post(f"/my/visits/{world.waiting.pk}/confirm/").status_code == 302
    inside(world)
    world.waiting.refresh_from_db()
    assert world.waiting.state == "confirmed"


def test_a_letter_does_not_answer_an_invitation(world: Scene) -> None:
    browser = enter(code_for(world))
    inside(world)
    from_onni = browser.post("/invitation/", {"code": new_code(), "step": "accept"})
    assert from_onni.status_code == 422


def test_a_password_after_a_letter_gives_the_full_rights(world: Scene, settings: Settings) -> None:
    settings.DEMO = False
    browser = enter(code_for(world))
    given = {"username": world.users["aino"].username, "password": PASSWORD}
    browser.post("/sign-in/", given)
    assert "by_letter" not in browser.session
    assert browser.session.get_expiry_age() > 24 * 3600


def test_a_client_without_a_username_becomes_a_user_without_a_password(world: Scene) -> None:
    client = Client.objects.create(
        organiser=world.organiser,
        given_name="Eino",
        family_name="Esimerkki",
        identity_code="020342-902V",
        born_on=TODAY.replace(year=1942),
        municipality_code="106",
    )
    code = code_for(world, client)
    client.refresh_from_db()
    assert client.user is not None
    assert not client.user.has_usable_password()
    typed = f"{TODAY.day}.{TODAY.month}.1942"
    browser = enter(code, typed)
    assert browser.answer.headers["Location"] == f"/my/{client.pk}/"
    assert browser.get(f"/my/{client.pk}/").status_code == 200


def test_only_the_organisers_own_workers_make_letters(world: Scene, elsewhere: Scene) -> None:
    path = reverse("casework:access_letter", kwargs={"client_id": world.aino.pk})
    for scene, key, status in (
        (world, "aino", 403),
        (world, "kaisa", 403),
        (world, "paavo", 404),
        (elsewhere, "leena", 404),
        (world, "leena", 200),
    ):
        answer = signed_in(scene, key).post(path)
        assert answer.status_code == status, key
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    text = text_of(answer.content)
    assert CODE.search(text)
    assert "http://testserver/sign-in/letter/" in text.replace("\n", "")
    inside(world)
    assert AccessCode.objects.count() == 1


def test_passwords_are_braked_by_name_and_by_caller(world: Scene, settings: Settings) -> None:
    settings.DEMO = False
    aino = world.users["aino"].username
    wrong = {"username": aino, "password": "väärä"}
    right = {"username": aino, "password": PASSWORD}
    statuses = [Browser().post("/sign-in/", wrong).status_code for _ in range(6)]
    assert statuses == [422] * 5 + [429]
    answer = english(Browser()).post("/sign-in/", right)
    assert answer.status_code == 429
    assert "Too many tries" in answer.content.decode()
    for number in range(30):
        Browser(REMOTE_ADDR="192.0.2.9").post(
            "/sign-in/", {"username": f"nobody{number}", "password": "x"}
        )
    onni = {"username": world.users["onni"].username, "password": PASSWORD}
    assert Browser(REMOTE_ADDR="192.0.2.9").post("/sign-in/", onni).status_code == 429
    assert Browser(REMOTE_ADDR="192.0.2.10").post("/sign-in/", onni).status_code == 302


def test_a_right_password_is_never_braked(world: Scene, settings: Settings) -> None:
    settings.DEMO = False
    given = {"username": world.users["onni"].username, "password": PASSWORD}
    assert {Browser().post("/sign-in/", given).status_code for _ in range(35)} == {302}


def test_every_page_that_binds_is_closed_to_a_letter(world: Scene) -> None:
    """The table of routes itself keeps a letter's session from pages with other permissions."""
    code_for(world)
    access = AccessCode.objects.get()
    full, _days = actor_today(world.users["aino"].pk)
    actor = actor_by_letter(access, full)
    closed = {
        name
        for name, route in ROUTES.items()
        if isinstance(route.needs, Permission) and not actor.organisers_where(route.needs)
    }
    assert {"client:invite", "client:take_back", "casework:access_letter"} <= closed
    assert "client:home" not in closed
