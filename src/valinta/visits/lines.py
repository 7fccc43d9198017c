"""Lines as providers send them, read into the columns of the stage. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from valinta.shared.money import half_up_div

# A line without a zone means the local time of the service.
LOCAL = ZoneInfo("Europe/Helsinki")
FIELDS = ("order", "reference", "served_on", "started_at", "ended_at", "quantity", "band")
OPTIONAL = ("worker", "late_reason")
_ALL = (*FIELDS, *OPTIONAL)
_LONGEST = {"reference": 60, "band": 40, "worker": 40, "late_reason": 400}
_LARGEST_QUANTITY = 10_000_00


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line in the order of the stage's columns; `unreadable` names the first bad field.

    `quantity_hundredths` is in hundredths of the unit; with times and no quantity it is the
    time between them in hundredths of an hour.
    """

    number: int
    order: int | None
    reference: str
    served_on: date | None
    started_at: datetime | None
    ended_at: datetime | None
    quantity_hundredths: int | None
    band: str
    worker: str
    late_reason: str
    unreadable: str
    sent: Mapping[str, str]


class _Bad(ValueError):
    """A field that cannot be read; the argument is its name."""


def read_lines(lines: Iterable[Mapping[str, object]], first: int = 1) -> Iterator[ReadLine]:
    """Read lines one by one; a line that cannot be read keeps its number and says which field."""
    for number, line in enumerate(lines, start=first):
        yield read_line(number, line)


def read_line(number: int, line: Mapping[str, object]) -> ReadLine:
    """Read one line. Dates as 2019-03-01, moments as ISO 8601, quantity as 1.5 or 1,5."""
    sent = {name: _text(line.get(name)) for name in _ALL}
    reference = sent["reference"]
    try:
        _check_texts(sent)
        started, ended = _moment(sent, "started_at"), _moment(sent, "ended_at")
        if (started is None) != (ended is None):
            raise _Bad("ended_at" if ended is None else "started_at")
        if started and ended and ended <= started:
            raise _Bad("ended_at")
        served_on = _day(sent, started)
        quantity = _quantity(sent, started, ended)
        order = _order(sent)
    except _Bad as bad:
        return _unreadable(number, reference, str(bad), sent)
    return ReadLine(
        number,
        order,
        reference,
        served_on,
        started,
        ended,
        quantity,
        sent["band"],
        sent["worker"],
        sent["late_reason"],
        "",
        sent,
    )


def _unreadable(number: int, reference: str, field: str, sent: Mapping[str, str]) -> ReadLine:
    return ReadLine(
        number=number,
        order=None,
        reference=reference[:60],
        served_on=None,
        started_at=None,
        ended_at=None,
        quantity_hundredths=None,
        band="",
        worker="",
        late_reason="",
        unreadable=field,
        sent=sent,
    )


def _text(value: object) -> str:
    if value is None:
        return ""
    if type(value) is str and value.isascii() and value.isprintable():
        return value.strip()
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    # NUL and halves of a character cannot be stored by the database.
    return str(value).replace("\x00", " ").encode(errors="replace").decode().strip()


def _check_texts(sent: Mapping[str, str]) -> None:
    if not sent["reference"]:
        raise _Bad("reference")
    for name, longest in _LONGEST.items():
        if len(sent[name]) > longest:
            raise _Bad(name)


def _order(sent: Mapping[str, str]) -> int | None:
    """The order's number; text that is no number names no order, which is judged later."""
    text = sent["order"]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _moment(sent: Mapping[str, str], name: str) -> datetime | None:
    text = sent[name]
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(LOCAL) if moment.tzinfo else moment.replace(tzinfo=LOCAL)
    except (ValueError, OverflowError):
        raise _Bad(name) from None


def _day(sent: Mapping[str, str], started: datetime | None) -> date:
    text = sent["served_on"]
    if not text:
        if started is None:
            raise _Bad("served_on")
        return started.astimezone(LOCAL).date()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _Bad("served_on") from None
    if started is not None and day != started.astimezone(LOCAL).date():
        raise _Bad("served_on")
    return day


def _quantity(sent: Mapping[str, str], started: datetime | None, ended: datetime | None) -> int:
    text = sent["quantity"]
    if not text:
        if started is None or ended is None:
            raise _Bad("quantity")
        minutes = (ended - started) // timedelta(minutes=1)
        return half_up_div(minutes * 100, 60)
    try:
        hundredths = Decimal(text.replace(",", ".")) * 100
    except ArithmeticError:
        raise _Bad("quantity") from None
    if not hundredths.is_finite() or hundredths != hundredths.to_integral_value():
        raise _Bad("quantity")
    if abs(hundredths) > _LARGEST_QUANTITY:
        raise _Bad("quantity")
    return int(hundredths)


_NULL = "\\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": " ", "\n": " ", "\r": " "})


def _escaped(text: str) -> str:
    """The text as COPY wants it; most texts have nothing to escape."""
    if text.isprintable() and "\\" not in text:
        return text
    return text.translate(_ESCAPES)


def copy_row(line: ReadLine) -> str:
    """The line as a row of COPY's text format, in the order of the stage's columns."""
    order, quantity = line.order, line.quantity_hundredths
    return (
        f"{line.number}\t{_NULL if order is None else order}\t{_escaped(line.reference)}\t"
        f"{line.served_on or _NULL}\t{line.started_at or _NULL}\t{line.ended_at or _NULL}\t"
        f"{_NULL if quantity is None else quantity}\t{_escaped(line.band)}\t"
        f"{_escaped(line.worker)}\t{_escaped(line.late_reason)}\t{line.unreadable}\n"
    )
