"""Those who came forward, on the pages of the case managers who receive them (OST-3)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.cast import Stage
from tests.unit.web.public import staged
from valinta.audit.models import Entry
from valinta.clients.interest_actions import answer_interest, name_receiver, remove_old_interests
from valinta.clients.models import Interest
from valinta.clients.states import InterestState
from valinta.organisers import tenancy
from valinta.processes.come_forward import (
    CannotBeReached,
    NotAgreed,
    Said,
    come_forward,
)
from valinta.processes.enrol_client import GroupNotHere, MunicipalityNotIn
from valinta.programmes.queries import ProgrammeClosed
from valinta.shared.periods import Period
from valinta.shared.states import ForbiddenTransition
from valinta.users.actor import Actor, system

TODAY = date(2019, 3, 15)
VISITOR = Actor(None, frozenset())


@pytest.fixture
def stage(db: None, settings: Settings) -> Stage:
    return staged("osterbotten", TODAY, settings)


def comes(
    stage: Stage, name: str = "Greta Exempel", town: str = "598", at: datetime | None = None,
    group: str = "", **said: Any,
) -> Interest:  # fmt: skip
    """Someone comes forward on the stage's day."""
    told: dict[str, Any] = {"phone": "0401234567"} | said
    with stage.scope():
        return come_forward(
            programme=stage.programme,
            municipality_code=town,
            target_group_code=group,
            said=Said(name=name, language="sv", **told),
            form_key=uuid4(),
            by=VISITOR,
            at=at or stage.now,
        )


def manager(stage: Stage, number: int) -> Browser:
    browser = Browser(headers={"accept-language": "sv"})
    browser.force_login(stage.staff.case_managers[number].user)
    return browser


def receives(stage: Stage, number: int, *towns: str) -> None:
    """Name a case manager for these municipalities, from today on."""
    with stage.scope():
        for town in towns:
            name_receiver(
                organiser_id=stage.organiser.pk,
                municipality_code=town,
                user=stage.staff.case_managers[number].user,
                period=Period(TODAY),
                by=stage.staff.office.actor,
                at=stage.now,
            )


def test_the_card_shows_how_to_reach_the_writer(stage: Stage) -> None:
    comes(stage, for_name="Folke Exempel", agreed=True, words="Vi behöver vila.",
          email="greta@example.org", call_times="förmiddag")  # fmt: skip
    page = manager(stage, 0).get("/casework/").content.decode()
    for words in (
        "Nya intresseanmälningar", "Greta Exempel", "Folke Exempel", "Jakobstad",
        "Vi behöver vila.", 'href="tel:0401234567"', 'href="mailto:greta@example.org"',
        "förmiddag", "osäker på gruppen", "svenska",
    ):  # fmt: skip
        assert words in page, words


def test_a_form_reaches_its_own_municipalitys_case_managers_only(stage: Stage) -> None:
    receives(stage, 0, "598", "545")
    receives(stage, 1, "905")
    comes(stage, "Jakob Exempel", "598")
    comes(stage, "Vasa Exempel", "905", phone="0407654321")
    first, second = (manager(stage, one).get("/casework/").content.decode() for one in (0, 1))
    assert ("Jakob Exempel" in first, "Vasa Exempel" in first) == (True, False)
    assert ("Jakob Exempel" in second, "Vasa Exempel" in second) == (False, True)


def test_where_nobody_is_named_every_case_manager_receives(stage: Stage) -> None:
    receives(stage, 0, "905")
    comes(stage, "Jakob Exempel", "598")
    for number in (0, 1):
        assert "Jakob Exempel" in manager(stage, number).get("/casework/").content.decode()


def test_only_case_managers_of_the_organiser_see_who_came_forward(
    stage: Stage, settings: Settings
) -> None:
    interest = comes(stage)
    other = staged("keusote", TODAY, settings)
    staff = stage.staff
    people = [staff.decision_maker, staff.preparer, staff.approver, staff.office]
    days = frozenset({(stage.organiser.pk, TODAY), (other.organiser.pk, TODAY)})
    # Both organisers in view, as if the database's own lock stood open.
    with tenancy.scope([stage.organiser.pk, other.organiser.pk]):
        for person in [*people, *other.staff.case_managers]:
            actor = Actor(person.user.pk, person.actor.roles, days)
            assert not Interest.objects.visible_to(actor).exists()
        assert not Interest.objects.visible_to(VISITOR).exists()
        own = Actor(staff.case_managers[0].user.pk, staff.case_managers[0].actor.roles, days)
        assert Interest.objects.visible_to(own).get() == interest
    with other.scope():
        assert not Interest.objects.exists()


def test_the_list_is_noted_and_takes_as_many_queries_for_thirty(stage: Stage) -> None:
    first = comes(stage)
    browser = manager(stage, 0)
    with CaptureQueriesContext(connection) as one:
        browser.get("/casework/")
    with stage.scope():
        entry = Entry.objects.get(verb="read", subject_kind="interest")
        assert entry.subject_id == first.pk
    for number in range(29):
        comes(stage, f"Greta {number}", phone=f"04012345{number:02d}")
    with CaptureQueriesContext(connection) as thirty:
        browser.get("/casework/")
    assert len(thirty) == len(one)


def test_one_that_is_answered_leaves_the_list(stage: Stage) -> None:
    interest = comes(stage)
    with stage.scope():
        contacted = answer_interest(
            interest=interest, to=InterestState.CONTACTED, by=stage.manager, at=stage.now
        )
        assert contacted.closed_at is None
    assert "Greta" in manager(stage, 0).get("/casework/").content.decode()
    with stage.scope():
        closed = answer_interest(
            interest=interest, to=InterestState.CLOSED, by=stage.manager, at=stage.now
        )
        assert closed.closed_at == stage.now
        with pytest.raises(ForbiddenTransition):
            answer_interest(
                interest=interest, to=InterestState.CONTACTED, by=stage.manager, at=stage.now
            )
    assert "Greta" not in manager(stage, 0).get("/casework/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"town": "106"}, MunicipalityNotIn),
        ({"group": "vaasa-older"}, GroupNotHere),
        ({"group": "nowhere"}, GroupNotHere),
        ({"phone": ""}, CannotBeReached),
        ({"for_name": "Folke"}, NotAgreed),
    ],
)
def test_what_does_not_fit_is_refused_by_name(
    wrong: dict[str, str], error: type[Exception], stage: Stage
) -> None:
    with pytest.raises(error):
        comes(stage, **wrong)
    with stage.scope():
        assert not Interest.objects.exists()


def test_nobody_comes_forward_for_a_programme_that_is_over(stage: Stage) -> None:
    with pytest.raises(ProgrammeClosed):
        comes(stage, at=stage.now + timedelta(days=400))


def test_closed_forms_are_removed_when_their_time_is_over(stage: Stage, settings: Settings) -> None:
    settings.INTEREST_KEPT_DAYS = {"2017-01-01": 180, "2019-04-01": 30}
    early, late, waiting = comes(stage, "A"), comes(stage, "B"), comes(stage, "C")
    april = stage.now + timedelta(days=20)
    by = system(stage.organiser.pk)
    with stage.scope():
        answer_interest(interest=early, to=InterestState.CLOSED, by=by, at=stage.now)
        answer_interest(interest=late, to=InterestState.ENROLLED, by=by, at=april)
        left: list[set[int]] = []
        for days in (29, 30, 160):
            moment = april + timedelta(days=days)
            remove_old_interests(organiser_id=stage.organiser.pk, by=by, at=moment)
            left.append(set(Interest.objects.values_list("pk", flat=True)))
        assert left == [{early.pk, late.pk, waiting.pk}, {early.pk, waiting.pk}, {waiting.pk}]
        removed = Entry.objects.filter(verb="remove_interest").values_list("subject_id", flat=True)
        assert set(removed) == {early.pk, late.pk}
