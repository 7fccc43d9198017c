"""The dates of a programme, its turn to another status, and its end, through the pages."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.cast import Stage
from tests.mission import shows
from tests.scenarios import deciding as by
from tests.unit.processes.changing import held, live_on, moment, stage_of
from valinta.audit.models import Entry
from valinta.ledger.models import Account
from valinta.plans.models import PlanLine
from valinta.plans.states import Way
from valinta.processes.closing_report import closing_report
from valinta.processes.switch_provider import close_ended_orders
from valinta.processes.verify_books import verify_books
from valinta.programmes.queries import last_report_on
from valinta.shared.periods import Period
from valinta.users.actor import system

TURN = date(2019, 11, 1)
LAST = date(2019, 12, 31)
AUTUMN = Period(date(2019, 10, 1), date(2020, 1, 1))
NEEDS = {"personal-assistance": (Way.BUDGET, 12_00, False)}


@pytest.fixture(autouse=True)
def demo(db: None, settings: Settings) -> None:
    """Everybody lives on the stage's day."""
    settings.DEMO = True


def phases(stage: Stage) -> str:
    return f"/office/{stage.programme.pk}/phases/"


@shows("KAI-1")
def test_pages_say_in_clear_words_that_nothing_is_ordered_outside_the_dates() -> None:
    stage = stage_of("kainuu", date(2018, 3, 1))
    veli = stage.client("Veli")
    last = stage.programme.phases.order_by("-valid")[0].valid.upper
    stage.grant(veli, {"cleaning": (Way.BUDGET, 10_00, False)})
    offer = stage.offer(stage.provider("Apu"), "cleaning", "30.00")
    office = by.browser_of(stage.staff.office)
    text = by.text_of(office, phases(stage))
    assert "Outside these days nothing is granted, ordered or paid." in text
    assert "The programme is open" in text
    typed = {
        "offer": str(offer.pk), "how": "amount", "quantity": "2", "first_on": "2018-03-10",
        "last_on": (last + timedelta(days=5)).isoformat(), "step": "do",
    }  # fmt: skip
    answer = by.worker(stage).post(f"/casework/clients/{veli.pk}/services/new/", typed)
    assert answer.status_code == 422
    assert "so nothing is granted, ordered or paid for it" in by.read(answer)
    live_on(stage, last)
    assert "The programme is not open today." in by.text_of(office, phases(stage))
    with stage.scope():
        assert veli.orders.count() == 0


@shows("SIU-1")
def test_clients_are_carried_over_the_turn_and_who_needs_something_is_listed() -> None:
    stage = stage_of("siun-sote", date(2019, 10, 1))
    tapio, impi = stage.client("Tapio"), stage.client("Impi")
    stage.grant(tapio, NEEDS, period=AUTUMN)
    stage.grant(impi, NEEDS, period=Period(AUTUMN.starts_on, TURN))
    offer = stage.offer(stage.provider("Avustajat"), "personal-assistance", "27.95")
    order = stage.order(tapio, offer, 4_00, period=AUTUMN)
    later = stage.programme.phases.order_by("-valid")[0]
    office, page = by.browser_of(stage.staff.office), f"{phases(stage)}{later.pk}/turn/"
    text = by.text_of(office, page)
    assert "1 client goes on" in text
    assert "The decision ends on Thu 31 Oct: a new one is needed." in text
    assert "Impi" not in text
    early = by.read(office.post(page, follow=True))
    assert "on the first day of the new phase or later" in early
    live_on(stage, TURN)
    done = by.read(office.post(page, follow=True))
    assert "The clients are carried over." in done
    with stage.scope():
        (entry,) = Entry.objects.filter(verb="carry_over")
        assert entry.client_id == tapio.pk
        assert tapio.enrolments.get().state == "enrolled"
        assert held(order) > 0
    # Impi gets a new decision, and is carried over when the office does it again.
    with stage.scope():
        stage.grant(impi, NEEDS, period=Period(TURN, AUTUMN.ends_on))
    assert "Everybody goes on." in by.read(office.post(page, follow=True))
    with stage.scope():
        assert Entry.objects.filter(verb="carry_over").count() == 2
        assert verify_books() == []


@shows("SIU-1")
def test_the_end_is_seen_first_and_leaves_no_cent_held_and_a_report_equal_to_the_ledger(
    tmp_path: Path,
) -> None:
    stage = stage_of("siun-sote", date(2019, 11, 1))
    tapio, impi = stage.client("Tapio"), stage.client("Impi")
    stage.grant(tapio, NEEDS, period=Period(TURN, AUTUMN.ends_on))
    stage.join(impi)
    offer = stage.offer(stage.provider("Avustajat"), "personal-assistance", "27.95")
    order = stage.order(tapio, offer, 8_00, period=Period(TURN, AUTUMN.ends_on))
    stage.report(order, date(2019, 11, 6), 3_00)
    office, page = by.browser_of(stage.staff.office), f"{phases(stage)}end/"
    look = by.text_of(office, page)
    assert "2 clients leave" in look
    assert "It can be ended on its last day or later." in look
    refused = by.read(office.post(page, follow=True))
    assert "The programme is still open" in refused
    live_on(stage, LAST)
    done = by.read(office.post(page, follow=True))
    assert "The programme is ended." in done
    assert "agree to the cent" in done
    with stage.scope():
        assert {one.state for one in stage.programme.enrolment_set.all()} == {"ended"}
        assert PlanLine.objects.get(plan__state="draft").way == "own_service"
        # A visit of the last day can still be reported; then what is not claimed returns.
        stage.report(order, LAST, 2_00)
        over = last_report_on(stage.programme, LAST) + timedelta(days=1)
        worker = system(stage.organiser.pk)
        close_ended_orders(organiser_id=stage.organiser.pk, by=worker, at=moment(over))
        assert held(order) == 0
        for cut_off in (date(2019, 12, 1), date(2020, 1, 1)):
            stage.pay(stage.settle(cut_off_on=cut_off), tmp_path)
        report = closing_report(stage.programme)
        assert report.is_equal
        assert (report.out, report.owed) == (0, 0)
        assert report.spent == report.paid == 5 * 27_95
        funding = Account.objects.get(pk=stage.programme.funding_account_id)
        assert -funding.balance_cents == report.spent == report.granted - report.returned
        assert verify_books() == []
    text = by.text_of(office, f"{phases(stage)}report/")
    assert "€139.75" in text
