"""People who come forward in the demo, and the case managers who receive them."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from valinta.clients.interest_actions import name_receiver
from valinta.demo.month import moment
from valinta.demo.people import Staff
from valinta.processes.come_forward import Said, come_forward
from valinta.programmes.models import Programme
from valinta.shared.periods import Period
from valinta.users.actor import Actor

VISITOR = Actor(None, frozenset())
# By the programme's language: who writes, when to call, what they say, and for whom.
WROTE: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "fi": (
        ("Irja Esimerkki", "arkisin aamupäivällä", "Siivous ei enää onnistu yksin.", ""),
        ("Matti Mallinen", "", "Isä tarvitsisi apua suihkuun ja ulkoiluun.", "Eino Mallinen"),
        ("Sirkka Esimerkki", "kello 12 jälkeen", "", ""),
    ),
    "sv": (
        ("Birgitta Exempel", "vardagar på förmiddagen", "Jag orkar inte städa längre.", ""),
        ("Kaj Modell", "", "Mamma behöver sällskap när jag arbetar.", "Gun Modell"),
        ("Siv Exempel", "efter klockan 12", "", ""),
    ),
}


def let_people_come_forward(programme: Programme, staff: Staff, today: date) -> None:
    """Name a receiver for each municipality, and let three residents fill in the form."""
    towns = list(programme.municipalities.filter(valid__contains=today).order_by("pk"))
    for number, town in enumerate(towns):
        name_receiver(
            organiser_id=programme.organiser_id,
            municipality_code=town.code,
            user=staff.case_managers[number % 2].user,
            period=Period(today - timedelta(days=30)),
            by=staff.office.actor,
            at=moment(today - timedelta(days=30), 9),
        )
    for number, (name, times, words, for_name) in enumerate(WROTE[programme.language]):
        come_forward(
            programme=programme,
            municipality_code=towns[number % len(towns)].code,
            target_group_code="",
            said=Said(
                name=name,
                language=programme.language,
                phone=f"040 555 01{number:02d}",
                call_times=times,
                for_name=for_name,
                agreed=bool(for_name),
                words=words,
            ),
            form_key=uuid5(NAMESPACE_URL, f"{programme.code} {today} {number}"),
            by=VISITOR,
            at=moment(today - timedelta(days=number), 10),
        )
