"""Files with results of licensed instruments: read line by line, numbers only. Pure.

CSV has a score on each line, with these columns in any order, separated by semicolons or commas:
instrument, version, done_on, done_by, score, value, and identity_code if the file has one. JSON is
a list of objects with the same keys, and `scores` as an object of codes and numbers.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

COLUMNS = ("instrument", "version", "done_on", "done_by", "score", "value")
MAY_BE_LEFT_OUT = ("identity_code",)
LONGEST_NAME = 120
MOST_ROWS = 500
# Signs that nobody writes, and halves of signs: kept nowhere, and shown as what they are.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_NOT_A_SIGN = "\ufffd"
_NUMBER = re.compile(r"-?[0-9]{1,4}([.,][0-9]{1,2})?")
_DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong on a line (1 is the first; 0 the whole file): a word for it, and the value."""

    line: int
    what: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """One result: what, when and by whom, and each score as a number in text."""

    instrument: str
    version: str
    done_on: date
    done_by: str
    scores: Mapping[str, str]
    line: int


@dataclass(slots=True)
class Reading:
    """A file read: the results that it gives, and what is wrong in it."""

    results: list[Result] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    values: Mapping[str, str]


def read_results(
    text: str, instruments: Sequence[Mapping[str, Any]], identity_code: str, today: date
) -> Reading:
    """Read a file's text as results of one person in the programme's instruments.

    Faults: `empty`, `not_json`, `column`, `no_column`, `too_many`, `person`, `instrument`,
    `version`, `day`, `future`, `who`, `score`, `number`, `range`, `twice`, `differs`.
    """
    found = Reading()
    rows = list(_rows(text.lstrip("\ufeff"), found))
    if found.faults:
        return found
    if not rows:
        found.faults.append(Fault(0, "empty"))
    elif len(rows) > MOST_ROWS:
        found.faults.append(Fault(0, "too_many", str(MOST_ROWS)))
    else:
        _take(rows, {one["code"]: one for one in instruments}, identity_code, today, found)
    return found


def _rows(text: str, found: Reading) -> Iterator[_Row]:
    if text.lstrip().startswith(("[", "{")):
        yield from _json_rows(text, found)
    else:
        yield from _csv_rows(text, found)


def _csv_rows(text: str, found: Reading) -> Iterator[_Row]:
    lines = text.splitlines()
    first = lines[0] if lines else ""
    sheet = csv.reader(lines, delimiter=";" if ";" in first else ",")
    head = [one.strip().lower() for one in next(sheet, [])]
    known = {*COLUMNS, *MAY_BE_LEFT_OUT}
    found.faults += [Fault(1, "column", one) for one in head if one not in known]
    found.faults += [Fault(1, "no_column", one) for one in COLUMNS if head and one not in head]
    for number, cells in enumerate(sheet, start=2):
        if any(cell.strip() for cell in cells):
            padded = [*cells, *[""] * len(head)][: len(head)]
            yield _row(number, dict(zip(head, (one.strip() for one in padded), strict=True)))


def _json_rows(text: str, found: Reading) -> Iterator[_Row]:
    try:
        given = json.loads(text, parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        found.faults.append(Fault(0, "not_json"))
        return
    known = {*COLUMNS[:4], "scores", *MAY_BE_LEFT_OUT}
    for number, one in enumerate(given if isinstance(given, list) else [given], start=1):
        if not isinstance(one, dict) or not isinstance(one.get("scores"), dict):
            found.faults.append(Fault(number, "no_column", "scores"))
            continue
        found.faults += [Fault(number, "column", _seen(key)) for key in one if key not in known]
        common = {key: str(value).strip() for key, value in one.items() if key != "scores"}
        for code, value in one["scores"].items():
            yield _row(number, {**common, "score": str(code), "value": str(value)})


def _row(number: int, values: Mapping[str, str]) -> _Row:
    return _Row(number, {key: _seen(value) for key, value in values.items()})


def _seen(text: str) -> str:
    return _UNSEEN.sub(_NOT_A_SIGN, text)


def _take(
    rows: Sequence[_Row],
    instruments: Mapping[str, Mapping[str, Any]],
    identity_code: str,
    today: date,
    found: Reading,
) -> None:
    kept: dict[tuple[str, date], Result] = {}
    for row in rows:
        faults, done_on = list(_faults(row, instruments, identity_code, today)), _day(row)
        found.faults += faults
        if faults or done_on is None:
            continue
        one = row.values
        key = (one["instrument"], done_on)
        score = {one["score"]: one["value"].replace(",", ".")}
        result = kept.get(key)
        if result is None:
            kept[key] = Result(
                one["instrument"], one["version"], done_on, one["done_by"], score, row.line
            )
        elif one["score"] in result.scores:
            found.faults.append(Fault(row.line, "twice", one["score"]))
        elif (result.version, result.done_by) != (one["version"], one["done_by"]):
            found.faults.append(Fault(row.line, "differs", one["done_by"]))
        else:
            scores = {**result.scores, **score}
            kept[key] = Result(
                result.instrument, result.version, done_on, result.done_by, scores, result.line
            )
    found.results = list(kept.values())


def _faults(
    row: _Row,
    instruments: Mapping[str, Mapping[str, Any]],
    identity_code: str,
    today: date,
) -> Iterator[Fault]:
    one, line = row.values, row.line
    person = one.get("identity_code", "").upper()
    if person and person != identity_code:
        yield Fault(line, "person")
    done_on = _day(row)
    if done_on is None:
        yield Fault(line, "day", one.get("done_on", ""))
    elif done_on > today:
        yield Fault(line, "future", one["done_on"])
    who = one.get("done_by", "")
    if not 0 < len(who) <= LONGEST_NAME or _NOT_A_SIGN in who:
        yield Fault(line, "who")
    instrument = instruments.get(one.get("instrument", ""))
    if instrument is None:
        yield Fault(line, "instrument", one.get("instrument", ""))
        return
    if one.get("version", "") != instrument["version"]:
        yield Fault(line, "version", str(instrument["version"]))
    scores = {score["code"]: score for score in instrument["scores"]}
    score = scores.get(one.get("score", ""))
    if score is None:
        yield Fault(line, "score", one.get("score", ""))
    elif not _NUMBER.fullmatch(one.get("value", "")):
        yield Fault(line, "number", one.get("value", ""))
    else:
        value = Decimal(one["value"].replace(",", "."))
        if not Decimal(score["lowest"]) <= value <= Decimal(score["highest"]):
            yield Fault(line, "range", f"{score['lowest']}–{score['highest']}")


def _day(row: _Row) -> date | None:
    written = row.values.get("done_on", "")
    try:
        turned = _DAY.fullmatch(written)
        if turned:
            return date(int(turned[3]), int(turned[2]), int(turned[1]))
        return date.fromisoformat(written)
    except ValueError:
        return None


def template_of(instruments: Sequence[Mapping[str, Any]], today: date) -> str:
    """A CSV file to fill in: a line for each score of the programme's instruments."""
    lines = [";".join(COLUMNS)]
    for one in instruments:
        for score in one["scores"]:
            filled = (one["code"], one["version"], today.isoformat(), "", score["code"], "")
            lines.append(";".join(filled))
    return "\r\n".join(lines) + "\r\n"
