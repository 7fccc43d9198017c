"""A county of the demo with everything on it: the stage for a look at every page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.browser.county_company import work_at_a_company
from tests.browser.county_desk import fill_desk
from tests.browser.county_more import fill_up
from tests.cast import moment
from tests.packs_sent import edited_pack
from tests.tour_readers import staff_of
from valinta.clients.models import Client
from valinta.demo.play import play
from valinta.orders.models import Order
from valinta.organisers import tenancy
from valinta.processes.load_programme import load_pack
from valinta.programmes.models import Programme
from valinta.programmes.pack import read_pack
from valinta.users.models import User
from valinta.users.permissions import Role

TODAY = date(2019, 3, 15)
PLACES = """
quotas:
  - {municipality: "061", target_group: null, places: 2, starts_on: 2017-12-01, ends_on: null,
     assumed: true, why: Made up for tests.}
"""


@dataclass(frozen=True, slots=True)
class County:
    """A programme with budgets and vouchers, and the client whose pages have most to show."""

    programme: Programme
    favourite: Client

    @property
    def today(self) -> date:
        """The day its people live in."""
        return TODAY

    @property
    def now(self) -> datetime:
        """A moment of that day."""
        return moment(TODAY, 12)

    def staff(self, role: Role) -> User:
        """Somebody of the organiser's with the role."""
        return staff_of(self.programme.organiser, role)


def county_on_stage() -> County:
    """Kanta-Häme has both budgets and vouchers; here a town of it has as many places as clients."""
    with TemporaryDirectory() as out:
        folder = edited_pack("kanta-hame", Path(out), programme=lambda text: text + PLACES)
        programme = load_pack(pack=read_pack(folder), at=moment(TODAY, 8)).programme
        with tenancy.scope([programme.organiser_id]):
            played = play(programme, TODAY, 1, Path(out), lambda _: None)
            buyers = Order.objects.filter(client__threads__isnull=False).order_by("client_id")
            favourite = buyers.select_related("client__user")[0].client
            fill_up(played, favourite)
            work_at_a_company(played)
            fill_desk(played, folder)
    return County(programme, favourite)
