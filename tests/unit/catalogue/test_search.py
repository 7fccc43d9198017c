"""The tray's search: words of three languages, filters, counts, the day, and a neutral order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.unit.catalogue.conftest import Shelf
from valinta.catalogue.actions import count_rating, set_price, tell_capacity
from valinta.catalogue.models import Offer
from valinta.catalogue.search import PAGE
from valinta.programmes.models import Phase
from valinta.providers.actions import end_approval
from valinta.providers.models import Provider, Sector
from valinta.shared.money import Money
from valinta.shared.periods import Period

CLEANING = {"helmi cleans", "apu cleans"}
CARING = {"helmi cares", "omsorg cares"}


# What is asked, and the short names of the offers that are to be found.
FOUND = {
    "siivouspalvelu": CLEANING,
    "Siivouspalvelua": CLEANING,
    "SIIVOUS": CLEANING,
    "siiv": CLEANING,
    "städservice": CLEANING,
    "stadservice": CLEANING,
    "cleaning": CLEANING,
    "hemvård": CARING,
    "hemvarden": CARING,
    "kotihoito": CARING,
    "kotihoitoa": CARING,
    "home care": CARING,
    "helmi": {"helmi cleans", "helmi cares"},
    "ikkunat": {"apu cleans"},
    "ikkunoiden": set(),
    "fönster": {"apu cleans"},
    "fonster": {"apu cleans"},
    "siivous ja Nurmijärvi": CLEANING,
    "siivouspalvelu nurmijarvi": CLEANING,
    "siivouspalvelu Hyvinkäällä": {"helmi cleans"},
    "osterman": {"omsorg cares"},
    "Österman": {"omsorg cares"},
}
# Two letters have changed places, one is missing, one is another.
MISSPELT = {
    "kotiohito": CARING,
    "sivouspalvelu": CLEANING,
    "hemvrd": CARING,
    "helmki siivous": {"helmi cleans"},
    "nurmijarwi": {"helmi cleans", "helmi cares", "apu cleans"},
}


def test_words_are_found_in_any_form_and_with_or_without_accents(shelf: Shelf) -> None:
    assert {text: shelf.names(text=text) for text in FOUND} == FOUND


def test_misspelt_words_find_what_looks_most_like_them(shelf: Shelf) -> None:
    assert {text: shelf.names(text=text) for text in MISSPELT} == MISSPELT
    assert {text for text in MISSPELT if not shelf.find(text=text).alike} == set()
    assert not shelf.find(text="siivouspalvelu").alike


def test_words_that_are_like_nothing_find_nothing(shelf: Shelf) -> None:
    found = shelf.find(text="xylofoni")
    assert (found.total, found.rows, found.alike) == (0, [], False)


def test_no_sign_breaks_the_search(shelf: Shelf) -> None:
    for text in ("' & |", "!*:()", "%", "   ", "-", "\\"):
        assert shelf.find(text=text).total == 4, text
    for text in ("½", "a" * 500, "ab" * 300, "1/2 ' OR 1=1"):
        assert shelf.find(text=text).total == 0, text
    assert shelf.find(text=" ".join(["siivouspalvelu"] * 50)).total == 2


def test_each_filter_narrows(shelf: Shelf) -> None:
    assert shelf.names(programme="osterbotten") == {"omsorg cares"}
    assert shelf.names(service="home-care") == CARING
    assert shelf.names(sector="third_sector") == {"apu cleans"}
    assert shelf.names(language="sv") == {"omsorg cares"}
    assert shelf.names(municipality="543") == {"helmi cleans", "helmi cares", "apu cleans"}
    assert shelf.names(municipality="106") == {"helmi cleans", "helmi cares"}
    assert shelf.names(most_cents=3000) == {"apu cleans"}
    assert shelf.names(most_cents=3900) == set(shelf.offers)
    assert shelf.names(band="sunday-holiday", most_cents=7700) == set()
    assert shelf.names(band="sunday-holiday", most_cents=7800) == {"helmi cares"}
    assert shelf.names(instrument="nothing") == set()
    assert shelf.names(service="cleaning", sector="private") == {"helmi cleans"}


def test_ratings_and_capacity_narrow_too(shelf: Shelf) -> None:
    with shelf.here.scope():
        offer = shelf.offers["helmi cleans"]
        for stars in (4, 5, 4):
            count_rating(offer, stars)
        tell_capacity(
            offer=shelf.offers["apu cleans"],
            takes_new_clients=False,
            next_free_on=date(2019, 4, 1),
            by=shelf.here.worker(shelf.approval("apu cleans").provider),
            at=shelf.here.now,
        )
    assert shelf.names(least_tenths=43) == {"helmi cleans"}
    assert shelf.names(least_tenths=44) == set()
    assert shelf.names(least_count=4) == set()
    assert shelf.names(takes_new_clients=True) == {"helmi cleans", *CARING}
    (row,) = shelf.find(least_count=1).rows
    assert (row.rating_tenths, row.rating_count) == (43, 3)
    (shut,) = shelf.find(sector="third_sector").rows
    assert (shut.takes_new_clients, shut.next_free_on) == (False, None)


def test_a_rating_that_is_taken_back_counts_once(shelf: Shelf) -> None:
    offer = shelf.offers["apu cleans"]
    with shelf.here.scope():
        count_rating(offer, 2)
        count_rating(offer, 5, before=2)
        offer.refresh_from_db()
        assert (offer.rating_sum, offer.rating_count) == (5, 1)
        with pytest.raises(ValueError, match="one to five"):
            count_rating(offer, 6)


def test_each_list_is_counted_without_its_own_choice(shelf: Shelf) -> None:
    facets = shelf.find(service="cleaning", sector="third_sector").facets
    assert facets.total == 1
    assert facets.services["cleaning"] == 1
    assert facets.services.get("home-care", 0) == 0
    assert facets.sectors == {"private": 1, "third_sector": 1}
    everything = shelf.find().facets
    assert everything.total == 4
    assert everything.programmes == {"keusote": 3, "osterbotten": 1}
    assert everything.languages == {"fi": 3, "sv": 1}
    assert everything.municipalities["543"] == 3
    assert everything.municipalities["106"] == 2


def test_only_what_is_in_force_on_the_day_is_shown(shelf: Shelf) -> None:
    here = shelf.here
    with here.scope():
        end_approval(
            approval=shelf.approval("apu cleans"),
            on=here.on + timedelta(days=1),
            by=here.staff.office.actor,
            at=here.now,
        )
    assert "apu cleans" in shelf.names()
    here.on += timedelta(days=1)
    assert shelf.names() == {"helmi cleans", *CARING}
    last = max(phase.valid.upper for phase in Phase.objects.filter(programme=here.programme))
    here.on = last
    assert shelf.names() == {"omsorg cares"}


def test_the_price_is_the_one_of_the_day(shelf: Shelf) -> None:
    here, offer = shelf.here, shelf.offers["helmi cleans"]
    rise = Period(date(2019, 4, 1), None)
    with here.scope():
        set_price(
            offer=offer,
            band="weekday-day",
            amount=Money.of("33.00"),
            period=rise,
            by=here.staff.office.actor,
            at=here.now,
        )
    assert [row.main_price.cents for row in shelf.find(text="helmi siivous").rows] == [3100]
    assert "helmi cleans" in shelf.names(most_cents=3100)
    here.on = rise.starts_on
    assert [row.main_price.cents for row in shelf.find(text="helmi siivous").rows] == [3300]
    assert "helmi cleans" not in shelf.names(most_cents=3100)


def test_a_row_tells_what_is_left_to_pay_beside_a_voucher(shelf: Shelf) -> None:
    (row,) = shelf.find(sector="private", service="cleaning").rows
    assert [price.self_pay for price in row.valued(2800).prices] == [300]
    assert [price.self_pay for price in row.valued(4000).prices] == [0]
    assert [price.self_pay for price in row.valued({"weekday-day": 3050}).prices] == [50]
    assert [price.self_pay for price in row.valued({}).prices] == [None]
    assert row.valued(None) is row


def more_providers(shelf: Shelf, count: int) -> None:
    with shelf.here.scope():
        for number in range(count):
            provider = shelf.here.provider(f"Yritys {number} Oy", sector=Sector.PRIVATE)
            shelf.here.offer(provider, "cleaning", "30.00")


def test_the_order_is_the_same_on_every_page_and_nobody_is_shown_twice(shelf: Shelf) -> None:
    more_providers(shelf, 21)
    pages = [shelf.find(seed=5, page=number) for number in (1, 2, 3)]
    shown = [row.offer_id for found in pages for row in found.rows]
    assert [len(found.rows) for found in pages] == [PAGE, PAGE, 5]
    assert len(set(shown)) == pages[0].total == 25
    assert [row.offer_id for row in shelf.find(seed=5, page=2).rows] == shown[PAGE : 2 * PAGE]
    assert shelf.find(seed=5, page=99).page == 3


def test_no_provider_is_favoured(shelf: Shelf) -> None:
    more_providers(shelf, 4)
    firsts = [shelf.find(service="cleaning", seed=seed).rows[0].provider for seed in range(60)]
    assert len(set(firsts)) == 6
    assert max(firsts.count(name) for name in set(firsts)) < 30


def test_services_that_bear_the_name_come_first(shelf: Shelf) -> None:
    provider = shelf.approval("helmi cares").provider
    Provider.objects.filter(pk=provider.pk).update(descriptions={"fi": "Kotihoitoa on paljon."})
    for seed in range(8):
        rows = shelf.find(text="kotihoito", seed=seed).rows
        assert [row.service_code for row in rows] == ["home-care", "home-care", "cleaning"]


def test_the_number_of_queries_does_not_grow_with_the_rows(shelf: Shelf) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            shelf.find(service="cleaning")
        return len(seen)

    few = queries()
    more_providers(shelf, 12)
    assert queries() == few
    assert Offer.objects.count() > PAGE
