"""Who may open whom: closed caseloads, opening with a reason, search, and non-disclosure."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.unit.web import casework_rows
from tests.unit.web.casework_rows import actor, close_caseloads, colleague, enter, person
from tests.unit.web.conftest import signed_in
from tests.unit.web.rows import AT, TODAY, Scene
from valinta.audit.models import Entry
from valinta.clients.models import AccessGrant, Client, Cover, Reception
from valinta.messages.models import Thread
from valinta.orders.models import Order
from valinta.visits.models import Visit

REASON = "Oma ohjaaja on sairaana, ja tytär soitti huomisesta."


@pytest.fixture
def closed(world: Scene) -> Scene:
    casework_rows.with_terms(world)
    colleague(world)
    close_caseloads(world)
    return world


def page(client: Client | None, end: str = "") -> str:
    assert client is not None
    return f"/casework/clients/{client.pk}/{end}"


def met(scene: Scene, key: str) -> set[Client]:
    enter(scene)
    return set(Client.objects.met_by(actor(scene, key)))


def test_where_caseloads_are_open_every_case_manager_opens_everybody(world: Scene) -> None:
    colleague(world)
    assert signed_in(world, "lauri").get(page(world.aino)).status_code == 200


def test_another_workers_client_is_not_there_and_the_attempt_is_noted(closed: Scene) -> None:
    browser = signed_in(closed, "lauri")
    assert browser.get(page(closed.aino)).status_code == 404
    assert browser.get(page(closed.aino, "contacts/")).status_code == 404
    enter(closed)
    noted = Entry.objects.filter(verb="refused", client_id=closed.aino.pk)
    assert {one.by_id for one in noted} == {closed.users["lauri"].pk}
    lauri = actor(closed, "lauri")
    enter(closed)
    for model in (Order, Visit, Thread):
        assert not model.objects.visible_to(lauri).exists(), model
    assert "Esimerkki, Aino" not in browser.get("/casework/?all=1").content.decode()
    assert signed_in(closed, "leena").get(page(closed.aino)).status_code == 200
    # Who decides has no caseload.
    assert signed_in(closed, "paavo").get(page(closed.aino)).status_code == 200


def test_covered_received_and_unassigned_clients_are_met(closed: Scene) -> None:
    assert met(closed, "lauri") == set()
    free, _ = person(closed, 1, None)
    assert met(closed, "lauri") == {free}
    Cover.objects.create(
        organiser=closed.organiser, user=closed.users["leena"], covered_by=closed.users["lauri"],
        valid=(TODAY, TODAY + timedelta(days=1)), made_at=AT,
    )  # fmt: skip
    assert met(closed, "lauri") == {free, closed.aino, closed.onni}
    Cover.objects.update(valid=(TODAY + timedelta(days=1), None))
    assert met(closed, "lauri") == {free}
    Reception.objects.create(
        organiser=closed.organiser, municipality_code="106", user=closed.users["lauri"],
        valid=(date(2020, 1, 1), None),
    )  # fmt: skip
    assert met(closed, "lauri") == {free, closed.aino, closed.onni}


def test_a_reason_opens_for_the_day_and_the_client_sees_it(closed: Scene) -> None:
    browser = signed_in(closed, "lauri")
    browser.cookies["django_language"] = "fi"
    form = browser.get(page(closed.aino, "opening/")).content.decode()
    assert "Aino" not in form
    assert browser.post(page(closed.aino, "opening/"), {"reason": "kiire"}).status_code == 422
    opened = browser.post(page(closed.aino, "opening/"), {"reason": REASON}, follow=True)
    assert "Se on nyt sinulle auki" in opened.content.decode()
    aino = signed_in(closed, "aino")
    looked = aino.get(f"/my/{closed.aino.pk}/looked/")
    assert REASON in looked.content.decode()
    superior = signed_in(closed, "paavo").get("/casework/openings/").content.decode()
    assert REASON in superior and "Lauri Lahti" in superior
    enter(closed)
    grant = AccessGrant.objects.get()
    assert (grant.valid.lower, grant.valid.upper) == (TODAY, TODAY + timedelta(days=1))
    AccessGrant.objects.update(valid=(TODAY - timedelta(days=1), TODAY))
    assert browser.get(page(closed.aino)).status_code == 404


def test_openings_are_listed_for_ones_own_organiser_only(closed: Scene, elsewhere: Scene) -> None:
    signed_in(closed, "lauri").post(page(closed.aino, "opening/"), {"reason": REASON})
    assert REASON not in signed_in(elsewhere, "paavo").get("/casework/openings/").content.decode()
    assert signed_in(elsewhere, "leena").get(page(closed.aino, "opening/")).status_code == 404


def test_contact_facts_under_non_disclosure_are_hidden_until_opened(world: Scene) -> None:
    onni = world.onni
    assert onni is not None
    Client.objects.update(contact={"phone": "0401112223", "street": "Salakuja 3"})
    leena = signed_in(world, "leena")
    hidden = leena.get(page(onni)).content.decode()
    assert "0401112223" not in hidden and "Salakuja" not in hidden and "Hyvinkää" not in hidden
    assert "0401112223" in leena.get(page(world.aino)).content.decode()
    assert leena.post(page(onni, "opening/"), {"reason": REASON}).status_code == 302
    opened = leena.get(page(onni)).content.decode()
    assert "0401112223" in opened and "Hyvinkää" in opened
    enter(world)
    colleague(world)
    assert "0401112223" not in signed_in(world, "lauri").get(page(onni)).content.decode()
    for address in ("/casework/work/?whose=all", "/casework/?all=1", "/casework/messages/"):
        assert "Salakuja" not in leena.get(address).content.decode()
    enter(world)
    log = " ".join(str(one) for one in Entry.objects.values_list("facts", "purpose"))
    assert "0401112223" not in log and REASON not in log


@pytest.mark.parametrize("words", ["esim ai", "Aino Esimerkki", "ESIMERKKI", "áino"])
def test_names_are_found_by_their_beginnings_in_any_order(words: str, world: Scene) -> None:
    text = signed_in(world, "leena").post("/casework/search/", {"words": words}).content.decode()
    assert "Esimerkki, Aino" in text
    enter(world)
    noted = Entry.objects.filter(purpose="casework search", client_id=world.aino.pk)
    assert [one.facts for one in noted] == [{"by": "name"}]
    assert words not in str([one.facts for one in Entry.objects.all()])


def test_search_knows_letters_with_dots_and_double_names(world: Scene) -> None:
    Client.objects.filter(pk=world.aino.pk).update(given_name="Anna-Liisa", family_name="Mäkinen")
    for words in ("makinen", "MÄKINEN liisa", "liisa mak"):
        text = signed_in(world, "leena").post("/casework/search/", {"words": words})
        assert "Mäkinen, Anna-Liisa" in text.content.decode(), words
    nobody = signed_in(world, "leena").post("/casework/search/", {"words": "äkinen"})
    assert "Mäkinen" not in nobody.content.decode()


def test_an_identity_code_finds_one_and_offers_to_open_anothers(closed: Scene) -> None:
    aino = closed.aino
    assert aino is not None
    found = signed_in(closed, "leena").post("/casework/search/", {"words": aino.identity_code})
    assert "Esimerkki, Aino" in found.content.decode()
    other = signed_in(closed, "lauri").post("/casework/search/", {"words": aino.identity_code})
    text = other.content.decode()
    assert "Aino" not in text
    assert page(aino, "opening/") in text


def test_search_never_tells_where_people_live_nor_stands_in_an_address(world: Scene) -> None:
    Client.objects.update(contact={"phone": "0401112223"})
    leena = signed_in(world, "leena")
    text = leena.post("/casework/search/", {"words": "mall"}).content.decode()
    assert "Mallinen, Onni" in text and "non-disclosure" in text.lower() or "turvakielto" in text
    assert "Hyvinkää" not in text and "0401112223" not in text
    assert "Mallinen" not in leena.get("/casework/search/?words=mall").content.decode()


def test_one_organiser_does_not_find_the_others(world: Scene, elsewhere: Scene) -> None:
    aino = world.aino
    assert aino is not None
    text = signed_in(elsewhere, "leena").post("/casework/search/", {"words": "esim"})
    assert f"/clients/{aino.pk}/" not in text.content.decode()


@pytest.mark.parametrize("count", [1, 15])
def test_a_search_takes_as_many_queries_however_many_it_finds(count: int, world: Scene) -> None:
    for number in range(count):
        person(world, number, "leena")
    browser = signed_in(world, "leena")
    browser.post("/casework/search/", {"words": "pirkko"})
    with CaptureQueriesContext(connection) as queries:
        browser.post("/casework/search/", {"words": "pirkko"})
    assert len(queries) == QUERIES, [one["sql"][:90] for one in queries]


QUERIES = 9
