"""A change that a new pack makes, in words: of what, what was and will be, and for whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from valinta.processes.pack_changes import Change
from valinta.processes.preview_pack import Shown
from valinta.programmes import rows
from valinta.programmes.models import Programme
from valinta.programmes.names import named
from valinta.programmes.past import PastChange, Said
from valinta.programmes.rows import Content, Row, Table
from valinta.shared.periods import Period
from valinta.web import wording
from valinta.web.office import pack_words
from valinta.web.office.touch_words import touched
from valinta.web.templatetags.wording import language

Words = str | Promise
TITLES: dict[Table, Words] = {
    rows.PHASES: _("Phase"),
    rows.MUNICIPALITIES: _("Municipality"),
    rows.QUOTAS: _("Places"),
    rows.RULEBOOKS: _("Rulebook"),
    rows.FUNDING: _("Funding"),
    rows.ALLOCATION: _("How need becomes euros"),
    rows.PRICES: _("Price"),
    rows.VOUCHER_VALUES: _("Value of a voucher"),
    rows.GROUPS: _("Target group"),
    rows.BANDS: _("Time band"),
    rows.SERVICES: _("Service"),
}
COLUMNS: dict[str, Words] = {
    "sector": _("its sector"),
    "legal_basis": _("its legal basis"),
    "duty": _("how strongly the law binds to arrange it"),
    "fee_type": _("what the client pays"),
    "can_be_mandatory": _("whether it can be mandatory"),
    "instruments": _("what it is paid with"),
    "ways": _("how it is organised"),
    "municipality_codes": _("in which municipalities it is"),
    "rule": _("which hours belong to it"),
    "population": _("the number of people"),
}
LEAVES: dict[str, Words] = {
    "places": _("places"),
    "share": _("share"),
    "cents": _("price of a unit"),
    "least_cents": _("least value"),
    "income_tested": _("depends on income"),
    "version": _("version"),
    "approved_on": _("approved"),
    "status": _("status"),
    "code": _("code"),
    "model": _("model"),
    "unit": _("unit"),
    "cents_per_point": _("value of a point"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A change as the page tells it."""

    title: str
    kind: str
    was: str
    now: str
    starts_on: date | None
    touches: tuple[str, ...]


@dataclass(slots=True)
class Namer:
    """Names of the programme's things by code, those that are only in the new pack too."""

    programme: Programme
    _names: dict[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)

    def learn(self, found: Iterable[Row]) -> None:
        """Names that rows carry."""
        for row in found:
            names = row.words.get("names")
            if isinstance(names, Mapping) and "code" in row.key:
                self._names[row.table.name, str(row.key["code"])] = names

    def know(self) -> None:
        """The names of the programme's own services, bands, groups and municipalities."""
        for kind in ("services", "bands", "target_groups", "municipalities"):
            for code, names in getattr(self.programme, kind).values_list("code", "names"):
                self._names.setdefault((kind, code), names)

    def of(self, kind: str, code: Any) -> str:
        """The name of a thing; its code when nothing is known."""
        names = self._names.get((kind, str(code)))
        return named(names, language()) if names else str(code)

    def title(self, row: Row) -> str:
        """What a row is about."""
        key, parts = row.key, [str(TITLES[row.table])]
        if row.table is rows.PRICES:
            parts = [str(pack_words.PRICE_KINDS[key["kind"]])]
        if "service" in key:
            parts += [self.of("services", key["service"]), self.of("bands", key["band"])]
        elif "municipality_code" in key:
            parts.append(self.of("municipalities", key["municipality_code"]))
            if key["target_group_code"]:
                parts.append(self.of("target_groups", key["target_group_code"]))
        elif "code" in key:
            parts.append(self.of(row.table.name, key["code"]))
        elif isinstance(row.words.get("names"), Mapping):
            parts.append(named(row.words["names"], language()))
        return ", ".join(parts)


def told(shown: Shown, namer: Namer, every: Iterable[Shown]) -> Told:
    """The change in words; `every` are all changes of the pack, this one among them."""
    change = shown.change
    kind = "added" if change.was is None else "removed" if change.now is None else "changed"
    was = change.was or _before(change, every)
    return Told(
        namer.title(change.row),
        kind,
        _side(was, change.now, namer),
        _side(change.now, was, namer),
        shown.starts_on,
        tuple(touched(one) for one in shown.touches) or _columns(change),
    )


def past(one: PastChange, names: Mapping[str, Row], namer: Namer, today: date) -> dict[str, str]:
    """A change of the past in words: what, on which days, what was, what would be, and the mend."""
    row = names.get(one.where)
    if one.had is None:
        mend = gettext("Let it start on %(day)s or later.")
    elif one.would_have is None:
        mend = gettext("Put it back as it was, and end it on %(day)s or later.")
    elif one.period is None:
        mend = gettext("Put it back as it was, and add the new one with a code of its own.")
    else:
        mend = gettext(
            "Put it back as it was until %(day)s or later, and let the new one start then."
        )
    return {
        "title": namer.title(row) if row else one.where,
        "days": days(one.period) if one.period else gettext("all days so far"),
        "was": _said(one.had, namer) or gettext("not there"),
        "would_be": _said(one.would_have, namer) or gettext("not there"),
        "mend": mend % {"day": wording.short_day(today, language(), date.min)},
    }


def days(period: Period) -> str:
    """The days of a period, the last one included."""
    first = wording.short_day(period.starts_on, language(), date.min)
    if period.ends_on is None:
        return gettext("%(first)s– until further notice") % {"first": first}
    return f"{first}–{wording.short_day(period.last_on, language(), date.min)}"


def _columns(change: Change) -> tuple[str, ...]:
    differ = [str(COLUMNS[one]) for one in change.reworded if one in COLUMNS]
    if not differ:
        return ()
    return (gettext("Changes: %(what)s.") % {"what": wording.joined(differ)},)


def _before(change: Change, every: Iterable[Shown]) -> Row | None:
    """The version of the rulebook or rule that a new one takes over from."""
    if change.table not in (rows.RULEBOOKS, rows.ALLOCATION) or change.row.period is None:
        return None
    first = change.row.period.starts_on
    for one in every:
        row = one.change.now
        if row and row.table is change.table and row.period and row.period.ends_on == first:
            return row
    return None


def _side(row: Row | None, other: Row | None, namer: Namer) -> str:
    """What a row says: only what differs from the other side, and its days."""
    if row is None:
        return gettext("not there")
    flat, beside = dict(_flat(row.value)), dict(_flat(other.value)) if other else {}
    differs = {
        leaf: value for leaf, value in flat.items() if beside.get(leaf) != value or not other
    }
    if other is not None and row.table in (rows.PRICES, rows.VOUCHER_VALUES, rows.QUOTAS):
        differs = flat
    parts = [_said(tuple(differs.items()), namer)]
    if row.period:
        parts.append(days(row.period))
    return " · ".join(part for part in parts if part) or gettext("no days")


def _flat(value: Content, path: str = "") -> Iterable[tuple[str, Any]]:
    for name, one in value.items():
        if isinstance(one, Mapping):
            yield from _flat(one, f"{path}{name}.")
        elif isinstance(one, list):
            yield f"{path}{name}", ngettext("%(n)s item", "%(n)s items", len(one)) % {"n": len(one)}
        else:
            yield f"{path}{name}", one


def _said(says: Said | tuple[tuple[str, Any], ...] | None, namer: Namer) -> str:
    """Names and values in words."""
    if says is None:
        return ""
    return ", ".join(words for leaf, value in says if (words := _leaf(leaf, value, namer)))


def _leaf(leaf: str, value: Any, namer: Namer) -> str:
    last = leaf.rsplit(".", 1)[-1]
    if ".unit_cents." in f".{leaf}":
        return f"{namer.of('services', last)} {pack_words.euros(value)}"
    if last in pack_words.PARAMETERS:
        return f"{pack_words.parameter(last)}: {pack_words.parameter_value(last, value)}"
    if value is None or (last == "income_tested" and value is False) or last == "code":
        return ""
    return _worded(last, value)


def _worded(name: str, value: Any) -> str:
    if name == "cents":
        return pack_words.euros(value)
    if name == "places":
        return pack_words.places(value)
    if name == "status":
        return str(pack_words.STATUS.get(str(value), value))
    if name == "model":
        return str(pack_words.MODELS.get(str(value), value))
    label = str(LEAVES.get(name, name.replace("_", " ")))
    if isinstance(value, bool):
        return f"{label}: {pack_words.yes_no(value)}"
    if name == "share" and isinstance(value, int):
        return f"{label} {pack_words.percent(value)}"
    if "cents" in name and isinstance(value, int):
        return f"{label} {pack_words.euros(value)}"
    if isinstance(value, date):
        return f"{label} {wording.short_day(value, language(), date.min)}"
    return f"{label} {value}"
