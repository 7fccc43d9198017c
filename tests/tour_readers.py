"""Who reads a page of the tour: nobody in particular, the client, or the worker whose it is."""

from __future__ import annotations

from tests.tour import Stop, draft_of
from valinta.clients.models import Client
from valinta.organisers.models import Organiser
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
    if stop.name.startswith("provider:apply_") and stop.name != "provider:apply_begin":
        return draft_of(organiser.programme_set.order_by("pk")[0]).applicant
    if role is Role.PROVIDER:
        return staff_of(organiser, role)
    if ROUTES[stop.name].needs not in ROLES[role].permissions:
        return staff_of(organiser, Role.DECISION_MAKER)
    return worker_of(organiser, stop.client) if stop.client else staff_of(organiser, role)


def worker_of(organiser: Organiser, client: Client) -> User:
    """The client's own case manager; one of the house where nobody is named."""
    own: User | None = client.case_manager
    return own or staff_of(organiser, Role.CASE_MANAGER)


def staff_of(organiser: Organiser, role: Role) -> User:
    """The first of the organiser's with the role."""
    user: User = organiser.holding_set.filter(role=role).order_by("pk")[0].user
    return user
