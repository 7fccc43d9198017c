"""The form of one visit: reported after it, mended, or corrected."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from valinta.catalogue.models import TimeBand
from valinta.clients.models import Client
from valinta.orders.models import Order
from valinta.processes.report_visit import Entry
from valinta.visits.lines import LOCAL
from valinta.visits.models import RefusedLine, Visit
from valinta.web import wording
from valinta.web.day_fields import DayField
from valinta.web.provider.visit_scope import Choices
from valinta.web.templatetags.wording import language, name

HOUR = "hour"
DAYS = ["%Y-%m-%d", "%d.%m.%Y"]
TIMES = ["%H:%M", "%H.%M", "%H:%M:%S"]
NO_DAY = _("Give the day, as 1.3.2019.")
NO_TIME = _("Give a time of day, as 8.30.")
MOST_WORDS = 400
_TIME = re.compile(r"(?:^|[T ])(\d{1,2})[:.](\d{2})(?::\d{2})?$")


class VisitForm(forms.Form):
    """What was done, when and for how long; the choices are the reader's own orders."""

    order = forms.ChoiceField(
        error_messages={
            "required": _("Choose the client."),
            "invalid_choice": _("Choose the client from the list."),
        }
    )
    day = DayField(input_formats=DAYS, error_messages={"required": NO_DAY, "invalid": NO_DAY})
    starts = forms.TimeField(
        required=False, input_formats=TIMES, error_messages={"invalid": NO_TIME}
    )
    ends = forms.TimeField(required=False, input_formats=TIMES, error_messages={"invalid": NO_TIME})
    quantity = forms.CharField(
        required=False,
        max_length=20,
        error_messages={"max_length": _("Give the amount as a number, for example 1,5.")},
    )
    band = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": _("Choose the time band from the list.")}
    )
    late_reason = forms.CharField(
        required=False,
        max_length=MOST_WORDS,
        error_messages={"max_length": _("Use at most 400 signs.")},
    )
    reference = forms.CharField(max_length=60, widget=forms.HiddenInput)

    def __init__(self, choices: Choices, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.choices = choices
        self.orders = {str(one.pk): one for one in choices.orders}
        self.order_choices = [(key, order_words(one)) for key, one in self.orders.items()]
        self.band_choices = _bands(choices.orders)
        for key, options in (("order", self.order_choices), ("band", self.band_choices)):
            field = self.fields[key]
            if isinstance(field, forms.ChoiceField):
                field.choices = options

    def clean(self) -> dict[str, Any]:
        """A visit has a beginning and an end, or an amount."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = given.get("starts"), given.get("ends")
        if "starts" in given and "ends" in given:
            if (starts is None) != (ends is None):
                empty = "ends" if ends is None else "starts"
                self.add_error(empty, gettext("Give both when it began and when it ended."))
            elif starts is not None and starts == ends:
                self.add_error("ends", gettext("The visit ends after it begins."))
            elif starts is None and not given.get("quantity") and self._needs_length(given):
                self.add_error("starts", gettext("Give the times, or the hours as an amount."))
        return given

    def _needs_length(self, given: dict[str, Any]) -> bool:
        order = self.orders.get(given.get("order", ""))
        return order is not None and order.service.unit == HOUR

    @property
    def chosen(self) -> Order:
        """The order that was chosen."""
        return self.orders[self.cleaned_data["order"]]

    def entry(self, worker: str) -> Entry:
        """What was typed, as it is reported. A visit that ends before it begins ends next day."""
        given = self.cleaned_data
        day: date = given["day"]
        starts, ends = given["starts"], given["ends"]
        begun = _moment(day, starts)
        ended = _moment(day, ends)
        if begun and ended and ended < begun:
            ended = _moment(day + timedelta(days=1), ends)
        return Entry(
            reference=given["reference"],
            served_on=day,
            started_at=begun,
            ended_at=ended,
            quantity=given["quantity"].strip(),
            band=given["band"],
            worker=worker,
            late_reason=given["late_reason"],
        )


def wants_to_find(data: QueryDict) -> bool:
    """Whether the reader looks for an order instead of sending the visit."""
    return "find" in data


def typed(data: QueryDict) -> dict[str, str]:
    """What stands in the form, so that it stays there while an order is looked for."""
    return {one: data.get(one, "")[:MOST_WORDS] for one in VisitForm.base_fields}


@dataclass(frozen=True, slots=True)
class Filled:
    """The beginning of a form, from what is known already."""

    order: str = ""
    day: str = ""
    starts: str = ""
    ends: str = ""
    quantity: str = ""
    band: str = ""
    late_reason: str = ""

    def as_initial(self, reference: str) -> dict[str, str]:
        """The values by the names of the form's fields."""
        names = ("order", "day", "starts", "ends", "quantity", "band", "late_reason")
        return {one: getattr(self, one) for one in names} | {"reference": reference}


def filled_from_line(line: RefusedLine) -> Filled:
    """What the refused line said, as far as it could be read."""
    sent = line.sent
    if written := sent.get("written"):
        return _filled_from_words({str(key): str(text) for key, text in written.items()})
    starts, ends = _clock_of(sent.get("started_at")), _clock_of(sent.get("ended_at"))
    hundredths = sent.get("quantity")
    typed = "" if hundredths is None or starts else _number(int(hundredths))
    return Filled(
        order=str(sent.get("order") or ""),
        day=str(sent.get("served_on") or ""),
        starts=starts,
        ends=ends,
        quantity=typed,
        band=str(sent.get("band") or ""),
        late_reason=str(sent.get("late_reason") or ""),
    )


def _filled_from_words(written: Mapping[str, str]) -> Filled:
    """A line that could not be read as it was written: what fits into a field stands in it."""
    starts, ends = written.get("started_at", ""), written.get("ended_at", "")
    return Filled(
        order=written.get("order", ""),
        day=_day_in(written.get("served_on", "") or starts),
        starts=_time_in(starts),
        ends=_time_in(ends),
        quantity=written.get("quantity", "")[:20],
        band=written.get("band", ""),
        late_reason=written.get("late_reason", ""),
    )


def filled_from_visit(visit: Visit) -> Filled:
    """The visit as it was reported."""
    timed = visit.started_at is not None and visit.ended_at is not None
    return Filled(
        order=str(visit.order_id),
        day=visit.served_on.isoformat(),
        starts=_local(visit.started_at),
        ends=_local(visit.ended_at),
        quantity="" if timed and _is_its_length(visit) else _number(visit.quantity_hundredths),
        band=visit.band.code,
        late_reason="",
    )


def order_words(order: Order) -> str:
    """An order in a list: the client, the service, and the number that lines name it by."""
    return f"{short_name(order.client)}, {name(order.service.names)} ({order.pk})"


def short_name(client: Client) -> str:
    """A client's name on a screen that others may see: “Aino E.”."""
    return f"{client.given_name} {client.family_name[:1]}.".strip()


def _bands(orders: Sequence[Order]) -> list[tuple[str, str]]:
    programmes = {one.service.programme_id for one in orders}
    rows = TimeBand.objects.filter(programme_id__in=programmes).order_by("pk")
    return list({one.code: name(one.names) for one in rows}.items())


def _is_its_length(visit: Visit) -> bool:
    if visit.order.service.unit != HOUR or visit.started_at is None or visit.ended_at is None:
        return visit.quantity_hundredths == 100
    minutes = (visit.ended_at - visit.started_at) // timedelta(minutes=1)
    return abs(visit.quantity_hundredths * 60 - minutes * 100) <= 30


def _moment(day: date, clock: time | None) -> datetime | None:
    return None if clock is None else datetime.combine(day, clock, tzinfo=LOCAL)


def _local(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment.astimezone(LOCAL):%H:%M}"


def _clock_of(text: object) -> str:
    try:
        return _local(datetime.fromisoformat(str(text))) if text else ""
    except ValueError:
        return ""


def _day_in(text: str) -> str:
    """The day that a text begins with, as a field of a form takes it; empty when there is none."""
    first = text.replace("T", " ").split(" ")[0]
    with suppress(forms.ValidationError):
        found: date | None = forms.DateField(input_formats=DAYS).to_python(first)
        return found.isoformat() if found else ""
    return ""


def _time_in(text: str) -> str:
    """The local time of day that a text has last, as 09:30; empty when there is none."""
    with suppress(ValueError):
        moment = datetime.fromisoformat(text)
        return _local(moment) if moment.tzinfo else f"{moment:%H:%M}"
    found = _TIME.search(text)
    with suppress(ValueError):
        return f"{time(int(found[1]), int(found[2])):%H:%M}" if found else ""
    return ""


def _number(hundredths: int) -> str:
    return wording.quantity(hundredths, language()) if hundredths >= 0 else ""
