"""What the database itself refuses, whoever asks and in whatever words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from tests import money_scene as ms
from valinta.ledger.kinds import FLOORS, ROUTES, AccountKind, CauseKind, TransferKind
from valinta.ledger.models import Account, Transfer
from valinta.ledger.posting import (
    KeyUsedOtherwise,
    NotEnoughMoney,
    Posting,
    WrongRoute,
    open_account,
    open_accounts,
    post,
)
from valinta.organisers import tenancy
from valinta.organisers.models import Organiser
from valinta.shared.money import Money

pytestmark = pytest.mark.django_db

INSERT = (
    "INSERT INTO ledger_transfer (organiser_id, debit_id, credit_id, cents, kind, happened_at,"
    " cause_kind, cause_id, key) VALUES (%s, %s, %s, %s, %s, now(), 'decision', 1, %s)"
)


@pytest.fixture
def organiser() -> Organiser:
    own = ms.open_organiser()
    tenancy.enter([own.pk], None)
    return own


@pytest.fixture
def accounts(organiser: Organiser) -> dict[AccountKind, int]:
    """One account of each kind, with 10.00 in the pot."""
    made = {kind: open_account(organiser_id=organiser.pk, kind=kind) for kind in AccountKind}
    _post(organiser, TransferKind.GRANT, made[AccountKind.FUNDING], made[AccountKind.POT], 1000)
    return made


def _post(
    organiser: Organiser, kind: TransferKind, debit: int, credit: int, cents: int, key: str = "k"
) -> int:
    posting = Posting(kind, debit, credit, Money(cents), CauseKind.DECISION, 1, key)
    return post(organiser_id=organiser.pk, postings=[posting], by_id=None, at=ms.NOW)


def _sql(statement: str, *parameters: object) -> int:
    """Execute as the application does; a refusal leaves the test's transaction usable."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return int(cursor.rowcount)


def _as_owner(statement: str) -> None:
    """The same as the owner of the tables."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL ROLE postgres")
        cursor.execute(statement)


def test_the_floor_is_kept_against_bare_sql(
    organiser: Organiser, accounts: dict[AccountKind, int]
) -> None:
    pot, hold = accounts[AccountKind.POT], accounts[AccountKind.HOLD]
    with pytest.raises(DatabaseError, match="account_stays_at_or_above_its_floor"):
        _sql(INSERT, organiser.pk, pot, hold, 1001, "reserve", "raw")
    assert _sql(INSERT, organiser.pk, pot, hold, 1000, "reserve", "raw") == 1
    assert (ms.balance(pot), ms.balance(hold)) == (0, 1000)


def test_bare_sql_keeps_the_totals_of_the_accounts_in_step(
    organiser: Organiser, accounts: dict[AccountKind, int]
) -> None:
    pot, hold = accounts[AccountKind.POT], accounts[AccountKind.HOLD]
    for number in range(3):
        _sql(INSERT, organiser.pk, pot, hold, 100, "reserve", f"raw-{number}")
    account = Account.objects.get(pk=pot)
    assert (account.credits, account.debits) == (1000, 300)


def test_what_goes_through_an_account_within_one_statement_may_not_overdraw_it(
    organiser: Organiser, accounts: dict[AccountKind, int]
) -> None:
    holds = open_accounts(organiser_id=organiser.pk, kind=AccountKind.HOLD, count=3)
    postings = [
        Posting(
            TransferKind.RESERVE,
            accounts[AccountKind.POT],
            hold,
            Money(400),
            CauseKind.DECISION,
            1,
            f"reserve:{hold}",
        )
        for hold in holds
    ]
    with pytest.raises(NotEnoughMoney):
        post(organiser_id=organiser.pk, postings=postings, by_id=None, at=ms.NOW)
    assert [ms.balance(hold) for hold in holds] == [0, 0, 0]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_transfer SET cents = 1",
        "DELETE FROM ledger_transfer",
        "TRUNCATE ledger_transfer",
    ],
)
@pytest.mark.parametrize("execute", [_sql, _as_owner])
def test_a_transfer_is_never_changed_or_removed_not_even_by_the_owner(
    accounts: dict[AccountKind, int], statement: str, execute: Callable[[str], None]
) -> None:
    with pytest.raises(DatabaseError, match="append-only|permission denied"):
        execute(statement)
    assert Transfer.objects.get().cents == 1000


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_account SET credits = credits + 100",
        "UPDATE ledger_account SET floor = -100000",
        "DELETE FROM ledger_account",
        "TRUNCATE ledger_account CASCADE",
        "INSERT INTO ledger_route VALUES ('grant', 'funding', 'paid')",
        "DELETE FROM ledger_route",
        "ALTER TABLE ledger_transfer DISABLE TRIGGER ALL",
        "DROP TRIGGER accounts_follow ON ledger_transfer",
        "SET session_replication_role = replica",
    ],
)
def test_the_application_cannot_touch_accounts_routes_or_triggers(
    accounts: dict[AccountKind, int], statement: str
) -> None:
    before = list(Account.objects.order_by("id").values_list("credits", "debits", "floor"))
    with pytest.raises(DatabaseError, match="permission denied|must be owner"):
        _sql(statement)
    after = list(Account.objects.order_by("id").values_list("credits", "debits", "floor"))
    assert after == before


def test_an_account_opens_empty(organiser: Organiser) -> None:
    with pytest.raises(DatabaseError, match="account_opens_empty"):
        _sql(
            "INSERT INTO ledger_account (organiser_id, kind, debits, credits, floor)"
            " VALUES (%s, 'pot', 0, 500, 0)",
            organiser.pk,
        )


@pytest.mark.parametrize("kind", list(TransferKind))
def test_each_kind_of_transfer_goes_only_on_its_own_routes(
    organiser: Organiser, accounts: dict[AccountKind, int], kind: TransferKind
) -> None:
    others = {one: open_account(organiser_id=organiser.pk, kind=one) for one in AccountKind}
    for debit in AccountKind:
        for credit in AccountKind:
            if (debit, credit) in ROUTES[kind]:
                continue
            with pytest.raises(WrongRoute):
                _post(organiser, kind, accounts[debit], others[credit], 1, f"{debit}-{credit}")
    assert Transfer.objects.count() == 1


def test_there_is_no_way_to_a_clients_bank_account(organiser: Organiser) -> None:
    with pytest.raises(DatabaseError, match="account_kind_is_known"):
        _sql(
            "INSERT INTO ledger_account (organiser_id, kind, debits, credits, floor)"
            " VALUES (%s, 'client_bank', 0, 0, 0)",
            organiser.pk,
        )
    leading_out = {route for routes in ROUTES.values() for route in routes}
    into_paid = {debit for debit, credit in leading_out if credit is AccountKind.PAID}
    into_transit = {debit for debit, credit in leading_out if credit is AccountKind.IN_TRANSIT}
    assert into_paid == {AccountKind.IN_TRANSIT}
    assert into_transit == {AccountKind.PAYABLE}, "only what is owed to a provider is paid"
    assert not {credit for _, credit in leading_out} & {AccountKind.FEE_RECEIVABLE}


def test_only_funding_and_what_is_owed_to_providers_may_go_below_zero() -> None:
    without_floor = {kind for kind, floor in FLOORS.items() if floor is None}
    assert without_floor == {AccountKind.FUNDING, AccountKind.PAYABLE}
    assert set(FLOORS) == set(AccountKind)
    assert set(ROUTES) == set(TransferKind)


@pytest.mark.parametrize("cents", [0, -5])
def test_a_transfer_moves_at_least_a_cent(
    organiser: Organiser, accounts: dict[AccountKind, int], cents: int
) -> None:
    pot, hold = accounts[AccountKind.POT], accounts[AccountKind.HOLD]
    with pytest.raises(DatabaseError, match="transfer_moves_at_least_a_cent"):
        _sql(INSERT, organiser.pk, pot, hold, cents, "reserve", "raw")


def test_the_same_key_again_changes_nothing_but_with_other_content_it_is_refused(
    organiser: Organiser, accounts: dict[AccountKind, int]
) -> None:
    pot, hold = accounts[AccountKind.POT], accounts[AccountKind.HOLD]
    assert _post(organiser, TransferKind.RESERVE, pot, hold, 100, "reserve:1") == 1
    assert _post(organiser, TransferKind.RESERVE, pot, hold, 100, "reserve:1") == 0
    with pytest.raises(KeyUsedOtherwise, match="reserve:1"):
        _post(organiser, TransferKind.RESERVE, pot, hold, 101, "reserve:1")
    assert ms.balance(hold) == 100


def test_a_key_that_differs_within_one_call_posts_nothing(
    organiser: Organiser, accounts: dict[AccountKind, int]
) -> None:
    pot, hold = accounts[AccountKind.POT], accounts[AccountKind.HOLD]
    two = [
        Posting(TransferKind.RESERVE, pot, hold, Money(cents), CauseKind.DECISION, 1, "same")
        for cents in (100, 200)
    ]
    with pytest.raises(KeyUsedOtherwise):
        post(organiser_id=organiser.pk, postings=two, by_id=None, at=ms.NOW)
    assert ms.balance(hold) == 0


def test_among_new_keys_those_posted_before_are_left_as_they_are(
    organiser: Organiser, accounts: dict[AccountKind, int]
) -> None:
    pot, hold = accounts[AccountKind.POT], accounts[AccountKind.HOLD]
    _post(organiser, TransferKind.RESERVE, pot, hold, 100, "b")
    three = [
        Posting(TransferKind.RESERVE, pot, hold, Money(100), CauseKind.DECISION, 1, key)
        for key in "abc"
    ]
    assert post(organiser_id=organiser.pk, postings=three, by_id=None, at=ms.NOW) == 2
    assert ms.balance(hold) == 300


def test_a_key_is_kept_letter_by_letter_whatever_it_is_written_with(
    organiser: Organiser, accounts: dict[AccountKind, int]
) -> None:
    pot, hold = accounts[AccountKind.POT], accounts[AccountKind.HOLD]
    keys = ["plain", 'quo"ted', "back\\slash", "{brace,comma}", "NULL", "", "'", 'ends with "', "å"]
    some = [
        Posting(TransferKind.RESERVE, pot, hold, Money(1), CauseKind.DECISION, 1, key)
        for key in keys
    ]
    assert post(organiser_id=organiser.pk, postings=some, by_id=None, at=ms.NOW) == len(keys)
    kept = Transfer.objects.filter(debit_id=pot, credit_id=hold).values_list("key", flat=True)
    assert sorted(kept) == sorted(keys)


def test_a_thousand_transfers_are_posted_all_or_none(
    organiser: Organiser, accounts: dict[AccountKind, int]
) -> None:
    funding, pot = accounts[AccountKind.FUNDING], accounts[AccountKind.POT]
    _post(organiser, TransferKind.GRANT, funding, pot, 99_000, "grant:more")
    holds = open_accounts(organiser_id=organiser.pk, kind=AccountKind.HOLD, count=1000)

    def reserve(first_cents: int) -> int:
        cents = [first_cents, *[100] * 999]
        postings = [
            Posting(
                TransferKind.RESERVE,
                pot,
                hold,
                Money(amount),
                CauseKind.DECISION,
                1,
                f"reserve:{hold}",
            )
            for hold, amount in zip(holds, cents, strict=True)
        ]
        return post(organiser_id=organiser.pk, postings=postings, by_id=None, at=ms.NOW)

    with pytest.raises(NotEnoughMoney):
        reserve(101)
    assert ms.balance(pot) == 100_000
    assert reserve(100) == 1000
    assert ms.balance(pot) == 0
    assert {ms.balance(hold) for hold in holds[::100]} == {100}


def test_money_does_not_move_between_organisers(
    organiser: Organiser, accounts: dict[AccountKind, int]
) -> None:
    other = ms.open_organiser("other", 2)
    tenancy.enter([organiser.pk, other.pk], None)
    theirs = open_account(organiser_id=other.pk, kind=AccountKind.HOLD)
    pot = accounts[AccountKind.POT]
    for owner in (organiser, other):
        with pytest.raises(WrongRoute):
            _post(owner, TransferKind.RESERVE, pot, theirs, 100, "across")
    tenancy.enter([other.pk], None)
    mine = open_account(organiser_id=other.pk, kind=AccountKind.HOLD)
    with pytest.raises(WrongRoute):
        _post(other, TransferKind.RESERVE, pot, mine, 100, "from-unseen")
    with pytest.raises(DatabaseError, match="row-level security"):
        _sql(INSERT, organiser.pk, pot, accounts[AccountKind.HOLD], 1, "reserve", "for-them")
