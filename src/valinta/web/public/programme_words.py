"""Words for what a pack says: a phase's status, sectors and registers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from valinta.web.words import Words

STATUS: dict[str, Words] = {
    "trial": _("trial"),
    "extension": _("extension of the trial"),
    "way_of_organising": _("a way of organising services"),
}

SECTORS: dict[str, Words] = {
    "private": _("companies and sole traders"),
    "third_sector": _("associations and foundations"),
    "public": _("public units"),
}

KEEPERS: dict[str, Words] = {
    "national": _("a national register"),
    "organiser": _("the organiser's own register"),
}
