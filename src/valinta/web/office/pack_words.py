"""Words for what a programme's pack says: phases, terms of the rulebook, prices, and changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from valinta.programmes.percent import percent_text
from valinta.shared.money import Money, format_euros
from valinta.web.templatetags.wording import language

Words = str | Promise

STATUS: dict[str, Words] = {
    "trial": _("trial"),
    "extension": _("extension of the trial"),
    "way_of_organising": _("a way of organising services"),
}
MODELS: dict[str, Words] = {
    "hours_x_unit_cost": _("Needed amounts times the cost of a unit."),
    "points_x_euro": _("Points of need times the value of a point."),
    "current_services_price": _("A share of what the services used now cost."),
}
# The terms of a rulebook: what each is about, and in what it is counted.
PARAMETERS: dict[str, tuple[Words, str]] = {
    "report_within_days": (_("A visit is reported within"), "days"),
    "report_late_with_reason_days": (_("A late report with a reason is looked at within"), "days"),
    "confirm_window_days": (_("A visit counts as confirmed after"), "days"),
    "dispute_window_days": (_("A client can dispute a visit within"), "days"),
    "notice_period_days": (_("Notice when a client changes provider"), "days"),
    "cancel_notice_hours": (_("A visit is called off without cost this long before"), "hours"),
    "price_change_notice_days": (_("A provider tells a new price ahead by"), "days"),
    "settlement_cycle": (_("One payment run covers"), "cycle"),
    "payment_days_after_approval": (_("Providers are paid after a run's approval in"), "days"),
    "sample_rate_percent": (_("Accepted visits that are drawn for a check"), "percent"),
    "sample_max_gap_visits": (_("At least one visit is checked out of"), "visits"),
    "sample_new_provider_days": (_("A company is new, for checks, for"), "days"),
    "sample_more_percent_new_provider": (_("Added while the company is new"), "percent"),
    "sample_more_percent_price_at_ceiling": (
        _("Added when the price is the ceiling price"),
        "percent",
    ),
    "sample_more_percent_no_times": (_("Added when a visit has no times"), "percent"),
    "sample_more_percent_no_code": (_("Added when no code of the client shows it"), "percent"),
    "visit_files_kept_days": (_("Large files of visits are kept for"), "days"),
}
CYCLES: dict[str, Words] = {"month": _("a month"), "half_month": _("half a month")}
PRICE_KINDS: dict[str, Words] = {"ceiling": _("Ceiling price"), "reference": _("Reference price")}
SECTIONS: dict[str, Words] = {
    "allocation": _("How need becomes euros"),
    "appeals": _("How a decision is challenged"),
    "acts": _("Acts"),
    "casework": _("What case managers go by"),
    "consent": _("Checklist of the consent"),
    "contact_routes": _("Where questions go"),
    "coverage": _("Coverage to be reached"),
    "eligibility": _("Conditions of joining"),
    "funding": _("Funding"),
    "instruments": _("Budgets and vouchers"),
    "measures": _("Measures of wellbeing"),
    "municipalities": _("Municipalities"),
    "need_items": _("Items of need"),
    "organiser": _("Organiser"),
    "phases": _("Phases"),
    "prices": _("Prices"),
    "prompts": _("Questions of the support plan"),
    "providers": _("Terms for providers"),
    "quotas": _("Places"),
    "result_instruments": _("Licensed instruments"),
    "rulebooks": _("Rulebook"),
    "service_bands": _("Time bands of services"),
    "services": _("Services"),
    "target_groups": _("Target groups"),
    "time_bands": _("Time bands"),
    "voucher_values": _("Values of vouchers"),
}
ORGANISER: dict[str, Words] = {
    "name_fi": _("the organiser's name in Finnish"),
    "name_sv": _("the organiser's name in Swedish"),
    "business_id": _("the organiser's business id"),
    "ovt": _("the e-invoice address"),
    "einvoice_operator_name": _("the e-invoice operator"),
    "einvoice_operator_code": _("the e-invoice operator"),
    "scanning_address": _("the address for bills on paper"),
    "paying_iban": _("the account that payments leave from"),
    "paying_bic": _("the account that payments leave from"),
    "postal_address": _("the postal address"),
    "closed_caseload": _("whom case managers may open"),
    "opening_days": _("whom case managers may open"),
}


def section(name: str) -> str:
    """A part of the pack in words."""
    return str(SECTIONS.get(name, name.replace("_", " ")))


def parameter(name: str) -> str:
    """A term of the rulebook in words, without its figure."""
    found = PARAMETERS.get(name)
    return str(found[0]) if found else name.replace("_", " ")


def parameter_value(name: str, value: Any) -> str:
    """The figure of a term with what it is counted in."""
    kind = PARAMETERS.get(name, ("", ""))[1]
    if kind == "cycle":
        return str(CYCLES.get(str(value), value))
    if kind == "percent":
        return percent_text(str(value))
    number = int(value) if str(value).isdigit() else 0
    texts = {
        "days": ngettext("%(n)s day", "%(n)s days", number),
        "hours": ngettext("%(n)s hour", "%(n)s hours", number),
        "visits": ngettext("%(n)s visit", "%(n)s visits", number),
    }
    return texts[kind] % {"n": value} if kind in texts else str(value)


def parameters_in_words(parameters: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The terms of a rulebook in the order of the day's work: what, and how much."""
    order = [name for name in PARAMETERS if name in parameters]
    order += [name for name in parameters if name not in PARAMETERS]
    return [(parameter(name), parameter_value(name, parameters[name])) for name in order]


def percent(hundredths: int) -> str:
    """A share in hundredths of a per cent: “80 %”, “92,5 %”."""
    whole, rest = divmod(hundredths, 100)
    return percent_text(f"{whole}.{rest:02d}".rstrip("0").rstrip(".") if rest else str(whole))


def euros(cents: int) -> str:
    """Cents as euros of the reader's language."""
    return format_euros(Money(cents), language())


def places(number: int) -> str:
    """A number of places."""
    return ngettext("%(n)s place", "%(n)s places", number) % {"n": number}


def yes_no(value: bool) -> str:
    """A truth in words."""
    return gettext("yes") if value else gettext("no")
