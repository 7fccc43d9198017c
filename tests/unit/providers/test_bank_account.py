"""A company's bank account is changed by two people and a wait, and then by the morning's job."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from tests import applicants
from tests.cast import Stage, open_stage
from tests.desk import Desk, text
from valinta.catalogue.models import Offer
from valinta.demo.identities import iban
from valinta.plans.states import Way
from valinta.processes.change_accounts import change_accounts
from valinta.providers import account_actions as accounts
from valinta.providers.access import NotAtYourLevel
from valinta.providers.iban import BadIban
from valinta.providers.levels import Level
from valinta.providers.membership_actions import change_level
from valinta.providers.models import AccountChange, Provider, Worker
from valinta.shared.periods import Period
from valinta.users.actor import Actor, system
from valinta.users.models import User

ON = date(2019, 3, 1)


@pytest.fixture
def stage(db: None) -> Stage:
    return open_stage("keusote", on=ON)


def company(stage: Stage) -> Provider:
    offer: Offer = stage.offer(stage.provider("Kotiapu"), "cleaning", "30.60")
    return offer.approval.provider


def admin(stage: Stage, provider: Provider, name: str, level: Level = Level.ADMIN) -> Actor:
    who = applicants.applicant(stage, name)
    Worker.objects.create(
        provider=provider, user=who.user, level=level, valid=(date(2018, 1, 1), None)
    )
    return who.actor


def test_two_people_and_the_wait_stand_between_a_thief_and_the_payments(stage: Stage) -> None:
    provider = company(stage)
    before, wanted = provider.iban, iban(4_242)
    first, second = admin(stage, provider, "Maria"), admin(stage, provider, "Olli")
    where = {"provider": provider, "organiser_id": stage.organiser.pk}
    with pytest.raises(BadIban):
        accounts.ask_account_change(**where, iban="FI00", by=first, at=stage.now)
    with pytest.raises(accounts.SameAccount):
        accounts.ask_account_change(**where, iban=before, by=first, at=stage.now)
    change = accounts.ask_account_change(**where, iban=wanted, by=first, at=stage.now)
    with pytest.raises(accounts.ChangeUnderWay):
        accounts.ask_account_change(**where, iban=iban(4_243), by=second, at=stage.now)
    with pytest.raises(accounts.SamePerson):
        accounts.confirm_account_change(change=change, by=first, at=stage.now)
    with pytest.raises(accounts.StillWaiting):
        accounts.apply_account_change(change=change, by=first, at=stage.now)
    confirmed = accounts.confirm_account_change(change=change, by=second, at=stage.now)
    assert confirmed.takes_effect_on == ON + timedelta(days=7)
    act = {"organiser_id": stage.organiser.pk, "by": system(stage.organiser.pk)}
    change_accounts(**act, at=stage.now + timedelta(days=6))
    provider.refresh_from_db()
    assert provider.iban == before
    change_accounts(**act, at=stage.now + timedelta(days=7))
    provider.refresh_from_db()
    assert provider.iban == wanted
    with pytest.raises(accounts.ChangeClosed):
        accounts.withdraw_account_change(change=change, by=first, at=stage.now)
    # A second run of the morning finds nothing more to do.
    change_accounts(**act, at=stage.now + timedelta(days=8))


def test_an_accomplice_who_is_named_for_it_confirms_nothing(stage: Stage) -> None:
    provider = company(stage)
    first, second = admin(stage, provider, "Maria"), admin(stage, provider, "Olli")
    accomplice = admin(stage, provider, "Veli", Level.OFFICE)
    where = {"provider": provider, "organiser_id": stage.organiser.pk}
    change = accounts.ask_account_change(**where, iban=iban(4_242), by=first, at=stage.now)
    change_level(
        worker=Worker.objects.get(provider=provider, user_id=accomplice.user_id),
        level=Level.ADMIN, organiser_id=stage.organiser.pk, by=first, at=stage.now,
    )  # fmt: skip
    for later in (0, 3):
        with pytest.raises(accounts.NamedTooLate):
            accounts.confirm_account_change(
                change=change, by=accomplice, at=stage.now + timedelta(days=later)
            )
    accounts.confirm_account_change(change=change, by=second, at=stage.now)


def test_whoever_keeps_the_company_takes_a_confirmed_change_back(stage: Stage) -> None:
    provider = company(stage)
    before = provider.iban
    first, second = admin(stage, provider, "Maria"), admin(stage, provider, "Olli")
    change = accounts.ask_account_change(
        provider=provider, organiser_id=stage.organiser.pk, iban=iban(4_242), by=first,
        at=stage.now,
    )  # fmt: skip
    accounts.confirm_account_change(change=change, by=second, at=stage.now)
    accounts.withdraw_account_change(change=change, by=first, at=stage.now)
    change_accounts(
        organiser_id=stage.organiser.pk, by=system(stage.organiser.pk),
        at=stage.now + timedelta(days=30),
    )  # fmt: skip
    provider.refresh_from_db()
    assert provider.iban == before


def test_whoever_sees_the_money_stops_a_change_that_nobody_knows_of(stage: Stage) -> None:
    provider = company(stage)
    first, second = admin(stage, provider, "Maria"), admin(stage, provider, "Olli")
    desk = admin(stage, provider, "Sari", Level.OFFICE)
    carer = admin(stage, provider, "Kati", Level.WORKER)
    where = {"provider": provider, "organiser_id": stage.organiser.pk}
    change = accounts.ask_account_change(**where, iban=iban(4_242), by=first, at=stage.now)
    accounts.confirm_account_change(change=change, by=second, at=stage.now)
    with pytest.raises(NotAtYourLevel):
        accounts.withdraw_account_change(change=change, by=carer, at=stage.now)
    accounts.withdraw_account_change(change=change, by=desk, at=stage.now)
    again = accounts.ask_account_change(**where, iban=iban(4_242), by=first, at=stage.now)
    with pytest.raises(NotAtYourLevel):
        accounts.confirm_account_change(change=again, by=desk, at=stage.now)
    # The programme office stops it too, when the company calls.
    accounts.withdraw_account_change(change=again, by=stage.staff.office.actor, at=stage.now)


def test_payments_of_the_waiting_time_go_to_the_account_in_use(
    stage: Stage, tmp_path: Path
) -> None:
    offer = stage.offer(stage.provider("Kotiapu"), "cleaning", "30.60")
    provider, aino = offer.approval.provider, stage.client("Aino")
    stage.grant(aino, {"cleaning": (Way.BUDGET, 10_00, False)})
    order = stage.order(aino, offer, 8_00, period=Period(ON, date(2019, 5, 1)))
    old, new = provider.iban, iban(4_242)
    where = {"provider": provider, "organiser_id": stage.organiser.pk}
    for month, asked in ((3, True), (4, False)):
        stage.report(order, date(2019, month, 4))
        run = stage.settle(cut_off_on=date(2019, month + 1, 1))
        if asked:
            # The change waits on the day on which the run of March is approved.
            change = accounts.ask_account_change(
                **where, iban=new, by=admin(stage, provider, "Maria"), at=run.prepared_at
            )
            second = admin(stage, provider, "Olli")
            accounts.confirm_account_change(change=change, by=second, at=run.prepared_at)
        file = stage.pay(run, tmp_path).decode()
        assert (old in file, new in file) == (asked, not asked)
        late = run.prepared_at + timedelta(days=8)
        system_of = system(stage.organiser.pk)
        change_accounts(organiser_id=stage.organiser.pk, by=system_of, at=late)
    provider.refresh_from_db()
    assert provider.iban == new


def test_the_office_confirms_for_a_company_of_one(stage: Stage) -> None:
    provider = company(stage)
    alone = admin(stage, provider, "Maria")
    change = accounts.ask_account_change(
        provider=provider, organiser_id=stage.organiser.pk, iban=iban(4_242), by=alone,
        at=stage.now,
    )  # fmt: skip
    office = stage.staff.office.actor
    confirmed = accounts.confirm_account_change(change=change, by=office, at=stage.now)
    assert confirmed.confirmed_by_id == office.user_id


def test_the_office_finds_a_change_on_the_companys_page_and_confirms_or_stops_it(
    stage: Stage, settings: Settings
) -> None:
    settings.DEMO = True
    stage.organiser.demo_today = ON
    stage.organiser.save()
    provider = company(stage)
    alone = admin(stage, provider, "Maria")
    where = {"provider": provider, "organiser_id": stage.organiser.pk}
    change = accounts.ask_account_change(**where, iban=iban(4_242), by=alone, at=stage.now)
    desk = Desk(stage, "en")
    desk.force_login(User.objects.get(pk=stage.staff.office.user.pk))
    root = f"/office/{stage.programme.pk}/providers/"
    page = f"{root}{provider.approvals.get().pk}/"
    assert iban(4_242) in text(desk.get(page))
    # Somebody of the office who has asked as the company's own administrator is not a second one.
    rows = AccountChange.objects.filter(pk=change.pk)
    rows.update(asked_by_id=stage.staff.office.user.pk)
    done = desk.post(f"{root}account/{change.pk}/confirm/", follow=True)
    assert "You asked for this account yourself" in text(done)
    rows.update(asked_by_id=alone.user_id)
    done = desk.post(f"{root}account/{change.pk}/confirm/", follow=True)
    assert "The account is confirmed." in text(done)
    assert "Until then payments go to the old account." in text(desk.get(page))
    done = desk.post(f"{root}account/{change.pk}/stop/", follow=True)
    assert "The change of the account is stopped." in text(done)
    assert iban(4_242) not in text(desk.get(page))
    change.refresh_from_db()
    assert change.withdrawn_by_id == stage.staff.office.user.pk
    assert desk.post(f"{root}account/999999/stop/").status_code == 404
