"""The table of routes names every address of the site, and the guard follows it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.unit.web.conftest import signed_in
from tests.unit.web.rows import Scene
from valinta.users.permissions import ROLES, Permission, Role
from valinta.web.routes import ROUTES, Open, Route

PEOPLE = {
    "aino": Role.CLIENT,
    "kaisa": Role.REPRESENTATIVE,
    "leena": Role.CASE_MANAGER,
    "paavo": Role.DECISION_MAKER,
    "helmi": Role.PROVIDER,
}


def names(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from names(pattern.url_patterns, space)
        else:
            yield f"{prefix}{pattern.name}"


def parts(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Each address's name with a name of something that its path takes."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from parts(pattern.url_patterns, space)
        else:
            for key in pattern.pattern.converters:
                yield f"{prefix}{pattern.name}", key


def address(name: str, world: Scene) -> str:
    """An address of that name: about Aino and her waiting visit, and number 1 of anything else."""
    known = {"client_id": world.aino.pk, "visit_id": world.waiting.pk}
    taken = [key for one, key in parts(get_resolver().url_patterns) if one == name]
    return reverse(name, kwargs={key: known.get(key, 1) for key in taken})


def test_every_address_of_the_site_is_in_the_table_and_nothing_else_is() -> None:
    assert set(names(get_resolver().url_patterns)) == set(ROUTES)


@pytest.mark.parametrize("name", [name for name, route in ROUTES.items() if not route.about])
def test_the_guard_opens_a_page_only_to_roles_with_its_permission(name: str, world: Scene) -> None:
    needs = ROUTES[name].needs
    for key, role in PEOPLE.items():
        answer = signed_in(world, key).get(address(name, world))
        allowed = not isinstance(needs, Permission) or needs in ROLES[role].permissions
        assert (answer.status_code == 403) is not allowed, (name, role)


@pytest.mark.parametrize(
    "name", [name for name, route in ROUTES.items() if isinstance(route.needs, Permission)]
)
def test_whoever_has_not_signed_in_is_asked_to(name: str, world: Scene) -> None:
    answer = Browser().get(address(name, world))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in/?next=")


def test_a_page_missing_from_the_table_answers_nobody(
    world: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert signed_in(world, "leena").get("/casework/").status_code == 200
    monkeypatch.delitem(ROUTES, "casework:clients")
    monkeypatch.setattr("valinta.web.context.MENU", ())
    assert signed_in(world, "leena").get("/casework/").status_code == 403


def test_a_page_for_the_signed_in_needs_no_role(
    world: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ROUTES, "public:front", Route(Open.SIGNED_IN))
    assert signed_in(world, "helmi").get("/").status_code == 200
    assert Browser().get("/").status_code == 302
