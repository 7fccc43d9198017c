"""The month of a company: what became of visits, mending, correcting, taking back, spreadsheets."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.company_pages import (
    DAY,
    Clock,
    Company,
    Desk,
    begin,
    company,
    hired,
    ordered,
    served,
    told_at,
    visit_stage,
)
from tests.order_pages import back_in_scope, order_stage
from valinta.clients.models import Client
from valinta.orders.models import Order
from valinta.processes.dispute_visit import dispute_in_words
from valinta.processes.verify_books import verify_books
from valinta.providers.levels import Level
from valinta.visits.actions import confirm_visit
from valinta.visits.codes import Code
from valinta.visits.models import Batch, Mending, RefusedLine, Visit
from valinta.visits.states import VisitState
from valinta.visits.tables import COLUMNS, table_lines, titles, unknown_titles


@pytest.fixture
def kotiapu(db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Company:
    settings.DEMO = True
    Clock(monkeypatch)
    return company(visit_stage())


@pytest.fixture
def order(kotiapu: Company) -> Order:
    made = served(kotiapu)
    begin(kotiapu.stage)
    return made


@pytest.fixture
def desk(kotiapu: Company, order: Order) -> Desk:
    return kotiapu.at()


def phone(order: Order, reference: str, first: int, last: int) -> dict[str, object]:
    times = {"started_at": told_at(first), "ended_at": told_at(last)}
    return {"reference": reference, "order": order.pk, "kind": "visit", **times}


def visit(desk: Desk, order: Order, reference: str = "v-1", first: int = 8) -> Visit:
    (answer,) = desk.send(phone(order, reference, first, first + 1))
    assert answer["outcome"] in ("taken", "in_review"), answer
    return Visit.objects.get(reference=reference)


def refused(desk: Desk, order: Order, reference: str = "v-9") -> RefusedLine:
    desk.send(phone(order, reference, 14, 15))
    return RefusedLine.objects.get(reference=reference)


def fields(order: Order, **more: object) -> dict[str, object]:
    return {"order": order.pk, "reference": "v-9", "day": DAY, "starts": "9.00",
            "ends": "10.00", **more}  # fmt: skip


def heap(page: str, name: str) -> int:
    """How many visits a heap of the month says it has."""
    found = re.search(rf"{name} <strong>(\d+)</strong>", page)
    assert found, name
    return int(found[1])


def test_the_month_shows_each_visit_by_what_became_of_it(desk: Desk, order: Order) -> None:
    stage = desk.company.stage
    aino = stage.actor(order.client)
    visit(desk, order, "v-1", 7)
    confirmed, disputed = visit(desk, order, "v-2", 8), visit(desk, order, "v-3", 9)
    in_review = visit(desk, order, "v-4", 9)
    refused(desk, order)
    confirm_visit(visit_id=confirmed.pk, by=aino, at=stage.now)
    dispute_in_words(visit_id=disputed.pk, picked="", words="Ei tultu.", by=aino, at=stage.now)
    desk.post(f"visits/{visit(desk, order, 'v-5', 10).pk}/delete/", reason="Väärä")
    page = desk.get("visits/")
    for name in (
        "refused lines",
        "disputed",
        "looked into",
        "recorded",
        "confirmed",
        "visit taken back",
    ):
        assert heap(page, name) == 1, name
    assert in_review.state == VisitState.IN_REVIEW
    assert "1 refused line to mend" in page
    assert "Ei tultu." in page
    assert "Väärä" in page
    only = desk.get("visits/", state="confirmed")
    assert only.count("<tr>") == 2
    assert heap(desk.get("visits/", month="2019-02"), "recorded") == 0
    for far in ("9999-12", "0001-01", "2019-13", "soon"):
        assert heap(desk.get("visits/", month=far), "recorded") == 1, far


def test_a_disputed_visit_is_talked_about_with_client_and_case_manager(
    desk: Desk, order: Order
) -> None:
    stage = desk.company.stage
    one = visit(desk, order)
    aino = stage.actor(order.client)
    dispute_in_words(visit_id=one.pk, picked="", words="Ei tultu.", by=aino, at=stage.now)
    path = f"visits/{one.pk}/"
    page = desk.get(path)
    assert "Ei tultu." in page
    assert "Write what you want to say." in desk.post(path, 422, words="").content.decode()
    desk.post(path, words="Kävimme kello kahdeksan.")
    assert "Kävimme kello kahdeksan." in desk.get(path)


def test_a_refused_line_opens_filled_in_and_is_answered_by_the_mended_one(
    desk: Desk, order: Order
) -> None:
    line = refused(desk, order)
    path = f"visits/lines/{line.pk}/mend/"
    page = desk.get(path)
    assert 'value="14:00"' in page
    assert f'<option value="{order.pk}" selected>' in page
    assert "has not ended yet" in page
    again = desk.post(path, 422, **fields(order, starts="14.00", ends="15.00"))
    assert "The visit was not taken in" in again.content.decode()
    answer = desk.post(path, **fields(order))
    taken = Visit.objects.get()
    assert answer.url.endswith(f"/visits/{taken.pk}/")
    assert Mending.objects.get().refused == line
    assert heap(desk.get("visits/"), "refused lines") == 0
    desk.get(path, 404)
    # The device that was refused sends the same once more: that is another visit's reference now.
    assert desk.send(phone(order, "v-9", 14, 15))[0]["outcome"] == "refused"
    assert (Visit.objects.count(), verify_books()) == (1, [])


def test_a_refused_line_can_be_set_aside(desk: Desk, order: Order) -> None:
    line = refused(desk, order)
    desk.post(f"visits/lines/{line.pk}/set-aside/")
    page = desk.get("visits/")
    assert "The line is set aside." in page
    assert heap(page, "refused lines") == 0
    desk.post(f"visits/lines/{line.pk}/set-aside/", 404)


def test_a_line_that_came_in_later_under_its_reference_waits_no_more(
    desk: Desk, order: Order
) -> None:
    refused(desk, order)
    desk.send(phone(order, "v-9", 14, 16))
    assert heap(desk.get("visits/"), "refused lines") == 1
    visit(desk, order, "v-9", 9)
    assert heap(desk.get("visits/"), "refused lines") == 0


def test_a_visit_is_corrected_and_the_earlier_one_points_to_it(desk: Desk, order: Order) -> None:
    one = visit(desk, order)
    path = f"visits/{one.pk}/correct/"
    page = desk.get(path)
    assert 'value="08:00"' in page
    assert 'value="v-1-2"' in page
    answer = desk.post(path, **fields(order, reference="v-1-2", starts="8.00", ends="8.30"))
    new = Visit.objects.get(reference="v-1-2")
    assert answer.url.endswith(f"/visits/{new.pk}/")
    assert new.quantity_hundredths == 50
    assert "The earlier visit that was taken back" in desk.get(f"visits/{new.pk}/")
    assert "The corrected visit" in desk.get(f"visits/{one.pk}/")
    assert verify_books() == []


def test_a_correction_that_would_be_refused_changes_nothing(desk: Desk, order: Order) -> None:
    one = visit(desk, order)
    path = f"visits/{one.pk}/correct/"
    later = desk.post(path, 422, **fields(order, reference="v-1-2", starts="14.00", ends="15.00"))
    assert "has not ended yet" in later.content.decode()
    one.refresh_from_db()
    assert one.withdrawn_at is None


def test_a_settled_visit_stays_as_it_is(desk: Desk, order: Order) -> None:
    one = visit(desk, order)
    desk.company.stage.settle(date(2019, 4, 1))
    page = desk.get(f"visits/{one.pk}/")
    assert "/delete/" not in page
    desk.post(f"visits/{one.pk}/delete/")
    assert "stays as it is" in desk.get(f"visits/{one.pk}/")
    desk.browser.get(desk.company.address(f"visits/{one.pk}/correct/"))
    back_in_scope(desk.company.stage)
    one.refresh_from_db()
    assert one.withdrawn_at is None


# ——— Spreadsheets.


def table(order: Order, *rows: str, head: str = "order;reference;day;started;ended") -> str:
    return "\n".join([head, *(row.replace("ORDER", str(order.pk)) for row in rows)])


def test_a_pasted_table_is_tried_first_and_then_sent(desk: Desk, order: Order) -> None:
    text = table(order, "ORDER;a-1;5.3.2019;9.00;10.00", "ORDER;a-2;5.3.2019;14:00;15:00")
    tried = desk.post("visits/table/", 200, words=text, do="try").content.decode()
    assert "Good 1, looked into first 0, refused 1, sent before 0." in tried
    assert "has not ended yet" in tried
    assert "a-2;5.3.2019;14:00" in tried
    assert Visit.objects.count() == Batch.objects.count() == 0
    answer = desk.post("visits/table/", words=text, do="send")
    page = desk.get(answer.url.split("/", 3)[3])
    assert "Taken in 1, looked into first 0, refused 1, sent before 0." in page
    assert "Mend" in page
    desk.post("visits/table/", words=text, do="send")
    assert (Visit.objects.count(), verify_books()) == (1, [])


def test_cells_pasted_from_a_spreadsheet_need_neither_titles_nor_references(
    desk: Desk, order: Order
) -> None:
    row = f"{order.pk}\t\t5.3.2019\t9.00\t9.30"
    text = f"{row}\n{order.pk}\t\t5.3.2019\t10.00\t10.30"
    for _ in range(2):
        desk.post("visits/table/", words=text, do="send")
    assert [one.quantity_hundredths for one in Visit.objects.all()] == [50, 50]


def test_the_template_is_read_as_it_is_given(desk: Desk, order: Order) -> None:
    for language in ("fi", "sv", "en"):
        own = desk.company.at(language=language)
        answer = own.browser.get(desk.company.address("visits/table/template/"))
        back_in_scope(desk.company.stage)
        text = answer.content.decode("utf-8-sig")
        tried = own.post("visits/table/", 200, words=text, do="try")
        assert tried.context["tried"]["counts"].taken == 1, language


def test_a_file_becomes_the_text_that_is_sent(desk: Desk, order: Order) -> None:
    text = table(order, "ORDER;ä-1;5.3.2019;9.00;10.00")
    for data in (text.encode(), text.encode("utf-16"), text.encode("cp1252")):
        file = SimpleUploadedFile("käynnit.csv", data)
        page = desk.post("visits/table/", 200, file=file, do="try").content.decode()
        assert "Good 1" in page
        assert "ä-1;5.3.2019" in page


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "Choose a file, or paste"),
        (b"PK\x03\x04\x00\x00\x00", "This is not a text file"),
        (b'order\n"open', "Line 2 cannot be read"),
        (b"order;day\n" + b"1;5.3.2019\n" * 5001, "too large for this page"),
        (b"x" * 2_000_001, "too large for this page"),
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
         "refused 1"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_says_why(desk: Desk, order: Order, data: bytes, told: str) -> None:
    answer = desk.browser.post(
        desk.company.address("visits/table/"),
        {"file": SimpleUploadedFile("a.csv", data), "do": "try"},
    )
    assert answer.status_code in (200, 422)
    assert told in answer.content.decode()


def test_a_line_says_what_is_wrong_in_the_readers_language(desk: Desk, order: Order) -> None:
    text = table(order, "ORDER;a-1;3/5/2019;9.00;10.00", "ORDER;a-2;5.3.2019;9.00;8,30")
    swedish = desk.company.at(language="sv")
    page = swedish.post("visits/table/", 200, words=text, do="try").content.decode()
    assert page.count("kan inte läsas") == 2


def test_a_table_of_many_lines_shows_those_that_ask_something(desk: Desk, order: Order) -> None:
    rows = ["ORDER;a-1;5.3.2019;9.00;9.30"] * 250 + ["ORDER;b-1;5.3.2019;14.00;15.00"]
    tried = desk.post("visits/table/", 200, words=table(order, *rows), do="try")
    assert len(tried.context["tried"]["lines"]) == 1
    assert tried.context["tried"]["counts"].repeated == 249


def test_columns_are_found_by_titles_of_any_language_in_any_order() -> None:
    rows = [(1, ["Dag", "beställning", "notes"]), (2, ["5.3.2019", "7", "hello"])]
    ((number, line),) = table_lines(rows)
    assert (number, line["order"], line["served_on"]) == (2, "7", "2019-03-05")
    assert unknown_titles(["Dag", "beställning", "notes"]) == ["notes"]
    assert len(titles("fi")) == len(COLUMNS)


@pytest.mark.parametrize(
    ("starts", "ends", "read"),
    [
        ("22.00", "6:00", ("2019-03-05T22:00:00+02:00", "2019-03-06T06:00:00+02:00")),
        ("5.3.2019 9:00", "5.3.2019 9:30", ("2019-03-05T09:00:00+02:00",
                                            "2019-03-05T09:30:00+02:00")),
        ("2019-03-05T09:00", "2019-03-05T09:30", ("2019-03-05T09:00", "2019-03-05T09:30")),
        ("9:61", "10", ("9:61", "10")),
    ],
)  # fmt: skip
def test_times_of_day_are_on_the_lines_day(starts: str, ends: str, read: tuple[str, str]) -> None:
    ((_, line),) = table_lines([(1, ["7", "a", "5.3.2019", starts, ends])])
    assert (line["started_at"], line["ended_at"]) == read


def test_the_same_lines_get_the_same_references_and_twins_their_own() -> None:
    rows = [(1, ["7", "", "5.3.2019"]), (2, ["7", "", "5.3.2019"]), (3, ["8", "", "5.3.2019"])]
    first, second = list(table_lines(rows)), list(table_lines(rows))
    assert first == second
    assert len({one.line["reference"] for one in first}) == 3


# ——— Who sees what.


@pytest.fixture
def theirs(kotiapu: Company, desk: Desk) -> tuple[Company, Visit, RefusedLine]:
    begin(kotiapu.stage, date(2019, 3, 1))
    rival = company(kotiapu.stage, "Rivaali Oy")
    order = served(rival, "Bertta")
    begin(kotiapu.stage)
    return rival, visit(rival.at(), order, "r-1"), refused(rival.at(), order, "r-9")


@pytest.mark.parametrize("level", list(Level))
def test_another_companys_visits_and_lines_are_not_there(
    kotiapu: Company, theirs: tuple[Company, Visit, RefusedLine], level: Level
) -> None:
    _, one, line = theirs
    desk = kotiapu.at(level)
    page = desk.get("visits/")
    assert "Bertta" not in page
    assert heap(page, "refused lines") == 0
    for path in (f"visits/{one.pk}/", f"visits/{one.pk}/correct/", f"visits/{one.pk}/delete/",
                 f"visits/lines/{line.pk}/mend/", f"visits/batches/{one.batch_id}/"):  # fmt: skip
        desk.get(path, 404)
    desk.post(f"visits/{one.pk}/delete/", 404)
    desk.post(f"visits/lines/{line.pk}/set-aside/", 404)
    text = f"{one.order_id}\ta-1\t5.3.2019\t9.00\t10.00"
    answer = desk.post("visits/table/", 200, words=text, do="try")
    assert answer.context["tried"]["counts"].refused == 1
    one.refresh_from_db()
    assert one.withdrawn_at is None


def test_a_worker_mends_what_they_sent_and_the_office_what_all_sent(
    kotiapu: Company, desk: Desk, order: Order
) -> None:
    line = refused(desk, order)
    mate = kotiapu.at()
    mate.browser.force_login(hired(kotiapu.stage, kotiapu.provider, Level.WORKER, "Toinen"))
    assert heap(mate.get("visits/"), "refused lines") == 0
    mate.get(f"visits/lines/{line.pk}/mend/", 404)
    office = kotiapu.at(Level.OFFICE)
    assert heap(office.get("visits/"), "refused lines") == 1
    office.post(f"visits/lines/{line.pk}/mend/", **fields(order))


@pytest.fixture
def not_served(kotiapu: Company, order: Order) -> Order:
    """An order of a client whom the worker does not serve."""
    begin(kotiapu.stage, date(2019, 3, 1))
    other = served(kotiapu, "Cecilia", by_worker=False)
    begin(kotiapu.stage)
    return other


def test_a_worker_sees_and_reports_for_the_clients_they_serve_alone(
    kotiapu: Company, desk: Desk, not_served: Order
) -> None:
    office = kotiapu.at(Level.OFFICE)
    one = visit(office, not_served, "o-1")
    assert "Cecilia" in office.get()
    assert "Cecilia" not in desk.get()
    assert "Cecilia" not in desk.get("visits/")
    desk.get(f"visits/{one.pk}/", 404)
    desk.post(f"visits/{one.pk}/delete/", 404)
    desk.post("today/start/", 404, order=not_served.pk, reference="v-1")
    assert desk.send(phone(not_served, "v-1", 10, 11))[0]["outcome"] == "refused"
    text = f"{not_served.pk}\ta-1\t5.3.2019\t10.00\t11.00"
    desk.post("visits/table/", words=text, do="send")
    assert RefusedLine.objects.get(reference="a-1").code == Code.NOT_YOUR_CLIENT
    assert Visit.objects.count() == 1


def test_each_organiser_has_its_own_visits_of_a_company_that_works_for_both(
    kotiapu: Company, desk: Desk, order: Order
) -> None:
    """Who has the role with one organiser alone sees nothing of the other's."""
    visit(desk, order)
    there = order_stage("osterbotten", date(2019, 3, 1))
    provider = there.approve(kotiapu.provider)
    greta = there.client("Greta")
    both = Company(there, provider, {Level.ADMIN: there.workers[provider.pk].user})
    assert "Aino" not in both.at(Level.ADMIN).get("visits/")
    assert Client.objects.filter(pk=greta.pk).exists()
    back_in_scope(kotiapu.stage)
    assert "Aino" in kotiapu.at(Level.ADMIN).get("visits/")


def _queries(desk: Desk, path: str) -> int:
    # What was just told is told once and taken out of the session, which is no matter of the rows.
    desk.get(path)
    with CaptureQueriesContext(connection) as asked:
        desk.get(path)
    return len(asked)


@pytest.mark.parametrize("path", ["today/", "visits/", "visits/table/"])
def test_a_page_asks_the_database_as_often_with_many_rows_as_with_few(
    kotiapu: Company, desk: Desk, order: Order, path: str
) -> None:
    begin(kotiapu.stage, date(2019, 3, 1))
    second = ordered(kotiapu, served(kotiapu, "Dora").client, "home-care")
    begin(kotiapu.stage)
    visit(desk, order, "v-1", 7)
    refused(desk, order, "w-1")
    few = _queries(desk, path)
    for number in range(8):
        desk.send({**phone(second, f"v-{number + 2}", 1, 2), "ended_at": told_at(1, number + 5)})
        refused(desk, order, f"w-{number + 2}")
    assert Visit.objects.count() > 5
    assert _queries(desk, path) == few
