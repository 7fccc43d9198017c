"""The days a provider's work goes by, as the programme's pack says: answers, prices, ends. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from valinta.programmes.models import Programme


class TermsNotLoaded(LookupError):
    """The programme's pack in use is older than these terms."""


@dataclass(frozen=True, slots=True)
class Running:
    """A programme's terms of running a company's services.

    `price_windows` are months and days of every year; none: any day. See the pack's reference.
    """

    answer_order_days: int
    price_windows: tuple[tuple[int, int], ...]
    late_cancellation_percent: Decimal
    end_client_notice_days: int
    leave_notice_days: int

    def answer_by(self, placed_on: date) -> date:
        """The last day on which an order of a day is answered."""
        return placed_on + timedelta(days=self.answer_order_days)

    def price_days(self, today: date, notice_days: int, many: int = 4) -> list[date]:
        """The days from which a price told today can hold, the first ones.

        Without windows it is the first day after the notice alone; later ones are as good.
        """
        earliest = today + timedelta(days=notice_days)
        if not self.price_windows:
            return [earliest]
        days = (
            date(year, month, day)
            for year in range(earliest.year, earliest.year + many + 1)
            for month, day in sorted(self.price_windows)
        )
        return [one for one in days if one >= earliest][:many]

    def is_price_day(self, day: date, today: date, notice_days: int) -> bool:
        """Whether a price told today can hold from the day on."""
        if day < today + timedelta(days=notice_days):
            return False
        return not self.price_windows or (day.month, day.day) in self.price_windows


def running_of(programme: Programme) -> Running:
    """The terms of the programme. Raises TermsNotLoaded when its pack has to be loaded anew."""
    kept = programme.terms.get("providers", {}).get("running")
    if kept is None:
        raise TermsNotLoaded(f"Load the pack of {programme.code} anew: its terms are older.")
    return Running(
        answer_order_days=int(kept["answer_order_days"]),
        price_windows=tuple(_month_and_day(one) for one in kept["price_windows"]),
        late_cancellation_percent=Decimal(kept["late_cancellation_percent"]),
        end_client_notice_days=int(kept["end_client_notice_days"]),
        leave_notice_days=int(kept["leave_notice_days"]),
    )


def _month_and_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)
