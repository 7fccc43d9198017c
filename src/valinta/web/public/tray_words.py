"""Words of the tray: sectors, instruments, languages, ratings and free days."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from valinta.catalogue.rows import TrayRow
from valinta.web import wording
from valinta.web.templatetags.wording import language
from valinta.web.words import Words

PROVIDER_SECTORS: dict[str, Words] = {
    "private": _("company"),
    "third_sector": _("association"),
    "public": _("public unit"),
}

INSTRUMENTS: dict[str, Words] = {
    "budget": _("personal budget"),
    "voucher": _("service voucher"),
}

MARK = {"fi": ",", "sv": ",", "en": "."}


def rating_in_words(row: TrayRow) -> str:
    """The mean of the stars: “4,4 / 5”; empty when nobody has rated."""
    tenths = row.rating_tenths
    return "" if tenths is None else f"{decimal(tenths)} / 5"


def decimal(tenths: int) -> str:
    """Tenths as a number with one decimal."""
    return f"{tenths // 10}{MARK[language()]}{tenths % 10}"


def free_in_words(row: TrayRow) -> str:
    """From when the provider has time for a new client."""
    if not row.takes_new_clients:
        return gettext("no new clients now")
    if row.next_free_on is None:
        return gettext("ask the provider")
    if row.is_free_now:
        return gettext("at once")
    day = wording.day_in_words(row.next_free_on, language(), row.day)
    return gettext("from %(day)s") % {"day": day}
