"""The database shows, changes and takes in only rows of the organisers in scope.

The queryset's own filter plays no part here: these are plain statements of SQL, as a forgotten
filter would send them.
"""

from __future__ import annotations

import json

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from psycopg import errors

from tests.permissions.conftest import Two
from valinta.organisers import tenancy
from valinta.organisers.models import Organiser
from valinta.users.models import Holding

TENANT_MODELS = [
    model
    for model in apps.get_models()
    if any(field.attname == "organiser_id" for field in model._meta.concrete_fields)
]
# A new account starts at zero, which a trigger says before the policy is asked.
STARTS = {"ledger_account": {"debits": 0, "credits": 0}}
# Columns that the database fills itself.
MADE_BY_ITSELF = {"budgets_pot": {"starts_on", "ends_on"}, "clients_client": {"search_name"}}
# Nor may the row of a payment or a decision be touched at all, which its own trigger says before
# the policy is asked.
REFUSED_FIRST = {
    "plans_decision": (errors.IntegrityConstraintViolation, errors.InsufficientPrivilege),
    "settlements_payment": errors.IntegrityConstraintViolation,
    "visits_visitcode": errors.IntegrityConstraintViolation,
}
each_table = pytest.mark.parametrize("table", sorted(one._meta.db_table for one in TENANT_MODELS))


def _one(text: str, *values: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(text, values or None)
        row = cursor.fetchone()
    return row[0] if row else None


def _changed(text: str, *values: str) -> int:
    """How many rows the statement changed; 0 when the application may not send it at all."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(text, values or None)
            return int(cursor.rowcount)
    except DatabaseError as error:
        assert isinstance(error.__cause__, errors.InsufficientPrivilege), error
        return 0


def _refused(text: str, *values: str, table: str = "") -> None:
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        _one(text + " RETURNING 1", *values)
    how = REFUSED_FIRST.get(table, errors.InsufficientPrivilege)
    assert isinstance(caught.value.__cause__, how), caught.value


def test_every_model_with_an_organiser_is_looked_at() -> None:
    assert len(TENANT_MODELS) > 40


@each_table
def test_rows_are_seen_by_their_own_organiser_and_by_no_other(table: str, two: Two) -> None:
    for own, other in (two.both, two.both[::-1]):
        mine = f'SELECT count(*) FROM "{table}" WHERE organiser_id = {own.organiser.pk}'
        with own.scope():
            assert _one(mine), f"the play leaves no row in {table}, so nothing could leak"
            assert _one(mine) == _one(f'SELECT count(*) FROM "{table}"')
        with other.scope():
            assert _one(mine) == 0
        assert _one(f'SELECT count(*) FROM "{table}"') == 0


@each_table
def test_rows_of_another_organiser_are_neither_changed_nor_removed(table: str, two: Two) -> None:
    theirs = f"WHERE organiser_id = {two.here.organiser.pk}"
    changes = (
        f'UPDATE "{table}" SET organiser_id = organiser_id {theirs}',
        f'UPDATE "{table}" SET organiser_id = {two.there.organiser.pk} {theirs}',
        f'DELETE FROM "{table}" {theirs}',
    )
    for scope in ([two.there.organiser.pk], []):
        with tenancy.scope(scope):
            assert [_changed(text) for text in changes] == [0, 0, 0]


@each_table
def test_no_row_is_put_into_another_organiser(table: str, two: Two) -> None:
    with two.here.scope():
        row = _one(f'SELECT to_jsonb(t) FROM "{table}" t LIMIT 1')
    copy = json.loads(str(row)) if isinstance(row, str) else row
    assert isinstance(copy, dict)
    names = ", ".join(f'"{name}"' for name in copy if name not in MADE_BY_ITSELF.get(table, ()))
    text = json.dumps(copy | STARTS.get(table, {}))
    for scope in ([two.there.organiser.pk], []):
        with tenancy.scope(scope):
            row = f'SELECT {names} FROM jsonb_populate_record(null::"{table}", %s)'
            _refused(f'INSERT INTO "{table}" ({names}) {row}', text, table=table)


@each_table
def test_no_row_is_moved_to_another_organiser(table: str, two: Two) -> None:
    with two.there.scope():
        _refused(f'UPDATE "{table}" SET organiser_id = {two.here.organiser.pk}', table=table)


def test_an_organisers_own_facts_are_changed_only_in_its_scope(two: Two) -> None:
    """Everyone reads who the organisers are, but their bank account is their own to change."""
    here, there = two.here.organiser, two.there.organiser
    for scope in ([there.pk], []):
        with tenancy.scope(scope):
            assert Organiser.objects.filter(pk=here.pk).exists()
            _refused(f"UPDATE organisers_organiser SET paying_iban = 'x' WHERE id = {here.pk}")
            _refused(f"DELETE FROM organisers_organiser WHERE id = {here.pk}")
    with two.here.scope():
        assert Organiser.objects.filter(pk=here.pk).update(paying_bic="NDEAFIHH") == 1


def test_a_user_reads_their_own_roles_everywhere_and_changes_them_nowhere(two: Two) -> None:
    user = two.here.users["client"]
    with tenancy.scope((), user):
        own = Holding.objects.all()
        assert [one.user_id for one in own] == [user]
        assert own.update(role="office") == 0
        assert own.delete()[0] == 0


def test_the_scope_ends_with_its_block_even_after_a_failure(two: Two) -> None:
    with pytest.raises(RuntimeError), two.here.scope():
        raise RuntimeError("made to fail")
    assert _one("SELECT current_setting('valinta.organisers', true)") in ("", "{}")
