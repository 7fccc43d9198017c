"""Public reading shows what is public by nature of every organiser, and nothing of any client."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from tests.cast import open_stage
from valinta.organisers import tenancy
from valinta.organisers.models import Organiser
from valinta.plans.states import Way

PUBLIC = {
    "programmes_programme",
    "programmes_phase",
    "programmes_municipality",
    "programmes_targetgroup",
    "programmes_quota",
    "programmes_rulebook",
    "providers_approval",
    "catalogue_service",
    "catalogue_timeband",
    "catalogue_referenceprice",
    "catalogue_vouchervalue",
    "catalogue_offer",
    "catalogue_price",
    "catalogue_listing",
    "catalogue_listingkind",
}
VIEWS = {"catalogue_tray", "catalogue_tray_kind", "catalogue_tray_price", "catalogue_tray_word"}
MONTH = date(2019, 3, 1)


@pytest.fixture
def lived(db: None) -> list[int]:
    """Two organisers, each with a client who has a plan, a budget and an order."""
    organisers = []
    for pack in ("keusote", "example-county-2026"):
        stage = open_stage(pack, on=MONTH if pack == "keusote" else date(2026, 3, 2))
        with stage.scope():
            towns = stage.programme.municipalities.order_by("id")
            client = stage.client("Aino", municipality=towns[0].names["fi"])
            stage.grant(client, {"home-care": (Way.BUDGET, 10_00, False)})
            offer = stage.offer(stage.provider("Kotiapu Oy"), "home-care", "35.00")
            stage.order(client, offer, 2_00)
        organisers.append(stage.organiser.pk)
    tenancy.leave()
    return organisers


def _seen(table: str) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT DISTINCT organiser_id FROM "{table}"')
        return {organiser_id for (organiser_id,) in cursor.fetchall()}


def _tables() -> set[str]:
    return {
        model._meta.db_table
        for model in apps.get_models()
        if any(field.attname == "organiser_id" for field in model._meta.concrete_fields)
    }


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def test_in_public_reading_only_what_is_public_is_seen_of_both_organisers(
    lived: list[int],
) -> None:
    assert Organiser.objects.count() == 2
    with tenancy.public_reading():
        seen = {table: _seen(table) for table in _tables()}
        assert all(_count(view) for view in VIEWS)
    assert {table for table, found in seen.items() if found} <= PUBLIC
    for table in PUBLIC - {"programmes_quota", "catalogue_vouchervalue"}:
        assert seen[table] == set(lived), table


def test_without_it_nothing_is_seen_at_all(lived: list[int]) -> None:
    with tenancy.public_reading():
        assert _count("catalogue_offer") == 2
    assert {table for table in _tables() if _seen(table)} == set()
    assert {view for view in VIEWS if _count(view)} == set()


def test_the_clients_are_there_to_be_hidden(lived: list[int]) -> None:
    with tenancy.scope(lived):
        for table in ("clients_client", "orders_order", "plans_serviceplan", "budgets_budget"):
            assert _seen(table) == set(lived), table


def test_public_reading_writes_nothing(lived: list[int]) -> None:
    with tenancy.public_reading():
        for table in sorted(PUBLIC - {"catalogue_listing", "catalogue_listingkind"}):
            with connection.cursor() as cursor:
                cursor.execute(f'UPDATE "{table}" SET organiser_id = organiser_id')
                assert cursor.rowcount == 0, table
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO catalogue_service SELECT (s).* FROM (SELECT s FROM catalogue_service s"
                " LIMIT 1) one"
            )


def test_a_scope_sees_its_own_and_in_public_reading_the_public_of_others(lived: list[int]) -> None:
    with tenancy.scope(lived[:1]):
        assert _seen("catalogue_offer") == set(lived[:1])
        with tenancy.public_reading():
            assert _seen("catalogue_offer") == set(lived)
            assert _seen("orders_order") == set(lived[:1])
        assert _seen("catalogue_offer") == set(lived[:1])
