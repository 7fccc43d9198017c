"""Refused lines and visits in review, explained in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from valinta.programmes.queries import rulebook_on
from valinta.visits.codes import Code
from valinta.visits.lines import LOCAL
from valinta.visits.messages import Explanation, explain
from valinta.visits.models import RefusedLine, Visit
from valinta.web.templatetags.wording import language

# The fields of a line in the words of the form.
FIELDS: dict[str, str | Promise] = {
    "order": _("Order"),
    "served_on": _("Day"),
    "started_at": _("Began"),
    "ended_at": _("Ended"),
    "quantity": _("Amount"),
    "band": _("Time band"),
    "worker": _("Worker"),
    "late_reason": _("If the report is late: why"),
}


@dataclass(frozen=True, slots=True)
class Refused:
    """A refused line as it is shown: what it said, why it was refused, and how to mend it.

    `written` is what stood in each field of a line that could not be read.
    """

    line: RefusedLine
    why: Explanation
    on: date | None
    started_at: datetime | None
    ended_at: datetime | None
    written: tuple[tuple[str | Promise, str], ...] = ()

    @property
    def can_be_mended(self) -> bool:
        """A line of a client whom the reader does not serve is for the office."""
        return self.line.code != Code.NOT_YOUR_CLIENT


def line_words(line: RefusedLine) -> Refused:
    """A refused line with its reason."""
    sent = line.sent
    day = sent.get("served_on")
    return Refused(
        line,
        words_of(Code(line.code), line.facts),
        date.fromisoformat(day) if day else None,
        _moment(sent.get("started_at")),
        _moment(sent.get("ended_at")),
        tuple(
            (FIELDS[name], text) for name, text in sent.get("written", {}).items() if name in FIELDS
        ),
    )


def words_of(code: Code | None, facts: Mapping[str, object]) -> Explanation:
    """The reason of a code in the reader's language."""
    return explain(code or Code.UNREADABLE, facts, language())


def review_words(visit: Visit) -> Explanation | None:
    """Why a visit is looked at by a person; None when it is not."""
    if not visit.code:
        return None
    code = Code(visit.code)
    facts: dict[str, object] = {"served_on": visit.served_on.isoformat(), "order": visit.order_id}
    if code is Code.LATE_WITH_REASON:
        terms = rulebook_on(visit.order.service.programme, visit.served_on).parameters
        facts["within_days"] = terms["report_within_days"]
    return words_of(code, facts)


def _moment(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text)).astimezone(LOCAL) if text else None
    except ValueError:
        return None
