"""A company's bank account is changed by two people and a wait, and then by the morning's job."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests import applicants
from tests.cast import Stage, open_stage
from valinta.catalogue.models import Offer
from valinta.demo.identities import iban
from valinta.processes.change_accounts import change_accounts
from valinta.providers import account_actions as accounts
from valinta.providers.iban import BadIban
from valinta.providers.levels import Level
from valinta.providers.models import Provider, Worker
from valinta.users.actor import Actor, system

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
