"""The house of ARCHITECTURE.md in the schema and in the text, where import-linter does not look."""

from __future__ import annotations

import ast
import configparser
import re

import pytest
from django.apps import apps
from django.db.models import Model
from django.db.models.fields.related import ForeignKey, ManyToManyField, OneToOneField

from tests.repository.files import PACKAGE, ROOT, under
from valinta.config.starting_schema import FILE

RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
WRITES_MONEY = re.compile(r"(insert\s+into|update|delete\s+from|copy)\s+ledger_", re.IGNORECASE)


def _floors() -> dict[str, int]:
    """Each room's floor: 0 is the foundation."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter")
    lines = parser["importlinter:contract:rooms"]["layers"].split("\n")
    layers = [re.findall(r"\w+", line) for line in lines if line.strip()]
    return {room: floor for floor, rooms in enumerate(reversed(layers)) for room in rooms}


FLOORS = _floors()


def _room(model: type[Model]) -> str:
    return model.__module__.split(".")[1]


def _models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("valinta.")]


def test_the_models_are_found() -> None:
    assert len(_models()) > 30
    assert {_room(model) for model in _models()} <= FLOORS.keys()


@pytest.mark.parametrize("model", _models(), ids=lambda model: model._meta.label)
def test_foreign_keys_point_down(model: type[Model]) -> None:
    for field in model._meta.get_fields():
        if isinstance(field, ForeignKey | OneToOneField | ManyToManyField):
            target = field.remote_field.model
            if target.__module__.startswith("valinta."):
                assert FLOORS[_room(target)] <= FLOORS[_room(model)], field


def test_foreign_keys_name_the_class_and_not_a_string() -> None:
    """A string would hide that a room needs another; within a room two modules may need that."""
    found = []
    for path in under("src", ends=".py"):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr in RELATIONS and node.args:
                target = node.args[0]
                own = f"{path.relative_to(PACKAGE).parts[0]}."
                if isinstance(target, ast.Constant) and not (
                    target.value == "self" or str(target.value).startswith(own)
                ):
                    found.append(f"{path.name}:{node.lineno}: {target.value}")
    assert found == []


def test_only_the_ledger_knows_transfers_and_writes_its_tables() -> None:
    found = []
    for path in under("src", ends=".py .sql"):
        # The written schema is what all migrations made, the ledger's too.
        if path.is_relative_to(PACKAGE / "ledger") or path == FILE:
            continue
        text = path.read_text()
        if WRITES_MONEY.search(text) or re.search(
            r"from valinta\.ledger\.models import[^\n]*(\([^)]*)?\bTransfer\b", text
        ):
            found.append(str(path.relative_to(ROOT)))
    assert found == []


def test_every_room_with_models_has_migrations_with_names() -> None:
    for room in sorted({_room(model) for model in _models()}):
        names = [path.stem for path in (PACKAGE / room / "migrations").glob("[0-9]*.py")]
        assert names, f"{room} has models and no migration"
        assert [name for name in names if "_auto_" in name or len(name) < 8] == [], room


def test_no_module_has_a_name_that_takes_in_anything() -> None:
    vague = {"utils", "util", "common", "helpers", "services", "managers", "signals", "misc"}
    assert [str(path) for path in under("src", ends=".py") if path.stem in vague] == []
