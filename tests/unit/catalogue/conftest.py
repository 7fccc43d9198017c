"""A small tray of two organisers, Finnish and Swedish, made by the real verbs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from tests.cast import Stage, open_stage
from valinta.catalogue.models import Offer
from valinta.catalogue.search import Found, Wanted, search
from valinta.catalogue.territory import Territory, territory_on
from valinta.organisers import tenancy
from valinta.providers.actions import describe_provider, set_areas
from valinta.providers.models import Approval, Sector

DAY = date(2019, 3, 15)


@dataclass
class Shelf:
    """Two stages, and the offers by a short name."""

    here: Stage
    there: Stage
    offers: dict[str, Offer]

    @property
    def days(self) -> dict[int, date]:
        return {self.here.organiser.pk: self.here.on, self.there.organiser.pk: self.there.on}

    @property
    def territory(self) -> Territory:
        with tenancy.public_reading():
            return territory_on(self.days)

    def find(self, *, seed: int = 1, page: int = 1, **wanted: Any) -> Found:
        """Search as someone does who has not signed in: nothing is in scope."""
        with tenancy.scope([]), tenancy.public_reading():
            asked = replace(Wanted(), **wanted)
            return search(wanted=asked, territory=territory_on(self.days), seed=seed, page=page)

    def names(self, **wanted: Any) -> set[str]:
        """The short names of the offers found on the first page."""
        short = {offer.pk: name for name, offer in self.offers.items()}
        return {short[row.offer_id] for row in self.find(**wanted).rows}

    def approval(self, name: str) -> Approval:
        return self.offers[name].approval


@pytest.fixture
def shelf(db: None) -> Shelf:
    """Cleaning and home care in Finnish; home care in Swedish elsewhere."""
    here = open_stage("keusote", on=DAY)
    there = open_stage("osterbotten", on=date(2018, 3, 15))
    offers = {}
    with here.scope():
        helmi = here.provider("Hoiva Helmi Oy")
        apu = here.provider("Naapuriapu ry", sector=Sector.THIRD)
        offers["helmi cleans"] = here.offer(helmi, "cleaning", "31.00")
        offers["helmi cares"] = here.offer(
            helmi, "home-care", {"weekday-day": "39.00", "sunday-holiday": "78.00"}
        )
        offers["apu cleans"] = here.offer(apu, "cleaning", "29.50")
        office = {"by": here.staff.office.actor, "at": here.now}
        describe_provider(
            approval=offers["apu cleans"].approval,
            descriptions={"fi": "Pesemme myös ikkunat.", "sv": "Vi tvättar också fönster."},
            contact={"phone": "019 123 456", "web": "https://apu.example/"},
            **office,
        )
        set_areas(approval=offers["apu cleans"].approval, municipality_codes=["543"], **office)
    with there.scope():
        omsorg = there.provider("Omsorg Österman Ab")
        offers["omsorg cares"] = there.offer(omsorg, "home-care", "34.00")
    return Shelf(here, there, offers)
