"""Changes during the way, through the workers' own pages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from pytest_django import Settings

from tests.mission import shows
from tests.scenarios import deciding as by
from tests.unit.processes.changing import MARCH_JUNE, begin, held, live_on, moment, stage_of
from valinta.catalogue.models import Offer
from valinta.clients.models import Client
from valinta.ledger.models import Account
from valinta.orders.models import Change, Moving, Order
from valinta.plans.models import PlanLine
from valinta.processes.switch_provider import close_ended_orders
from valinta.processes.verify_books import verify_books
from valinta.processes.withdraw_provider import withdraw_provider
from valinta.programmes.queries import last_report_on
from valinta.providers.actions import set_areas
from valinta.providers.models import Approval
from valinta.users.actor import system


@pytest.fixture(autouse=True)
def demo(db: None, settings: Settings) -> None:
    """Everybody lives in the spring of 2019."""
    settings.DEMO = True


def changes(client: Client) -> str:
    return f"/casework/clients/{client.pk}/changes/"


def test_a_hospital_stay_is_shown_called_off_and_shortened_again() -> None:
    stage = stage_of()
    aino, order = begin(stage)
    live_on(stage, date(2019, 3, 11))
    desk, path = by.worker(stage), f"{changes(aino)}away/"
    assert "The client is away" in by.text_of(desk, changes(aino))
    faulty = desk.post(path, {"kind": "hospital", "first_on": "", "last_on": "2019-03-24"})
    assert faulty.status_code == 422
    days = {"kind": "hospital", "first_on": "2019-03-11", "last_on": "2019-03-24", "reason": ""}
    look = by.read(desk.post(path, {**days, "step": "look"}))
    assert "3 visits are called off in time" in look
    assert "1 visit is called off too late" in look
    assert "€90.00" in look
    with stage.scope():
        before = held(order)
    desk.post(path, {**days, "step": "do"})
    with stage.scope():
        assert held(order) == before - 90_00
        change = Change.objects.get()
    again = desk.post(path, {**days, "step": "do"})
    assert again.status_code == 422
    end = f"{changes(aino)}{change.pk}/away/"
    sent = {"was": "2019-03-24", "last_on": "2019-03-17"}
    look = by.read(desk.post(end, {**sent, "step": "look"}))
    assert "€60.00 is held" in look.replace("<strong>", "").replace("</strong>", "")
    stale = desk.post(end, {**sent, "was": "2019-03-20", "step": "do"})
    assert stale.status_code == 409
    text = by.read(desk.post(end, {**sent, "step": "do"}, follow=True))
    assert "The end is moved" in text
    with stage.scope():
        assert held(order) == before - 30_00
        assert verify_books() == []


def test_a_death_silences_everything_and_a_mistake_is_taken_back() -> None:
    stage = stage_of()
    aino, order = begin(stage)
    live_on(stage, date(2019, 3, 14))
    desk, path = by.worker(stage), f"{changes(aino)}death/"
    hers = by.client_browser(stage, aino)
    assert hers.get(f"/my/{aino.pk}/").status_code == 200
    facts = {"died_on": "2019-03-13", "reason": "Tytär soitti"}
    look = by.read(desk.post(path, {**facts, "step": "look"}))
    assert "Until Thu 21 Mar a mistake can be taken back" in look
    with stage.scope():
        before = held(order)
    desk.post(path, {**facts, "step": "do"})
    assert hers.get(f"/my/{aino.pk}/").status_code in (403, 404)
    assert "Aino" not in by.text_of(desk, "/casework/work/?whose=all").split("<main", 1)[1]
    text = by.text_of(desk, changes(aino))
    assert "Day of death" in text
    with stage.scope():
        assert 0 < held(order) < before
        assert verify_books() == []
        change = Change.objects.get()
    assert len(mail.outbox) == 0
    undo = f"{changes(aino)}{change.pk}/death/undo/"
    assert desk.post(undo, {"reason": " "}).status_code == 422
    text = by.read(desk.post(undo, {"reason": "Väärä Aino"}, follow=True))
    assert "The death is taken back" in text
    assert hers.get(f"/my/{aino.pk}/").status_code == 200
    with stage.scope():
        assert held(order) == before
        assert verify_books() == []


@shows("KEU-3")
def test_the_worker_records_ainos_withdrawal_with_proof_and_no_service_is_lost() -> None:
    stage = stage_of()
    aino, order = begin(stage)
    live_on(stage, date(2019, 3, 14))
    desk, path = by.worker(stage), f"{changes(aino)}withdrawal/"
    facts = {"said_on": "2019-03-12", "way": "letter", "proof": "", "reason": ""}
    assert desk.post(path, facts).status_code == 422
    facts["proof"] = "Kirje D/12/2019"
    look = by.read(desk.post(path, {**facts, "step": "look"}))
    assert "own service" in look
    text = by.read(desk.post(path, {**facts, "step": "do"}, follow=True))
    assert "The withdrawal is recorded" in text
    assert "Kirje D/12/2019" in text
    with stage.scope():
        assert aino.enrolments.get().state == "withdrawn"
        assert PlanLine.objects.filter(plan__state="draft").get().way == "own_service"
        over = moment(last_report_on(stage.programme, stage.on) + timedelta(days=1))
        close_ended_orders(organiser_id=stage.organiser.pk, by=system(stage.organiser.pk), at=over)
        assert held(order) == 0
        assert Account.objects.get(pk=stage.programme.funding_account_id).balance_cents == 0
        assert verify_books() == []


def test_a_move_within_the_programme_ends_what_no_provider_gives_there() -> None:
    stage = stage_of()
    aino, order = begin(stage)
    other = stage.offer(stage.provider("Järvenpään apu"), "cleaning", "29.00")
    with stage.scope():
        approval = Approval.objects.get(pk=order.offer.approval_id)
        set_areas(
            approval=approval, municipality_codes=["106"], by=stage.staff.office.actor,
            at=stage.now,
        )  # fmt: skip
    live_on(stage, date(2019, 3, 14))
    desk, path = by.worker(stage), f"{changes(aino)}home/"
    facts = {"to": "186", "on": "2019-03-25", "group": ""}
    look = by.read(desk.post(path, {**facts, "step": "look"}))
    assert "The place goes along to Järvenpää" in look
    assert "1 order ends" in look
    assert "1 other provider takes new clients there" in look
    desk.post(path, {**facts, "step": "do", "where": "within"})
    with stage.scope():
        aino.refresh_from_db()
        assert aino.municipality_code == "186"
        assert aino.enrolments.get().municipality.code == "186"
        moving = Moving.objects.get()
    page = f"{changes(aino)}providers/{moving.pk}/"
    assert "-€1.00" in by.text_of(desk, page).replace("−", "-")
    look = by.text_of(desk, f"{page}?offer={other.pk}")
    assert "is held for them" in look
    text = by.read(desk.post(page, {"offer": other.pk, "step": "do"}, follow=True))
    assert "The order is placed" in text
    with stage.scope():
        new = Order.objects.get(offer=other)
        assert new.valid.lower == date(2019, 3, 25)
        assert verify_books() == []


def test_a_move_out_of_the_programme_hands_the_services_on() -> None:
    stage = stage_of()
    aino, _ = begin(stage)
    live_on(stage, date(2019, 3, 14))
    desk, path = by.worker(stage), f"{changes(aino)}home/"
    facts = {"to": "091", "on": "2019-03-14", "group": ""}
    look = by.read(desk.post(path, {**facts, "step": "look"}))
    assert "The municipality is not in the programme" in look
    missing = desk.post(path, {**facts, "step": "do", "where": "out"})
    assert missing.status_code == 422
    note = {"note": "Siivous jatkuu kuun loppuun."}
    desk.post(path, {**facts, **note, "step": "do", "where": "out"})
    with stage.scope():
        assert aino.enrolments.get().state == "ended"
        assert Change.objects.get().reason == "Siivous jatkuu kuun loppuun."
        assert verify_books() == []


@shows("KEU-10")
def test_clients_of_a_lost_provider_are_listed_until_each_has_another() -> None:
    stage = stage_of()
    offer = stage.offer(stage.provider("Lopettava"), "cleaning", "30.00")
    people = [begin(stage, name, offer)[0] for name in ("Aino", "Eino")]
    other = stage.offer(stage.provider("Jatkava"), "cleaning", "31.00")
    live_on(stage, date(2019, 3, 11))
    with stage.scope():
        withdraw_provider(
            approval=Approval.objects.get(pk=Offer.objects.get(pk=offer.pk).approval_id),
            ends_on=date(2019, 3, 20), reason="Toiminta päättyy",
            by=stage.staff.office.actor, at=stage.now,
        )  # fmt: skip
        movings = list(Moving.objects.order_by("pk"))
    desk = by.worker(stage)
    text = by.text_of(desk, "/casework/moves/")
    assert "Aino" in text
    assert "Eino" in text
    hers = by.client_browser(stage, people[0])
    assert "uusi palveluntuottaja" in by.text_of(hers, f"/my/{people[0].pk}/messages/")
    first = f"{changes(people[0])}providers/{movings[0].pk}/"
    assert "+€1.00" in by.text_of(desk, first)
    desk.post(first, {"offer": other.pk, "step": "do"})
    second = f"{changes(people[1])}providers/{movings[1].pk}/"
    assert desk.post(second, {"step": "none", "words": ""}).status_code == 422
    desk.post(second, {"step": "none", "words": "Poika siivoaa."})
    assert "Everybody has a provider" in by.text_of(desk, "/casework/moves/")
    with stage.scope():
        assert Order.objects.get(offer=other).valid.upper == MARCH_JUNE.ends_on
        assert verify_books() == []
