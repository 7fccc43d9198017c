"""Österbotten, våren 2019: three towns with groups and places of their own, in Swedish."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client as Browser
from pytest_django import Settings

from tests.cast import Stage, open_stage
from tests.mission import shows
from tests.payment_files import control_sum, payments_in
from tests.unit.web.public import filled
from valinta.clients.interest_actions import name_receiver
from valinta.clients.models import Client
from valinta.clients.states import EnrolmentState
from valinta.organisers import tenancy
from valinta.plans.states import Way
from valinta.processes.enrol_client import GroupNotHere
from valinta.processes.leave_programme import leave_programme
from valinta.processes.place_order import NotInPlan
from valinta.processes.verify_books import verify_books
from valinta.providers.models import Sector
from valinta.settlements.funding import funding_report
from valinta.shared.money import Money
from valinta.shared.periods import Period

NEEDS = {
    "home-service": (Way.BUDGET, 1_00, False),
    "older-day-activity": (Way.BUDGET, 1_00, False),
    "carer-leave": (Way.OWN_SERVICE, 1_00, False),
}
POINTS = {"home-service": 9, "older-day-activity": 6, "carer-leave": 4}
JAKOBSTAD = "Pietarsaari"
eur = Money.of


@pytest.fixture
def stage(db: None) -> Stage:
    return open_stage("osterbotten", on=date(2019, 3, 1))


@shows("OST-5")
def test_gretas_march_from_points_to_paid_providers(stage: Stage, tmp_path: Path) -> None:
    # Nineteen points at 22.00 each; her leave as a carer stays with the town's own services.
    greta = stage.client("Greta", municipality=JAKOBSTAD)
    granted = stage.grant(greta, NEEDS, points=POINTS)
    lines = granted.decision.plan.lines.order_by("id")
    assert [(one.way, Money(one.monthly_cents)) for one in lines] == [
        ("budget", eur("198.00")),  # 9 points
        ("budget", eur("132.00")),  # 6 points
        ("own_service", eur("88.00")),  # 4 points
    ]
    assert Money(granted.decision.monthly_cents) == eur("330.00")
    assert stage.left(greta) == eur("330.00")

    # A company and an association give the rest; the town's own service is not bought.
    help_at_home = stage.offer(stage.provider("Vardagshjälp Ab"), "home-service", "33.35")
    day_centre = stage.offer(
        stage.provider("Dagcentret rf", sector=Sector.THIRD), "older-day-activity", "56.10"
    )
    leave = stage.offer(stage.provider("Avlastning Ab"), "carer-leave", "112.20")
    at_home = stage.order(greta, help_at_home, 5_00)
    at_centre = stage.order(greta, day_centre, 2_00)
    with pytest.raises(NotInPlan):
        stage.order(greta, leave, 1_00)
    assert stage.left(greta) == eur("51.05")  # 330.00 - 166.75 - 112.20

    stage.report(at_home, date(2019, 3, 5), 1_75)
    stage.report(at_centre, date(2019, 3, 6), 1_00)
    report = funding_report(programme=stage.programme, month=Period.month(2019, 3))
    assert report.cost == eur("114.46")  # 58.36 + 56.10
    assert {share.source: share.amount for share in report.shares} == {
        "state-grant": eur("91.57"),
        "own-share": eur("22.89"),
    }
    file = stage.pay(stage.settle(cut_off_on=date(2019, 4, 1)), tmp_path)
    assert [(one.name, one.euros) for one in payments_in(file)] == [
        ("Vardagshjalp Ab", "58.36"),  # banks know no ä in a name
        ("Dagcentret rf", "56.10"),
    ]
    assert control_sum(file) == "114.46"
    assert verify_books() == []


GROUPS = {
    "Vaasa": "vaasa-older",
    JAKOBSTAD: "jakobstad-carers",
    "Närpiö": "narpes-older-and-carers",
}


@shows("OST-1")
def test_each_town_has_its_own_target_group_and_takes_no_other(stage: Stage) -> None:
    assert stage.programme.language == "sv"
    for town, own in GROUPS.items():
        greta = stage.client("Greta", municipality=town)
        for group in GROUPS.values():
            if group != own:
                with pytest.raises(GroupNotHere, match=group):
                    stage.join(greta, group=group)
        assert stage.join(greta, group=own).enrolment.target_group.code == own


def _leave(stage: Stage, client: Client) -> None:
    leave_programme(
        enrolment=stage.enrolment(client),
        withdrawn=True,
        reason="Flyttar till en dotter.",
        planner=stage.manager,
        by=stage.actor(client),
        at=stage.now,
    )


@shows("OST-2")
def test_fifteen_in_jakobstad_the_next_in_a_queue_that_moves_when_one_leaves(
    stage: Stage,
) -> None:
    inside = [stage.client("Greta", municipality=JAKOBSTAD) for _ in range(15)]
    assert [stage.join(one).place_in_queue for one in inside] == [None] * 15
    sixteenth, seventeenth = (stage.client("Folke", municipality=JAKOBSTAD) for _ in range(2))
    for place, waiting in enumerate((sixteenth, seventeenth), start=1):
        outcome = stage.join(waiting)
        assert (outcome.enrolment.state, outcome.place_in_queue) == ("queued", place)
        assert outcome.enrolment.consent_given_at is None
    # The queue of one town closes no door in another.
    assert stage.join(stage.client("Svea", municipality="Vaasa")).place_in_queue is None

    # Asking again without a place changes nothing.
    assert stage.join(sixteenth).place_in_queue == 1
    stage.on = date(2019, 4, 1)
    _leave(stage, inside[3])
    # Nobody passes the first in the queue, who gets the place with a consent of today.
    assert stage.join(seventeenth).place_in_queue == 2
    enrolled = stage.join(sixteenth)
    assert enrolled.place_in_queue is None
    assert enrolled.enrolment.state == EnrolmentState.ENROLLED
    assert enrolled.enrolment.started_on == date(2019, 4, 1)
    assert stage.join(seventeenth).place_in_queue == 1
    assert verify_books() == []


@shows("OST-3")
def test_a_resident_who_is_interested_reaches_the_municipalitys_case_managers(
    stage: Stage, settings: Settings
) -> None:
    settings.DEMO = True
    stage.organiser.demo_today = stage.on
    stage.organiser.save()
    # The office names who receives the residents of which town.
    for manager, town in zip(stage.staff.case_managers, ("598", "905"), strict=True):
        name_receiver(
            organiser_id=stage.organiser.pk, municipality_code=town, user=manager.user,
            period=Period(stage.on), by=stage.staff.office.actor, at=stage.now,
        )  # fmt: skip
    tenancy.leave()
    # Greta of Jakobstad reads the page of the programme in Swedish and fills in the form.
    greta = Browser(headers={"accept-language": "sv"})
    page = greta.get("/programmes/osterbotten/osterbotten/").content.decode()
    for words in ("Närståendevårdare och vårdtagare", "Jakobstad", "15 platser", "Anmäl intresse"):
        assert words in page
    form = "/programmes/osterbotten/osterbotten/come-forward/"
    given = filled(greta, form, name="Greta Exempel", municipality="598")
    thanks = greta.get(greta.post(form, given).headers["Location"]).content.decode()
    assert "En klienthandledare kontaktar dig" in thanks
    # She stands on the list of Jakobstad's case manager, and not on that of Vaasa's.
    for manager, is_there in zip(stage.staff.case_managers, (True, False), strict=True):
        browser = Browser(headers={"accept-language": "sv"})
        browser.force_login(manager.user)
        listed = browser.get("/casework/").content.decode()
        assert ("Greta Exempel" in listed, "Nya intresseanmälningar" in listed) == (
            is_there, is_there,
        )  # fmt: skip
