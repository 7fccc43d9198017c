"""A registered person's facts are mended: by the own worker, with what they were, hidden or not."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import Settings

from tests import desk as by
from tests.cast import Stage
from valinta.audit.models import Entry
from valinta.clients.access import NotYourClient
from valinta.clients.models import Client, Mending
from valinta.clients.opening_actions import open_client
from valinta.clients.person_actions import (
    ContactHidden,
    FactMissing,
    HasAPlace,
    IdentityTaken,
    PersonChanged,
    WhyMissing,
    mend_person,
)
from valinta.clients.states import OpeningScope
from valinta.demo.identities import identity_code
from valinta.processes.take_data import take_data
from valinta.shared.ids import NotAnIdentityCode
from valinta.users.actor import NotAllowed

ON = date(2019, 3, 1)
OTHER = identity_code(date(1948, 7, 6), 955)


@pytest.fixture(autouse=True)
def demo(db: None, settings: Settings) -> None:
    """The demo's clock: the organiser's people live on the stage's day."""
    settings.DEMO = True


@pytest.fixture
def stage() -> Stage:
    return by.stage_of("keusote", ON)


def page_of(client: Client) -> str:
    return f"/casework/clients/{client.pk}/person/"


def fields(client: Client, **changes: str) -> dict[str, str]:
    """The form as it was opened, with what the worker has changed."""
    client.refresh_from_db()
    opened = {
        "version": str(client.mendings.count()),
        "given_name": client.given_name,
        "family_name": client.family_name,
        "identity_code": client.identity_code,
        "language": client.language,
        "municipality": client.municipality_code,
        **{name: str(value) for name, value in client.contact.items()},
    }
    hidden = {"non_disclosure": "yes"} if client.non_disclosure else {}
    return {**opened, **hidden, **changes}


def mend(stage: Stage, client: Client, reason: str = "", seen: int = 0, **said: str) -> Client:
    return mend_person(
        client=client, said=said, seen=seen, reason=reason, by=stage.manager, at=stage.now
    )


def test_the_worker_mends_name_language_and_address_and_the_old_ones_are_kept(
    stage: Stage,
) -> None:
    aino, desk = stage.client("Aino"), by.worker(stage)
    page = by.text(desk.get(f"/casework/clients/{aino.pk}/"))
    assert page_of(aino) in page
    typed = fields(
        aino, given_name="Aino Maria", language="sv", phone="040 555 0101", street="Koivukuja 3",
        postcode="05800", town="HYVINKÄÄ",
    )  # fmt: skip
    assert desk.post(page_of(aino), typed).status_code == 302
    aino.refresh_from_db()
    assert (aino.full_name, aino.language) == ("Aino Maria Esimerkki", "sv")
    assert aino.contact == {
        "phone": "040 555 0101", "street": "Koivukuja 3", "postcode": "05800", "town": "HYVINKÄÄ",
    }  # fmt: skip
    assert desk.post(page_of(aino), fields(aino, phone="040 555 0199")).status_code == 302
    shown = by.text(desk.get(page_of(aino)))
    assert "040 555 0101" in shown and "040 555 0199" in shown
    assert stage.staff.case_managers[0].user.display_name in shown
    # The log has what was mended, and nothing of what it was or is.
    noted = Entry.objects.filter(verb="mend_person").order_by("pk")[0]
    assert noted.client_id == aino.pk
    assert noted.facts == {
        "fields": ["given_name", "language", "phone", "postcode", "street", "town"]
    }
    # The same again makes no new version.
    desk.post(page_of(aino), fields(aino))
    assert Mending.objects.filter(client=aino).count() == 2


def test_the_client_finds_it_in_their_log_and_takes_it_along(stage: Stage) -> None:
    aino = stage.client("Aino")
    mend(stage, aino, phone="040 555 0101")
    taken = take_data(client=aino, by=stage.actor(aino), at=stage.now)
    assert "040 555 0101" in str(taken)


def test_the_second_worker_is_told_what_changed_and_loses_nothing_typed(stage: Stage) -> None:
    aino, desk = stage.client("Aino"), by.worker(stage)
    opened = fields(aino, street="Mäntykuja 8", phone="040 555 0101")
    mend(stage, aino, phone="040 555 0199", email="aino@example.fi")
    answer = desk.post(page_of(aino), opened)
    told = by.text(answer, 409)
    assert "Mäntykuja 8" in told and "040 555 0101" in told
    assert "040 555 0199" in told and 'value="aino@example.fi"' in answer.content.decode()
    assert 'name="version" value="1"' in answer.content.decode()
    aino.refresh_from_db()
    assert "street" not in aino.contact
    again = {**opened, "version": "1", "email": "aino@example.fi"}
    assert desk.post(page_of(aino), again).status_code == 302
    aino.refresh_from_db()
    assert aino.contact["street"] == "Mäntykuja 8"
    assert aino.contact["email"] == "aino@example.fi"


def test_what_another_mended_elsewhere_on_the_form_stands_in_nobodys_way(stage: Stage) -> None:
    aino = stage.client("Aino")
    mend(stage, aino, phone="040 555 0199")
    mend(stage, aino, language="sv", seen=0)
    assert (aino.mendings.count(), Client.objects.get(pk=aino.pk).language) == (2, "sv")
    with pytest.raises(PersonChanged) as refused:
        mend(stage, aino, language="en", seen=1)
    assert [(one.was, one.now) for one in refused.value.changes] == [("fi", "sv")]
    assert refused.value.newest == 2


def test_another_identity_code_needs_a_reason_and_nobody_elses_code(stage: Stage) -> None:
    aino, veli, desk = stage.client("Aino"), stage.client("Veli"), by.worker(stage)
    refused = desk.post(page_of(aino), fields(aino, identity_code=OTHER))
    assert refused.status_code == 422
    with pytest.raises(WhyMissing):
        mend(stage, aino, identity_code=OTHER)
    with pytest.raises(NotAnIdentityCode):
        mend(stage, aino, "Kirjoitusvirhe", identity_code="010150-9000")
    with pytest.raises(IdentityTaken):
        mend(stage, aino, "Kirjoitusvirhe", identity_code=veli.identity_code)
    taken = fields(aino, identity_code=veli.identity_code, reason="Kirjoitusvirhe.")
    answer = desk.post(page_of(aino), taken)
    assert "Veli" not in by.text(answer, 422)
    right = fields(aino, identity_code=OTHER.lower(), reason="Kirjoitusvirhe.")
    assert desk.post(page_of(aino), right).status_code == 302
    aino.refresh_from_db()
    assert (aino.identity_code, aino.born_on) == (OTHER, date(1948, 7, 6))
    assert Mending.objects.get(client=aino).reason == "Kirjoitusvirhe."


def test_what_is_hidden_is_neither_shown_nor_mended_before_it_is_opened(stage: Stage) -> None:
    aino, desk = stage.client("Aino"), by.worker(stage)
    mend(stage, aino, phone="040 555 0101", non_disclosure="yes")
    page = desk.get(page_of(aino)).content.decode()
    assert "040 555 0101" not in page
    assert 'name="phone"' not in page and 'name="municipality"' not in page
    with pytest.raises(ContactHidden):
        mend(stage, aino, seen=1, phone="040 555 0199")
    # What comes from a form that was opened before is shown to who typed it, and not saved.
    sent = {**fields(aino, given_name="Aina"), "phone": "040 555 0199"}
    answer = desk.post(page_of(aino), sent)
    assert answer.status_code == 409
    assert "040 555 0199" in answer.content.decode()
    aino.refresh_from_db()
    assert (aino.given_name, aino.contact["phone"]) == ("Aino", "040 555 0101")
    open_client(
        client=aino, scope=OpeningScope.CONTACT, reason="Kirje palasi takaisin.",
        by=stage.manager, at=stage.now,
    )  # fmt: skip
    assert "040 555 0101" in desk.get(page_of(aino)).content.decode()
    assert desk.post(page_of(aino), fields(aino, phone="040 555 0199")).status_code == 302
    ends = fields(aino)
    del ends["non_disclosure"]
    assert desk.post(page_of(aino), ends).status_code == 422
    assert desk.post(page_of(aino), {**ends, "reason": "Kielto päättyi."}).status_code == 302
    aino.refresh_from_db()
    assert not aino.non_disclosure


def test_what_was_hidden_meanwhile_is_not_told_to_the_second(stage: Stage) -> None:
    aino, desk = stage.client("Aino"), by.worker(stage)
    opened = fields(aino, phone="040 555 0101", given_name="Aina")
    mend(stage, aino, phone="040 555 0199", non_disclosure="yes")
    answer = desk.post(page_of(aino), opened)
    assert answer.status_code == 409
    told = answer.content.decode()
    assert "040 555 0199" not in told
    assert "040 555 0101" in told and "Aina" in told


def test_where_somebody_with_a_place_lives_is_mended_by_noting_a_move(stage: Stage) -> None:
    aino = stage.client("Aino")
    towns = [one.code for one in stage.programme.municipalities.order_by("pk")[:2]]
    mend(stage, aino, municipality=towns[1])
    assert Client.objects.get(pk=aino.pk).municipality_code == towns[1]
    stage.join(aino)
    with pytest.raises(HasAPlace):
        mend(stage, aino, seen=1, municipality=towns[0])
    assert "/changes/home/" in by.text(by.worker(stage).get(page_of(aino)))


def test_facts_that_a_person_has_are_not_emptied_and_no_others_are_written(stage: Stage) -> None:
    aino = stage.client("Aino")
    for said in ({"family_name": " "}, {"died_on": "2019-02-01"}, {"municipality": ""}):
        with pytest.raises(FactMissing):
            mend(stage, aino, **said)
    assert not Mending.objects.exists()


def test_only_a_worker_who_meets_the_client_mends_them(stage: Stage) -> None:
    aino = stage.client("Aino")
    for who in (stage.actor(aino), stage.staff.decision_maker.actor, stage.staff.office.actor):
        with pytest.raises(NotAllowed):
            mend_person(client=aino, said={"language": "sv"}, seen=0, by=who, at=stage.now)
    stage.organiser.closed_caseload = True
    stage.organiser.save()
    colleague = stage.staff.case_managers[1].actor
    with pytest.raises(NotYourClient):
        mend_person(client=aino, said={"language": "sv"}, seen=0, by=colleague, at=stage.now)
    other = by.stage_of("kainuu", ON)
    assert by.worker(other).get(page_of(aino)).status_code == 404
