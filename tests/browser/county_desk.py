"""On the office's desk: a pack that was sent in, tables that were tried, an invitation."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from valinta.clients.models import Client
from valinta.clients.person_actions import mend_person, version_of
from valinta.demo.identities import identity_code
from valinta.demo.month import moment
from valinta.demo.play import Played
from valinta.processes.import_sheets import try_import
from valinta.processes.invite_worker import invite_worker
from valinta.processes.letter_texts import write_letter_text
from valinta.processes.preview_pack import keep_draft
from valinta.shared.periods import Period
from valinta.users.actor import actor_of
from valinta.users.permissions import Role

CLIENTS = "henkilötunnus;etunimi;sukunimi;kieli;kotikunta;puhelin"
PRICES = "y-tunnus;palvelu;aikaluokka;hinta;ensimmäinen päivä;viimeinen päivä"
OLD = """price: "33.60",
     starts_on: 2019-01-01, ends_on: null,"""
NEW = """price: "33.60",
     starts_on: 2019-01-01, ends_on: 2019-06-01, assumed: true, why: *example-price}
  - {service: home-service, band: weekday-day, kind: reference, price: "35.20",
     starts_on: 2019-06-01, ends_on: null,"""


def fill_desk(played: Played, pack: Path) -> None:
    """A row of each kind, by the verbs of the office; `pack` is the folder of the pack in use."""
    programme, office, at = played.programme, played.staff.office.actor, moment(played.today, 11)
    who = {"by": office, "at": at}
    hidden = Client.objects.get(pk=played.lived[-1].client.pk)
    mend_person(
        client=hidden, said={"non_disclosure": "yes"}, seen=version_of(hidden),
        by=actor_of(hidden.case_manager_id or 0, played.today), at=at,
    )  # fmt: skip
    keep_draft(programme=programme, files=_changed(pack), **who)
    try_import(programme=programme, kind="clients", data=_clients(played), **who)
    try_import(
        programme=programme,
        kind="prices",
        data=f"{PRICES}\n1234567-1;kotipalvelu;arki;kallis;1.6.2019;\n".encode(),
        **who,
    )
    invite_worker(
        organiser_id=programme.organiser_id,
        name="Ulla Uusi",
        role=Role.CASE_MANAGER,
        period=Period(played.today, played.today + timedelta(days=300)),
        **who,
    )
    write_letter_text(
        programme=programme, kind="decision", language="fi", key="intro",
        text="Olemme sopineet kanssanne palveluista, jotka vastaavat tarpeitanne.",
        starts_on=played.today, version=0, **who,
    )  # fmt: skip


def _changed(pack: Path) -> dict[str, str]:
    """The programme's pack with one price that goes up in the summer."""
    files = {one.name: one.read_text(encoding="utf-8") for one in sorted(pack.iterdir())}
    assert OLD in files["services.yaml"], "The price that changes is not in the pack."
    return files | {"services.yaml": files["services.yaml"].replace(OLD, NEW, 1)}


def _clients(played: Played) -> bytes:
    """Three lines that are good, and three with a slip each."""
    town = played.programme.municipalities.order_by("pk")[0].names["fi"]
    born = played.today.replace(year=1940)
    good = [f"{identity_code(born, 970 + one)};Aino;Esimerkki;fi;{town};" for one in range(3)]
    bad = [
        f"010150-900X;Eino;Esimerkki;fi;{town};",
        f"{identity_code(born, 975)};;Esimerkki;fi;{town};",
        f"{identity_code(born, 976)};Olavi;Esimerkki;de;Atlantis;040 555 0110",
    ]
    return "\n".join([CLIENTS, *good, *bad, ""]).encode()
