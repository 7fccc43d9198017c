"""The check that rows point only to rows of their own organiser, made from the models themselves.

PostgreSQL checks foreign keys past row-level security, so a key to another organiser's row would be
accepted. Read within one organiser's scope such a row points to nothing that can be seen.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db.models import ForeignKey, Model


def strays() -> str:
    """SQL that names each row pointing to a row of another organiser, or to none that is there."""
    return "\nUNION ALL\n".join(_selects())


def _selects() -> Iterator[str]:
    for model in apps.get_models():
        if not _is_tenants(model):
            continue
        for field in model._meta.concrete_fields:
            target = field.related_model
            if not isinstance(field, ForeignKey) or not isinstance(target, type):
                continue
            if _is_tenants(target):
                yield _select(model, field.column, target)


def _is_tenants(model: type[Model]) -> bool:
    return any(field.column == "organiser_id" for field in model._meta.concrete_fields)


def _select(model: type[Model], column: str, target: type[Model]) -> str:
    table, key = model._meta.db_table, model._meta.pk.column
    other, other_key = target._meta.db_table, target._meta.pk.column
    return (
        f"SELECT '{table} ' || t.{key} || ': {column} ' || t.{column}"
        f" FROM {table} t LEFT JOIN {other} x ON x.{other_key} = t.{column}"
        f" WHERE t.{column} IS NOT NULL AND x.organiser_id IS DISTINCT FROM t.organiser_id"
    )
