"""Visits through the pages: yes, no with a reason, a code, stars; and a change of provider."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from tests.cast import Stage
from tests.order_pages import PRICES, Reader, back_in_scope, plain, set_day
from valinta.catalogue.models import Offer
from valinta.clients.models import Mandate
from valinta.demo.people import person
from valinta.orders.actions import accept_order, keep_week
from valinta.orders.calendar import WeeklyVisit, from_json
from valinta.orders.models import Order, OrderKind, Rating
from valinta.processes.order_service import Wanted, order_service
from valinta.providers.models import Worker
from valinta.users.permissions import Role
from valinta.visits.code_actions import use_code
from valinta.visits.models import Visit, VisitCode

WEEK = (WeeklyVisit(2, time(9), 60), WeeklyVisit(5, time(9), 60))


@pytest.fixture
def care(stage: Stage) -> Offer:
    return stage.offer(stage.provider("Kotiapu Oy"), "home-care", PRICES)


@pytest.fixture
def order(stage: Stage, aino: Reader, care: Offer) -> Order:
    return ordered(stage, aino, care)


def ordered(stage: Stage, aino: Reader, offer: Offer) -> Order:
    """An accepted order for Tuesdays and Fridays of the spring."""
    made = order_service(
        enrolment=stage.enrolment(aino.client),
        wanted=Wanted(offer, OrderKind.PERIOD, stage.months(3), WEEK),
        by=stage.actor(aino.client),
        at=stage.now,
    )
    return accept_order(order=made, by=stage.worker(made.provider), at=stage.now)


def test_visits_are_listed_with_their_state_and_answered_from_the_list(
    stage: Stage, aino: Reader, order: Order
) -> None:
    first, second = (stage.report(order, date(2019, 3, day)) for day in (5, 8))
    set_day(stage, date(2019, 3, 11))
    text = aino.get("visits/")
    assert text.count("waits for your answer") == 2
    done = aino.browser.post(f"/my/visits/{first.pk}/confirm/", {"back": "visits"}, follow=True)
    text = plain(done.content)
    assert "The visit is confirmed." in text
    assert "you said yes" in text
    assert text.count("waits for your answer") == 1
    assert second.pk


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"what": "nobody"}, "Nobody came."),
        ({"what": "shorter", "reason": "Vain puoli tuntia."}, "The visit was shorter. Vain puoli"),
        ({"what": "other", "reason": "Ovi jäi auki."}, "Ovi jäi auki."),
        ({"reason": "Kukaan ei tullut."}, "Kukaan ei tullut."),
    ],
)
def test_a_visit_is_disputed_by_picking_a_reason_or_in_words(
    typed: dict[str, str], kept: str, stage: Stage, aino: Reader, order: Order
) -> None:
    visit = stage.report(order, date(2019, 3, 5))
    set_day(stage, date(2019, 3, 11))
    address = f"/my/visits/{visit.pk}/dispute/"
    assert "Another worker came than was agreed." in plain(aino.browser.get(address).content)
    assert aino.browser.post(address, typed).status_code == 302
    back_in_scope(stage)
    visit.refresh_from_db()
    assert visit.state == "disputed"
    assert visit.reason.startswith(kept)
    assert kept in aino.get("visits/")


@pytest.mark.parametrize("typed", [{}, {"what": "other"}, {"what": "other", "reason": " "}])
def test_a_dispute_without_a_reason_is_asked_again(
    typed: dict[str, str], stage: Stage, aino: Reader, order: Order
) -> None:
    visit = stage.report(order, date(2019, 3, 5))
    set_day(stage, date(2019, 3, 11))
    answer = aino.browser.post(f"/my/visits/{visit.pk}/dispute/", typed)
    assert answer.status_code == 422
    assert plain(answer.content).count("Tell in a few words what happened.") == 2


def test_a_change_of_provider_is_shown_and_then_done(
    stage: Stage, aino: Reader, order: Order
) -> None:
    other = stage.offer(
        stage.provider("Siisti Oy"), "home-care",
        {"weekday-day": "28.00", "sunday-holiday": "45.00"},
    )  # fmt: skip
    set_day(stage, date(2019, 3, 11))
    choose = aino.get(f"orders/{order.pk}/change/")
    assert "The notice is 14 days" in choose
    assert "Siisti Oy" in choose
    assert "Choose Kotiapu Oy" not in choose
    address = f"orders/{order.pk}/change/?offer={other.pk}"
    look = plain(aino.browser.get(aino.at(address)).content)
    for words in ("Sun 24 Mar 2019", "Mon 25 Mar 2019", "€28.00 / hour", "€30.00 / hour"):
        assert words in look
    back_in_scope(stage)
    assert Order.objects.count() == 1
    assert aino.post(address, {"reason": ""}).status_code == 422
    done = aino.post(address, {"reason": "Aina eri hoitaja."}, follow=True)
    assert "The new one answers your order next." in plain(done.content)
    back_in_scope(stage)
    order.refresh_from_db()
    new = Order.objects.get(offer=other)
    assert (order.valid.upper, order.close_reason) == (date(2019, 3, 25), "Aina eri hoitaja.")
    assert from_json(new.pattern) == WEEK
    # 56.00 of March from the 25th, April with its holiday, May.
    assert [one.reserved_cents for one in new.slices.order_by("valid")] == [
        56_00, 8 * 28_00 + 45_00, 9 * 28_00,
    ]  # fmt: skip
    # What was shown is what is held now.
    assert f"€{(56_00 + 269_00 + 252_00) / 100:.2f}" in look
    assert "coming to its end" in aino.get("orders/")


def test_a_change_that_the_money_does_not_allow_is_told_and_nothing_changes(
    stage: Stage, aino: Reader, order: Order
) -> None:
    dear = stage.offer(
        stage.provider("Kallis Oy"), "home-care",
        {"weekday-day": "43.70", "sunday-holiday": "87.40"},
    )  # fmt: skip
    stage.order(aino.client, order.offer, 15_00, period=stage.months(3))
    set_day(stage, date(2019, 3, 11))
    answer = aino.browser.get(aino.at(f"orders/{order.pk}/change/?offer={dear.pk}"))
    assert answer.status_code == 422
    assert "The money does not reach." in plain(answer.content)
    back_in_scope(stage)
    order.refresh_from_db()
    assert order.valid.upper == date(2019, 6, 1)


def test_the_client_shows_a_code_that_the_worker_enters(
    stage: Stage, aino: Reader, order: Order
) -> None:
    assert "Make the code when the worker has come." in aino.get(f"orders/{order.pk}/code/")
    answer = aino.post(f"orders/{order.pk}/code/", {})
    shown = answer.context["shown"]
    assert f"{shown.code[:3]} {shown.code[3:]}" in plain(answer.content)
    assert "no-store" in answer.headers["Cache-Control"]
    back_in_scope(stage)
    at = shown.expires_at - timedelta(minutes=1)
    use_code(order=order, code=shown.code, by=stage.worker(order.provider), at=at)
    assert VisitCode.objects.filter(used_at__isnull=False).count() == 1


def test_a_service_is_rated_after_a_visit_and_the_words_stay_private(
    stage: Stage, aino: Reader, order: Order
) -> None:
    early = aino.browser.get(aino.at(f"orders/{order.pk}/rate/"), follow=True)
    assert "when its first visit has been" in plain(early.content)
    back_in_scope(stage)
    stage.report(order, date(2019, 3, 5))
    set_day(stage, date(2019, 3, 11))
    address = f"orders/{order.pk}/rate/"
    assert aino.post(address, {}).status_code == 422
    done = aino.post(address, {"stars": "4", "words": "Hyvä hoitaja."}, follow=True)
    text = plain(done.content)
    assert "Thank you for your rating." in text
    assert "You gave this service 4 stars." in text
    assert "Hyvä hoitaja." not in text
    aino.post(address, {"stars": "5"})
    back_in_scope(stage)
    assert Rating.objects.filter(order=order).count() == 2
    offer = Offer.objects.get(pk=order.offer_id)
    assert (offer.rating_sum, offer.rating_count) == (5, 1)


def queries(work: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as seen:
        work()
    return len(seen)


def test_pages_take_as_many_queries_for_thirty_rows_as_for_one(
    stage: Stage, aino: Reader, order: Order
) -> None:
    stage.report(order, date(2019, 3, 1))
    stage.on = date(2019, 3, 3)
    set_day(stage, stage.on)
    pages = ("", "orders/", f"orders/{order.pk}/", "visits/", "order/?service=home-care")

    def count() -> list[int]:
        for page in pages:
            aino.browser.get(aino.at(page))
        found = [queries(lambda page=page: aino.browser.get(aino.at(page))) for page in pages]
        back_in_scope(stage)
        return found

    few = count()
    for number in range(29):
        offer = stage.offer(stage.provider(f"Apu {number} Oy"), "home-care", PRICES)
        more = stage.order(aino.client, offer, 10)
        keep_week(order=more, week=WEEK, by=stage.actor(aino.client), at=stage.now)
        stage.report(more, date(2019, 3, 2), 5)
    stage.report_lines(
        order.provider,
        [stage.line(order, date(2019, 3, 2), 1) for _ in range(29)],
    )
    assert Visit.objects.filter(order=order).count() == 30
    assert Order.objects.count() == 30
    assert count() == few


def test_a_daughter_whose_own_company_is_the_provider_neither_orders_nor_makes_a_code(
    stage: Stage, aino: Reader, order: Order
) -> None:
    daughter = person(stage.organiser, "Liisa Esimerkki", Role.REPRESENTATIVE, "fi", "-liisa")
    Mandate.objects.create(
        organiser=stage.organiser,
        client=aino.client,
        user=daughter.user,
        kind="authorised",
        scope=["see", "order", "confirm"],
        valid=(date(2019, 1, 1), date(2020, 1, 1)),
    )
    liisa = Reader(stage, aino.client, Browser())
    liisa.browser.force_login(daughter.user)
    form = f"order/?service=home-care&offer={order.offer_id}&how=week"
    pages = ((form, 200), (f"orders/{order.pk}/code/", 200))
    for path, status in pages:
        assert liisa.browser.get(liisa.at(path)).status_code == status
    back_in_scope(stage)
    Worker.objects.create(
        provider=order.provider, user=daughter.user, valid=(date(2015, 1, 1), None)
    )
    assert liisa.browser.get(liisa.at(form)).status_code == 403
    assert liisa.post(f"orders/{order.pk}/code/", {}).status_code == 403
    back_in_scope(stage)
    assert not VisitCode.objects.exists()


def test_who_may_only_see_is_offered_nothing_to_press(
    stage: Stage, aino: Reader, order: Order
) -> None:
    visit = stage.report(order, date(2019, 3, 1))
    seer = person(stage.organiser, "Niilo Esimerkki", Role.REPRESENTATIVE, "fi", "-niilo")
    Mandate.objects.create(
        organiser=stage.organiser,
        client=aino.client,
        user=seer.user,
        kind="authorised",
        scope=["see"],
        valid=(date(2019, 1, 1), date(2020, 1, 1)),
    )
    set_day(stage, date(2019, 3, 4))
    niilo = Reader(stage, aino.client, Browser())
    niilo.browser.force_login(seer.user)
    for path in ("", "orders/", f"orders/{order.pk}/", "visits/"):
        text = niilo.get(path)
        for address in ("order/", "change/", "end/", "call-off/", "code/", "rate/"):
            assert f'/{address}"' not in text.replace(f'/orders/{order.pk}/"', ""), (path, address)
        assert f"/my/visits/{visit.pk}/confirm/" not in text
