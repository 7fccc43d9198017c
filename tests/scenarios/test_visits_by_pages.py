"""A company reports what was ordered and nothing else, and answers what its client asks."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client as Browser
from pytest_django import Settings

from tests.cast import Stage
from tests.company_pages import Clock, begin, company, served, serves, visit_stage
from tests.mission import shows
from tests.order_pages import back_in_scope, order_stage, plain
from valinta.plans.states import Way
from valinta.processes.verify_books import verify_books
from valinta.shared.money import Money
from valinta.visits.models import Visit


@pytest.fixture(autouse=True)
def noon(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Clock:
    settings.DEMO = True
    return Clock(monkeypatch)


def client_at(stage: Stage, client_id: int) -> Browser:
    """The client at their own pages, in Finnish."""
    browser = Browser(headers={"accept-language": "fi"})
    browser.force_login(stage.people[client_id].user)
    return browser


@pytest.mark.django_db
@shows("KEU-11")
def test_what_a_client_disputes_is_answered_by_the_company_at_the_visit(noon: Clock) -> None:
    stage = visit_stage()
    kotiapu = company(stage)
    order = served(kotiapu)
    begin(stage)
    desk = kotiapu.at(language="fi")
    # The worker starts and ends the visit on the phone.
    reference = re.findall(r'data-reference="(v-\w+)"', desk.get())[0]
    desk.post("today/start/", order=order.pk, reference=reference)
    noon.pass_by(hours=1)
    desk.post("today/stop/", reference=reference)
    assert "Käynti on kirjattu." in desk.get()
    visit = Visit.objects.get()

    # Aino asks about it, in words.
    aino, own = client_at(stage, order.client_id), f"/my/{order.client_id}/"
    said = aino.post(f"/my/visits/{visit.pk}/dispute/", {"reason": "Tulitte myöhässä."})
    back_in_scope(stage)
    assert said.status_code == 302, plain(said.content)[:2000]

    # The company finds it in the month, reads it at the visit and answers there.
    assert "riitautettu <strong>1</strong>" in desk.get("visits/")
    page = desk.get(f"visits/{visit.pk}/")
    assert "Tulitte myöhässä." in page
    desk.post(f"visits/{visit.pk}/", words="Anteeksi. Korjaamme ajan.")
    desk.post(
        f"visits/{visit.pk}/correct/", order=order.pk, reference=f"{reference}-2",
        day="2019-03-05", starts="12:00", ends="12:30",
    )  # fmt: skip
    messages = plain(aino.get(f"{own}messages/").content)
    back_in_scope(stage)
    assert "1 uusi" in messages
    corrected = Visit.objects.get(withdrawn_at=None)
    assert (corrected.quantity_hundredths, corrected.payable_cents) == (50, 15_00)
    assert verify_books() == []


@pytest.mark.django_db
@shows("HAM-7")
def test_a_company_can_report_only_services_of_the_plan_that_were_ordered() -> None:
    stage = order_stage("kanta-hame", date(2019, 3, 1))
    avustajat = company(stage, "Avustajat Oy")
    elli = stage.client("Elli")
    stage.grant(elli, {"personal-assistance": (Way.BUDGET, 10_00, False)})
    offer = stage.offer(avustajat.provider, "personal-assistance", "28.00")
    stage.offer(avustajat.provider, "day-activity", "60.00")
    order = stage.order(elli, offer, 2_00)
    serves(avustajat, elli)
    begin(stage)
    before = stage.left(elli)
    desk = avustajat.at(language="fi")
    # Only what was ordered can be chosen: the day activity is in the tray and not in the plan.
    form = desk.get("today/enter/")
    assert re.findall(r'<option value="(\d+)"', form) == [str(order.pk)]
    # More than was ordered is refused, whatever way it comes.
    data = {"order": order.pk, "reference": "a-1", "day": "5.3.2019", "starts": "8.00"}
    desk.post("today/enter/", 422, **data, ends="11.00")
    rows = f"{order.pk};a-2;5.3.2019;8.00;11.00\n{order.pk + 1000};a-3;5.3.2019;8.00;9.00"
    tried = desk.post("visits/table/", 200, words=rows, do="try").context["tried"]["counts"]
    assert (tried.taken, tried.refused) == (0, 2)
    desk.post("today/enter/", **data, ends="10.00")
    assert Visit.objects.get().payable_cents == Money.of("56.00").cents
    # The budget itself paid nothing more than the order held.
    assert stage.left(elli) == before
    assert verify_books() == []
