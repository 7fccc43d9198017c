"""A visit disputed in words is talked about in one thread, with its provider and case manager."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Stage
from tests.order_pages import PRICES, Reader, back_in_scope, plain, set_day
from tests.unit.web.conftest import signed_in
from tests.unit.web.rows import Scene
from valinta.clients.models import Mandate
from valinta.messages.actions import AnotherVisit, open_thread, write_message
from valinta.messages.models import Notice, NoticeChoice, Thread
from valinta.messages.states import Route
from valinta.orders.models import Order
from valinta.organisers import tenancy
from valinta.processes.dispute_visit import dispute_in_words
from valinta.providers.models import Provider
from valinta.users.actor import Actor, actor_of, system
from valinta.visits.actions import accept_reviewed
from valinta.visits.code_actions import CodeOfAnotherVisit, make_code, tie_code, use_code
from valinta.visits.models import Visit, VisitCode
from valinta.web import clock


@pytest.fixture
def order(stage: Stage, aino: Reader) -> Order:
    offer = stage.offer(stage.provider("Kotiapu Oy"), "home-care", PRICES)
    return stage.order(aino.client, offer, 6_00)


def worker_of(stage: Stage, provider: Provider) -> Actor:
    """The provider's worker on the stage's day."""
    return actor_of(stage.worker(provider).user_id or 0, stage.on)


def reported(stage: Stage, order: Order, day: int) -> Visit:
    visit = stage.report(order, date(2019, 3, day))
    set_day(stage, date(2019, 3, 11))
    return visit


def test_words_open_a_thread_that_names_the_visit_and_the_list_leads_to_it(
    stage: Stage, aino: Reader, order: Order
) -> None:
    visit = reported(stage, order, 5)
    answer = aino.browser.post(
        f"/my/visits/{visit.pk}/dispute/",
        {"what": "shorter", "reason": "Liisa Virtanen oli vain puoli tuntia."},
        follow=True,
    )
    assert "can answer you under Messages" in plain(answer.content)
    back_in_scope(stage)
    thread = Thread.objects.get()
    assert (thread.route, thread.visit, thread.provider) == (Route.VISIT, visit, visit.provider)
    # Neither a person nor a service in the subject, which stands in lists.
    assert thread.subject == "The visit of 5.3.2019"
    said = thread.messages.get()
    assert said.words == "The visit was shorter. Liisa Virtanen oli vain puoli tuntia."
    assert f"/messages/{thread.pk}/" in aino.get("visits/")
    assert f"/messages/{thread.pk}/" in aino.get(f"orders/{order.pk}/")
    text = plain(aino.browser.get(f"/my/{aino.client.pk}/messages/{thread.pk}/").content)
    assert "With Kotiapu Oy and your case manager" in text
    assert "It is about the visit of" in text


def test_a_reason_that_was_only_picked_opens_no_thread(
    stage: Stage, aino: Reader, order: Order
) -> None:
    visit = reported(stage, order, 5)
    aino.browser.post(f"/my/visits/{visit.pk}/dispute/", {"what": "nobody"})
    back_in_scope(stage)
    visit.refresh_from_db()
    assert (visit.state, visit.reason) == ("disputed", "Nobody came.")
    assert not Thread.objects.exists()
    assert "What has been said" not in aino.get("visits/")


def test_a_second_dispute_goes_on_in_the_same_thread_and_both_others_answer(
    stage: Stage, aino: Reader, order: Order
) -> None:
    visit = reported(stage, order, 5)
    manager, worker = stage.manager, worker_of(stage, order.provider)
    NoticeChoice.objects.create(
        organiser=stage.organiser, user_id=manager.user_id, email="koe@example.fi",
        chosen_at=stage.now, confirmed_at=stage.now,
    )  # fmt: skip
    told = {"visit_id": visit.pk, "picked": "", "by": stage.actor(aino.client), "at": stage.now}
    first = dispute_in_words(**told, words="Ei tullut.").thread
    assert first is not None
    assert Notice.objects.filter(user_id=manager.user_id).exists()
    for by, words in ((worker, "Kävimme klo 9."), (manager, "Selvitän asian.")):
        assert write_message(thread=first, words=words, by=by, at=stage.now).side == "other"
    accept_reviewed(
        visit_id=visit.pk,
        funding_account_id=stage.programme.funding_account_id,
        by=manager,
        at=stage.now,
    )
    second = dispute_in_words(**told, words="Ei sittenkään.").thread
    assert second == first
    assert first.messages.count() == 4
    with pytest.raises(IntegrityError, match="disputed_visit_has_one_thread"), transaction.atomic():
        Thread.objects.create(
            organiser=stage.organiser, client=aino.client, route=Route.VISIT, visit=visit,
            provider=order.provider, subject="Toinen", opened_at=stage.now, last_at=stage.now,
        )  # fmt: skip


def test_only_the_visits_own_provider_and_organiser_read_along(
    stage: Stage, aino: Reader, order: Order
) -> None:
    visit = reported(stage, order, 5)
    other = stage.provider("Toinen Oy")
    stage.order(aino.client, stage.offer(other, "home-care", PRICES), 1_00)
    who = {"by": stage.actor(aino.client), "at": stage.now}
    dispute_in_words(visit_id=visit.pk, picked="", words="Ei tullut.", **who)
    readers = {
        "client": stage.actor(aino.client),
        "case manager": stage.manager,
        "provider": worker_of(stage, order.provider),
        "another provider": worker_of(stage, other),
        "office": stage.staff.office.actor,
        "finance": stage.staff.preparer.actor,
    }
    see = {name for name, actor in readers.items() if Thread.objects.visible_to(actor).exists()}
    assert see == {"client", "case manager", "provider"}
    about = {"client": aino.client, "route": Route.VISIT, "subject": "x", "words": "x"}
    for wrong in ({"provider": other, "visit": visit}, {"provider": order.provider}):
        with pytest.raises(AnotherVisit):
            open_thread(**about, **wrong, **who)


def test_a_supporter_who_confirms_but_reads_no_messages_disputes_without_a_thread(
    world: Scene, elsewhere: Scene
) -> None:
    with tenancy.scope([world.organiser.pk]):
        Mandate.objects.filter(client=world.aino).update(scope=["confirm", "see_budget"])
    kaisa = signed_in(world, "kaisa")
    told = {"what": "", "reason": "Kukaan ei tullut."}
    address = f"/my/visits/{world.waiting.pk}/dispute/"
    assert signed_in(elsewhere, "aino").post(address, told).status_code == 404
    assert kaisa.post(address, told).status_code == 302
    with tenancy.scope([world.organiser.pk]):
        world.waiting.refresh_from_db()
        assert world.waiting.state == "disputed"
        assert not Thread.objects.filter(visit=world.waiting).exists()


def test_of_another_organiser_nobody_reads_the_talk(world: Scene, elsewhere: Scene) -> None:
    with tenancy.scope([world.organiser.pk]):
        at = clock.now(world.organiser)
        aino = actor_of(world.users["aino"].pk, at.date())
        done = dispute_in_words(
            visit_id=world.waiting.pk, picked="", words="Ei tullut.", by=aino, at=at
        )
        assert done.thread is not None
    with tenancy.scope([world.organiser.pk, elsewhere.organiser.pk]):
        for key in ("aino", "leena", "helmi", "kaisa"):
            actor = actor_of(elsewhere.users[key].pk, at.date())
            assert not Thread.objects.visible_to(actor).filter(pk=done.thread.pk).exists(), key


def test_the_lists_ask_the_database_as_often_for_thirty_disputed_visits_as_for_one(
    stage: Stage,
    aino: Reader,
    order: Order,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[list[object]]],
) -> None:
    who = {"by": stage.actor(aino.client), "at": stage.now}
    counts = []
    for day, words in ((5, "Ei tullut."), (6, "Ei tullut."), (7, "Lyhyempi.")):
        visit = reported(stage, order, day)
        dispute_in_words(visit_id=visit.pk, picked="", words=words, **who)
        with django_assert_max_num_queries(40) as seen:
            aino.get("visits/")
        back_in_scope(stage)
        counts.append(len(seen))
    assert counts[1] == counts[2]


def code_of(stage: Stage, order: Order) -> VisitCode:
    """A code that the client has shown and the worker has entered."""
    shown = make_code(order=order, by=stage.actor(order.client), at=stage.now)
    at = stage.now + timedelta(minutes=5)
    return use_code(order=order, code=shown.code, by=stage.worker(order.provider), at=at)


def test_a_used_code_is_tied_to_its_visit_when_that_is_reported_and_the_list_says_so(
    stage: Stage, aino: Reader, order: Order
) -> None:
    set_day(stage, date(2019, 3, 5))
    code = code_of(stage, order)
    stage.report(order, date(2019, 3, 4))
    code.refresh_from_db()
    assert code.visit is None
    visit = stage.report(order, date(2019, 3, 5))
    code.refresh_from_db()
    assert code.visit == visit
    set_day(stage, date(2019, 3, 11))
    text = aino.get("visits/")
    assert text.count("confirmed by code") == 1
    # They met: whether all went as reported, the client still says.
    assert text.count("waits for your answer") == 2


def test_a_code_confirms_one_visit_of_its_own_order_and_day(
    stage: Stage, aino: Reader, order: Order
) -> None:
    set_day(stage, date(2019, 3, 5))
    code, worker = code_of(stage, order), stage.worker(order.provider)
    wrong_day = stage.report(order, date(2019, 3, 4))
    with pytest.raises(CodeOfAnotherVisit):
        tie_code(code=code, visit=wrong_day, by=worker, at=stage.now)
    right = stage.report(order, date(2019, 3, 5))
    code.refresh_from_db()
    with pytest.raises(CodeOfAnotherVisit):
        tie_code(code=code, visit=right, by=system(stage.organiser.pk), at=stage.now)
    for wrong in (wrong_day, None):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            VisitCode.objects.filter(pk=code.pk).update(visit=wrong)


def test_the_database_refuses_a_code_for_the_visit_of_another_order(
    stage: Stage, aino: Reader, order: Order
) -> None:
    set_day(stage, date(2019, 3, 5))
    code = code_of(stage, order)
    second = stage.offer(stage.provider("Toinen Oy"), "home-care", PRICES)
    foreign = stage.report(stage.order(aino.client, second, 2_00), date(2019, 3, 4))
    with pytest.raises(IntegrityError, match="of its own order"), transaction.atomic():
        VisitCode.objects.filter(pk=code.pk).update(visit=foreign)
    unused = VisitCode.objects.create(
        organiser=stage.organiser, order=foreign.order, digest="0" * 64,
        made_at=stage.now, expires_at=stage.now, closed_at=stage.now,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="only_a_used_code"), transaction.atomic():
        VisitCode.objects.filter(pk=unused.pk).update(visit=foreign)
