"""What a pack says, as rows of tables: the shape in which it is compared, loaded and guarded. Pure.

A row is about something (`key`), for some days (`period`), and says something. What the database
decides by is in `value`; names and sources are in `words`, which may be worded better at any time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from valinta.programmes.past import Fact
from valinta.shared.periods import Period

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a table. Rows with the same key never hold on the same day.

    `undated_leaves` are paths inside `value` that the pack gives without days, so they may change.
    """

    name: str
    title: str
    key: tuple[str, ...]
    value: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    dated: bool = True
    undated_leaves: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, as a pack gives it or as the database has it."""

    table: Table
    key: Content
    period: Period | None
    value: Content
    words: Content

    @property
    def name(self) -> str:
        """What the row is about, in words: its table's title and its key."""
        key = ", ".join(str(part) for part in self.key.values() if part)
        return f"{self.table.title} {key}".rstrip()

    def __str__(self) -> str:
        return f"{self.name} ({self.period})" if self.period else self.name

    def fact(self) -> Fact | None:
        """What the row says about its days; None for a row without days."""
        if self.period is None:
            return None
        leaves = dict(_leaves(self.value))
        for path in self.table.undated_leaves:
            leaves.pop(path, None)
        return Fact(self.name, self.period, leaves)


GROUPS = Table(
    "target_groups", "target group", ("code",), (), ("names", "municipality_codes"), dated=False
)
BANDS = Table("bands", "time band", ("code",), (), ("names", "rule"), dated=False)
SERVICES = Table(
    "services",
    "service",
    ("code",),
    ("unit",),
    (
        "names",
        "easy",
        "sector",
        "legal_basis",
        "duty",
        "fee_type",
        "can_be_mandatory",
        "instruments",
        "ways",
    ),
    dated=False,
)
PHASES = Table("phases", "phase", (), ("code", "status"), ("names",))
MUNICIPALITIES = Table(
    "municipalities",
    "membership of municipality",
    ("code",),
    (),
    ("names", "population", "population_year"),
)
QUOTAS = Table("quotas", "quota", ("municipality_code", "target_group_code"), ("places",))
RULEBOOKS = Table(
    "rulebooks", "rulebook", (), ("version", "approved_on", "parameters"), ("approved_by_body",)
)
FUNDING = Table("funding", "funding share", ("source",), ("share",), ("names",))
ALLOCATION = Table(
    "allocation",
    "allocation",
    (),
    ("model", "parameters"),
    undated_leaves=frozenset({"parameters.items"}),
)
PRICES = Table("prices", "price", ("service", "band", "kind"), ("cents",), ("source", "assumed"))
VOUCHER_VALUES = Table(
    "voucher_values",
    "voucher value",
    ("service", "band"),
    ("cents", "income_tested", "least_cents"),
    ("source", "assumed"),
)

LISTS = (GROUPS, BANDS, SERVICES)
DATED = (PHASES, MUNICIPALITIES, QUOTAS, RULEBOOKS, FUNDING, ALLOCATION, PRICES, VOUCHER_VALUES)


def facts(rows: Mapping[Table, list[Row]]) -> list[Fact]:
    """What the dated rows say, for the guard of the past."""
    return [fact for table in DATED for row in rows[table] if (fact := row.fact()) is not None]


def _leaves(content: Content, path: str = "") -> Iterator[tuple[str, Any]]:
    """The content as path and value; mappings inside it are opened, lists are not."""
    for name, value in content.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{path}{name}.")
        else:
            yield f"{path}{name}", value
