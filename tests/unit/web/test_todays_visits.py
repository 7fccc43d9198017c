"""Today's visits of a company: start, stop, enter after, the code, and what a device kept."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client as Browser
from pytest_django import Settings

from tests.company_pages import (
    DAY,
    Clock,
    Company,
    begin,
    company,
    hired,
    served,
    told_at,
    visit_stage,
)
from valinta.audit.models import Entry
from valinta.clients.actions import record_absence
from valinta.config.whole_requests import Whole
from valinta.orders.models import Order
from valinta.organisers.clock import now
from valinta.processes.verify_books import verify_books
from valinta.providers.levels import Level
from valinta.shared.periods import Period
from valinta.visits.code_actions import make_code
from valinta.visits.models import RefusedLine, StartedVisit, Visit, VisitCode


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def kotiapu(db: None, settings: Settings, clock: Clock) -> Company:
    settings.DEMO = True
    return company(visit_stage())


@pytest.fixture
def order(kotiapu: Company) -> Order:
    made = served(kotiapu)
    begin(kotiapu.stage)
    return made


def references(page: str) -> list[str]:
    """The references of the visits to come, in order."""
    return re.findall(r'<article[^>]*data-reference="(v-[0-9a-f]+)"', page)


def phone(order: Order, reference: str, first: str, last: str = "") -> dict[str, object]:
    kind = {"kind": "visit", "ended_at": last} if last else {"kind": "start"}
    return {"reference": reference, "order": order.pk, "started_at": first, **kind}


def test_the_day_shows_what_is_planned_with_what_is_left(kotiapu: Company, order: Order) -> None:
    page = kotiapu.at().get()
    assert page.count('class="ds-card card visit-card') == 2
    assert re.search(r"9:00–10:00\s+Aino", page)
    assert "Left this month" in page
    assert order.client.family_name not in re.sub(r"<title>.*?</title>", "", page)
    assert Entry.objects.filter(verb="read", purpose="own visits").count() == 1


def test_a_visit_starts_ends_and_is_recorded(kotiapu: Company, order: Order, clock: Clock) -> None:
    desk = kotiapu.at()
    first = references(desk.get())[0]
    desk.post("today/start/", order=order.pk, reference=first)
    page = desk.get()
    assert "visit-card going-on" in page
    desk.post("today/stop/", reference=first)
    assert "The visit began just now" in desk.get()
    clock.pass_by(minutes=45)
    desk.post("today/stop/", reference=first)
    page = desk.get()
    assert "The visit is recorded." in page
    assert re.search(r"12:00–12:45\s+Aino", page)
    visit = Visit.objects.get()
    assert (visit.quantity_hundredths, visit.reference) == (75, first)
    assert visit.worker == f"#{kotiapu.people[Level.WORKER].pk}"
    assert verify_books() == []


def test_a_start_can_be_taken_back(kotiapu: Company, order: Order) -> None:
    desk = kotiapu.at()
    first = references(desk.get())[0]
    desk.post("today/start/", order=order.pk, reference=first)
    desk.post("today/drop/", reference=first)
    assert "visit-card going-on" not in desk.get()
    assert Visit.objects.count() == 0


def test_a_second_start_of_the_same_client_is_told(kotiapu: Company, order: Order) -> None:
    desk = kotiapu.at()
    first, second = references(desk.get())
    desk.post("today/start/", order=order.pk, reference=first)
    desk.post("today/start/", order=order.pk, reference=second)
    assert "You have begun a visit of this client already." in desk.get()


def test_a_visit_is_entered_after_it(kotiapu: Company, order: Order) -> None:
    desk = kotiapu.at()
    form = desk.get("today/enter/", order=order.pk)
    assert f'<option value="{order.pk}" selected>' in form
    desk.post(
        "today/enter/", order=order.pk, reference="v-1", day=DAY, starts="09:00", ends="10:00"
    )
    assert "The visit is recorded." in desk.get()
    assert Visit.objects.get().quantity_hundredths == 100


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"starts": "", "ends": ""}, "Give the times, or the hours as an amount."),
        ({"starts": "9.00", "ends": ""}, "Give both when it began and when it ended."),
        ({"starts": "9.00", "ends": "9:00"}, "The visit ends after it begins."),
        ({"starts": "nine", "ends": "10"}, "Give a time of day, as 8.30."),
        ({"day": "", "starts": "9.00", "ends": "10.00"}, "Give the day, as 1.3.2019."),
        ({"day": "31.12.9999", "starts": "9.00", "ends": "8.00"}, "Give the day, as 1.3.2019."),
        ({"day": "1.3.0019", "starts": "9.00", "ends": "10.00"}, "Give the day, as 1.3.2019."),
        ({"day": "1.3.1919", "starts": "9.00", "ends": "10.00"}, "The programme is not in force"),
        ({"order": "0", "starts": "9.00", "ends": "10.00"}, "Choose the client from the list."),
        ({"starts": "9.00", "ends": "10.00", "quantity": "much"}, "cannot be read"),
        ({"starts": "15.00", "ends": "16.00"}, "has not ended yet"),
    ],
)
def test_a_wrong_entry_says_why_and_keeps_what_was_typed(
    kotiapu: Company, order: Order, typed: dict[str, str], told: str
) -> None:
    data = {"order": str(order.pk), "reference": "v-1", "day": "5.3.2019", "late_reason": "Kiire"}
    answer = kotiapu.at().post("today/enter/", 422, **{**data, **typed})
    page = answer.content.decode()
    assert told in page
    assert "Kiire" in page
    assert 'role="alert"' in page
    assert (Visit.objects.count(), RefusedLine.objects.count()) == (0, 0)


def test_another_day_is_shown_and_can_be_entered(kotiapu: Company, order: Order) -> None:
    begin(kotiapu.stage, date(2019, 3, 6))
    desk = kotiapu.at()
    assert "No visit is planned" in desk.get()
    page = desk.get(day="2019-03-05")
    assert len(references(page)) == 2
    assert "Start the visit" not in page


def test_a_client_who_is_away_has_no_visit(kotiapu: Company, order: Order) -> None:
    record_absence(
        client=order.client,
        kind="hospital",
        period=Period(DAY, DAY + timedelta(days=2)),
        by=kotiapu.stage.actor(order.client),
        at=kotiapu.stage.now,
    )
    assert references(kotiapu.at().get()) == []


def test_the_clients_code_is_entered_and_tied_to_the_visit(kotiapu: Company, order: Order) -> None:
    desk = kotiapu.at()
    shown = make_code(
        order=order, by=kotiapu.stage.actor(order.client), at=now(kotiapu.stage.organiser)
    )
    path = f"today/orders/{order.pk}/code/"
    wrong = "000000" if shown.code != "000000" else "000001"
    assert "The code is not good" in desk.post(path, 422, code=wrong).content.decode()
    desk.send(phone(order, "v-1", told_at(7), told_at(8)))
    desk.post(path, code=f"{shown.code[:3]} {shown.code[3:]}")
    assert "The code is good." in desk.get()
    assert VisitCode.objects.get().visit == Visit.objects.get()


# ——— What a device kept.


def test_what_a_device_kept_is_taken_in_once_however_often_it_is_sent(
    kotiapu: Company, order: Order
) -> None:
    desk = kotiapu.at()
    one = phone(order, "v-1", told_at(9), told_at(10))
    assert desk.send(one) == [{"reference": "v-1", "outcome": "taken"}]
    assert desk.send(one, one) == [{"reference": "v-1", "outcome": "repeated"}] * 2
    assert Visit.objects.count() == 1
    assert verify_books() == []


def test_a_start_and_an_end_from_a_device_are_one_visit(kotiapu: Company, order: Order) -> None:
    desk = kotiapu.at()
    begun = phone(order, "v-1", told_at(9))
    assert desk.send(begun)[0]["outcome"] == "started"
    assert desk.send(begun)[0]["outcome"] == "started"
    assert desk.send(phone(order, "v-1", told_at(9), told_at(10)))[0]["outcome"] == "taken"
    assert desk.send(begun)[0]["outcome"] == "repeated"
    assert StartedVisit.objects.filter(closed_at__isnull=True).count() == 0
    assert "visit-card going-on" not in desk.get()


def test_a_refused_visit_from_a_device_says_why_and_waits_to_be_mended(
    kotiapu: Company, order: Order
) -> None:
    desk = kotiapu.at()
    (answer,) = desk.send(phone(order, "v-1", told_at(14), told_at(15)))
    assert (answer["outcome"], answer["at"]) == ("refused", "server")
    assert answer["mend"]
    page = desk.get()
    assert "Refused: mend these" in page
    assert f"visits/lines/{RefusedLine.objects.get().pk}/mend/" in page


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"order": "x" * 40},
        {"order": "987654321"},
        {"started_at": "yesterday", "ended_at": "2019-03-05T10:00:00+02:00"},
        {"started_at": "2019-03-05T09:00:00", "ended_at": "2019-03-05T10:00:00"},
        {"reference": "", "started_at": told_at(9), "ended_at": told_at(10)},
        {"reference": 7, "started_at": told_at(9), "ended_at": told_at(10)},
        {"kind": "start", "started_at": told_at(23)},
        {"kind": "start", "started_at": "never"},
        {"reference": "a\x00b" * 100, "started_at": told_at(9), "ended_at": told_at(10)},
        {"started_at": "0019-03-05T09:00+02:00", "ended_at": "0019-03-05T10:00+02:00"},
        {"started_at": "9999-12-31T09:00+02:00", "ended_at": "9999-12-31T10:00+02:00"},
    ],
)
def test_nonsense_from_a_device_is_refused_with_a_reason(
    kotiapu: Company, order: Order, sent: dict[str, object]
) -> None:
    (answer,) = kotiapu.at().send({"reference": "v-1", "order": order.pk, **sent})
    assert answer["outcome"] == "refused"
    assert answer["what"]
    assert answer["mend"]
    assert Visit.objects.count() == 0


def test_signs_that_no_text_has_hold_up_nothing_else_of_a_device(
    kotiapu: Company, order: Order
) -> None:
    half = "\udc00"
    answers = kotiapu.at().send(
        phone(order, half, told_at(8)),
        {**phone(order, f"{half}-2", told_at(8), told_at(9)), "late_reason": half},
        phone(order, "v-1", told_at(9), told_at(10)),
    )
    assert [one["outcome"] for one in answers] == ["started", "taken", "taken"]


@pytest.mark.parametrize("body", ["", "[", "[]", '{"visits": 1}', '{"visits": [1]}', "[" * 5000])
def test_what_is_no_list_of_visits_is_not_read(kotiapu: Company, order: Order, body: str) -> None:
    desk = kotiapu.at()
    path = kotiapu.address("today/kept/")
    answer = desk.browser.post(path, body, content_type="application/json")
    assert answer.status_code == 400


def test_what_was_cut_off_on_the_way_is_not_read(kotiapu: Company, order: Order) -> None:
    whole = json.dumps({"visits": [phone(order, "v-1", told_at(9), told_at(10))]}).encode()
    long = len(whole) + 1
    server: dict[str, Any] = {
        "wsgi.input": Whole(BytesIO(whole), long),
        "CONTENT_LENGTH": str(long),
    }
    path = kotiapu.address("today/kept/")
    answer = kotiapu.at().browser.generic("POST", path, whole, "application/json", **server)
    assert (answer.status_code, Visit.objects.count()) == (400, 0)


def test_a_device_learns_the_time_and_gets_a_token(kotiapu: Company, order: Order) -> None:
    desk = kotiapu.at()
    said = desk.browser.get(kotiapu.address("today/kept/")).json()
    assert said["now"].startswith("2019-03-05T12:0")
    assert said["user"] == kotiapu.people[Level.WORKER].pk
    assert len(said["token"]) > 20


def test_sending_needs_the_token(kotiapu: Company, order: Order) -> None:
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(kotiapu.people[Level.WORKER])
    path = kotiapu.address("today/kept/")
    one = {"visits": [phone(order, "v-1", told_at(9), told_at(10))]}
    assert browser.post(path, one, content_type="application/json").status_code == 403
    token = browser.get(path).json()["token"]
    headers = {"X-CSRFToken": token}
    sent = browser.post(path, one, content_type="application/json", headers=headers)
    assert sent.status_code == 200


def test_the_program_for_working_offline_holds_nothing_of_anybody(kotiapu: Company) -> None:
    answer = Browser().get("/provider/offline.js")
    assert answer.headers["Content-Type"] == "text/javascript"
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert b"Kotiapu" not in answer.content


def test_no_page_asks_where_the_device_is(kotiapu: Company, order: Order) -> None:
    answer = kotiapu.at().browser.get(kotiapu.address("today/"))
    assert "geolocation=()" in answer.headers["Permissions-Policy"]
    fields = {one.name for one in StartedVisit._meta.get_fields()} | {
        one.name for one in Visit._meta.get_fields()
    }
    assert not {one for one in fields if re.search("lat|lon|place|position|location", one)} - {
        "late_reason"
    }


def test_signing_out_wipes_what_the_device_kept(kotiapu: Company) -> None:
    desk = kotiapu.at()
    answer = desk.browser.post("/sign-out/")
    assert answer.headers["Clear-Site-Data"] == '"storage"'


# ——— Who sees what: two companies, two organisers.


@pytest.fixture
def two(kotiapu: Company, order: Order) -> tuple[Company, Order]:
    begin(kotiapu.stage, date(2019, 3, 1))
    rival = company(kotiapu.stage, "Rivaali Oy")
    theirs = served(rival, "Bertta")
    begin(kotiapu.stage)
    return rival, theirs


@pytest.mark.parametrize("level", list(Level))
def test_another_companys_day_and_orders_are_not_there(
    kotiapu: Company, order: Order, two: tuple[Company, Order], level: Level
) -> None:
    rival, theirs = two
    desk = kotiapu.at(level)
    assert "Bertta" not in desk.get()
    desk.company = rival
    desk.get("today/", 404)
    desk.post("today/start/", 404, order=theirs.pk, reference="v-1")
    desk.company = kotiapu
    desk.post("today/start/", 404, order=theirs.pk, reference="v-1")
    desk.get(f"today/orders/{theirs.pk}/code/", 404)
    assert desk.send(phone(theirs, "v-1", told_at(9), told_at(10)))[0]["outcome"] == "refused"
    answer = desk.post("today/enter/", 422, order=theirs.pk, reference="v-2", day=DAY,
                       starts="09:00", ends="10:00")  # fmt: skip
    assert "Choose the client from the list." in answer.content.decode()
    assert Visit.objects.count() == StartedVisit.objects.count() == 0
    assert Entry.objects.filter(verb="refused").count() >= 4


def test_what_a_colleague_started_is_theirs_to_end(kotiapu: Company, order: Order) -> None:
    mate = hired(kotiapu.stage, kotiapu.provider, Level.WORKER, "Toinen Työntekijä")
    desk, other = kotiapu.at(), kotiapu.at()
    other.browser.force_login(mate)
    first = references(desk.get())[0]
    desk.post("today/start/", order=order.pk, reference=first)
    other.post("today/stop/", 404, reference=first)
    other.post("today/drop/", 404, reference=first)
