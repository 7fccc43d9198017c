"""Lines as providers send them, read into the columns of the stage. Nothing is judged here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from valinta.shared.money import half_up_div

# A line without a zone means the local time of the service.
LOCAL = ZoneInfo("Europe/Helsinki")
FIELDS = ("order", "reference", "served_on", "started_at", "ended_at", "quantity", "band")
OPTIONAL = ("worker", "late_reason")
_ALL = (*FIELDS, *OPTIONAL)
_LARGEST_QUANTITY = 10_000_00
_MOST_WRITTEN = 400  # signs of each field of a line that cannot be read
_LONGEST_QUANTITY = 40
_DECIMALS = 2
# A month's file has few different times of the clock and fewer quantities: each is read once.
_TIMES_KEPT, _QUANTITIES_KEPT = 16_384, 1_024


class Unread(dict[str, object]):
    """What stands in the place of a line that cannot be read at all; `why` is told to its sender.

    One of: `line` (no JSON object, or no text), `line_long`, `line_signs` (signs that no text has,
    or of another way of writing), `line_quote` (a quotation mark is left open) and `line_cells`
    (more cells than there are titles).
    """

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__()


NO_LINE = Unread("line")


class Moment(NamedTuple):
    """A moment in local time, and the same in the words of the database."""

    at: datetime
    written: str


class ReadLine(NamedTuple):
    """A line in the order of the stage's columns; `unreadable` names the first bad field.

    `quantity_hundredths` is in hundredths of the unit; with times and no quantity it is the
    time between them in hundredths of an hour. Of a line that cannot be read `late_reason` has what
    was written, by field, as JSON: it is given back to be mended.
    """

    number: int
    order: int | None
    reference: str
    served_on: date | None
    started: Moment | None
    ended: Moment | None
    quantity_hundredths: int | None
    band: str
    worker: str
    late_reason: str
    unreadable: str


class _Bad(ValueError):
    """A field that cannot be read; the argument is its name."""


def read_lines(lines: Iterable[Mapping[str, object]], first: int = 1) -> Iterator[ReadLine]:
    """Read lines one by one; a line that cannot be read keeps its number and says which field."""
    for number, line in enumerate(lines, start=first):
        yield read_line(number, line)


def read_line(number: int, line: Mapping[str, object]) -> ReadLine:
    """Read one line. Dates as 2019-03-01, moments as ISO 8601, quantity as 1.5 or 1,5."""
    if isinstance(line, Unread):
        return ReadLine(number, None, "", None, None, None, None, "", "", "", line.why)
    order, reference, day, start, end, amount, band, worker, late = [
        value.strip()
        if type(value := line.get(name)) is str and value.isascii() and value.isprintable()
        else _text(value)
        for name in _ALL
    ]
    try:
        if not 0 < len(reference) <= 60:
            raise _Bad("reference")
        if len(band) > 40 or len(worker) > 40 or len(late) > 400:
            raise _Bad(
                "band" if len(band) > 40 else "worker" if len(worker) > 40 else "late_reason"
            )
        started = _moment(start, "started_at") if start else None
        ended = _moment(end, "ended_at") if end else None
        if started is None or ended is None:
            if started or ended:
                raise _Bad("ended_at" if ended is None else "started_at")
        elif ended.at <= started.at:
            raise _Bad("ended_at")
        served_on = _day(day, started)
        if len(amount) > _LONGEST_QUANTITY:
            raise _Bad("quantity")
        quantity = _hundredths(amount) if amount else _length(started, ended)
    except _Bad as bad:
        said = (order, reference, day, start, end, amount, band, worker, late)
        return ReadLine(
            number, None, reference[:60], None, None, None, None, "", "", _written(said), str(bad)
        )
    # Text that is no number names no order, which is judged later.
    known = int(order) if order.isascii() and order.isdigit() and len(order) < 19 else None
    return ReadLine(
        number, known, reference, served_on, started, ended, quantity, band, worker, late, ""
    )


def _written(said: Iterable[str]) -> str:
    """The fields of a line as they were written, as JSON."""
    named = {name: text[:_MOST_WRITTEN] for name, text in zip(_ALL, said, strict=True) if text}
    return json.dumps(named, ensure_ascii=False)


def _text(value: object) -> str:
    if value is None:
        return ""
    if type(value) is int:
        return str(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    # NUL and halves of a character cannot be stored by the database.
    return str(value).replace("\x00", " ").encode(errors="replace").decode().strip()


@lru_cache(_TIMES_KEPT)
def _moment(text: str, name: str) -> Moment:
    try:
        moment = datetime.fromisoformat(text)
        local = moment.astimezone(LOCAL) if moment.tzinfo else moment.replace(tzinfo=LOCAL)
        return Moment(local, str(local))
    except (ValueError, OverflowError):
        raise _Bad(name) from None


def _day(text: str, started: Moment | None) -> date:
    if not text:
        if started is None:
            raise _Bad("served_on")
        return started.at.date()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _Bad("served_on") from None
    if started is not None and day != started.at.date():
        raise _Bad("served_on")
    return day


def _length(started: Moment | None, ended: Moment | None) -> int:
    if started is None or ended is None:
        raise _Bad("quantity")
    minutes = (ended.at - started.at) // timedelta(minutes=1)
    return half_up_div(minutes * 100, 60)


@lru_cache(_QUANTITIES_KEPT)
def _hundredths(text: str) -> int:
    try:
        hundredths = Decimal(text.replace(",", ".")) * 100
    except ArithmeticError:
        raise _Bad("quantity") from None
    if not hundredths.is_finite() or hundredths != hundredths.to_integral_value():
        raise _Bad("quantity")
    if len(text.replace(",", ".").partition(".")[2]) > _DECIMALS:
        # In 1.500 the sign may divide thousands or decimals; nobody guesses about money.
        raise _Bad("quantity")
    if abs(hundredths) > _LARGEST_QUANTITY:
        raise _Bad("quantity")
    return int(hundredths)


_NULL = "\\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": " ", "\n": " ", "\r": " "})


def copy_row(line: ReadLine) -> str:
    """The line as a row of COPY's text format, in the order of the stage's columns."""
    number, order, reference, day, started, ended, quantity, band, worker, late, bad = line
    texts = f"{reference}{band}{worker}{late}"
    if "\\" in texts or not texts.isprintable():
        reference, band = reference.translate(_ESCAPES), band.translate(_ESCAPES)
        worker, late = worker.translate(_ESCAPES), late.translate(_ESCAPES)
    return (
        f"{number}\t{_NULL if order is None else order}\t{reference}\t{day or _NULL}\t"
        f"{started.written if started else _NULL}\t{ended.written if ended else _NULL}\t"
        f"{_NULL if quantity is None else quantity}\t{band}\t{worker}\t{late}\t{bad}\n"
    )
