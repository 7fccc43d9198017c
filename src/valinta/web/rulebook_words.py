"""The rulebook's terms in words, for whoever thinks of becoming a provider and for who applies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from valinta.web.words import Words

CYCLES: dict[str, Words] = {
    "month": _("You are paid once a month."),
    "half_month": _("You are paid twice a month."),
}


def rulebook_terms(parameters: Mapping[str, Any]) -> list[str]:
    """The terms that concern a provider, as sentences, in the order of the work.

    Terms that the rulebook does not have are left out.
    """
    found = []
    for key, sentence in _sentences(parameters):
        if parameters.get(key) is not None:
            found.append(sentence)
    cycle = CYCLES.get(str(parameters.get("settlement_cycle", "")))
    return [*found, str(cycle)] if cycle else found


def _sentences(parameters: Mapping[str, Any]) -> list[tuple[str, str]]:
    def number(key: str) -> int:
        value = parameters.get(key)
        return value if isinstance(value, int) else 0

    def said(key: str, sentence: str) -> tuple[str, str]:
        return key, sentence % {"n": number(key)}

    return [
        said(
            "report_within_days",
            ngettext(
                "Report each visit within %(n)s day.",
                "Report each visit within %(n)s days.",
                number("report_within_days"),
            ),
        ),
        said(
            "report_late_with_reason_days",
            ngettext(
                "With a reason, a visit can be reported within %(n)s day.",
                "With a reason, a visit can be reported within %(n)s days.",
                number("report_late_with_reason_days"),
            ),
        ),
        said(
            "confirm_window_days",
            ngettext(
                "The client has %(n)s day to confirm a visit; silence counts as a yes.",
                "The client has %(n)s days to confirm a visit; silence counts as a yes.",
                number("confirm_window_days"),
            ),
        ),
        said(
            "dispute_window_days",
            ngettext(
                "The client can dispute a visit for %(n)s day.",
                "The client can dispute a visit for %(n)s days.",
                number("dispute_window_days"),
            ),
        ),
        said(
            "cancel_notice_hours",
            ngettext(
                "A visit is cancelled in time %(n)s hour before it at the latest.",
                "A visit is cancelled in time %(n)s hours before it at the latest.",
                number("cancel_notice_hours"),
            ),
        ),
        said(
            "notice_period_days",
            ngettext(
                "A client who changes provider gives notice %(n)s day before.",
                "A client who changes provider gives notice %(n)s days before.",
                number("notice_period_days"),
            ),
        ),
        said(
            "price_change_notice_days",
            ngettext(
                "Tell about a change of price %(n)s day before it.",
                "Tell about a change of price %(n)s days before it.",
                number("price_change_notice_days"),
            ),
        ),
        said(
            "payment_days_after_approval",
            ngettext(
                "The money is paid within %(n)s day of the approval of the settlement.",
                "The money is paid within %(n)s days of the approval of the settlement.",
                number("payment_days_after_approval"),
            ),
        ),
    ]
