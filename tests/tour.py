"""A tour of the site: every page there is, with an address that leads to something.

The browser tests, the audit and the screenshots all go round by it, so a page that is missing here
is missed by a test.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.tour_things import OF_COMPANIES, OF_ORGANISER, ONLY, THINGS, WAITING, WORDS
from valinta.clients.models import Client
from valinta.orders.assigning import Assignment
from valinta.organisers import tenancy
from valinta.programmes.models import Programme
from valinta.providers.models import Application, PassportPaper, Provider
from valinta.settlements.models import StatementLine

__all__ = ["THINGS", "NoExample", "Stop", "stops"]


@dataclass(frozen=True, slots=True)
class Stop:
    """A page: its name in the table of routes, its address, and the client it is about."""

    name: str
    path: str
    client: Client | None = None

    @property
    def portal(self) -> str:
        """public, client, casework or office."""
        return self.name.split(":")[0]


class NoExample(LookupError):
    """No row is there for what the address of a page names, so it cannot be visited."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"{name} needs an example of {what}.")
        self.name = name


def stops(programme: Programme, favourite: Client) -> tuple[list[Stop], list[NoExample]]:
    """Every address of the site that has an example in the programme, and those that have none.

    Pages about a client are about the favourite where there is something to show, else about
    another client of the programme. The tenancy scope has to name the programme's organiser.
    """
    found, missing = [], []
    for name, wanted in _addresses():
        try:
            found.append(_stop(name, wanted, programme, favourite))
        except NoExample as error:
            missing.append(error)
    return found, missing


def _stop(name: str, wanted: list[str], programme: Programme, favourite: Client) -> Stop:
    values: dict[str, Any] = dict(WORDS.get(name, {}))
    if name.startswith("provider:apply_") and "application_id" in wanted:
        values |= _of_applicant(name, wanted, programme)
        return Stop(name, reverse(name, kwargs=values))
    if name.startswith("provider:") and "provider_id" in wanted:
        values |= _of_company_page(name, wanted, company_of(programme))
        return Stop(name, reverse(name, kwargs=values))
    client: Client | None = favourite if "client_id" in wanted else None
    for one in wanted:
        if "client_id" not in wanted and one in OF_ORGANISER:
            values[one] = _of_organiser(name, one, programme)
        elif one in THINGS:
            client, values[one] = _of_client(name, one, favourite)
    if client is not None and "client_id" in wanted:
        values["client_id"] = client.pk
    if "programme_id" in wanted:
        values["programme_id"] = programme.pk
    if "organiser" in wanted:
        values |= {"organiser": programme.organiser.code, "programme": programme.code}
    if "provider_id" in wanted:
        values["provider_id"] = company_of(programme).pk
    return Stop(name, reverse(name, kwargs=values), client)


def _of_client(name: str, what: str, favourite: Client) -> tuple[Client, int]:
    """The favourite's or another's; on their own pages, of somebody who can sign in."""
    model, path = THINGS[what]
    rows = _rows(name, model)
    waiting = rows.filter(**WAITING.get(model, {}))
    own = {path: favourite}
    others = {f"{path}__user__isnull": False} if name.startswith("client:") else {}
    for among in (
        waiting.filter(**own),
        waiting.filter(**others),
        rows.filter(**own),
        rows.filter(**others),
    ):
        found = among.values_list("pk", path).first()
        if found is not None:
            return Client.objects.get(pk=found[1]), found[0]
    raise NoExample(name, what)


def _of_organiser(name: str, what: str, programme: Programme) -> int:
    model = OF_ORGANISER[what]
    rows = _rows(name, model).filter(organiser=programme.organiser_id)
    for among in (rows.filter(**WAITING.get(model, {})), rows):
        found: int | None = among.values_list("pk", flat=True).first()
        if found is not None:
            return found
    raise NoExample(name, what)


def _rows(name: str, model: type[Model]) -> QuerySet[Any]:
    return model._default_manager.filter(**ONLY.get(name, {})).order_by("pk")


def company_of(programme: Programme) -> Provider:
    """The company whose pages are visited."""
    return Provider.objects.filter(approvals__programme=programme).order_by("pk")[0]


def _of_company_page(name: str, wanted: list[str], provider: Provider) -> dict[str, int]:
    """What the address of a company's page names: the company's own things."""
    values = {"provider_id": provider.pk}
    if "statement_id" in wanted:
        return values | _statement(name, provider, "line_id" in wanted)
    if "client_id" in wanted:
        given = Assignment.objects.filter(provider=provider).order_by("pk").first()
        if given is None:
            raise NoExample(name, "client_id")
        own = {"client_id": given.client_id, "assignment_id": given.pk}
        return values | {one: own[one] for one in wanted if one in own}
    return values | {one: _of_company(name, one, provider) for one in wanted if one in OF_COMPANIES}


def _of_company(name: str, what: str, provider: Provider) -> int:
    """The newest row of the company's that can still be changed."""
    model, path, more = OF_COMPANIES[what]
    rows = model._default_manager.filter(**{path: provider}, **more).order_by("-pk")
    found = rows.values_list("pk", flat=True).first()
    if found is None:
        raise NoExample(name, what)
    return int(found)


def draft_of(programme: Programme) -> Application:
    """The newest draft of somebody who applies for a company. Raises NoExample."""
    found = Application.objects.filter(programme=programme, state="draft").order_by("-pk").first()
    if found is None or found.applicant_id is None:
        raise NoExample("provider:apply", "application_id")
    return found


def _of_applicant(name: str, wanted: list[str], programme: Programme) -> dict[str, int]:
    """The draft, and a paper of it or one that the company has kept."""
    draft = draft_of(programme)
    values = {"application_id": draft.pk}
    if "evidence_id" in wanted:
        values["evidence_id"] = draft.evidence.exclude(name="").order_by("pk")[0].pk
    if "paper_id" in wanted:
        with tenancy.scope([programme.organiser_id], draft.applicant_id):
            values["paper_id"] = PassportPaper.objects.order_by("pk")[0].pk
    return values


def _statement(name: str, provider: Provider, with_line: bool) -> dict[str, int]:
    """A statement of the company's, and a line of it where the page is about one."""
    line = StatementLine.objects.filter(statement__provider=provider).order_by("pk").first()
    if line is None:
        raise NoExample(name, "statement_id")
    found = {"statement_id": line.statement_id}
    return found | {"line_id": line.pk} if with_line else found


def _addresses() -> Iterator[tuple[str, list[str]]]:
    for one in get_resolver().url_patterns:
        # The API is no page: it is visited by the tests of its description.
        if getattr(one, "namespace", "") != "api":
            yield from _within(one, "", [])


def _within(
    one: URLPattern | URLResolver, space: str, before: list[str]
) -> Iterator[tuple[str, list[str]]]:
    wanted = [*before, *one.pattern.converters]
    if isinstance(one, URLResolver):
        for inner in one.url_patterns:
            yield from _within(inner, f"{one.namespace}:" if one.namespace else space, wanted)
    elif one.name:
        yield f"{space}{one.name}", wanted
