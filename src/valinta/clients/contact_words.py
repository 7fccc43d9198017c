"""Kinds and purposes of contacts as a client's programme has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from valinta.clients.models import Client
from valinta.programmes.models import Programme

Names = dict[str, str]


@dataclass(frozen=True, slots=True)
class ContactWords:
    """Names by code, in the programme's order; the usual minutes; days for mending."""

    kinds: dict[str, Names]
    purposes: dict[str, Names]
    usual_minutes: int
    mend_days: int


NONE = ContactWords({}, {}, 15, 1)


def contact_words(client: Client) -> ContactWords:
    """Those of the programme that the client is in, or was in last; else the organiser's first."""
    own = client.enrolments.order_by("-applied_at", "-pk").values("programme__terms")[:1]
    for row in own:
        return words_of(row["programme__terms"])
    return organiser_words(client.organiser_id)


def organiser_words(organiser_id: int) -> ContactWords:
    """Those of the organiser's first programme."""
    rows = Programme.objects.filter(organiser_id=organiser_id).order_by("pk")
    for terms in rows.values_list("terms", flat=True)[:1]:
        return words_of(terms)
    return NONE


def words_of(terms: dict[str, Any]) -> ContactWords:
    """Those of a programme's terms; none for a programme loaded before there were any."""
    log = terms.get("casework", {}).get("contacts")
    if log is None:
        return NONE
    return ContactWords(
        kinds={one["code"]: one["names"] for one in log["kinds"]},
        purposes={one["code"]: one["names"] for one in log["purposes"]},
        usual_minutes=log["usual_minutes"],
        mend_days=log["mend_days"],
    )
