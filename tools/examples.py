"""People and pages of the running demo: whom to sign in as, and what each of them looks at."""

from __future__ import annotations

from collections import defaultdict

from tests.tour import Stop, stops

# A programme with budgets and vouchers, so that every page has something to show.
PROGRAMME = "kanta-hame"


def people_and_pages() -> list[tuple[int | None, list[Stop]]]:
    """A user id (None: nobody signs in) and the pages that person visits, for each person."""
    from valinta.cli import database

    with database.ready():
        from valinta.clients.models import Client
        from valinta.orders.models import Order
        from valinta.organisers import tenancy
        from valinta.organisers.models import Organiser
        from valinta.programmes.models import Programme
        from valinta.users.permissions import Role

        ids = list(Organiser.objects.values_list("pk", flat=True))
        with tenancy.scope(ids):
            programme = Programme.objects.select_related("organiser").get(code=PROGRAMME)
            scope = [programme.organiser_id]
        with tenancy.scope(scope):
            buyers = Order.objects.filter(client__threads__isnull=False).order_by("client_id")
            favourite = Client.objects.get(pk=buyers.values_list("client_id", flat=True)[0])
            manager = programme.organiser.holding_set.filter(role=Role.CASE_MANAGER)[0].user_id
            seen: dict[int | None, list[Stop]] = defaultdict(list)
            for stop in stops(programme, favourite):
                seen[_who(stop, favourite.user_id, manager)].append(stop)
    return list(seen.items())


def _who(stop: Stop, favourite: int | None, manager: int) -> int | None:
    if stop.portal == "public":
        return None
    if stop.portal == "casework":
        return manager
    return stop.client.user_id if stop.client else favourite
