"""The sheet that a service plan is written on: a row for each need of the allocation, with sums.

Fields are named by what they hold and the service's code: `way-home-care`. A need is met in one
way, or a part of it in one and the rest in another (SIU-6, OST-5).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext

from valinta.catalogue.models import Service
from valinta.needs.answers import quantity_of
from valinta.needs.models import Allocation, AllocationLine, Need
from valinta.plans.actions import LineChosen
from valinta.plans.models import PlanLine
from valinta.plans.states import Way
from valinta.shared.changes import Content
from valinta.shared.money import Money, half_up_div
from valinta.web.templatetags.wording import language, way_name
from valinta.web.wording import amount_of, quantity

ONE_UNIT = 100
BOUGHT = (Way.BUDGET, Way.VOUCHER)
FIELDS = ("way", "quantity", "rest", "refused", "reason")


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One need: how much in a month, hundredths of the unit, and the cents allocated for it.

    A row without allocated money is a wish: it is paid from what is free in the budget.
    """

    service: Service
    hundredths: int
    cents: int
    mandatory: bool

    @property
    def ways(self) -> list[Way]:
        """The ways that the programme lets the service be organised in."""
        return [way for way in Way if not self.service.ways or way in self.service.ways]

    @property
    def first_way(self) -> Way:
        """What the sheet begins with: the client's own choice, where there is one."""
        return next((way for way in self.ways if way in BOUGHT), self.ways[0])

    def name(self, what: str) -> str:
        """The name of a field of the row."""
        return f"{what}-{self.service.code}"

    def cents_for(self, hundredths: int) -> int:
        """The allocated money of a part of the need; of the whole, exactly all."""
        if hundredths >= self.hundredths:
            return self.cents
        return half_up_div(self.cents * hundredths, self.hundredths)


@dataclass(frozen=True, slots=True)
class Sums:
    """What a month comes to, in cents. `other` is no money of the client's, `unmet` has no way."""

    allocated: int
    free: int = 0
    kept: int = 0
    voucher: int = 0
    other: int = 0
    unmet: int = 0

    @property
    def budget(self) -> int:
        return self.free + self.kept

    @property
    def decided(self) -> int:
        """What the decision would be on."""
        return self.budget + self.voucher


@dataclass
class Reading:
    """What was typed, read: the lines of the plan, and what is wrong by name of the field."""

    lines: list[LineChosen] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)
    by_way: dict[str, int] = field(default_factory=dict)
    unmet: int = 0


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as the page shows it: the fields with what is in them and what is wrong, the sum."""

    row: NeedRow
    content: Content
    faults: dict[str, str]
    cents: int
    rest_cents: int

    def __getitem__(self, what: str) -> dict[str, str]:
        if what not in FIELDS:
            raise KeyError(what)
        name = self.row.name(what)
        return {
            "name": name,
            "value": self.content.get(name, ""),
            "fault": self.faults.get(name, ""),
        }

    @property
    def need_words(self) -> str:
        """How much was assessed."""
        return amount_of(self.row.hundredths, self.row.service.unit, language())

    @property
    def options(self) -> list[tuple[str, str]]:
        """The ways to choose from."""
        return [(str(way), str(way_name(way))) for way in self.row.ways]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All needs of a plan, in the order of the allocation; wishes come last."""

    allocation: Allocation
    rows: tuple[NeedRow, ...]

    def blank(self) -> dict[str, str]:
        """The content that a first plan begins with: every need in full, in its first way."""
        content: dict[str, str] = {}
        for row in self.rows:
            content[row.name("way")] = str(row.first_way)
            content[row.name("quantity")] = quantity(row.hundredths, language())
        return content

    def of_plan(self, lines: Iterable[PlanLine]) -> dict[str, str]:
        """The content of a version; needs that it does not meet are empty."""
        content: dict[str, str] = {}
        found: dict[int, list[PlanLine]] = {}
        for line in lines:
            found.setdefault(line.service_id, []).append(line)
        for row in self.rows:
            own = sorted(found.get(row.service.pk, []), key=lambda one: one.way not in BOUGHT)
            if not own:
                continue
            first = own[0]
            content[row.name("way")] = first.way
            content[row.name("quantity")] = quantity(first.quantity_hundredths, language())
            content[row.name("rest")] = own[1].way if len(own) > 1 else ""
            content[row.name("refused")] = first.refused_way
            content[row.name("reason")] = first.reason
        return {name: text for name, text in content.items() if text}

    def read(self, content: Content) -> Reading:
        """Read what was typed into lines, and say what is wrong."""
        reading = Reading()
        for row in self.rows:
            _read_row(row, content, reading)
        if not reading.lines and not reading.faults:
            first = self.rows[0].name("way") if self.rows else ""
            reading.faults[first] = gettext("Choose a way for one need at least.")
        return reading

    def sums(self, reading: Reading) -> Sums:
        """What the lines come to."""
        kept = sum(one.monthly.cents for one in reading.lines if one.mandatory)
        budget = reading.by_way.get(Way.BUDGET, 0)
        voucher = reading.by_way.get(Way.VOUCHER, 0)
        return Sums(
            allocated=sum(row.cents for row in self.rows),
            free=budget - kept,
            kept=kept,
            voucher=voucher,
            other=sum(reading.by_way.values()) - budget - voucher,
            unmet=reading.unmet,
        )

    def shown(self, content: Content, reading: Reading | None) -> list[ShownRow]:
        """The rows for the page."""
        read = reading or self.read(content)
        faults = reading.faults if reading else {}
        cents: dict[tuple[int, bool], int] = {}
        for line in read.lines:
            is_rest = (line.service.pk, False) in cents
            cents[line.service.pk, is_rest] = line.monthly.cents
        return [
            ShownRow(
                row,
                content,
                faults,
                cents.get((row.service.pk, False), 0),
                cents.get((row.service.pk, True), 0),
            )
            for row in self.rows
        ]

    def words(self, name: str) -> str:
        """A field's name on screen, for what another has changed."""
        what, _, code = name.partition("-")
        service = next((row.service for row in self.rows if row.service.code == code), None)
        names = service.names if service else {}
        return f"{names.get(language()) or names.get('fi', code)}, {_names()[what]}"

    @staticmethod
    def value(name: str, value: str) -> str:
        """A field's value on screen."""
        what, _, _code = name.partition("-")
        is_way = what in ("way", "rest", "refused") and value in set(Way)
        return str(way_name(value)) if is_way else value


def sheet_of(allocation: Allocation, extra: Sequence[tuple[Service, int]] = ()) -> Sheet:
    """The sheet of an allocation; `extra` are more services with hundredths of a month."""
    needs = Need.objects.filter(assessment=allocation.assessment_id)
    amounts = dict(needs.values_list("service_id", "quantity_hundredths"))
    rows: dict[int, NeedRow] = {}
    for line in allocation.lines.select_related("service").order_by("number"):
        rows[line.service_id] = _with(rows.get(line.service_id), line, amounts)
    for service, hundredths in extra:
        rows.setdefault(service.pk, NeedRow(service, max(hundredths, 1), 0, mandatory=False))
    return Sheet(allocation, tuple(rows.values()))


def _with(row: NeedRow | None, line: AllocationLine, amounts: dict[int, int]) -> NeedRow:
    """The row of a service with a line of the allocation more: adjustments add to its money."""
    before = row or NeedRow(line.service, 0, 0, mandatory=False)
    hundredths = before.hundredths or amounts.get(line.service_id) or line.quantity_hundredths
    return NeedRow(
        line.service,
        max(hundredths, 1),
        before.cents + line.cents,
        before.mandatory or line.mandatory,
    )


def _read_row(row: NeedRow, content: Content, reading: Reading) -> None:
    way, rest = content.get(row.name("way"), ""), content.get(row.name("rest"), "")
    if not way:
        reading.unmet += row.cents
        if row.mandatory:
            reading.faults[row.name("way")] = gettext(
                "This service is mandatory for the client: choose a way for it."
            )
        return
    hundredths = quantity_of(content.get(row.name("quantity"), ""))
    faults = dict(_faults(row, content, hundredths))
    reading.faults.update(faults)
    if faults or hundredths is None:
        return
    cents = row.cents_for(hundredths)
    refused = content.get(row.name("refused"), "")
    reason = content.get(row.name("reason"), "").strip()
    chosen = Way(way)
    _add(
        reading,
        LineChosen(
            row.service,
            chosen,
            hundredths,
            Money(cents),
            row.mandatory and chosen is Way.BUDGET,
            reason,
            Way(refused) if refused else None,
        ),
    )
    if rest and hundredths < row.hundredths:
        left = row.hundredths - hundredths
        _add(reading, LineChosen(row.service, Way(rest), left, Money(row.cents - cents)))
    else:
        reading.unmet += row.cents - cents


def _add(reading: Reading, line: LineChosen) -> None:
    reading.lines.append(line)
    reading.by_way[line.way] = reading.by_way.get(line.way, 0) + line.monthly.cents


def _faults(row: NeedRow, content: Content, hundredths: int | None) -> Iterator[tuple[str, str]]:
    way, rest = content.get(row.name("way"), ""), content.get(row.name("rest"), "")
    refused = content.get(row.name("refused"), "")
    possible = {str(one) for one in row.ways}
    if way not in possible:
        yield row.name("way"), gettext("The programme does not let this service be met so.")
    if not hundredths:
        yield row.name("quantity"), gettext("Write how much in a month, for example 8 or 8,5.")
    elif row.cents and hundredths > row.hundredths:
        yield (
            row.name("quantity"),
            gettext("The assessment found %(amount)s. For more, assess the need anew.")
            % {"amount": amount_of(row.hundredths, row.service.unit, language())},
        )
    if rest and (rest not in possible or rest == way or {way, rest} <= set(map(str, BOUGHT))):
        yield row.name("rest"), gettext("Choose another way for the rest, or leave it empty.")
    if refused and (refused not in possible or refused == way):
        yield row.name("refused"), gettext("The refused way is another than the one chosen.")
    if refused and not content.get(row.name("reason"), "").strip():
        yield row.name("reason"), gettext("Write why the client refused, in the client's words.")


def _names() -> dict[str, str]:
    return {
        "way": gettext("way"),
        "quantity": gettext("amount in a month"),
        "rest": gettext("the rest of the need"),
        "refused": gettext("refused way"),
        "reason": gettext("reason"),
    }
