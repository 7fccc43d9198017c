"""Who reads a page of the tour: nobody in particular, the client, or the worker whose it is."""

from __future__ import annotations

from tests.tour import Stop, company_of, draft_of
from valinta.clients.models import Client
from valinta.organisers.models import Organiser
from valinta.programmes.models import Programme
from valinta.providers.levels import Level
from valinta.users.models import User
from valinta.users.permissions import ROLES, Role
from valinta.web.routes import ROUTES

# Who of the organiser's people reads the pages of a portal.
STAFF = {"casework": Role.CASE_MANAGER, "office": Role.OFFICE, "provider": Role.PROVIDER}


def reader_of(stop: Stop, organiser: Organiser, favourite: Client) -> User | None:
    """The one who opens the page; None for whoever has not signed in.

    A client's pages for workers are opened by their own case manager, because caseloads are closed;
    what case managers may not do, by a decision maker.
    """
    if stop.portal == "public":
        return None
    if stop.portal not in STAFF:
        return (stop.client or favourite).user
    role = STAFF[stop.portal]
    if role is Role.PROVIDER:
        return _of_company(stop, organiser.programme_set.order_by("pk")[0])
    if ROUTES[stop.name].needs not in ROLES[role].permissions:
        return staff_of(organiser, Role.DECISION_MAKER)
    return worker_of(organiser, stop.client) if stop.client else staff_of(organiser, role)


def _of_company(stop: Stop, programme: Programme) -> User | None:
    """An administrator of the company; the applicant of an application."""
    if stop.name.startswith("provider:apply_") and stop.name != "provider:apply_begin":
        return draft_of(programme).applicant
    people = company_of(programme).workers.filter(level=Level.ADMIN).select_related("user")
    admin: User = people.order_by("pk")[0].user
    return admin


def worker_of(organiser: Organiser, client: Client) -> User:
    """The client's own case manager; one of the house where nobody is named."""
    own: User | None = client.case_manager
    return own or staff_of(organiser, Role.CASE_MANAGER)


def staff_of(organiser: Organiser, role: Role) -> User:
    """The first of the organiser's with the role."""
    user: User = organiser.holding_set.filter(role=role).order_by("pk")[0].user
    return user
