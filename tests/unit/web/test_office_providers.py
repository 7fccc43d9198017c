"""Pages of providers, requests and people: as many queries for thirty rows as for one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.unit.web import rows
from tests.unit.web.conftest import signed_in
from tests.unit.web.rows import AT, TODAY, Scene
from tests.unit.web.test_plan_page import queries
from valinta.clients.models import Enrolment, Reception
from valinta.demo.identities import business_id
from valinta.organisers import tenancy
from valinta.providers.models import (
    Application,
    ApplicationLine,
    Approval,
    Clarification,
    Evidence,
    Provider,
    RegisterEntry,
)
from valinta.wishes.models import TrayRequest

CONDITION = {
    "code": "insurance",
    "names": {"fi": "Vakuutus", "sv": "Försäkring", "en": "Insurance"},
    "words": {"fi": "Todistus", "sv": "Intyg", "en": "A certificate"},
    "shown_by": "paper",
    "greatest_age_days": 90,
    "has_end": True,
    "sectors": None,
}
REGISTER = {"code": "own", "names": {"fi": "Oma", "sv": "Eget", "en": "Own"}, "keeper": "organiser"}


@pytest.fixture
def office(world: Scene) -> Scene:
    """The cast with somebody in the programme's office, and a condition to be met."""
    with tenancy.scope([world.organiser.pk]):
        rows.user(world, "olli", "Olli Toimisto", "office")
        world.programme.terms["providers"] = {"conditions": [CONDITION], "registers": [REGISTER]}
        world.programme.save()
    return world


def application(scene: Scene, number: int, state: str = "sent") -> Application:
    made = Application.objects.create(
        organiser=scene.organiser, programme=scene.programme, state=state, name=f"Apu {number}",
        business_id=business_id(1_000_000 + number * 13), sector="private", started_at=AT,
        sent_at=AT, decide_by=TODAY,
    )  # fmt: skip
    ApplicationLine.objects.create(
        organiser=scene.organiser, application=made, service_code="kotihoito", prices={"arki": 1}
    )
    Evidence.objects.create(
        organiser=scene.organiser, application=made, condition="insurance", name="a.pdf",
        sha256="koe", content=b"%PDF-", issued_on=TODAY, valid_until=TODAY + timedelta(days=9),
        handed_at=AT,
    )  # fmt: skip
    Clarification.objects.create(
        organiser=scene.organiser, application=made, questions="Koe?", asked_at=AT,
        answer_by=TODAY,
    )  # fmt: skip
    return made


def approved(scene: Scene, number: int) -> None:
    """A provider that was approved on an application, with a paper that ends soon."""
    made = application(scene, 500 + number)
    old = Approval.objects.filter(programme=scene.programme).order_by("pk")[0]
    provider = Provider.objects.create(
        business_id=made.business_id, name=made.name, sector="private", founded_year=2015, iban="F"
    )
    old.pk, old.provider = None, provider
    old.save()
    Application.objects.filter(pk=made.pk).update(state="approved", approval=old)


def entry(scene: Scene, number: int) -> None:
    RegisterEntry.objects.create(
        organiser=scene.organiser, register="own", keeper="organiser", name=f"Apu {number}",
        business_id=business_id(2_000_000 + number * 13), number=str(number + 1), noted_at=AT,
        state="registered", valid=(date(2020, 1, 1), None),
        noted_by_id=scene.users["olli"].pk,
    )  # fmt: skip


def wish(scene: Scene, number: int) -> None:
    TrayRequest.objects.create(
        organiser=scene.organiser, client=scene.aino,
        enrolment=Enrolment.objects.get(client=scene.aino), kind="service", state="received",
        words=f"Toive{number} aihe{number}", asked_at=AT,
    )  # fmt: skip


def colleague(scene: Scene, number: int) -> None:
    made = rows.user(scene, f"t{number}", f"Työntekijä {number}", "case_manager")
    Reception.objects.create(
        organiser=scene.organiser,
        municipality_code="106",
        user=made,
        valid=(date(2020, 1, 1), None),
    )


@pytest.mark.parametrize(
    ("path", "one_more", "text"),
    [
        ("providers", application, "Apu 29"),
        ("providers", approved, "Apu 529"),
        ("providers/registers", entry, "Apu 29"),
        ("requests", wish, "Toive29"),
        ("people", colleague, "Työntekijä 29"),
    ],
)
def test_thirty_rows_take_as_many_queries_as_one(
    office: Scene, path: str, one_more: Callable[[Scene, int], object], text: str
) -> None:
    browser = signed_in(office, "olli")
    browser.cookies["django_language"] = "en"
    address = f"/office/{office.programme.pk}/{path}/"
    with tenancy.scope([office.organiser.pk]):
        one_more(office, 0)
    browser.get(address)
    few = queries(lambda: browser.get(address))
    with tenancy.scope([office.organiser.pk]):
        for number in range(1, 30):
            one_more(office, number)
    assert queries(lambda: browser.get(address)) == few
    assert text in browser.get(address).content.decode()


def test_a_draft_is_its_writers_own(office: Scene) -> None:
    with tenancy.scope([office.organiser.pk]):
        made = application(office, 1, state="draft")
        Application.objects.filter(pk=made.pk).update(sent_at=None, decide_by=None)
    browser = signed_in(office, "olli")
    address = f"/office/{office.programme.pk}/providers/"
    assert "Apu 1" not in browser.get(address).content.decode()
    assert browser.get(f"{address}applications/{made.pk}/").status_code == 404


def test_rounds_and_papers_of_one_application_take_a_fixed_number_of_queries(
    office: Scene,
) -> None:
    browser = signed_in(office, "olli")
    with tenancy.scope([office.organiser.pk]):
        made = application(office, 1)
    address = f"/office/{office.programme.pk}/providers/applications/{made.pk}/"
    browser.get(address)
    few = queries(lambda: browser.get(address))
    with tenancy.scope([office.organiser.pk]):
        for number in range(30):
            Clarification.objects.create(
                organiser=office.organiser, application=made, questions=f"Koe {number}?",
                asked_at=AT, answer_by=TODAY, answered_at=AT, answer="Kyllä.",
            )  # fmt: skip
            Evidence.objects.create(
                organiser=office.organiser, application=made, condition="insurance",
                words=f"Koe {number}", handed_at=AT,
            )  # fmt: skip
    assert queries(lambda: browser.get(address)) == few
    assert "Koe 29" in browser.get(address).content.decode()
