"""Questions go to the chosen provider, the case manager or the project office (KEU-11)."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client as Browser
from pytest_django import Settings

from tests.cast import Stage, open_stage
from tests.mission import shows
from valinta.messages.actions import NotYourThread, write_message
from valinta.messages.models import Thread
from valinta.messages.states import Route
from valinta.plans.states import Way
from valinta.shared.periods import Period
from valinta.users.actor import Actor, actor_of
from valinta.users.models import User

SPRING = Period(date(2019, 3, 1), date(2019, 6, 1))


@pytest.fixture
def stage(db: None, settings: Settings) -> Stage:
    settings.DEMO = True
    stage = open_stage("keusote", on=date(2019, 3, 1))
    stage.organiser.demo_today = stage.on
    stage.organiser.save()
    return stage


@shows("KEU-11")
def test_three_routes_each_with_its_thread_and_its_own_readers(stage: Stage) -> None:
    aino = stage.client("Aino", municipality="Järvenpää")
    stage.grant(aino, {"cleaning": (Way.BUDGET, 10_00, False)}, period=SPRING)
    kotiapu = stage.provider("Kotiapu Oy")
    stage.order(aino, stage.offer(kotiapu, "cleaning", "30.60"), 4_00)
    browser = Browser(headers={"accept-language": "fi"})
    browser.force_login(stage.people[aino.pk].user)

    # The page for a new message offers the three, the provider by its name.
    choices = browser.get(f"/my/{aino.pk}/messages/new/").content.decode()
    values = re.findall(r'name="to" value="([^"]+)"', choices)
    assert values == ["case_manager", f"provider-{kotiapu.pk}", "office"]
    assert "Kotiapu Oy" in choices

    # Aino asks each of them something.
    for to, subject in zip(values, ("Päivän vaihto", "Ovikoodi", "Kiitos"), strict=True):
        form = {"to": to, "subject": subject, "words": "Voisitteko vastata?"}
        assert browser.post(f"/my/{aino.pk}/messages/new/", form).status_code == 302

    # Each answers in its own thread, and only there.
    readers = {
        Route.CASE_MANAGER: stage.staff.case_managers[0].user,
        Route.PROVIDER: stage.workers[kotiapu.pk].user,
        Route.OFFICE: stage.staff.office.user,
    }
    with stage.scope():
        threads = {Route(one.route): one for one in Thread.objects.filter(client=aino)}
    for route, reader in readers.items():
        by = _actor(stage, reader)
        with stage.scope():
            seen = set(Thread.objects.visible_to(by).values_list("route", flat=True))
            assert seen == {route}
            write_message(thread=threads[route], words=f"Vastaus: {route}", by=by, at=stage.now)
            for other in set(readers) - {route}:
                with pytest.raises(NotYourThread):
                    write_message(thread=threads[other], words="Hei", by=by, at=stage.now)

    # Aino sees that there is something new in each, and reads it.
    assert browser.get(f"/my/{aino.pk}/messages/").content.decode().count("1 uusi") == 3
    for route, thread in threads.items():
        page = browser.get(f"/my/{aino.pk}/messages/{thread.pk}/").content.decode()
        assert f"Vastaus: {route}" in page
    assert "1 uusi" not in browser.get(f"/my/{aino.pk}/messages/").content.decode()


def _actor(stage: Stage, user: User) -> Actor:
    with stage.scope():
        return actor_of(user.pk, stage.on)
