"""The rulebook's terms in words, for whoever thinks of becoming a provider and for who applies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from valinta.programmes.percent import percent_text
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
    found += check_terms(parameters)
    cycle = CYCLES.get(str(parameters.get("settlement_cycle", "")))
    if cycle:
        found.append(str(cycle))
    # VAT act 1501/1993 section 209 a onwards: the seller agrees to it beforehand.
    found.append(
        gettext(
            "You send no invoices: the organiser writes them in your name from the visits that you"
            " report (self-billing), and you see each of them before the payment day."
        )
    )
    return found


# What the rulebook adds to the share of visits that are checked, and when.
RISKS: dict[str, Words] = {
    "new_provider": _("%(percent)s more while the company is new"),
    "price_at_ceiling": _("%(percent)s more when the price is the ceiling price"),
    "no_times": _("%(percent)s more when the times of the visit were not reported"),
    "no_code": _("%(percent)s more when no code of the client shows the visit"),
}


def check_terms(parameters: Mapping[str, Any]) -> list[str]:
    """How many visits are drawn for a check and what adds to it; nothing where it is not told."""
    share = parameters.get("sample_rate_percent")
    if share is None:
        return []
    sentence = gettext("Of accepted visits %(percent)s are drawn for a check.")
    added = [
        str(words) % {"percent": percent_text(str(more))}
        for risk, words in RISKS.items()
        if (more := parameters.get(f"sample_more_percent_{risk}")) is not None
    ]
    said = [sentence % {"percent": percent_text(str(share))}]
    if added:
        said.append(gettext("To this is added: %(risks)s.") % {"risks": ", ".join(added)})
    days, gap = parameters.get("sample_new_provider_days"), parameters.get("sample_max_gap_visits")
    if isinstance(days, int):
        said.append(
            ngettext(
                "A company is new for %(n)s day from its first approval.",
                "A company is new for %(n)s days from its first approval.",
                days,
            )
            % {"n": days}
        )
    if isinstance(gap, int):
        said.append(
            ngettext(
                "Of %(n)s visit of a company one is checked.",
                "Of %(n)s visits of a company in a row at least one is checked.",
                gap,
            )
            % {"n": gap}
        )
    return said


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
