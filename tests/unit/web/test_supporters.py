"""Inviting a supporter (SIU-4): a code shown once, answered once, by someone else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.test import Client as Browser
from pytest_django import Settings

from tests.unit.web.conftest import signed_in
from tests.unit.web.rows import TODAY, Scene
from valinta.audit.models import Entry
from valinta.clients.codes import digest, new_code
from valinta.clients.models import Invitation, Mandate
from valinta.clients.states import InvitationState
from valinta.organisers import tenancy
from valinta.processes.accept_invitation import (
    NotInvited,
    accept_invitation,
    open_invitation,
)
from valinta.processes.invite_supporter import (
    GuardianNeedsCaseworker,
    Invited,
    NameMissing,
    invite_supporter,
)
from valinta.users.actor import actor_of
from valinta.users.brakes import BY_INVITATION_CODE
from valinta.users.models import Holding, User
from valinta.users.permissions import Role
from valinta.web import clock

CODE = re.compile(r"[3-9A-Y]{4}-[3-9A-Y]{4}-[3-9A-Y]{4}")
LAST_ON = TODAY + timedelta(days=60)
EXPERT = {
    "name": "Sanna Salo",
    "kind": "supporter_expert",
    "sight": "see_plan",
    "acts": ["write"],
    "last_on": LAST_ON.isoformat(),
}
NEWCOMER = {
    "step": "join",
    "name": "Sanna Salo",
    "username": "sanna.salo",
    "password": "kolme-mäntyä-1987",
    "again": "kolme-mäntyä-1987",
}


def inside(world: Scene) -> None:
    """Look at the organiser's rows again: each page leaves the scope behind it."""
    tenancy.enter([world.organiser.pk], None)


def english(browser: Browser) -> Browser:
    browser.cookies["django_language"] = "en"
    return browser


def invited(world: Scene, **changed: object) -> Invited:
    """An invitation of Aino's."""
    given = {
        "name": "Sanna Salo",
        "kind": "supporter_expert",
        "scope": ["see_plan", "write"],
        "last_on": LAST_ON,
    }
    return invite_supporter(
        client=world.aino,
        **(given | changed),
        by=actor_of(world.users["aino"].pk, TODAY),
        at=clock.now(world.organiser),
    )


def code_on_the_page(world: Scene) -> str:
    """The code that Aino sees when she invites her expert."""
    answer = signed_in(world, "aino").post(f"/my/{world.aino.pk}/supporters/invite/", EXPERT)
    assert answer.status_code == 200
    inside(world)
    (code,) = CODE.findall(answer.content.decode())
    return str(code)


def verbs(world: Scene) -> list[str]:
    with tenancy.scope([world.organiser.pk]):
        rows = Entry.objects.filter(client_id=world.aino.pk).exclude(verb="read")
        return list(rows.order_by("pk").values_list("verb", flat=True))


def test_the_code_is_shown_once_and_kept_only_as_a_digest(world: Scene) -> None:
    code = code_on_the_page(world)
    row = Invitation.objects.get(client=world.aino)
    assert row.code_digest == digest("invitation", code)
    assert code.replace("-", "") not in str(vars(row))
    page = signed_in(world, "aino").get(f"/my/{world.aino.pk}/supporters/").content.decode()
    inside(world)
    assert "Sanna Salo" in page
    assert code not in page
    assert "invite_supporter" in verbs(world)


def test_codes_are_hard_to_guess_and_easy_to_read() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(CODE.fullmatch(code) for code in codes)
    assert not set("".join(codes)) & set("0O1IL5S2Z")


def test_a_code_is_the_same_however_it_is_typed() -> None:
    assert digest("x", "ab3c-def4-ghj6") == digest("x", " AB3C DEF4GHJ6 ")
    assert digest("x", "AB3CDEF4GHJ6") != digest("y", "AB3CDEF4GHJ6")


def test_a_signed_in_person_sees_who_asks_and_what_before_saying_yes(world: Scene) -> None:
    code = code_on_the_page(world)
    helmi = english(signed_in(world, "helmi"))
    offer = helmi.post("/invitation/", {"code": code.lower(), "step": "look"}).content.decode()
    assert "Aino Esimerkki asks for your support" in offer
    assert "look at the plan and help to write the support plan" in offer
    inside(world)
    assert Mandate.objects.filter(user=world.users["helmi"]).count() == 0
    answer = helmi.post("/invitation/", {"code": code, "step": "accept"})
    assert answer.headers["Location"] == "/my/people/"
    inside(world)
    mandate = Mandate.objects.get(user=world.users["helmi"])
    assert (mandate.kind, mandate.scope) == ("supporter_expert", ["see_plan", "write"])
    assert (mandate.valid.lower, mandate.valid.upper) == (TODAY, LAST_ON + timedelta(days=1))
    assert Invitation.objects.get().state == InvitationState.ACCEPTED
    assert verbs(world)[-2:] == ["accept_invitation", "give_mandate"]
    page = helmi.get("/my/people/").content.decode()
    assert "Aino Esimerkki" in page
    assert "Thank you" in page


def test_the_expert_sees_only_what_the_client_let_them_see(world: Scene) -> None:
    """SIU-4: each supporter sees only what the client lets them, until the client says."""
    code = code_on_the_page(world)
    helmi = signed_in(world, "helmi")
    helmi.post("/invitation/", {"code": code, "step": "accept"})
    home = helmi.get(f"/my/{world.aino.pk}/")
    assert home.status_code == 404
    assert b"Esimerkki" not in home.content
    assert "refused" in verbs(world)
    inside(world)
    mandate = Mandate.objects.get(user=world.users["helmi"])
    aino = signed_in(world, "aino")
    aino.post(f"/my/{world.aino.pk}/supporters/{mandate.pk}/take-back/")
    assert "Aino" not in helmi.get("/my/people/").content.decode()


def test_a_new_person_makes_a_username_and_is_let_in(world: Scene) -> None:
    code = code_on_the_page(world)
    browser = Browser()
    answer = browser.post("/invitation/", {"code": code, **NEWCOMER})
    assert answer.headers["Location"] == "/my/"
    inside(world)
    user = User.objects.get(username="sanna.salo")
    assert browser.session["_auth_user_id"] == str(user.pk)
    assert user.check_password(NEWCOMER["password"])
    assert not user.made_for_demo
    held = Holding.objects.get(user=user)
    assert held.role == Role.REPRESENTATIVE
    assert (held.valid.lower, held.valid.upper) == (TODAY, LAST_ON + timedelta(days=1))
    assert Mandate.objects.get(user=user).client_id == world.aino.pk
    assert "Aino Esimerkki" in browser.get("/my/people/").content.decode()


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("name", "", "Write your name."),
        ("username", "sanna salo", "Use only letters"),
        ("username", "AINO", "Someone has this username already"),
        ("password", "lyhyt-8", "too short"),
        ("password", "123456789012", "entirely numeric"),
        ("again", "kolme-mäntyä-1988", "not the same"),
    ],
)
def test_a_faulty_username_or_password_is_told_at_the_field_and_the_code_stays_good(
    field: str, typed: str, told: str, world: Scene
) -> None:
    code = code_on_the_page(world)
    given = NEWCOMER | {field: world.users["aino"].username if typed == "AINO" else typed}
    if field == "password":
        given["again"] = typed
    answer = english(Browser()).post("/invitation/", {"code": code, **given})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert text.count(told) >= 2
    assert NEWCOMER["password"] not in text
    assert not User.objects.filter(username="sanna.salo").exists()
    assert Browser().post("/invitation/", {"code": code, **NEWCOMER}).status_code == 302


def _accepted(world: Scene, given: Invited) -> None:
    accept_invitation(code=given.code, user=world.users["helmi"], now=clock.now)


def _withdrawn(world: Scene, given: Invited) -> None:
    path = f"/my/{world.aino.pk}/invitations/{given.invitation.pk}/withdraw/"
    assert signed_in(world, "aino").post(path).status_code == 302


def _expired(world: Scene, given: Invited) -> None:
    Invitation.objects.update(expires_at=clock.now(world.organiser))


def _mandate_over(world: Scene, given: Invited) -> None:
    Invitation.objects.update(ends_on=TODAY)


@pytest.mark.parametrize("happened", [_accepted, _withdrawn, _expired, _mandate_over])
def test_a_code_that_works_no_more_looks_like_a_wrong_one(
    happened: Callable[[Scene, Invited], None], world: Scene
) -> None:
    given = invited(world)
    happened(world, given)
    pages = []
    for code in (given.code, new_code()):
        with pytest.raises(NotInvited):
            open_invitation(code=code, now=clock.now)
        answer = english(Browser()).post("/invitation/", {"code": code, "step": "look"})
        assert answer.status_code == 422
        text = re.sub(r"csrfmiddlewaretoken\W+value=\W\w+", "", answer.content.decode())
        pages.append(text.replace(code, "CODE"))
    assert pages[0] == pages[1]
    assert "Aino" not in pages[0]


def test_the_client_and_who_made_the_invitation_do_not_accept_it(world: Scene) -> None:
    code = code_on_the_page(world)
    answer = english(signed_in(world, "aino")).post(
        "/invitation/", {"code": code, "step": "accept"}
    )
    assert answer.status_code == 422
    assert "another person than you" in answer.content.decode()
    inside(world)
    given = invite_supporter(
        client=world.aino,
        name="Leena",
        kind="guardian",
        scope=["see"],
        last_on=LAST_ON,
        by=actor_of(world.users["leena"].pk, TODAY),
        at=clock.now(world.organiser),
    )
    leena = signed_in(world, "leena")
    assert leena.post("/invitation/", {"code": given.code, "step": "accept"}).status_code == 422


def test_who_acts_for_the_client_already_is_told_what_to_do(world: Scene) -> None:
    code = code_on_the_page(world)
    kaisa = english(signed_in(world, "kaisa"))
    answer = kaisa.post("/invitation/", {"code": code, "step": "accept"})
    assert answer.status_code == 422
    assert "take the former permission back first" in answer.content.decode()
    inside(world)
    assert Invitation.objects.get().state == InvitationState.SENT


def test_an_invitation_says_for_whom_and_a_guardian_is_recorded_by_a_worker(world: Scene) -> None:
    with pytest.raises(NameMissing):
        invited(world, name="  ")
    with pytest.raises(GuardianNeedsCaseworker):
        invited(world, kind="guardian", scope=["see"])


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("name", "", "Write the name of the person."),
        ("kind", "", "Choose who the person is."),
        ("kind", "guardian", "Choose who the person is."),
        ("sight", "x", "Choose what the person may see."),
        ("acts", ["order"], "choose “My representative” above"),
        ("last_on", "", "Choose the last day."),
        ("last_on", "32.13.2020", "day, month and year"),
        ("last_on", (TODAY - timedelta(days=1)).isoformat(), "today or later"),
    ],
)
def test_a_faulty_invitation_is_told_at_the_field_and_keeps_what_was_typed(
    field: str, typed: object, told: str, world: Scene
) -> None:
    path = f"/my/{world.aino.pk}/supporters/invite/"
    answer = english(signed_in(world, "aino")).post(path, EXPERT | {field: typed})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert text.count(told) == 2
    assert field == "name" or 'value="Sanna Salo"' in text
    inside(world)
    assert not Invitation.objects.exists()


def test_only_the_client_gives_and_takes_back(world: Scene) -> None:
    given = invited(world)
    mandate = Mandate.objects.get(user=world.users["kaisa"])
    kaisa = signed_in(world, "kaisa")
    page = kaisa.get(f"/my/{world.aino.pk}/supporters/").content.decode()
    assert "Kaisa Esimerkki" in page
    assert "take-back" not in page
    for path in (
        f"supporters/{mandate.pk}/take-back/",
        f"invitations/{given.invitation.pk}/withdraw/",
        "supporters/invite/",
    ):
        assert kaisa.post(f"/my/{world.aino.pk}/{path}", EXPERT).status_code == 403
        assert signed_in(world, "leena").post(f"/my/{world.aino.pk}/{path}").status_code == 404
        assert signed_in(world, "onni").post(f"/my/{world.aino.pk}/{path}").status_code == 404
    aino = signed_in(world, "aino")
    assert aino.post(f"/my/{world.aino.pk}/supporters/999999/take-back/").status_code == 404
    assert "refused" in verbs(world)


def test_anothers_mandate_is_not_taken_back_through_ones_own_page(world: Scene) -> None:
    mandate = Mandate.objects.get(user=world.users["kaisa"])
    path = f"/my/{world.onni.pk}/supporters/{mandate.pk}/take-back/"
    assert signed_in(world, "onni").post(path).status_code == 404
    inside(world)
    mandate.refresh_from_db()
    assert mandate.ended_at is None


def test_guessing_codes_is_slowed_down(world: Scene) -> None:
    code = code_on_the_page(world)
    caller = english(Browser(REMOTE_ADDR="192.0.2.7"))
    statuses = [
        caller.post("/invitation/", {"code": new_code(), "step": "look"}).status_code
        for _ in range(31)
    ]
    assert statuses == [422] * 30 + [429]
    answer = caller.post("/invitation/", {"code": code, "step": "look"})
    assert answer.status_code == 429
    assert "Too many tries. Wait until" in answer.content.decode()
    other = Browser(REMOTE_ADDR="192.0.2.8")
    assert other.post("/invitation/", {"code": code, "step": "look"}).status_code == 200
    assert BY_INVITATION_CODE.free < 30


def test_the_caller_is_who_the_own_proxy_saw_and_not_who_they_say(
    world: Scene, settings: Settings
) -> None:
    settings.PROXIES = 1
    for number in range(31):
        forged = f"198.51.100.{number}, 192.0.2.7"
        answer = Browser().post(
            "/invitation/", {"code": new_code()}, headers={"x-forwarded-for": forged}
        )
    assert answer.status_code == 429


def test_another_organisers_invitation_is_read_only_with_its_code(
    world: Scene, elsewhere: Scene
) -> None:
    given = invited(world)
    with tenancy.scope([elsewhere.organiser.pk]):
        assert not Invitation.objects.exists()
        with tenancy.holding(digest("invitation", new_code())):
            assert not Invitation.objects.exists()
        with tenancy.holding(given.invitation.code_digest):
            assert [one.pk for one in Invitation.objects.all()] == [given.invitation.pk]
            assert not Invitation.objects.update(name="X")
        assert not Invitation.objects.exists()


def test_a_person_of_another_organiser_can_be_a_supporter_here(
    world: Scene, elsewhere: Scene
) -> None:
    given = invited(world, scope=["see"], kind="supporter_close")
    helmi = signed_in(elsewhere, "helmi")
    answer = helmi.post("/invitation/", {"code": given.code, "step": "accept"})
    assert answer.status_code == 302
    assert helmi.get(f"/my/{world.aino.pk}/").status_code == 200
    assert helmi.get(f"/my/{elsewhere.aino.pk}/").status_code == 404


def test_a_role_of_before_is_prolonged_and_not_doubled(world: Scene) -> None:
    helmi = world.users["helmi"]
    Holding.objects.create(
        organiser=world.organiser,
        user=helmi,
        role=Role.REPRESENTATIVE,
        valid=(TODAY - timedelta(days=9), TODAY + timedelta(days=3)),
    )
    accept_invitation(code=invited(world).code, user=helmi, now=clock.now)
    held = Holding.objects.get(user=helmi, role=Role.REPRESENTATIVE)
    assert held.valid.lower == TODAY - timedelta(days=9)
    assert held.valid.upper == LAST_ON + timedelta(days=1)


def test_the_invitation_is_open_for_as_many_days_as_the_setting_says(world: Scene) -> None:
    row = invited(world).invitation
    assert row.expires_at - row.invited_at == timedelta(days=django_settings.INVITATION_DAYS)
    assert row.state_at(row.expires_at - timedelta(seconds=1)) == InvitationState.SENT
    assert row.state_at(row.expires_at) == InvitationState.EXPIRED
