"""The client's home page: its figures come from the ledger, and its answers reach the visit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.unit.web import rows
from tests.unit.web.conftest import signed_in
from tests.unit.web.rows import TODAY, Scene
from valinta.budgets.models import Budget, Pot
from valinta.clients.models import Enrolment
from valinta.organisers import tenancy
from valinta.visits.models import Visit
from valinta.web.casework.caseload import caseload
from valinta.web.casework.record import client_record
from valinta.web.client.picture import home_picture
from valinta.web.picture import budget_picture, segments


def queries(work: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as seen:
        work()
    return len(seen)


def more_rows(world: Scene) -> None:
    """Two more of everything that Aino's pages list."""
    enrolment = Enrolment.objects.get(client=world.aino)
    free = Pot.objects.get(budget__enrolment=enrolment, service=None)
    for code in ("siivous", "ulkoilu"):
        part = rows.order(world, enrolment, code, free, 3000, 200)
        rows.visits(world, part, 500, 1, state="accepted")


def test_the_picture_adds_up_to_the_budget_of_the_month(world: Scene) -> None:
    picture = budget_picture(world.aino.pk, TODAY)
    assert picture is not None
    assert picture.granted == 124000
    assert picture.paid == 7 * 4825 + 2400 + 1800
    assert picture.booked == (60600 - 7 * 4825 - 2400) + (7200 - 1800) + 2950
    assert picture.kept == 19200 - 7200
    assert picture.free == 104800 - 60600 - 2950
    assert picture.paid + picture.booked + picture.kept + picture.free == picture.granted
    assert [names["fi"] for names in picture.kept_for] == ["Suihkuapu"]


def test_there_is_no_picture_for_a_month_without_a_budget(world: Scene) -> None:
    assert budget_picture(world.aino.pk, date(2020, 12, 1)) is None
    Budget.objects.filter(enrolment__client=world.aino).update(state="ended")
    assert budget_picture(world.aino.pk, TODAY) is None


def test_the_bar_has_no_part_without_money_and_fills_the_whole() -> None:
    parts = segments((("paid", 100), ("booked", 0), ("free", 300)))
    assert [(one.kind, one.start_percent, one.width_percent) for one in parts] == [
        ("paid", "0.000%", "25.000%"),
        ("free", "25.000%", "75.000%"),
    ]
    assert segments((("paid", 0), ("free", 0))) == []


def test_the_home_page_takes_as_many_queries_for_three_rows_as_for_one(world: Scene) -> None:
    def read() -> None:
        home_picture(world.aino, TODAY)
        client_record(world.aino, TODAY)
        caseload([world.aino.pk], {world.organiser.pk: TODAY})

    few = queries(read)
    more_rows(world)
    assert len(home_picture(world.aino, TODAY).to_confirm) == 3
    assert queries(read) == few


def test_whole_pages_take_as_many_queries_for_three_rows_as_for_one(world: Scene) -> None:
    aino, leena = signed_in(world, "aino"), signed_in(world, "leena")
    pages = ((aino, "/my/"), (leena, "/casework/"), (leena, f"/casework/clients/{world.aino.pk}/"))
    for browser, page in pages:
        browser.get(page)
    few = [queries(lambda b=browser, p=page: b.get(p)) for browser, page in pages]
    with tenancy.scope([world.organiser.pk]):
        more_rows(world)
    assert [queries(lambda b=browser, p=page: b.get(p)) for browser, page in pages] == few


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", ["412,50\u00a0€", "vapaana marraskuussa", "1\u00a0240,00\u00a0€", "8 / 12 käyntiä"]),
        ("sv", ["412,50\u00a0€", "fritt i november", "1\u00a0240,00\u00a0€", "8 / 12 besök"]),
        ("en", ["€412.50", "free in November", "€1,240.00", "8 / 12 visits"]),
    ],
)
def test_the_page_says_the_figures_in_the_readers_language(
    language: str, words: list[str], world: Scene
) -> None:
    browser = signed_in(world, "aino")
    browser.cookies["django_language"] = language
    text = browser.get("/my/").content.decode()
    for word in words:
        assert word in text


def test_a_voucher_shows_what_is_left_and_what_the_client_pays(world: Scene) -> None:
    (voucher,) = home_picture(world.onni, TODAY).vouchers
    assert (voucher.granted, voucher.paid, voucher.booked) == (30000, 3 * 2500, 20000 - 3 * 2500)
    assert voucher.free == 10000
    assert voucher.self_pay == 3 * 400
    text = signed_in(world, "onni").get("/my/").content.decode()
    assert "100,00\u00a0€" in text
    assert "12,00\u00a0€" in text


def test_yes_confirms_the_visit_once(world: Scene) -> None:
    browser = signed_in(world, "aino")
    address = f"/my/visits/{world.waiting.pk}/confirm/"
    assert browser.get(address).status_code == 405
    assert "vahvistettu" in browser.post(address, follow=True).content.decode()
    assert "on jo vastattu" in browser.post(address, follow=True).content.decode()
    with tenancy.scope([world.organiser.pk]):
        visit = Visit.objects.get(pk=world.waiting.pk)
    assert visit.state == "confirmed"
    assert visit.decided_at is not None
    assert visit.decided_at.date() == TODAY


def test_no_needs_a_reason_and_then_disputes_the_visit(world: Scene) -> None:
    browser = signed_in(world, "aino")
    browser.cookies["django_language"] = "fi"
    address = f"/my/visits/{world.waiting.pk}/dispute/"
    empty = browser.post(address, {"reason": "  "})
    assert empty.status_code == 422
    assert empty.content.decode().count("Kerro muutamalla sanalla") == 2
    too_long = browser.post(address, {"reason": "<b>pitkä</b> " * 400})
    assert "enintään 2 000 merkkiä" in too_long.content.decode().replace("\u00a0", " ")
    assert "&lt;b&gt;pitkä&lt;/b&gt; &lt;b&gt;pitkä" in too_long.content.decode()
    browser.post(address, {"reason": "Kukaan ei tullut."})
    with tenancy.scope([world.organiser.pk]):
        visit = Visit.objects.get(pk=world.waiting.pk)
    assert (visit.state, visit.reason) == ("disputed", "Kukaan ei tullut.")


def test_the_menu_leads_to_the_clients_pages_from_the_first_page_too(world: Scene) -> None:
    text = signed_in(world, "aino").get("/my/").content.decode()
    menu = text.split('<nav class="menu"')[1].split("</nav>")[0]
    for page in ("", "orders/", "plan/", "messages/"):
        assert f'href="/my/{world.aino.pk}/{page}"' in menu
    assert f'<a href="/my/{world.aino.pk}/" aria-current="page">' in menu


def test_a_page_of_another_client_leads_to_none_of_their_pages(world: Scene) -> None:
    answer = signed_in(world, "aino").get(f"/my/{world.onni.pk}/orders/")
    assert answer.status_code == 404
    menu = answer.content.decode().split('<nav class="menu"')[1].split("</nav>")[0]
    assert 'href="/my/"' in menu
    assert f"/my/{world.onni.pk}/" not in menu


def test_a_dispute_after_its_time_says_whom_to_tell(world: Scene) -> None:
    long_ago = rows.AT - timedelta(days=30)
    Visit.objects.filter(pk=world.waiting.pk).update(recorded_at=long_ago)
    browser = signed_in(world, "aino")
    browser.cookies["django_language"] = "fi"
    address = f"/my/visits/{world.waiting.pk}/dispute/"
    answer = browser.post(address, {"reason": "Kukaan ei tullut."}, follow=True)
    assert "Tätä käyntiä ei voi enää kiistää" in answer.content.decode()
    with tenancy.scope([world.organiser.pk]):
        assert Visit.objects.get(pk=world.waiting.pk).state == "accepted"


def test_a_person_acting_for_another_always_sees_for_whom(world: Scene) -> None:
    text = signed_in(world, "kaisa").get("/my/").content.decode()
    assert 'class="acting"' in text
    assert 'class="acting"' not in signed_in(world, "aino").get("/my/").content.decode()


def test_an_empty_page_says_what_will_be_here(world: Scene) -> None:
    rows.user(world, "eila", "Eila Uusi", "client")
    rows.client(world, "eila", "020340-903D", date(1940, 3, 2))
    browser = signed_in(world, "eila")
    browser.cookies["django_language"] = "fi"
    assert "Tässä näet palvelut" in browser.get("/my/").content.decode()
