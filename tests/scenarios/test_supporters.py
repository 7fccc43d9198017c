"""Siun sote's clients and those who stand beside them: each sees what the client lets them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client as Browser
from pytest_django import Settings

from tests.cast import Stage, open_stage
from tests.mission import shows
from valinta.clients.actions import give_mandate
from valinta.clients.models import Client, Mandate
from valinta.demo.people import person
from valinta.needs.models import Assessment
from valinta.plans.models import SupportPlan
from valinta.plans.states import Way
from valinta.processes.invite_supporter import invite_supporter
from valinta.shared.periods import Period
from valinta.users.permissions import Role

CODE = re.compile(r"[3-9A-Y]{4}-[3-9A-Y]{4}-[3-9A-Y]{4}")
NEEDS = {"personal-assistance": (Way.BUDGET, 12_00, False)}
CHRISTMAS = date(2019, 12, 24)


@pytest.fixture
def stage(db: None, settings: Settings) -> Stage:
    settings.DEMO = True
    one = open_stage("siun-sote", on=date(2019, 10, 1))
    one.organiser.demo_today = one.on
    one.organiser.save()
    return one


def browser_of(stage: Stage, client: Client) -> Browser:
    browser = Browser(headers={"accept-language": "fi"})
    browser.force_login(stage.people[client.pk].user)
    return browser


def invite(stage: Stage, client: Client, name: str, kind: str, sight: str, *acts: str) -> str:
    """The client invites someone on their own page and gets a code to hand over."""
    given = {
        "name": name,
        "kind": kind,
        "sight": sight,
        "acts": list(acts),
        "last_on": CHRISTMAS.isoformat(),
    }
    page = browser_of(stage, client).post(f"/my/{client.pk}/supporters/invite/", given)
    (code,) = CODE.findall(page.content.decode())
    return str(code)


def join(code: str, name: str, username: str) -> Browser:
    """A new person types the code and makes a username."""
    browser = Browser(headers={"accept-language": "fi"})
    given = {
        "code": code,
        "step": "join",
        "name": name,
        "username": username,
        "password": "kolme-mäntyä-1987",
        "again": "kolme-mäntyä-1987",
    }
    assert browser.post("/invitation/", given).status_code == 302
    return browser


@shows("SIU-4")
def test_tapio_writes_his_support_plan_with_an_expert_by_experience(stage: Stage) -> None:
    # First the joint assessment, and a budget.
    tapio = stage.client("Tapio", municipality="Joensuu")
    stage.grant(tapio, NEEDS, period=Period(stage.on, date(2020, 1, 1)))
    assert Assessment.objects.get(enrolment__client=tapio).state == "completed"
    own = f"/my/{tapio.pk}/"

    # He lets Sanna, who has been there herself, see the plan and help to write it.
    code = invite(stage, tapio, "Sanna Salo", "supporter_expert", "see_plan", "write")
    sanna = join(code, "Sanna Salo", "sanna.salo")
    assert "Tapio Esimerkki" in sanna.get("/my/people/").content.decode()
    writing = sanna.get(f"{own}plan/support/")
    assert writing.status_code == 200
    assert "<strong>Tapio Esimerkki</strong>" in writing.content.decode()
    (seen,) = re.findall(r'name="seen-important" value="(\w*)"', writing.content.decode())
    words = "Haluan kalastaa veljeni kanssa joka kesä."
    sanna.post(f"{own}plan/support/save/", {"text-important": words, "seen-important": seen})
    with stage.scope():
        newest = SupportPlan.objects.filter(enrolment__client=tapio).latest("version")
        assert newest.sections["important"] == words
        assert newest.written_by_id == int(sanna.session["_auth_user_id"])

    # The money, the home page, the messages and the supporters are not there for her.
    for page in ("", "budget/", "orders/", "messages/", "supporters/"):
        assert sanna.get(own + page).status_code == 404, page

    # Tapio reads what they wrote, and takes the permission back.
    tapios = browser_of(stage, tapio)
    assert words in tapios.get(f"{own}plan/support/").content.decode()
    assert "Sanna Salo" in tapios.get(f"{own}supporters/").content.decode()
    with stage.scope():
        mandate = Mandate.objects.get(client=tapio)
        assert mandate.valid.upper == date(2019, 12, 25)
    tapios.post(f"{own}supporters/{mandate.pk}/take-back/")
    assert sanna.get(f"{own}plan/support/").status_code == 404


@shows("SIU-4")
def test_each_supporter_sees_only_what_the_client_lets_them(stage: Stage) -> None:
    tapio = stage.client("Tapio", municipality="Joensuu")
    stage.grant(tapio, NEEDS, period=Period(stage.on, date(2020, 1, 1)))
    kinds = {
        "see": ("supporter_close", "sisko"),
        "see_plan": ("supporter_worker", "vammaistyöntekijä"),
        "see_budget": ("supporter_close", "veli"),
    }
    pages = ("", "plan/", "budget/")
    opened = {}
    for sight, (kind, name) in kinds.items():
        browser = join(invite(stage, tapio, name, kind, sight), name, f"tukija-{sight}")
        got = [browser.get(f"/my/{tapio.pk}/{page}").status_code for page in pages]
        opened[sight] = [page for page, status in zip(pages, got, strict=True) if status == 200]
    assert opened == {"see": ["", "plan/", "budget/"], "see_plan": ["plan/"],
                      "see_budget": ["budget/"]}  # fmt: skip


@shows("SIU-9")
def test_professionals_and_experts_by_experience_stand_by_all_along(stage: Stage) -> None:
    # An expert helps from the first day to the last that Tapio chose, and a worker beside them.
    tapio = stage.client("Tapio", municipality="Joensuu")
    stage.grant(tapio, NEEDS, period=Period(stage.on, date(2020, 1, 1)))
    expert = join(
        invite(stage, tapio, "Sanna Salo", "supporter_expert", "see_plan"), "Sanna Salo", "sanna"
    )
    worker = join(
        invite(stage, tapio, "Niko Niemi", "supporter_worker", "see"), "Niko Niemi", "niko"
    )
    for day in (date(2019, 10, 1), date(2019, 11, 15), CHRISTMAS):
        _move_to(stage, day)
        assert expert.get(f"/my/{tapio.pk}/plan/").status_code == 200, day
        assert worker.get(f"/my/{tapio.pk}/").status_code == 200, day
    supporters = browser_of(stage, tapio).get(f"/my/{tapio.pk}/supporters/").content.decode()
    assert "Kokemusasiantuntija" in supporters
    assert "Auttava työntekijä" in supporters
    # His case manager's name is on his page all the time.
    assert (
        stage.staff.case_managers[0].user.display_name
        in browser_of(stage, tapio).get(f"/my/{tapio.pk}/").content.decode()
    )
    # The day after, the door is shut by itself.
    _move_to(stage, date(2019, 12, 25))
    assert expert.get(f"/my/{tapio.pk}/plan/").status_code in (403, 404)
    assert worker.get(f"/my/{tapio.pk}/").status_code in (403, 404)
    # Any time, also later, a case manager can invite someone with him.
    with stage.scope():
        again = invite_supporter(
            client=tapio,
            name="Sanna Salo",
            kind="supporter_expert",
            scope=["see_plan"],
            last_on=date(2020, 6, 30),
            by=stage.manager,
            at=stage.now,
        )
    accepted = expert.post("/invitation/", {"code": again.code, "step": "accept"})
    assert accepted.status_code == 302
    assert expert.get(f"/my/{tapio.pk}/plan/").status_code == 200


def test_a_daughter_acts_for_her_father_and_for_her_aunt(stage: Stage) -> None:
    # Kaisa has a full mandate for her father, and may look at her aunt's pages.
    father, aunt = stage.client("Eino"), stage.client("Elsa")
    for one in (father, aunt):
        stage.grant(one, NEEDS, period=Period(stage.on, date(2020, 1, 1)))
    kaisa = person(stage.organiser, "Kaisa Esimerkki", Role.REPRESENTATIVE, "fi", "-kaisa")
    for one, scope in ((father, ["see", "plan", "order", "confirm"]), (aunt, ["see"])):
        give_mandate(
            client=one,
            user=kaisa.user,
            kind="authorised",
            scope=scope,
            period=Period.from_inclusive(stage.on, CHRISTMAS),
            by=stage.actor(one),
            at=stage.now,
        )
    offer = stage.offer(stage.provider("Apu Oy"), "personal-assistance", "27.90")
    order = stage.order(father, offer, 4_00)
    visit = stage.report(order, date(2019, 10, 2), 1_00)
    stage.on = date(2019, 10, 3)
    _move_to(stage, stage.on)
    browser = Browser(headers={"accept-language": "fi"})
    browser.force_login(kaisa.user)
    people = browser.get("/my/").content.decode()
    assert "Eino Esimerkki" in people
    assert "Elsa Esimerkki" in people
    for one in (father, aunt):
        page = browser.get(f"/my/{one.pk}/").content.decode()
        assert f"<strong>{one.full_name}</strong>" in page
    # She confirms for her father; for her aunt she looks only.
    assert browser.post(f"/my/visits/{visit.pk}/confirm/").status_code == 302
    with stage.scope():
        visit.refresh_from_db()
        assert visit.state == "confirmed"
        assert visit.client_id == father.pk
    # A representative passes nothing on.
    assert browser.get(f"/my/{father.pk}/supporters/invite/").status_code == 403


def _move_to(stage: Stage, day: date) -> None:
    """The organiser's people live on this day now."""
    stage.on = day
    with stage.scope():
        stage.organiser.demo_today = day
        stage.organiser.save()
