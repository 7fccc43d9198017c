"""A company with more clients than fit at once: pages in parts, forms that ask for the client."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.company_pages import DAY, Clock, Company, begin, company, served, visit_stage
from valinta.orders.models import Order
from valinta.providers.levels import Level
from valinta.visits.models import Visit
from valinta.web.provider import calendar, today_picture, visit_scope

NAMES = ["Aino", "Bertta", "Eino"]


@pytest.fixture
def kotiapu(db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Company:
    settings.DEMO = True
    Clock(monkeypatch)
    return company(visit_stage())


@pytest.fixture
def orders(kotiapu: Company) -> list[Order]:
    made = [served(kotiapu, one, by_worker=False) for one in NAMES]
    begin(kotiapu.stage)
    return made


@pytest.fixture
def few_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in (today_picture, calendar):
        monkeypatch.setattr(place, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(visit_scope, "MOST_CHOICES", 2)


def shown(page: str) -> list[str]:
    """The clients' names on the cards, in order, each once."""
    return list(dict.fromkeys(re.findall(rf"({'|'.join(NAMES)}) \w\.", page)))


def test_the_day_has_the_same_visits_a_page_at_a_time(
    kotiapu: Company, orders: list[Order], few_fit: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = kotiapu.at(Level.OFFICE)
    assert shown(desk.get("today/")) == NAMES
    monkeypatch.setattr(today_picture, "ON_A_PAGE", 2)
    assert shown(desk.get("today/", page=1)) == NAMES[:2]
    assert shown(desk.get("today/", page=2)) == NAMES[2:]
    # Another day keeps being that day on its next page.
    other = desk.get("today/", day="2019-03-12")
    assert 'href="?day=2019-03-12&amp;page=2"' in other
    # On a day without visits there is nothing to show.
    assert shown(desk.get("today/", day="2019-03-06")) == []


def test_what_goes_on_comes_first(
    kotiapu: Company, orders: list[Order], few_fit: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(today_picture, "ON_A_PAGE", 1)
    desk = kotiapu.at(Level.OFFICE)
    desk.post("today/start/", order=orders[2].pk, reference="v-begun")
    assert shown(desk.get("today/")) == ["Eino"]


def test_the_week_has_the_same_visits_in_part(
    kotiapu: Company, orders: list[Order], few_fit: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = kotiapu.at(Level.OFFICE)
    whole = desk.get("orders/week/")
    assert shown(whole) == NAMES
    assert whole.count("9:00–10:00") == len(NAMES)
    monkeypatch.setattr(calendar, "A_BEGINNING", 2)
    part = desk.get("orders/week/")
    # Aino and Bertta have two each.
    assert "2 more visits: see the whole day" in part
    assert f"?day={DAY.isoformat()}" in part


def test_a_visit_is_entered_for_a_client_found_by_name_or_number(
    kotiapu: Company, orders: list[Order], few_fit: None
) -> None:
    desk = kotiapu.at(Level.OFFICE)
    form = desk.get("today/enter/")
    assert "Find the client" in form
    assert shown(form) == []
    typed = {"reference": "r-1", "day": "2019-03-05", "starts": "9.00", "ends": "10.00"}
    for words in ("bert", "BERTTA", str(orders[1].pk)):
        answer = desk.post("today/enter/", 200, **typed, find="1", find_words=words)
        page = answer.content.decode()
        assert shown(page) == ["Bertta"]
        assert 'value="9.00"' in page
    assert Visit.objects.count() == 0
    desk.post("today/enter/", **typed, order=orders[1].pk)
    assert Visit.objects.get().order_id == orders[1].pk


def test_whoever_is_not_found_is_told_of(
    kotiapu: Company, orders: list[Order], few_fit: None
) -> None:
    desk = kotiapu.at(Level.OFFICE)
    for words in ("zzz", "0", "q\x00", "٣", "9" * 30):
        page = desk.post("today/enter/", 200, reference="r", find="1", find_words=words)
        assert "Nobody was found." in page.content.decode()


def test_a_worker_finds_own_clients_only(
    kotiapu: Company, orders: list[Order], few_fit: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visit_scope, "MOST_CHOICES", 1)
    begin(kotiapu.stage, date(2019, 3, 1))
    served(kotiapu, "Hilma")
    served(kotiapu, "Impi")
    begin(kotiapu.stage)
    desk = kotiapu.at(Level.WORKER)
    page = desk.post("today/enter/", 200, reference="r", find="1", find_words="bertta")
    assert "Bertta" not in page.content.decode().replace('value="bertta"', "")
    again = desk.post("today/enter/", 200, reference="r", find="1", find_words="hilma")
    assert "Hilma" in again.content.decode()


def test_a_visit_is_corrected_with_its_own_order_at_hand(
    kotiapu: Company, orders: list[Order], few_fit: None
) -> None:
    desk = kotiapu.at(Level.OFFICE)
    desk.post("today/enter/", reference="r-2", order=orders[0].pk, day="2019-03-05",
              starts="9.00", ends="10.00")  # fmt: skip
    visit = Visit.objects.get()
    form = desk.get(f"visits/{visit.pk}/correct/")
    assert f'<option value="{orders[0].pk}" selected>' in form
    assert shown(form) == ["Aino"]


def test_the_day_takes_as_many_queries_for_three_clients_as_for_many(
    kotiapu: Company, orders: list[Order], few_fit: None
) -> None:
    desk = kotiapu.at(Level.OFFICE)

    def queries(path: str) -> int:
        desk.get(path)
        with CaptureQueriesContext(connection) as asked:
            desk.get(path)
        return len(asked)

    few = {path: queries(path) for path in ("today/", "orders/week/", "today/enter/")}
    begin(kotiapu.stage, date(2019, 3, 1))
    for name in ("Saimi", "Urho", "Veikko"):
        served(kotiapu, name, by_worker=False)
    begin(kotiapu.stage)
    assert {path: queries(path) for path in few} == few
