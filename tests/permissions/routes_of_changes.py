"""Addresses of changes, services, visits to look at and phases: what the people of each get."""

from __future__ import annotations

from django.urls import reverse

from tests.permissions.cast import Side
from valinta.orders.models import Change, Moving
from valinta.orders.states import ChangeKind
from valinta.visits.models import Visit
from valinta.visits.states import VisitState

# Who works on clients sees them; what is empty or over is told of on the way back (302).
SEEN: dict[str, tuple[str, int]] = {
    "casework:changes": ("GET", 200),
    "casework:services": ("GET", 200),
    "casework:services_order": ("GET", 200),
    "casework:services_visit": ("GET", 302),
}
# Carried out by case managers alone.
DONE: dict[str, tuple[str, int]] = {
    "casework:changes_away": ("GET", 200),
    "casework:changes_away_end": ("GET", 200),
    "casework:changes_death": ("GET", 200),
    "casework:changes_death_undo": ("GET", 302),
    "casework:changes_withdrawal": ("GET", 200),
    "casework:changes_home": ("GET", 200),
    "casework:changes_provider": ("GET", 200),
}
# Whoever orders for themselves or another has pages of their own.
ORDERED: dict[str, tuple[str, int]] = {
    "casework:services_new": ("GET", 200),
    "casework:services_call_off": ("POST", 422),
    "casework:services_hold": ("POST", 302),
    "casework:services_end": ("GET", 200),
    "casework:services_switch": ("GET", 302),
}
LISTS = ("casework:moves", "casework:review", "casework:checks")
OFFICE: dict[str, tuple[str, int]] = {
    "office:phases": ("GET", 200),
    "office:phases_turn": ("GET", 302),
    "office:phases_end": ("GET", 200),
    "office:phases_report": ("GET", 200),
}
OWN_ADDRESSES = frozenset(
    {
        "casework:changes_away_end",
        "casework:changes_death_undo",
        "casework:changes_provider",
        "casework:services_visit",
        *OFFICE,
    }
)


def address(name: str, side: Side) -> str:
    """The address of a page about a thing of the client, or of the programme."""
    client = {"client_id": side.client_id}
    with side.scope():
        changes = Change.objects.filter(client_id=side.client_id)
        if name == "casework:changes_away_end":
            found = changes.filter(kind=ChangeKind.INTERRUPTION).order_by("pk")[0].pk
            return reverse(name, kwargs={**client, "change_id": found})
        if name == "casework:changes_death_undo":
            found = changes.filter(kind=ChangeKind.DEATH).order_by("pk")[0].pk
            return reverse(name, kwargs={**client, "change_id": found})
        if name == "casework:changes_provider":
            found = Moving.objects.filter(client_id=side.client_id).order_by("pk")[0].pk
            return reverse(name, kwargs={**client, "moving_id": found})
        if name == "casework:services_visit":
            visits = Visit.objects.filter(client_id=side.client_id, state=VisitState.ACCEPTED)
            return reverse(name, kwargs={**client, "visit_id": visits.order_by("pk")[0].pk})
        named = {"programme_id": side.programme.pk}
        if name == "office:phases_turn":
            named["phase_id"] = side.programme.phases.order_by("valid")[0].pk
        return reverse(name, kwargs=named)
