"""The work list: what is due and why, whose, how many, and taking, handing over and covering."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.unit.web import casework_rows, rows
from tests.unit.web.casework_rows import actor, close_caseloads, colleague, enter, person, pk_of
from tests.unit.web.conftest import signed_in
from tests.unit.web.rows import AT, TODAY, Scene
from valinta.audit.models import Entry
from valinta.clients.models import Client, Cover, HandOver, Interest
from valinta.messages.actions import note_glance, open_thread
from valinta.messages.states import Route
from valinta.needs.models import Assessment
from valinta.plans.models import ServicePlan
from valinta.visits.models import Visit
from valinta.web.casework import work_list as listing
from valinta.web.casework.work_kinds import Kind
from valinta.web.casework.work_list import Due, Sieve, Whose, work_counts, work_list
from valinta.web.casework.work_sources import SOURCES
from valinta.web.casework.work_words import KINDS, address, when, why

NOW = AT.replace(year=2020, month=11, day=19)


@pytest.fixture
def scene(world: Scene) -> Scene:
    casework_rows.with_terms(world)
    return world


def due(scene: Scene, key: str = "leena", **sieve: Any) -> list[Due]:
    enter(scene)
    found = work_list(actor(scene, key), Sieve(**sieve), TODAY)
    return found.rows


def kinds_of(scene: Scene, client: Client | None) -> set[Kind]:
    assert client is not None
    return {one.kind for one in due(scene, whose=Whose.ALL) if one.client_id == client.pk}


def test_every_kind_has_a_source_and_words(scene: Scene) -> None:
    assert {one.kind for one in SOURCES} == set(Kind) == set(KINDS)


def test_each_reason_comes_and_goes_with_its_fact(scene: Scene) -> None:
    aino = scene.aino
    assert aino is not None
    quiet = kinds_of(scene, aino)
    assert quiet.isdisjoint({Kind.DISPUTE, Kind.REVIEW, Kind.DECISION_ENDS, Kind.ASSESSMENT})

    assert scene.waiting is not None
    Visit.objects.filter(pk=scene.waiting.pk).update(
        state="disputed", reason="ei tullut", decided_at=AT
    )
    assert Kind.DISPUTE in kinds_of(scene, aino)
    Visit.objects.filter(client=aino, state="disputed").update(state="in_review")
    assert kinds_of(scene, aino) & {Kind.DISPUTE, Kind.REVIEW} == {Kind.REVIEW}
    scene.programme.terms["casework"]["due"] |= {"decision_notice_days": 300}
    scene.programme.save()
    assert Kind.DECISION_ENDS in kinds_of(scene, aino)
    aino.mandates.update(valid=(date(2020, 9, 3), TODAY + timedelta(days=5)))
    assert Kind.MANDATE_ENDS in kinds_of(scene, aino)
    ServicePlan.objects.filter(enrolment__client=aino).update(state="draft")
    assert Kind.SIGNATURE in kinds_of(scene, aino)
    Client.objects.filter(pk=aino.pk).update(case_manager=None)
    assert Kind.NOBODY in kinds_of(scene, aino)


def test_an_assessment_is_due_when_its_days_have_gone_by(scene: Scene) -> None:
    new, place = person(scene, 1, "leena")
    place.started_on = TODAY - timedelta(days=29)
    place.save()
    assert kinds_of(scene, new) == set()
    place.started_on = TODAY - timedelta(days=31)
    place.save()
    (row,) = [one for one in due(scene) if one.client_id == new.pk]
    assert (row.kind, row.mark, row.is_late) == (Kind.ASSESSMENT, "not_started", True)
    Assessment.objects.create(
        organiser=scene.organiser, enrolment=place, state="started", started_at=NOW
    )
    assert kinds_of(scene, new) == set()
    Assessment.objects.update_or_create(
        enrolment=place, defaults={"started_at": NOW - timedelta(days=40)}
    )
    (row,) = [one for one in due(scene) if one.client_id == new.pk]
    assert row.mark == "started"


def test_unread_messages_are_due_until_they_are_read(scene: Scene) -> None:
    aino = scene.aino
    assert aino is not None
    enter(scene)
    thread = open_thread(
        client=aino, route=Route.CASE_MANAGER, subject="Aika", words="Käykö?",
        by=actor(scene, "aino"), at=NOW,
    )  # fmt: skip
    (row,) = [one for one in due(scene) if one.kind is Kind.MESSAGE]
    assert row.subject_id == thread.pk
    assert address(row).endswith(f"/messages/{thread.pk}/")
    enter(scene)
    note_glance(thread=thread, by=actor(scene, "leena"), at=NOW + timedelta(minutes=1))
    assert Kind.MESSAGE not in kinds_of(scene, aino)


def test_unused_money_is_told_near_the_months_end_only(scene: Scene) -> None:
    assert Kind.MONEY_UNUSED not in kinds_of(scene, scene.aino)
    scene.programme.terms["casework"]["due"] |= {"month_end_days": 15, "unused_percent": "30"}
    scene.programme.save()
    rows_of = [one for one in due(scene) if one.kind is Kind.MONEY_UNUSED]
    assert [(one.client_id, one.cents, one.mark) for one in rows_of] == [
        (pk_of(scene.aino), 41250, "is_lost")
    ]


def test_the_most_harmful_comes_first_and_each_row_says_why_and_where(scene: Scene) -> None:
    person(scene, 1, None)
    found = due(scene, whose=Whose.ALL)
    harm = {one.kind: one.harm for one in SOURCES}
    assert [harm[one.kind] for one in found] == sorted(harm[one.kind] for one in found)
    assert found[0].kind is Kind.DISPUTE
    for one in found:
        assert why(one)
        assert when(one)
        assert address(one).startswith("/casework/")


def test_mine_are_also_those_i_cover_and_others_are_not(scene: Scene) -> None:
    colleague(scene)
    theirs, _ = person(scene, 1, "lauri")
    Client.objects.filter(pk=theirs.pk).update(case_manager=scene.users["lauri"])
    Client.objects.filter(pk=pk_of(scene.onni)).update(case_manager=scene.users["lauri"])
    assert due(scene) == []
    Cover.objects.create(
        organiser=scene.organiser, user=scene.users["lauri"], covered_by=scene.users["leena"],
        valid=(TODAY, TODAY + timedelta(days=1)), made_at=AT,
    )  # fmt: skip
    assert {one.client_id for one in due(scene)} == {pk_of(scene.onni), theirs.pk}
    assert {one.client_id for one in due(scene, whose=Whose.COVER)} == {
        pk_of(scene.onni),
        theirs.pk,
    }
    Cover.objects.update(ended_at=AT)
    assert due(scene, whose=Whose.COVER) == []


def test_the_list_shows_the_readers_own_organiser_only(scene: Scene, elsewhere: Scene) -> None:
    enter(scene)
    ours = work_list(actor(scene, "leena"), Sieve(whose=Whose.ALL), TODAY)
    assert {one.client_id for one in ours.rows} == {pk_of(scene.onni)}
    enter(elsewhere)
    casework_rows.with_terms(elsewhere)
    theirs = work_list(actor(elsewhere, "leena"), Sieve(whose=Whose.ALL), TODAY)
    assert {one.client_id for one in theirs.rows} == {pk_of(elsewhere.onni)}


def test_nobody_under_non_disclosure_is_found_by_municipality(scene: Scene) -> None:
    onni = scene.onni
    assert onni is not None and onni.non_disclosure
    assert [one.client for one in due(scene, municipality="106")] == []
    Client.objects.filter(pk=onni.pk).update(non_disclosure=False)
    assert [one.client_id for one in due(scene, municipality="106")] == [onni.pk]


def test_the_page_narrows_counts_and_searches_without_names_in_addresses(scene: Scene) -> None:
    person(scene, 1, None)
    browser = signed_in(scene, "leena")
    browser.cookies["django_language"] = "en"
    text = browser.get("/casework/work/?whose=all").content.decode()
    assert "Mallinen, Onni" in text and "1, Pirkko" in text
    assert "did not go as reported" in text
    narrowed = browser.get("/casework/work/?whose=all&kind=nobody").content.decode()
    assert "1, Pirkko" in narrowed and "Mallinen, Onni" not in narrowed
    found = browser.post("/casework/work/?whose=all", {"words": "mallin"}).content.decode()
    assert "Mallinen, Onni" in found and "1, Pirkko" not in found
    enter(scene)
    listed = Entry.objects.filter(verb="read", purpose="casework list")
    assert {one.by_id for one in listed} == {scene.users["leena"].pk}


def test_among_many_clients_the_page_is_the_same_and_the_numbers_are_asked_for(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        person(scene, number, None)
    enter(scene)
    leena, sieve = actor(scene, "leena"), Sieve(whose=Whose.ALL)
    few = work_list(leena, sieve, TODAY)
    monkeypatch.setattr(listing, "FEW", 4)
    many = work_list(leena, sieve, TODAY)
    assert few.counts and many.counts is None
    assert many.rows == few.rows and len(many.rows) > 3
    assert (
        work_counts(leena, sieve) == few.counts == work_list(leena, sieve, TODAY, count=True).counts
    )
    for kind in Kind:
        chosen = work_list(leena, Sieve(whose=Whose.ALL, kind=kind), TODAY)
        assert chosen.rows == [one for one in few.rows if one.kind is kind]


def test_among_many_clients_the_pages_follow_each_other_without_gaps(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        person(scene, number, None)
    whole = due(scene, whose=Whose.ALL)
    monkeypatch.setattr(listing, "FEW", 1)
    monkeypatch.setattr(listing, "PAGE_SIZE", 2)
    enter(scene)
    pages = [
        work_list(actor(scene, "leena"), Sieve(whose=Whose.ALL, page=number), TODAY)
        for number in range(1, -(-len(whole) // 2) + 1)
    ]
    assert [one for page in pages for one in page.rows] == whole
    assert [page.more for page in pages] == [True] * (len(pages) - 1) + [False]


def test_the_numbers_come_by_themselves_or_by_a_link_and_name_nobody(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    person(scene, 1, None)
    monkeypatch.setattr(listing, "FEW", 1)
    browser = signed_in(scene, "leena")
    browser.cookies["django_language"] = "en"
    address = "?whose=all&amp;numbers=1"
    page = browser.get("/casework/work/?whose=all").content.decode()
    assert f'data-hx-get="{address}"' in page and f'href="{address}"' in page
    assert "work-number" not in page and "1, Pirkko" in page
    enter(scene)
    noted = Entry.objects.filter(purpose="casework list").count()
    asked = "/casework/work/?whose=all&numbers=1"
    part = browser.get(asked, headers={"HX-Request": "true"}).content.decode()
    assert part.startswith('<nav id="kinds"') and "Pirkko" not in part
    assert '<span>Disputes</span> <span class="work-number">1</span>' in part
    assert "data-hx-get" not in part and "Wellbeing questions" not in part
    enter(scene)
    assert Entry.objects.filter(purpose="casework list").count() == noted
    whole = browser.get(asked).content.decode()
    assert part.strip() in whole and "1, Pirkko" in whole


def test_a_search_by_name_is_counted_at_once(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "FEW", 0)
    text = signed_in(scene, "leena").post("/casework/work/?whose=all", {"words": "mallin"})
    assert "work-number" in text.content.decode()
    assert "data-hx-get" not in text.content.decode()


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize("count", [1, 30])
def test_the_number_of_queries_does_not_grow(
    count: int, many: bool, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "FEW", 0 if many else 1_000)
    for number in range(count):
        person(scene, number, None)
    browser = signed_in(scene, "leena")
    browser.get("/casework/work/?whose=all")
    with CaptureQueriesContext(connection) as queries:
        browser.get("/casework/work/?whose=all")
    assert len(queries) == QUERIES, [one["sql"][:90] for one in queries]


QUERIES = 10


def test_a_client_of_nobody_is_taken_once(scene: Scene) -> None:
    colleague(scene)
    new, _ = person(scene, 1, None)
    for key, told in (("leena", "Asiakas on nyt sinun"), ("lauri", "Työkaveri on ottanut")):
        browser = signed_in(scene, key)
        browser.cookies["django_language"] = "fi"
        answer = browser.post(f"/casework/clients/{new.pk}/take/", follow=True)
        assert told in answer.content.decode()
    enter(scene)
    new.refresh_from_db()
    assert new.case_manager == scene.users["leena"]


def test_a_newcomer_is_taken_and_stays_in_ones_own_list(scene: Scene) -> None:
    colleague(scene)
    _, place = person(scene, 1, "leena")
    came = Interest.objects.create(
        organiser=scene.organiser, programme=scene.programme, municipality=place.municipality,
        state="received", name="Tulija", phone="040", language="fi", form_key=uuid4(),
        came_at=NOW - timedelta(days=9),
    )  # fmt: skip
    (row,) = [one for one in due(scene) if one.kind is Kind.INTEREST]
    assert row.newcomer == came and row.is_late
    assert signed_in(scene, "leena").post(f"/casework/newcomers/{came.pk}/take/").status_code == 302
    assert [one for one in due(scene) if one.newcomer] and not due(scene, "lauri")


def test_clients_are_handed_over_many_at_once_with_a_note(scene: Scene) -> None:
    colleague(scene)
    browser = signed_in(scene, "leena")
    both = [scene.aino, scene.onni]
    form = {"clients": [one.pk for one in both if one], "to": scene.users["lauri"].pk, "words": ""}
    refused = browser.post("/casework/handing/", form)
    assert refused.status_code == 422
    assert (
        browser.post("/casework/handing/", form | {"words": "Jään eläkkeelle."}).status_code == 302
    )
    enter(scene)
    assert set(Client.objects.filter(case_manager=scene.users["lauri"])) == set(both)
    assert {one.words for one in HandOver.objects.all()} == {"Jään eläkkeelle."}
    assert Entry.objects.filter(verb="hand_over_client").count() == 2


def test_cover_is_agreed_and_ended_on_the_page(scene: Scene) -> None:
    colleague(scene)
    browser = signed_in(scene, "leena")
    form = {
        "user": scene.users["lauri"].pk, "colleague": scene.users["leena"].pk,
        "first_on": "2020-11-19", "last_on": "2020-11-18",
    }  # fmt: skip
    assert browser.post("/casework/cover/", form).status_code == 422
    assert browser.post("/casework/cover/", form | {"last_on": "2020-11-25"}).status_code == 302
    assert browser.post("/casework/cover/", form | {"last_on": "2020-11-25"}).status_code == 422
    enter(scene)
    (made,) = Cover.objects.all()
    assert (made.valid.lower, made.valid.upper) == (TODAY, date(2020, 11, 26))
    assert browser.post(f"/casework/cover/{made.pk}/end/").status_code == 302
    enter(scene)
    assert Cover.objects.get().ended_at is not None


def test_closed_caseloads_narrow_all_to_those_one_meets(scene: Scene) -> None:
    colleague(scene)
    rows.user(scene, "veera", "Veera Vieras", "case_manager")
    close_caseloads(scene)
    assert {one.client_id for one in due(scene, whose=Whose.ALL)} == {pk_of(scene.onni)}
    assert due(scene, "veera", whose=Whose.ALL) == []
    assert {one.client_id for one in due(scene, "paavo", whose=Whose.ALL)} == {pk_of(scene.onni)}
