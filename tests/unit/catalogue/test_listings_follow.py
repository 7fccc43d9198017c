"""The search documents are always what follows from the facts, whoever changes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.unit.catalogue.conftest import Shelf
from valinta.catalogue.actions import count_rating
from valinta.catalogue.models import Listing, Offer, Price, Service
from valinta.organisers import tenancy
from valinta.programmes.models import Municipality, Programme
from valinta.providers.actions import describe_provider, end_approval, set_areas
from valinta.providers.models import Provider

_SAME = """
SELECT offer_id, organiser_id, programme_id, provider_id, starts_on, ends_on, takes_new_clients,
    rating_sum, rating_count, service_id, sector, languages, municipality_codes, words::text
FROM {}
"""
STORED = _SAME.format(
    "(SELECT l.*, k.service_id, k.sector, k.languages, k.municipality_codes"
    " FROM catalogue_listing l JOIN catalogue_listingkind k ON k.id = l.kind_id) s"
)


def _rows(sql: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT row_to_json(r)::text FROM ({sql}) r")
        return {row[0] for row in cursor.fetchall()}


def check(shelf: Shelf) -> set[str]:
    """What is stored equals what is derived, for both organisers at once; gives what is stored."""
    with tenancy.scope(shelf.days):
        stored = _rows(STORED)
        assert stored == _rows(_SAME.format("catalogue_listing_derived"))
    return stored


def _rename_in_one_scope(shelf: Shelf) -> None:
    """A provider that works for both is renamed by one of them."""
    both = shelf.approval("helmi cleans").provider
    with shelf.there.scope():
        shelf.there.offer(shelf.there.approve(both), "cleaning", "27.00")
        Provider.objects.filter(pk=both.pk).update(name="Uusi Nimi Oy", languages=["fi", "fse"])


def _describe(shelf: Shelf) -> None:
    with shelf.here.scope():
        describe_provider(
            approval=shelf.approval("helmi cleans"),
            descriptions={"fi": "Aivan uusi teksti"},
            contact={},
            by=shelf.here.staff.office.actor,
            at=shelf.here.now,
        )


def _areas(shelf: Shelf) -> None:
    with shelf.here.scope():
        set_areas(
            approval=shelf.approval("helmi cleans"),
            municipality_codes=["106", "186"],
            by=shelf.here.staff.office.actor,
            at=shelf.here.now,
        )


def _end(shelf: Shelf) -> None:
    with shelf.here.scope():
        end_approval(
            approval=shelf.approval("helmi cleans"),
            on=shelf.here.on + timedelta(days=3),
            by=shelf.here.staff.office.actor,
            at=shelf.here.now,
        )


def _rate(shelf: Shelf) -> None:
    with shelf.here.scope():
        count_rating(shelf.offers["apu cleans"], 3)


def _rename_service(shelf: Shelf) -> None:
    with shelf.here.scope():
        Service.objects.filter(code="cleaning").update(names={"fi": "Puhdistus"})


def _rename_programme(shelf: Shelf) -> None:
    with shelf.here.scope():
        Programme.objects.filter(pk=shelf.here.programme.pk).update(names={"fi": "Muu"})


def _municipality_leaves(shelf: Shelf) -> None:
    with shelf.here.scope():
        Municipality.objects.filter(code="106").delete()


def _offer_goes(shelf: Shelf) -> None:
    with shelf.here.scope():
        offer = shelf.offers["apu cleans"]
        Price.objects.filter(offer=offer).delete()
        Offer.objects.filter(pk=offer.pk).delete()


CHANGES: list[Callable[[Shelf], None]] = [
    _rename_in_one_scope,
    _describe,
    _areas,
    _end,
    _rate,
    _rename_service,
    _rename_programme,
    _municipality_leaves,
    _offer_goes,
]


@pytest.mark.parametrize("change", CHANGES)
def test_documents_follow_every_fact(change: Callable[[Shelf], None], shelf: Shelf) -> None:
    before = check(shelf)
    assert len(before) == 4
    change(shelf)
    assert check(shelf) != before


def test_the_application_does_not_write_documents_itself(shelf: Shelf) -> None:
    with shelf.here.scope():
        for sql in (
            "UPDATE catalogue_listing SET rating_count = 0",
            "DELETE FROM catalogue_listing",
            "INSERT INTO catalogue_trayword VALUES ('oma')",
            "UPDATE catalogue_tray SET rating_count = 0",
            "DELETE FROM catalogue_tray_price",
            "SELECT * FROM catalogue_trayword",
        ):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql)
    with tenancy.scope(shelf.days):
        assert Listing.objects.count() == 4
