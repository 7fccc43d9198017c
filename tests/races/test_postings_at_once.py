"""The ledger's one door under pressure: the same keys, crossing accounts, one empty pot."""

from __future__ import annotations

import pytest

from tests import money_scene as ms
from tests.races.crowd import all_at_once, kinds
from valinta.ledger.kinds import AccountKind, CauseKind, TransferKind
from valinta.ledger.models import Account, Transfer
from valinta.ledger.posting import NotEnoughMoney, Posting, open_account, open_accounts, post
from valinta.organisers import tenancy
from valinta.processes.verify_books import verify_books
from valinta.shared.money import Money

pytestmark = pytest.mark.race

CROWD = 32


def _posting(kind: TransferKind, debit: int, credit: int, cents: int, key: str) -> Posting:
    return Posting(kind, debit, credit, Money(cents), CauseKind.DECISION, 1, key)


def _post(organiser_id: int, postings: list[Posting]) -> int:
    return post(organiser_id=organiser_id, postings=postings, by_id=None, at=ms.NOW)


@pytest.fixture
def organiser_id(fresh_database: str) -> int:
    """An organiser whose tenancy scope the test works in."""
    own = ms.open_organiser().pk
    tenancy.enter([own], None)
    return own


def test_the_same_key_from_many_connections_is_posted_once(organiser_id: int) -> None:
    funding = open_account(organiser_id=organiser_id, kind=AccountKind.FUNDING)
    pot = open_account(organiser_id=organiser_id, kind=AccountKind.POT)
    one = _posting(TransferKind.GRANT, funding, pot, 500, "grant:1")
    results = all_at_once(organiser_id, [lambda: _post(organiser_id, [one])] * CROWD)
    assert sorted(results) == [0] * (CROWD - 1) + [1]
    assert (ms.balance(funding), ms.balance(pot)) == (-500, 500)
    assert Transfer.objects.count() == 1


def test_the_same_keys_in_opposite_orders_are_posted_once_and_nobody_is_thrown_out(
    organiser_id: int,
) -> None:
    funding = open_account(organiser_id=organiser_id, kind=AccountKind.FUNDING)
    pots = open_accounts(organiser_id=organiser_id, kind=AccountKind.POT, count=2000)
    all_of_them = [_posting(TransferKind.GRANT, funding, pot, 100, f"grant:{pot}") for pot in pots]
    jobs = [
        lambda turned=turned: _post(organiser_id, all_of_them[::-1] if turned else all_of_them)
        for turned in [False, True] * 4
    ]
    results = all_at_once(organiser_id, jobs)
    assert kinds(results) == {"int": 8}, results
    assert sum(results) == 2000
    assert ms.balance(funding) == -200_000


def test_transfers_that_cross_between_accounts_wait_for_each_other_but_never_in_a_ring(
    organiser_id: int,
) -> None:
    payables = open_accounts(organiser_id=organiser_id, kind=AccountKind.PAYABLE, count=6)
    transit = open_account(organiser_id=organiser_id, kind=AccountKind.IN_TRANSIT)

    def go_and_return(place: int) -> int:
        mine = payables if place % 2 else payables[::-1]
        there = [
            _posting(TransferKind.SETTLE, payable, transit, 10, f"there:{place}:{payable}")
            for payable in mine
        ]
        back = [
            _posting(TransferKind.RETURN, transit, payable, 10, f"back:{place}:{payable}")
            for payable in reversed(mine)
        ]
        return _post(organiser_id, there) + _post(organiser_id, back)

    jobs = [lambda place=place: go_and_return(place) for place in range(CROWD)]
    results = all_at_once(organiser_id, jobs)
    assert kinds(results) == {"int": CROWD}, results
    assert sum(results) == CROWD * 12
    assert [ms.balance(one) for one in [*payables, transit]] == [0] * 7
    # The decision named as the cause was never made: that alone is found.
    assert [found.check.says for found in verify_books()] == [
        "every transfer has a cause that exists"
    ]


def test_an_account_is_emptied_by_as_many_as_it_has_money_for(organiser_id: int) -> None:
    funding = open_account(organiser_id=organiser_id, kind=AccountKind.FUNDING)
    pot = open_account(organiser_id=organiser_id, kind=AccountKind.POT)
    holds = open_accounts(organiser_id=organiser_id, kind=AccountKind.HOLD, count=CROWD)
    _post(organiser_id, [_posting(TransferKind.GRANT, funding, pot, 799, "grant")])
    jobs = [
        lambda hold=hold: _post(
            organiser_id, [_posting(TransferKind.RESERVE, pot, hold, 100, f"reserve:{hold}")]
        )
        for hold in holds
    ]
    results = all_at_once(organiser_id, jobs)
    assert kinds(results) == {"int": 7, NotEnoughMoney.__name__: CROWD - 7}
    assert ms.balance(pot) == 99
    assert sum(one.balance_cents for one in Account.objects.all()) == 0
