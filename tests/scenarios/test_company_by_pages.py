"""A company runs its services by its pages: what the client chose is answered, served and told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.cast import Stage
from tests.company_pages import PRICES, Clock, Company, company, visit_stage
from tests.mission import shows
from valinta.messages.actions import open_thread
from valinta.messages.states import Route
from valinta.orders.models import Order
from valinta.orders.states import OrderState
from valinta.plans.states import Way
from valinta.providers.levels import Level
from valinta.providers.models import Sector


@pytest.fixture
def stage(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Stage:
    settings.DEMO = True
    Clock(monkeypatch)
    return visit_stage()


def ordered_from(one: Company, name: str) -> Order:
    """What a client has just ordered from the company."""
    client = one.stage.client(name)
    one.stage.grant(client, {"home-care": (Way.BUDGET, 40_00, False)})
    offers = one.provider.approvals.get(programme=one.stage.programme).offers
    offer = offers.first() or one.stage.offer(one.provider, "home-care", PRICES)
    return one.stage.order(client, offer, 8_00, accepted=False)


@shows("KEU-7")
def test_the_company_a_client_chose_answers_in_time_and_shows_when_it_is_free(
    stage: Stage,
) -> None:
    chosen = company(stage)
    order = ordered_from(chosen, "Aino")
    office = chosen.at(Level.OFFICE)
    assert "1 order to answer" in office.get("")
    office.post(f"orders/{order.pk}/accept/")
    order.refresh_from_db()
    assert order.state == OrderState.ACCEPTED
    office.post(f"prices/{order.offer_id}/capacity/", takes="1", next_free_on="2019-04-02")
    page = office.browser.get(f"/providers/{chosen.provider.pk}/").content.decode()
    assert "2\xa0Apr" in page


@shows("KEU-11")
def test_a_question_to_the_company_is_answered_by_the_worker_who_serves_the_client(
    stage: Stage,
) -> None:
    chosen = company(stage)
    order = ordered_from(chosen, "Aino")
    office, worker = chosen.at(Level.OFFICE), chosen.at(Level.WORKER)
    office.post(f"orders/{order.pk}/accept/")
    thread = open_thread(
        client=order.client, route=Route.PROVIDER, subject="Avain", words="Missä avain on?",
        provider=chosen.provider, by=stage.actor(order.client), at=stage.now,
    )  # fmt: skip
    worker.get(f"messages/{thread.pk}/", 404)
    office.post(f"clients/{order.client_id}/assign/", user=chosen.people[Level.WORKER].pk)
    worker.post(f"messages/{thread.pk}/", words="Eteisen kaapissa.")
    assert thread.messages.order_by("-pk")[0].words == "Eteisen kaapissa."


@shows("KAI-5")
@pytest.mark.parametrize("sector", [Sector.PUBLIC, Sector.PRIVATE, Sector.THIRD])
def test_each_kind_of_provider_runs_its_orders_by_the_same_pages(
    stage: Stage, sector: Sector
) -> None:
    chosen = company(stage, f"Tuottaja {sector}")
    type(chosen.provider).objects.filter(pk=chosen.provider.pk).update(sector=sector)
    order = ordered_from(chosen, "Veli")
    chosen.at(Level.OFFICE).post(f"orders/{order.pk}/accept/")
    order.refresh_from_db()
    assert order.state == OrderState.ACCEPTED
    assert order.placed_at.date() == date(2019, 3, 1)
    assert order.client.full_name in chosen.at(Level.OFFICE).get("clients/")


@shows("KEU-13")
def test_where_other_bills_go_is_shown_to_companies_and_to_anybody(stage: Stage) -> None:
    one, organiser = company(stage), stage.organiser
    shown = one.at(Level.OFFICE).get("statements/")
    public = one.at(Level.OFFICE).browser.get(
        f"/programmes/{organiser.code}/{stage.programme.code}/provider/"
    )
    for page in (shown, public.content.decode()):
        assert organiser.ovt in page and organiser.einvoice_operator_code in page
        assert all(line in page for line in organiser.scanning_address)
