"""An order on a budget is priced and placed in one statement; its rows belong together."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import money_scene as ms
from valinta.audit.models import Entry
from valinta.ledger.models import Account, Transfer
from valinta.orders.actions import BudgetSpent
from valinta.orders.models import Order, OrderKind, Slice
from valinta.organisers.statements import array, run_planned
from valinta.processes.place_order import place_order
from valinta.shared.money import Money
from valinta.shared.periods import Period

pytestmark = pytest.mark.django_db

PLENTY = 100_000_000


def _order(scene: ms.Scene, member: ms.Member, quantities: dict[str, int]) -> Order:
    return place_order(
        enrolment=member.enrolment,
        offer=scene.offers["home-a"],
        kind=OrderKind.ONE_OFF,
        period=ms.MARCH,
        quantities=quantities,
        by=member.person.actor,
        at=ms.NOW,
    )


@given(day=st.integers(0, 5000), evening=st.integers(1, 5000))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_database_prices_an_order_as_money_does(db: None, day: int, evening: int) -> None:
    with transaction.atomic():
        scene = ms.enter_scene()
        member = ms.join(scene, 1, [ms.Wanted("home", PLENTY)])
        order = _order(scene, member, {"": day, "evening": evening})
        cost = Money(ms.PRICES["home"]).times(day) + Money(ms.EVENING["home"]).times(evening)
        assert ms.held(order) == order.slices.get().reserved_cents == cost.cents
        transaction.set_rollback(True)


def test_an_order_of_three_months_holds_each_months_money_in_the_order_of_months() -> None:
    scene = ms.enter_scene()
    member = ms.join(scene, 1, [ms.Wanted("home", PLENTY)])
    ms.order(scene, member, quantity=150, period=ms.TERM)
    slices = list(Slice.objects.order_by("pk"))
    assert [Period(one.valid.lower, one.valid.upper) for one in slices] == ms.TERM.months()
    assert [one.reserved_cents for one in slices] == [4500] * 3
    assert sorted(one.hold_id for one in slices) == [one.hold_id for one in slices]


def test_who_orders_more_than_is_free_leaves_no_trace() -> None:
    scene = ms.enter_scene()
    member = ms.join(scene, 1, [ms.Wanted("home", 3000)])
    before = [model.objects.count() for model in (Order, Slice, Account, Transfer, Entry)]
    with pytest.raises(BudgetSpent, match="free money"):
        _order(scene, member, {"": 101})
    assert [model.objects.count() for model in (Order, Slice, Account, Transfer, Entry)] == before
    assert ms.held(_order(scene, member, {"": 100})) == 3000


def test_an_order_is_never_another_clients_than_its_enrolment() -> None:
    scene = ms.enter_scene()
    member, other = (ms.join(scene, n, [ms.Wanted("home", 3000)]) for n in (1, 2))
    order = ms.order(scene, member, quantity=100)
    with pytest.raises(IntegrityError, match="follows_clients_enrolment"), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(client=other.client)


def test_an_order_is_never_for_another_service_than_its_offer() -> None:
    scene = ms.enter_scene()
    member = ms.join(scene, 1, [ms.Wanted("home", 3000)])
    order = ms.order(scene, member, quantity=100)
    with pytest.raises(IntegrityError, match="follows_catalogue_offer"), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(service=scene.services["clean"])


def test_a_slice_is_never_paid_from_another_account_than_its_pots() -> None:
    scene = ms.enter_scene()
    member, other = (ms.join(scene, n, [ms.Wanted("home", 3000)]) for n in (1, 2))
    mine, theirs = (ms.order(scene, who, quantity=100).slices.get() for who in (member, other))
    with pytest.raises(IntegrityError, match="follows_budgets_pot"), transaction.atomic():
        Slice.objects.filter(pk=mine.pk).update(source_id=theirs.source_id)


def test_the_foreign_keys_of_an_order_are_checked_before_its_pot_is_locked() -> None:
    """One that waited for the end of the transaction would be checked with the pot locked."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'f' AND condeferred AND conrelid IN"
            " (SELECT unnest(%s::regclass[]))",
            [["orders_order", "orders_slice", "ledger_account", "ledger_transfer", "audit_entry"]],
        )
        assert cursor.fetchall() == []


def test_an_array_reaches_the_database_as_it_was() -> None:
    words = ["", "a,b", 'a "quoted" word', "back\\slash", "NULL", "{}", "ä"]
    assert run_planned("SELECT %(a)s::text[]", {"a": array(words)}) == [(words,)]
    numbers = [1, None, -5]
    assert run_planned("SELECT %(a)s::bigint[]", {"a": array(numbers)}) == [(numbers,)]
