"""The office gives and ends roles: from a day to a day, with a code for who is new."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client as Browser
from django.utils import translation
from pytest_django import Settings

from tests import desk as by
from tests.cast import Stage
from tests.scenarios.test_providers_by_pages import office
from valinta.audit.models import Entry
from valinta.clients.models import Reception
from valinta.demo.people import person
from valinta.users.models import Holding, RoleInvitation, User
from valinta.users.permissions import ROLES, Role
from valinta.users.role_actions import STAFF
from valinta.web.office.people_picture import WHO

ON = date(2019, 3, 1)
PASSWORD = "metsäpolku-47-lumi"


@pytest.fixture(autouse=True)
def demo(db: None, settings: Settings) -> None:
    """The demo's clock: the organiser's people live on the stage's day."""
    settings.DEMO = True


def page(stage: Stage, *rest: object) -> str:
    return "/".join((f"/office/{stage.programme.pk}/people", *map(str, rest), ""))


def held(stage: Stage, user: User, role: Role) -> Holding:
    return Holding.objects.get(organiser=stage.organiser, user=user, role=role)


def test_what_each_role_is_for_is_said_as_the_permissions_say_it() -> None:
    with translation.override("en"):
        said = {role: str(words) for role, words in WHO.items()}
    assert said == {role: ROLES[role].who for role in STAFF}


def test_a_role_is_given_from_a_day_to_a_day_and_ended() -> None:
    stage = by.stage_of("keusote", ON)
    browser, maija = office(stage), stage.staff.case_managers[0].user
    data = {"who": maija.username, "role": "decision_maker", "starts_on": "2019-03-01"}
    data |= {"last_on": "2019-06-30"}
    told = by.text(browser.post(page(stage, "give"), data, follow=True))
    assert "The role is given." in told
    assert "until" in told
    one = held(stage, maija, Role.DECISION_MAKER)
    assert (one.valid.lower, one.valid.upper) == (ON, date(2019, 7, 1))
    browser.post(page(stage, one.pk, "end"), {"last_on": "2019-03-31"})
    one.refresh_from_db()
    assert one.valid.upper == date(2019, 4, 1)
    verbs = set(Entry.objects.filter(subject_kind="holding").values_list("verb", flat=True))
    assert verbs == {"give_role", "end_role"}


def test_somebody_new_takes_the_role_with_a_code_that_works_once() -> None:
    stage = by.stage_of("keusote", ON)
    browser = office(stage)
    data = {"who": "Uuno Uusi", "is_new": "1", "role": "case_manager", "starts_on": "2019-03-01"}
    shown = by.text(browser.post(page(stage, "give"), data))
    code = re.search(r'class="sum-large">([A-Z0-9-]{14})<', shown)
    assert code is not None
    assert code[1] not in by.text(browser.get(page(stage)))
    newcomer = Browser(headers={"accept-language": "en"})
    offered = newcomer.post("/invitation/role/", {"step": "look", "code": code[1].lower()})
    assert "Case manager" in by.text(offered)
    join = {
        "step": "join", "code": code[1], "name": "Uuno Uusi", "username": "uuno.uusi",
        "password": PASSWORD, "again": PASSWORD,
    }  # fmt: skip
    assert newcomer.post("/invitation/role/", join).status_code == 302
    with stage.scope():
        uuno = User.objects.get(username="uuno.uusi")
        assert held(stage, uuno, Role.CASE_MANAGER).valid.lower == ON
    assert newcomer.get("/casework/").status_code == 200
    used = Browser(headers={"accept-language": "en"}).post("/invitation/role/", join)
    assert used.status_code == 422


def test_a_code_that_is_taken_back_opens_nothing() -> None:
    stage = by.stage_of("keusote", ON)
    browser = office(stage)
    data = {"who": "Uuno", "is_new": "1", "role": "office", "starts_on": "2019-03-01"}
    shown = by.text(browser.post(page(stage, "give"), data))
    code = re.findall(r'class="sum-large">([A-Z0-9-]{14})<', shown)[0]
    browser.post(page(stage, "invited", RoleInvitation.objects.get().pk))
    looked = Browser(headers={"accept-language": "en"}).post(
        "/invitation/role/", {"step": "look", "code": code}
    )
    assert "The code is wrong" in by.text(looked, 422)


def test_the_last_of_the_office_stays_until_there_is_another() -> None:
    stage = by.stage_of("keusote", ON)
    browser, me = office(stage), stage.staff.office.user
    mine = held(stage, me, Role.OFFICE)
    refused = by.text(browser.post(page(stage, mine.pk, "end")), 422)
    assert "This is the last one in the programme office." in refused
    other = stage.staff.case_managers[1].user
    # Another whose days end before mine would does not keep the office.
    data = {"who": other.username, "role": "office", "starts_on": "2019-03-01"}
    browser.post(page(stage, "give"), data | {"last_on": "2019-03-10"})
    late = browser.post(page(stage, mine.pk, "end"), {"last_on": "2019-03-20"})
    assert late.status_code == 422
    browser.post(page(stage, "give"), data)
    assert browser.post(page(stage, mine.pk, "end"), {"last_on": "2019-03-20"}).status_code == 302


def test_two_roles_that_two_people_should_hold_are_told() -> None:
    stage = by.stage_of("keusote", ON)
    browser = office(stage)
    assert "Roles that should be held by two people" not in by.text(browser.get(page(stage)))
    data = {"role": "finance_approver", "starts_on": "2019-03-01"}
    browser.post(page(stage, "give"), data | {"who": stage.staff.preparer.user.username})
    shown = by.text(browser.get(page(stage)))
    assert "Finance, prepares payments and Finance, approves payments" in shown


def test_nobody_gives_or_ends_a_role_of_another_organiser() -> None:
    here, there = by.stage_of("keusote", ON), by.stage_of("siun-sote", ON)
    with there.scope():
        theirs = held(there, there.staff.office.user, Role.OFFICE)
        person(there.organiser, "Toinen Toimisto", Role.OFFICE, "fi", "2")
    browser = office(here)
    assert there.staff.office.user.username not in by.text(browser.get(page(here)))
    data = {"who": here.staff.office.user.username, "role": "office", "starts_on": "2019-03-01"}
    assert browser.post(page(there, "give"), data).status_code == 404
    assert browser.post(page(here, theirs.pk, "end")).status_code == 404
    # A role that the office does not give is not in the form, and not taken from it either.
    data["role"] = "client"
    assert "Choose the role." in by.text(browser.post(page(here, "give"), data), 422)
    with there.scope():
        theirs.refresh_from_db()
        assert theirs.valid.upper is None
        assert not Holding.objects.filter(user=here.staff.office.user).exists()


def test_receivers_of_a_municipality_are_named_and_ended() -> None:
    stage = by.stage_of("keusote", ON)
    browser, maija = office(stage), stage.staff.case_managers[0].user
    data = {"town": "106", "user": maija.pk}
    assert "Saved." in by.text(browser.post(page(stage, "receive"), data, follow=True))
    named = Reception.objects.get(user=maija, municipality_code="106")
    assert f"Hyvinkää: {maija.display_name}" in by.text(browser.get(page(stage)))
    browser.post(page(stage, "receive", named.pk, "end"))
    assert not Reception.objects.filter(pk=named.pk).exists()
    wrong = browser.post(page(stage, "receive"), {"town": "", "user": "x"}, follow=True)
    assert "Choose both a municipality and a case manager." in by.text(wrong)
