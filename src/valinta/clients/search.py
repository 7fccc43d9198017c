"""Find clients by name or identity code, among those the worker meets."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from valinta.clients.models import Client
from valinta.clients.names import name_beginnings
from valinta.shared.ids import is_identity_code
from valinta.users.actor import Actor
from valinta.users.permissions import Permission

MOST = 20
LEAST_SIGNS = 2


@dataclass(frozen=True, slots=True)
class Found:
    """Those found (at most `MOST`), whether there are more, and how they were looked for.

    `hidden` is the id of another worker's client whose whole identity code was given: opening them
    takes a reason.
    """

    clients: list[Client]
    more: bool
    by: str
    hidden: int | None = None


def search_clients(words: str, actor: Actor) -> Found:
    """By identity code when the words are one, else by the beginnings of names in any order.

    Accents and capitals make no difference. Fewer than `LEAST_SIGNS` letters find nobody.
    """
    typed = words.strip()
    if is_identity_code(typed.upper()):
        return _by_code(typed.upper(), actor)
    beginnings = name_beginnings(typed)
    if sum(map(len, beginnings)) < LEAST_SIGNS:
        return Found([], False, "name")
    people = Client.objects.met_by(actor)
    for one in beginnings:
        people = people.filter(search_name__contains=f" {one}")
    rows = list(_listed(people).order_by("family_name", "given_name", "pk")[: MOST + 1])
    return Found(rows[:MOST], len(rows) > MOST, "name")


def _by_code(code: str, actor: Actor) -> Found:
    met = list(_listed(Client.objects.met_by(actor).filter(identity_code=code))[:MOST])
    if met:
        return Found(met, False, "identity code")
    where = actor.organisers_where(Permission.SEE_CLIENTS)
    other = Client.objects.filter(organiser_id__in=where, identity_code=code)
    return Found([], False, "identity code", other.values_list("pk", flat=True).first())


def _listed(people: QuerySet[Client]) -> QuerySet[Client]:
    """With what a list shows: no contact facts, no municipality."""
    return people.select_related("organiser", "case_manager").defer(
        "contact", "municipality_code", "identity_code"
    )
