"""Nobody sees another's client, every look is noted, and the tenancy scope is always left."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection

from tests.unit.web.conftest import signed_in
from tests.unit.web.rows import TODAY, Scene
from valinta.audit.models import Entry
from valinta.clients.models import Mandate
from valinta.organisers import tenancy
from valinta.users.models import Holding
from valinta.web.access import is_stranger, note_refusal


def entries(world: Scene, verb: str) -> list[Entry]:
    with tenancy.scope([world.organiser.pk]):
        return list(Entry.objects.filter(verb=verb).order_by("pk"))


def scope_now() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('valinta.organisers', true)")
        return str(cursor.fetchone()[0])


def test_another_persons_page_is_not_there_and_the_attempt_is_noted(world: Scene) -> None:
    answer = signed_in(world, "aino").get(f"/my/{world.onni.pk}/")
    assert answer.status_code == 404
    assert b"Onni" not in answer.content
    (noted,) = entries(world, "refused")
    assert (noted.by_id, noted.client_id) == (world.users["aino"].pk, world.onni.pk)
    assert noted.at.date() == TODAY


def test_another_organisers_client_is_not_there_for_a_case_manager(
    world: Scene, elsewhere: Scene
) -> None:
    answer = signed_in(world, "leena").get(f"/casework/clients/{elsewhere.aino.pk}/")
    assert answer.status_code == 404
    (noted,) = entries(world, "refused")
    assert (noted.subject_id, noted.client_id) == (elsewhere.aino.pk, None)
    assert not entries(elsewhere, "refused")
    assert signed_in(elsewhere, "leena").get(answer.wsgi_request.path).status_code == 200


def test_the_list_has_the_organisers_own_clients_only(world: Scene, elsewhere: Scene) -> None:
    text = signed_in(world, "leena").get("/casework/?all=1").content.decode()
    assert f"/casework/clients/{world.aino.pk}/" in text
    assert f"/casework/clients/{elsewhere.aino.pk}/" not in text


@pytest.mark.parametrize(
    ("key", "address", "purpose"),
    [
        ("aino", "/my/", "own budget"),
        ("kaisa", "/my/", "acting for the client"),
        ("leena", "/casework/clients/{}/", "casework"),
    ],
)
def test_reading_a_clients_page_is_noted_with_who_and_why(
    key: str, address: str, purpose: str, world: Scene
) -> None:
    assert signed_in(world, key).get(address.format(world.aino.pk)).status_code == 200
    (noted,) = entries(world, "read")
    assert (noted.by_id, noted.client_id) == (world.users[key].pk, world.aino.pk)
    assert noted.purpose == purpose


def test_a_mandate_opens_the_page_from_its_first_day_to_its_last(world: Scene) -> None:
    own = Mandate.objects.filter(client=world.aino)
    kaisa = signed_in(world, "kaisa")
    for first, end, status in (
        (TODAY, TODAY + timedelta(days=1), 200),
        (date(2020, 1, 1), TODAY, 404),
        (TODAY + timedelta(days=1), None, 404),
    ):
        with tenancy.scope([world.organiser.pk]):
            own.update(valid=(first, end))
        assert kaisa.get(f"/my/{world.aino.pk}/").status_code == status


def test_a_mandate_to_look_does_not_let_one_confirm(world: Scene) -> None:
    Mandate.objects.filter(client=world.aino).update(scope=["see"])
    kaisa = signed_in(world, "kaisa")
    assert kaisa.get(f"/my/{world.aino.pk}/").status_code == 200
    assert kaisa.post(f"/my/visits/{world.waiting.pk}/confirm/").status_code == 404


def test_a_role_that_has_ended_opens_nothing(world: Scene) -> None:
    Holding.objects.filter(user=world.users["leena"]).update(valid=(date(2018, 1, 1), TODAY))
    assert signed_in(world, "leena").get("/casework/").status_code == 403


@pytest.mark.parametrize("address", ["/casework/", "/my/", "/casework/clients/1/"])
def test_the_scope_is_left_after_a_page_a_refusal_and_a_failure(
    address: str, world: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = signed_in(world, "leena")
    browser.raise_request_exception = False
    browser.get(address)
    assert scope_now() in ("", "{}")

    def breaks(*anything: object) -> None:
        raise RuntimeError("made to fail")

    monkeypatch.setattr("valinta.web.casework.views.caseload", breaks)
    assert browser.get("/casework/").status_code == 500
    assert scope_now() in ("", "{}")


def test_the_address_of_a_client_of_non_disclosure_is_not_on_the_page(world: Scene) -> None:
    leena = signed_in(world, "leena")
    assert "Hyvinkää" in leena.get(f"/casework/clients/{world.aino.pk}/").content.decode()
    assert "Hyvinkää" not in leena.get(f"/casework/clients/{world.onni.pk}/").content.decode()


@pytest.mark.parametrize("number", [2**63 - 1, 2**63, 10**30])
def test_a_number_that_no_row_can_have_is_not_there_and_the_attempt_is_noted(
    world: Scene, number: int
) -> None:
    request = signed_in(world, "leena").get("/casework/").wsgi_request
    tenancy.enter([world.organiser.pk], None)
    for kind in ("client", "visit", "programme"):
        note_refusal(request, kind, number)
        assert is_stranger(request, kind, number)
    noted = entries(world, "refused")
    assert {one.subject_id for one in noted} == {number if number < 2**63 else 0}
    assert [one.client_id for one in noted] == [None] * 3


@pytest.mark.parametrize("number", [10**18 - 1, 2**63 - 1, 2**63, 10**30])
def test_an_address_with_a_number_that_no_row_can_have_is_not_there(
    world: Scene, number: int
) -> None:
    browser = signed_in(world, "leena")
    for address in (
        f"/casework/clients/{number}/",
        f"/casework/clients/{number}/contacts/",
        f"/casework/clients/{world.aino.pk}/services/orders/{number}/",
        f"/casework/register/?interest={number}",
        f"/providers/{number}/",
    ):
        assert browser.get(address).status_code == 404, address
    sent = {"request": str(number), "answer": "Ei ole.", "do": "found"}
    answered = f"/casework/clients/{world.aino.pk}/answer-request/"
    assert browser.post(answered, sent).status_code == 404
    assert entries(world, "refused")
