"""Words of the pages of an application."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Facts that an application cannot be sent without, and the page where each is written.
FACTS: dict[str, tuple[str | Promise, str]] = {
    "name": (_("the company's name"), "provider:apply_company"),
    "sector": (_("the kind of provider"), "provider:apply_company"),
    "founded_year": (_("the founding year"), "provider:apply_company"),
    "languages": (_("the languages of service"), "provider:apply_company"),
    "iban": (_("the bank account"), "provider:apply_company"),
    "postal_address": (_("the postal address"), "provider:apply_company"),
    "contact": (_("a telephone number or an e-mail address"), "provider:apply_company"),
    "register": (_("the entry in a register"), "provider:apply_services"),
    "services": (_("at least one service"), "provider:apply_services"),
    "prices": (_("a price for each service"), "provider:apply_prices"),
}
