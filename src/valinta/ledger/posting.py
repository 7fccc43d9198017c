"""The one way money moves: `post`, with one transfer or many. All else in Valinta calls it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import NamedTuple

from django.db import IntegrityError, connection, transaction

from valinta.ledger.kinds import FLOORS, AccountKind, CauseKind, TransferKind
from valinta.shared.money import Money


class Posting(NamedTuple):
    """One transfer to be made. `key` names it for good: the same key is posted once."""

    kind: TransferKind
    debit_id: int
    credit_id: int
    amount: Money
    cause_kind: CauseKind
    cause_id: int
    key: str


class PostingRefused(ValueError):
    """The ledger did not take the transfers; nothing was posted."""


class NotEnoughMoney(PostingRefused):
    """A transfer would take an account below its floor."""


class WrongRoute(PostingRefused):
    """A transfer of this kind may not go between these kinds of account, or one does not exist."""


class KeyUsedOtherwise(PostingRefused):
    """The key was used before for a transfer with other content."""


# In the order of the keys: two who post the same ones wait for each other, but never in a ring.
_INSERT_NEW = """
INSERT INTO ledger_transfer (organiser_id, debit_id, credit_id, cents, kind, happened_at, by_id,
                             cause_kind, cause_id, key)
SELECT %s, debit_id, credit_id, cents, kind, %s, %s, cause_kind, cause_id, key
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::bigint[],
            %s::text[]) AS p (debit_id, credit_id, cents, kind, cause_kind, cause_id, key)
ORDER BY key
"""
_INSERT_IF_NEW = f"{_INSERT_NEW}ON CONFLICT (organiser_id, key) DO NOTHING"

_DIFFERS = """
SELECT p.key FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::text[], %s::text[])
    AS p (debit_id, credit_id, cents, kind, key)
JOIN ledger_transfer t ON t.organiser_id = %s AND t.key = p.key
WHERE (t.debit_id, t.credit_id, t.cents, t.kind) <> (p.debit_id, p.credit_id, p.cents, p.kind)
LIMIT 1
"""


def open_account(*, organiser_id: int, kind: AccountKind, floor: int | None = None) -> int:
    """Open an empty account and return its id. `floor` in cents replaces the kind's own floor."""
    return open_accounts(organiser_id=organiser_id, kind=kind, count=1, floor=floor)[0]


def open_accounts(
    *, organiser_id: int, kind: AccountKind, count: int, floor: int | None = None
) -> list[int]:
    """Open several empty accounts of one kind and return their ids."""
    lowest = FLOORS[kind] if floor is None else floor
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_account (organiser_id, kind, debits, credits, floor)"
            " SELECT %s, %s, 0, 0, %s FROM generate_series(1, %s) RETURNING id",
            [organiser_id, kind, lowest, count],
        )
        return [row[0] for row in cursor.fetchall()]


def post(*, organiser_id: int, postings: Sequence[Posting], by_id: int | None, at: datetime) -> int:
    """Make the transfers, all or none, and return how many were new.

    Idempotent on each posting's key. Accounts are locked in id order by the database, which also
    keeps every balance in step. Raises NotEnoughMoney, WrongRoute or KeyUsedOtherwise.
    """
    if not postings:
        return 0
    kinds, debits, credits, amounts, cause_kinds, causes, keys = zip(*postings, strict=True)
    columns = [
        _numbers(debits),
        _numbers(credits),
        _numbers([amount.cents for amount in amounts]),
        _texts(kinds),
        _texts(cause_kinds),
        _numbers(causes),
        _texts(keys),
    ]
    given: list[str | datetime | int | None] = [organiser_id, at, by_id, *columns]
    with refusals_named():
        try:
            # Nearly all keys are new, and to be told otherwise costs less than to look first.
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(_INSERT_NEW, given)
            return len(postings)
        except IntegrityError as error:
            if _constraint(error) != "transfer_key_is_used_once":
                raise
        return _post_rest(given)


def _post_rest(given: list[str | datetime | int | None]) -> int:
    """Post what is new where some was posted before; what was there has to say the same."""
    organiser_id, _, _, debits, credits, cents, kinds, _, _, keys = given
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_INSERT_IF_NEW, given)
        new = int(cursor.rowcount)
        cursor.execute(_DIFFERS, [debits, credits, cents, kinds, keys, organiser_id])
        row = cursor.fetchone()
        if row:
            raise KeyUsedOtherwise(f"The key {row[0]} was posted before with other content.")
    return new


# Arrays are written here as PostgreSQL reads them: the driver would look at every element alone.
def _numbers(values: Sequence[int]) -> str:
    return f"{{{','.join(map(str, values))}}}"


def _texts(values: Sequence[str]) -> str:
    joined = '","'.join(values)
    # Three signs between two values, and no more quotes than these: then nothing needs escaping.
    if "\\" in joined or joined.count('"') != 2 * (len(values) - 1):
        joined = '","'.join(one.replace("\\", "\\\\").replace('"', '\\"') for one in values)
    return f'{{"{joined}"}}'


@contextmanager
def refusals_named() -> Iterator[None]:
    """Turn the database's refusal of a transfer into the exception that names it."""
    try:
        yield
    except IntegrityError as error:
        name = _constraint(error)
        if name == "account_stays_at_or_above_its_floor":
            raise NotEnoughMoney("There is not enough money in the account.") from error
        if name == "transfer_follows_a_known_route":
            raise WrongRoute(str(error.__cause__)) from error
        raise


def _constraint(error: IntegrityError) -> str:
    """The constraint that refused; empty when the database named none."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""


def post_selected(
    *,
    select: str,
    parameters: Mapping[str, int | str | datetime | date | None],
    organiser_id: int,
    by_id: int | None,
    at: datetime,
    fresh: bool = False,
) -> int:
    """Make the transfers that a query gives, without bringing them into Python.

    The query returns debit_id, credit_id, cents, kind, cause_kind, cause_id, key. Same promises as
    `post`; a key posted before is left as it is, so callers use keys that name the content. With
    `fresh` the caller knows the keys to be new, as they name ids just drawn: the database need not
    look for them first, and one that was there after all refuses the whole.
    """
    given = {**parameters, "_organiser": organiser_id, "_by": by_id, "_at": at}
    with refusals_named(), connection.cursor() as cursor:
        cursor.execute(posting_sql(select, fresh=fresh), given)
        return int(cursor.rowcount)


def posting_sql(select: str, *, fresh: bool = False) -> str:
    """SQL that posts what a query gives, to be a part of a larger statement.

    Columns and promises as in `post_selected`; run it within `refusals_named`. It takes the
    parameters `_organiser`, `_by` and `_at`.
    """
    known = "" if fresh else " ON CONFLICT (organiser_id, key) DO NOTHING"
    return (
        "INSERT INTO ledger_transfer (organiser_id, happened_at, by_id, debit_id, credit_id,"
        " cents, kind, cause_kind, cause_id, key)"
        " SELECT %(_organiser)s::bigint, %(_at)s::timestamptz, %(_by)s::bigint, chosen.*"
        f" FROM ({select}) chosen{known}"
    )


# SQL for the id of an account that `opening_sql` will open in the same statement.
NEW_ACCOUNT = "nextval('ledger_account_id_seq'::regclass)"


def opening_sql(kind: AccountKind, select: str) -> str:
    """SQL that opens empty accounts with the ids of a query, as a part of a larger statement.

    It takes the parameter `_organiser`.
    """
    floor = FLOORS[kind]
    return (
        "INSERT INTO ledger_account (id, organiser_id, kind, debits, credits, floor)"
        f" SELECT id, %(_organiser)s::bigint, '{kind}', 0, 0, {'NULL' if floor is None else floor}"
        f" FROM ({select}) chosen"
    )
