"""What the API gives and takes, as typed objects. Members that are new in an answer are left out.

Money is whole cents. Days are half-open: `ends_before` is the first day that is no longer part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Service:
    """The service that was ordered; `unit` is hour, visit, day, week or month."""

    code: str
    names: dict[str, str]
    unit: str


@dataclass(frozen=True, slots=True)
class Client:
    """The client; `reference` stays the same for this client and your company."""

    reference: str
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class Part:
    """How much may be done in some days of an order."""

    starts_on: date
    ends_before: date | None
    quantity: str


@dataclass(frozen=True, slots=True)
class Order:
    """An order made to the company."""

    id: int
    state: str
    programme: str
    service: Service
    client: Client
    kind: str
    unit: str | None
    placed_at: datetime
    answer_by: date | None
    starts_on: date
    ends_before: date | None
    closed_at: datetime | None
    parts: list[Part]


@dataclass(frozen=True, slots=True)
class Line:
    """A visit to report. Give the day or the times. With both times no quantity is needed."""

    order: int | str
    reference: str
    served_on: str | date = ""
    started_at: str | datetime = ""
    ended_at: str | datetime = ""
    quantity: str = ""
    band: str = ""
    worker: str = ""
    late_reason: str = ""

    def sent(self) -> dict[str, str | int]:
        """The line as it is sent: without what is empty."""
        given = {one.name: getattr(self, one.name) for one in fields(self)}
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in given.items()
            if value != ""
        }


@dataclass(frozen=True, slots=True)
class Counts:
    """How many lines had which outcome."""

    taken: int
    in_review: int
    refused: int
    repeated: int


@dataclass(frozen=True, slots=True)
class LineAnswer:
    """What became of a line: taken, in_review, refused or repeated; `mend` says what to do."""

    line: int
    reference: str
    outcome: str
    visit: int | None
    code: str | None = None
    what: str | None = None
    mend: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """The answer to lines that were sent together."""

    batch: int | None
    dry_run: bool
    counts: Counts
    lines: list[LineAnswer]


@dataclass(frozen=True, slots=True)
class VisitFile:
    """A file of visits and how far it is: waiting, working or done. `lines` are lines of text."""

    id: int
    name: str
    kind: str
    programme: str
    sent_at: datetime
    state: str
    percent: int
    lines: int
    lines_done: int
    counts: Counts
    batch: int
    kept_until: date
    purged: bool


@dataclass(frozen=True, slots=True)
class Check:
    """That a visit was drawn for a check: open, or found right or wrong. It holds up no payment.

    `asked` says what is asked of you while it is open. `chance` and `number` are in millionths.
    """

    state: str
    drawn_at: datetime
    why: str
    asked: str | None
    chance: int
    number: int
    seed: str
    by_gap: bool
    risks: list[str]
    found_at: datetime | None
    words: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A difference found later; above zero, the company is owed more."""

    cents: int
    cause: str
    known_at: datetime


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit as it is now."""

    id: int
    order: int
    reference: str
    served_on: date
    started_at: datetime | None
    ended_at: datetime | None
    quantity: str
    band: str
    worker: str
    price_cents: int
    payable_cents: int
    self_pay_cents: int
    state: str
    code: str | None
    what: str | None
    mend: str | None
    reason: str
    statement: int | None
    corrections: list[Correction]
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """What is paid, and whether the bank has done it."""

    state: str
    reference: str
    cents: int
    answered_at: datetime | None
    return_reason: str


@dataclass(frozen=True, slots=True)
class StatementLine:
    """The work of one order, time band and price."""

    order: int
    service: str
    band: str
    price_cents: int
    visits: int
    quantity: str
    cents: int


@dataclass(frozen=True, slots=True)
class StatementCorrection:
    """A difference of an earlier visit."""

    visit: int
    reference: str
    settled_in: int
    cents: int
    cause: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What is paid for work before `cut_off_on`. A list gives it without lines and corrections."""

    id: int
    programme: str
    cut_off_on: date
    pays_on: date
    visits: int
    work_cents: int
    correction_cents: int
    returned_cents: int
    carried_in_cents: int
    payment_cents: int
    carried_out_cents: int
    payment: Payment | None
    lines: list[StatementLine] | None = None
    corrections: list[StatementCorrection] | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A kind of time with its own price."""

    code: str
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Price:
    """A price for one unit."""

    id: int
    programme: str
    service: str
    unit: str
    band: Band
    cents: int
    starts_on: date
    ends_before: date | None
    known_at: datetime


@dataclass(frozen=True, slots=True)
class BandChange:
    """The price of a unit in a time band before the day (None: there was none) and from it on."""

    band: str
    before_cents: int | None
    cents: int


@dataclass(frozen=True, slots=True)
class PriceChange:
    """Notice of new prices, or what it would do: how many clients are told of it."""

    dry_run: bool
    programme: str
    service: str
    starts_on: date
    bands: list[BandChange]
    clients_told: int
    clients_who_pay_more: int


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that is told of events; `secret` is told when it is made or renewed."""

    id: int
    address: str
    events: list[str]
    made_at: datetime
    paused_at: datetime | None
    ended_at: datetime | None
    secret: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A message to an address, and what came of it."""

    id: int
    event: str
    type: str
    at: datetime
    state: str
    tries: int
    outcome: str
    tried_at: datetime | None
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Company:
    """The company that the system belongs to."""

    business_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Organiser:
    """Whose orders these are; in a sandbox clients are made up and nothing is ever paid."""

    code: str
    names: dict[str, str]
    sandbox: bool
    today: date


@dataclass(frozen=True, slots=True)
class Me:
    """Whose token this is and what it may do."""

    identifier: str
    name: str
    company: Company
    organiser: Organiser
    programmes: list[str]
    scopes: list[str]
    ends_on: date


def made(kind: type[T], given: Mapping[str, Any]) -> T:
    """An answer's JSON as an object of its kind."""
    hints = get_type_hints(kind)
    known = {name: _value(hint, given[name]) for name, hint in hints.items() if name in given}
    return kind(**known)


def _value(hint: Any, given: Any) -> Any:
    origin = get_origin(hint)
    if given is None:
        return None
    if origin in (UnionType, Union):
        return _value(next(one for one in get_args(hint) if one is not type(None)), given)
    if origin is list:
        return [_value(get_args(hint)[0], one) for one in given]
    if hint is date:
        return date.fromisoformat(given)
    if hint is datetime:
        return datetime.fromisoformat(given)
    if isinstance(hint, type) and hasattr(hint, "__dataclass_fields__"):
        return made(hint, given)
    return given
