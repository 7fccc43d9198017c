"""Notice of new prices by a company's system: as on its page, with clients told, once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api import Scene, add_provider, connect
from valinta.api.scopes import Scope
from valinta.audit.models import Entry
from valinta.catalogue.models import Offer, Price, ReferencePrice
from valinta.messages.models import Thread
from valinta.orders.models import Order
from valinta.processes.change_prices import price_days


def _asked(scene: Scene, **more: Any) -> dict[str, Any]:
    """Notice of a price in every band from the first day that the programme takes."""
    with scene.stage.scope():
        # The client's order goes on after the new prices begin.
        Order.objects.filter(pk=scene.order.pk).update(valid=(scene.stage.on, None))
        offer = _offer(scene)
        bands = scene.stage.programme.terms["service_bands"][offer.service.code]
        day = price_days(offer, scene.stage.on)[0]
    known = {
        "programme": scene.stage.programme.code,
        "service": "cleaning",
        "starts_on": day.isoformat(),
        "prices": dict.fromkeys(bands, 31_00),
    }
    return known | more


def _offer(scene: Scene) -> Offer:
    return Offer.objects.select_related("service__programme").get(
        approval__provider=scene.provider, service__code="cleaning"
    )


def _told(scene: Scene) -> tuple[int, int]:
    """How many prices are known of 31 euros, and how many conversations there are."""
    with scene.stage.scope():
        prices = Price.objects.filter(offer=_offer(scene), cents=31_00, superseded_at=None)
        return prices.count(), Thread.objects.filter(provider=scene.provider).count()


def test_new_prices_are_kept_and_the_clients_are_written_to(scene: Scene) -> None:
    asked = _asked(scene, words="Kiitos!")
    answer = scene.system.post("/prices", asked)
    assert answer.status == 200, answer.said
    assert answer.said["clients_told"] == 1
    assert {one["cents"] for one in answer.said["bands"]} == {31_00}
    assert _told(scene) == (len(answer.said["bands"]), 1)
    with scene.stage.scope():
        words = Thread.objects.get(provider=scene.provider).messages.get().words
        assert "Kiitos!" in words
        entry = Entry.objects.filter(verb="announce_price").order_by("-pk")[0]
        assert entry.by_id == scene.system.client.user_id
    later = scene.system.get(f"/prices?on={asked['starts_on']}").said["items"]
    assert {one["cents"] for one in later} == {31_00}


def test_a_dry_run_tells_the_same_and_keeps_nothing(scene: Scene) -> None:
    dry = scene.system.post("/prices?dry_run=true", _asked(scene))
    assert dry.status == 200 and dry.said["dry_run"] is True
    assert _told(scene) == (0, 0)
    real = scene.system.post("/prices", _asked(scene))
    assert real.said == dry.said | {"dry_run": False}


def test_the_same_request_twice_writes_to_nobody_twice(scene: Scene) -> None:
    first = scene.system.post("/prices", _asked(scene), Idempotency_Key="k1")
    again = scene.system.post("/prices", _asked(scene), Idempotency_Key="k1")
    assert first.said == again.said
    assert _told(scene)[1] == 1


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"starts_on": "2019-03-07"}, "not_a_price_day"),
        ({"prices": {"midnight": 100}}, "unknown_band"),
        ({"prices": {"weekday-day": 30_00}}, "nothing_changes"),
    ],
)
def test_what_the_page_refuses_is_refused_with_the_days_that_will_do(
    more: dict[str, Any], why: str, scene: Scene
) -> None:
    asked = _asked(scene)
    answer = scene.system.post("/prices", asked | more)
    assert (answer.status, answer.said["code"]) == (422, "price_refused")
    assert answer.said["why"] == why
    assert asked["starts_on"] in answer.said["days"]
    assert _told(scene) == (0, 0)


def test_a_price_above_the_ceiling_is_refused_in_a_dry_run_too(scene: Scene) -> None:
    asked = _asked(scene)
    with scene.stage.scope():
        known = ReferencePrice.objects.filter(service=_offer(scene).service, kind="ceiling")
        band, most = known.values_list("band__code", "cents").order_by("-cents")[0]
    asked["prices"] = {band: most + 1}
    answer = scene.system.post("/prices?dry_run=true", asked)
    assert answer.said["why"] == "above_ceiling"


def test_a_service_that_the_company_does_not_offer_is_not_there(scene: Scene) -> None:
    other = add_provider(scene.stage, "Siivous Ky")
    for asked in ({"service": "meals"}, {"programme": "kainuu"}, {"service": "nothing"}):
        assert other.system.post("/prices", _asked(scene) | asked).status == 404
    assert _told(scene) == (0, 0)


def test_reading_prices_does_not_let_a_system_change_them(scene: Scene) -> None:
    reader = connect(scene.stage, scene.provider, Scope.PRICES_READ)
    reader.sign_in()
    answer = reader.post("/prices", _asked(scene))
    assert (answer.status, answer.said["needs"]) == (403, "prices:write")
    with scene.stage.scope():
        assert Entry.objects.filter(verb="refused", subject_id=reader.client.pk).exists()
