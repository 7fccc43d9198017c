"""Running a company by its pages: orders, clients by worker, prices, messages, ends."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import Stage, moment
from tests.company_pages import (
    DAY,
    PRICES,
    Clock,
    Company,
    begin,
    company,
    hired,
    served,
    serves,
    visit_stage,
)
from tests.order_pages import set_day
from valinta.catalogue.models import Price
from valinta.messages.actions import open_thread
from valinta.messages.models import NoticeChoice, Thread
from valinta.messages.states import Route
from valinta.orders.models import Cancellation, Moving, Order
from valinta.orders.states import OrderState
from valinta.plans.states import Way
from valinta.processes.answer_in_time import decline_unanswered
from valinta.providers.levels import Level
from valinta.users.actor import system


@pytest.fixture
def stage(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Stage:
    settings.DEMO = True
    Clock(monkeypatch)
    return visit_stage()


@pytest.fixture
def kotiapu(stage: Stage) -> Company:
    return company(stage)


def placed(one: Company, name: str = "Impi") -> Order:
    """An order that waits for the company's answer."""
    stage = one.stage
    client = stage.client(name)
    stage.grant(client, {"home-care": (Way.BUDGET, 40_00, False)})
    offers = one.provider.approvals.get(programme=stage.programme).offers
    offer = offers.first() or stage.offer(one.provider, "home-care", PRICES)
    return stage.order(client, offer, 8_00, accepted=False)


def test_the_home_page_says_what_is_due(kotiapu: Company) -> None:
    placed(kotiapu)
    home = kotiapu.at(Level.OFFICE).get("")
    assert "1 order to answer" in home and "4 Mar" in home
    assert "Next payment" in home
    assert "order to answer" not in kotiapu.at(Level.WORKER).get("")


def test_an_order_is_accepted_from_the_list(kotiapu: Company) -> None:
    order = placed(kotiapu)
    desk = kotiapu.at(Level.OFFICE)
    assert "Answer by Mon 4 Mar" in desk.get("orders/")
    desk.post(f"orders/{order.pk}/accept/")
    assert "The order is accepted" in desk.get("orders/")
    order.refresh_from_db()
    assert order.state == OrderState.ACCEPTED
    desk.post(f"orders/{order.pk}/accept/")
    assert "answered or taken back already" in desk.get("orders/")


def test_declining_needs_a_reason_and_frees_the_money(kotiapu: Company) -> None:
    order = placed(kotiapu)
    before = kotiapu.stage.left(order.client)
    desk = kotiapu.at(Level.OFFICE)
    answer = desk.post(f"orders/{order.pk}/decline/", 422, reason=" ")
    assert "Write why; the client reads it." in answer.content.decode()
    desk.post(f"orders/{order.pk}/decline/", reason="Meillä ei ole tilaa.")
    order.refresh_from_db()
    assert (order.state, order.close_reason) == (OrderState.DECLINED, "Meillä ei ole tilaa.")
    assert kotiapu.stage.left(order.client) > before


def test_a_worker_answers_no_order(kotiapu: Company) -> None:
    order = placed(kotiapu)
    serves(kotiapu, order.client)
    desk = kotiapu.at(Level.WORKER)
    assert "Accept the order" not in desk.get(f"orders/{order.pk}/")
    desk.post(f"orders/{order.pk}/accept/", 403)


def test_an_order_is_declined_by_itself_the_day_after_its_last(kotiapu: Company) -> None:
    stage, order = kotiapu.stage, placed(kotiapu)
    by = system(stage.organiser.pk)
    user = order.client.user_id
    assert user is not None
    NoticeChoice.objects.create(
        organiser=stage.organiser, user_id=user, email="a@example.fi",
        chosen_at=stage.now, confirmed_at=stage.now,
    )  # fmt: skip
    last = date(2019, 3, 4)
    assert decline_unanswered(organiser_id=stage.organiser.pk, by=by, at=moment(last, 23)) == 0
    after = moment(last + timedelta(days=1), 0)
    assert decline_unanswered(organiser_id=stage.organiser.pk, by=by, at=after) == 1
    assert decline_unanswered(organiser_id=stage.organiser.pk, by=by, at=after) == 0
    order.refresh_from_db()
    assert order.state == OrderState.DECLINED
    assert stage.organiser.notice_set.filter(user_id=user).count() == 1
    assert "Nobody answered in time." in kotiapu.at(Level.OFFICE).get("orders/", over=1)


def test_a_worker_sees_the_clients_given_to_them_and_no_others(kotiapu: Company) -> None:
    aino = served(kotiapu, "Aino", by_worker=False)
    veli = served(kotiapu, "Veli")
    desk = kotiapu.at(Level.WORKER)
    shown = desk.get("clients/")
    assert veli.client.full_name in shown and aino.client.full_name not in shown
    for path in ("clients/{0.client_id}/", "orders/{0.pk}/", "clients/{0.client_id}/write/"):
        desk.get(path.format(aino), 404)
        desk.get(path.format(veli))
    office = kotiapu.at(Level.OFFICE)
    assert aino.client.full_name in office.get("clients/")


def test_the_office_gives_a_client_to_a_worker_and_takes_it_back(kotiapu: Company) -> None:
    order = served(kotiapu, by_worker=False)
    office, worker = kotiapu.at(Level.OFFICE), kotiapu.at(Level.WORKER)
    own = f"clients/{order.client_id}/"
    office.post(f"{own}assign/", user=kotiapu.people[Level.WORKER].pk)
    assert "The worker sees the client from now on" in office.get(own)
    assert order.client.full_name in worker.get(own)
    (given,) = order.client.assignments.all()
    worker.post(f"{own}unassign/{given.pk}/", 403)
    office.post(f"{own}unassign/{given.pk}/")
    worker.get(own, 404)
    assert not order.client.assignments.exists()


def test_only_people_of_the_company_are_given_clients(kotiapu: Company) -> None:
    order = served(kotiapu, by_worker=False)
    other = company(kotiapu.stage, "Toinen Oy")
    desk = kotiapu.at(Level.OFFICE)
    desk.post(f"clients/{order.client_id}/assign/", user=other.people[Level.WORKER].pk)
    assert not order.client.assignments.exists()
    other.at(Level.ADMIN).get(f"clients/{order.client_id}/", 404)


def test_a_message_of_a_client_reaches_their_worker_and_no_other(kotiapu: Company) -> None:
    stage, order = kotiapu.stage, served(kotiapu)
    other = hired(stage, kotiapu.provider, Level.WORKER, "Toinen työntekijä")
    thread = open_thread(
        client=order.client, route=Route.PROVIDER, subject="Avain", words="Missä avain on?",
        provider=kotiapu.provider, by=stage.actor(order.client), at=stage.now,
    )  # fmt: skip
    desk = kotiapu.at(Level.WORKER)
    assert "1 conversation with a new message" in desk.get("")
    assert "Missä avain on?" in desk.get(f"messages/{thread.pk}/")
    desk.post(f"messages/{thread.pk}/", words="Eteisessä.")
    assert [one.words for one in thread.messages.order_by("pk")] == [
        "Missä avain on?",
        "Eteisessä.",
    ]
    kotiapu.people[Level.WORKER] = other
    kotiapu.at(Level.WORKER).get(f"messages/{thread.pk}/", 404)


def test_the_company_writes_to_its_client_first(kotiapu: Company) -> None:
    order = served(kotiapu)
    desk = kotiapu.at(Level.WORKER)
    desk.post(f"clients/{order.client_id}/write/", 422, subject="", words="")
    desk.post(f"clients/{order.client_id}/write/", subject="Loma", words="Olen lomalla.")
    thread = Thread.objects.get(client=order.client)
    assert (thread.route, thread.provider, thread.subject) == (
        Route.PROVIDER, kotiapu.provider, "Loma",
    )  # fmt: skip


def test_the_week_shows_planned_visits_and_those_called_off(kotiapu: Company) -> None:
    order = served(kotiapu)
    begin(kotiapu.stage, DAY - timedelta(days=1))
    desk = kotiapu.at(Level.WORKER)
    week = desk.get("orders/week/", day="2019-03-05")
    assert "9:00–10:00" in week and "called off" not in week
    day = "2019-03-12"
    assert "It is in time" in desk.get(f"orders/{order.pk}/call-off/", day=day)
    desk.post(f"orders/{order.pk}/call-off/?day={day}", who="client")
    assert "called off" in desk.get("orders/week/", day=day)
    assert Cancellation.objects.get(order=order).in_time


def test_a_late_call_by_the_client_is_paid_and_the_companys_own_is_not(kotiapu: Company) -> None:
    order = served(kotiapu)
    begin(kotiapu.stage, DAY)
    desk = kotiapu.at(Level.WORKER)
    page = desk.get(f"orders/{order.pk}/call-off/", day="2019-03-05")
    assert "It is late" in page and "100 per cent" in page
    desk.post(f"orders/{order.pk}/call-off/?day=2019-03-05", who="client")
    assert not Cancellation.objects.get(order=order).in_time
    Cancellation.objects.all().delete()
    desk.post(f"orders/{order.pk}/call-off/?day=2019-03-05", who="company")
    assert Cancellation.objects.get(order=order).in_time


def test_capacity_is_shown_in_the_tray(kotiapu: Company) -> None:
    offer = served(kotiapu).offer
    desk = kotiapu.at(Level.OFFICE)
    desk.post(f"prices/{offer.pk}/capacity/", 422, takes="1", next_free_on="ensi viikko")
    desk.post(f"prices/{offer.pk}/capacity/", takes="1", next_free_on="2019-04-02")
    tray = kotiapu.at(Level.OFFICE).browser.get(f"/providers/{kotiapu.provider.pk}/")
    assert tray.status_code == 200 and "2\xa0Apr" in tray.content.decode()
    kotiapu.at(Level.WORKER).post(f"prices/{offer.pk}/capacity/", 403)


def test_new_prices_are_looked_at_and_then_told_with_notice(kotiapu: Company) -> None:
    order = served(kotiapu)
    admin = kotiapu.at(Level.ADMIN)
    path = f"prices/{order.offer_id}/change/"
    kotiapu.at(Level.OFFICE).get(path, 403)
    assert "1 Jul" in admin.get(path)
    asked: dict[str, Any] = {"price-weekday-day": "32,50", "starts_on": "2019-07-01"}
    early = admin.post(path, 422, **asked | {"starts_on": "2019-03-20"})
    assert "Choose one of the days below." in early.content.decode()
    look = admin.post(path, 200, **asked).content.decode()
    assert "€30.00" in look and "€32.50" in look
    assert not Price.objects.filter(offer=order.offer_id, cents=32_50).exists()
    admin.post(path, **asked, send="1")
    price = Price.objects.get(offer=order.offer_id, cents=32_50)
    assert price.valid.lower == date(2019, 7, 1)
    assert "€32.50 from" in admin.get("prices/")


def test_each_client_whom_new_prices_touch_is_written_to(kotiapu: Company) -> None:
    stage = kotiapu.stage
    order = served(kotiapu)
    Order.objects.filter(pk=order.pk).update(valid=(date(2019, 3, 1), date(2020, 1, 1)))
    admin = kotiapu.at(Level.ADMIN)
    path = f"prices/{order.offer_id}/change/"
    asked: dict[str, Any] = {"price-weekday-day": "32,50", "starts_on": "2019-07-01"}
    assert "1 client is touched" in admin.post(path, 200, **asked).content.decode()
    admin.post(path, **asked, words="Palkat nousivat.", send="1")
    (thread,) = Thread.objects.filter(client=order.client)
    (said,) = thread.messages.all()
    assert "1.7.2019" in thread.subject and "32,50" in said.words
    assert said.words.endswith("Palkat nousivat.")
    assert stage.organiser.pk == thread.organiser_id


def test_a_price_above_the_ceiling_is_refused_with_the_ceiling(kotiapu: Company) -> None:
    order = served(kotiapu)
    admin = kotiapu.at(Level.ADMIN)
    path = f"prices/{order.offer_id}/change/"
    asked: dict[str, Any] = {"price-weekday-day": "900,00", "starts_on": "2019-07-01"}
    answer = admin.post(path, 422, **asked, send="1")
    assert "allows at most" in answer.content.decode()


def test_serving_a_client_ends_after_the_notice_and_nobody_is_left_alone(
    kotiapu: Company,
) -> None:
    order = served(kotiapu)
    desk = kotiapu.at(Level.OFFICE)
    path = f"clients/{order.client_id}/end/"
    assert "31 Mar" in desk.get(path)
    early = desk.post(path, 422, ends_on="2019-03-20", reason="Muutamme pois.")
    assert "Choose a day after the notice." in early.content.decode()
    desk.post(path, ends_on="2019-03-31", reason="Muutamme pois.")
    order.refresh_from_db()
    assert order.valid.upper == date(2019, 3, 31)
    moving = Moving.objects.get(order=order)
    assert (moving.ends_on, moving.settled_at) == (date(2019, 3, 31), None)
    (thread,) = Thread.objects.filter(client=order.client)
    assert "Muutamme pois." in thread.messages.get().words


def test_a_company_leaves_the_programme_after_the_notice(kotiapu: Company) -> None:
    order = served(kotiapu)
    Order.objects.filter(pk=order.pk).update(valid=(date(2019, 3, 1), date(2020, 1, 1)))
    admin = kotiapu.at(Level.ADMIN)
    approval = kotiapu.provider.approvals.get()
    path = f"leave/{approval.pk}/"
    kotiapu.at(Level.OFFICE).get(path, 403)
    assert "1 client has to find another provider" in admin.get(path)
    admin.post(path, 422, ends_on="2019-04-01", reason="Lopetamme.")
    admin.post(path, ends_on="2019-06-01", reason="Lopetamme.")
    approval.refresh_from_db()
    assert approval.valid.upper == date(2019, 6, 1)
    assert Moving.objects.filter(order=order).exists()
    assert Thread.objects.filter(client=order.client).count() == 1


def test_the_pages_of_a_day_move_with_the_clock(kotiapu: Company) -> None:
    placed(kotiapu)
    set_day(kotiapu.stage, date(2019, 3, 4))
    assert "Answer by Mon" in kotiapu.at(Level.OFFICE).get("orders/")
