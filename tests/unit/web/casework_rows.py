"""Rows for the tests of the work list, caseloads and contacts."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tests.unit.web import rows
from tests.unit.web.rows import TODAY, Scene
from valinta.clients.models import Client, Enrolment
from valinta.demo.identities import identity_code
from valinta.organisers import tenancy
from valinta.programmes.pack import read_pack
from valinta.programmes.pack_terms import as_json
from valinta.users.actor import Actor, actor_of

PACKS = Path(__file__).parents[3] / "programmes"


@cache
def _terms() -> dict[str, Any]:
    return as_json(read_pack(PACKS / "kainuu").casework)


def with_terms(scene: Scene) -> None:
    """The days, kinds and purposes of a pack, in the scene's programme."""
    scene.programme.terms |= {"casework": deepcopy(_terms())}
    scene.programme.save()


def enter(scene: Scene) -> None:
    """Work for the organiser again: each request leaves the scope when it ends."""
    tenancy.enter([scene.organiser.pk], None)


def actor(scene: Scene, key: str) -> Actor:
    user_id = scene.users[key].pk
    with tenancy.scope([scene.organiser.pk], user_id):
        return actor_of(user_id, TODAY)


def pk_of(client: Client | None) -> int:
    """The id of someone of the cast."""
    assert client is not None
    return client.pk


def close_caseloads(scene: Scene) -> None:
    scene.organiser.closed_caseload = True
    scene.organiser.save()


def colleague(scene: Scene, key: str = "lauri", name: str = "Lauri Lahti") -> None:
    """Another case manager."""
    rows.user(scene, key, name, "case_manager")


def person(scene: Scene, number: int, manager: str | None, **more: Any) -> tuple[Client, Enrolment]:
    """A client of somebody, or of nobody."""
    key = f"person-{number}"
    rows.user(scene, key, f"Pirkko {number}", "client")
    born = date(1930 + number % 60, 1 + number % 12, 5)
    made, place = rows.client(scene, key, identity_code(born, 900 + number % 100), born)
    values = {"case_manager": scene.users[manager] if manager else None, **more}
    Client.objects.filter(pk=made.pk).update(**values)
    return Client.objects.get(pk=made.pk), place
