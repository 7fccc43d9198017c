"""The people of the web tests: Aino with a budget, Onni with a voucher, and those around them.

All people are made up. The day is Thursday 19 November 2020.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.unit.web.rows import (
    AT,
    YEAR,
    Scene,
    budget,
    client,
    decision,
    order,
    people,
    pot,
    programme,
    transfer,
    tray,
    visits,
)
from valinta.audit.actions import Note, record
from valinta.budgets.models import Voucher, VoucherUnit
from valinta.catalogue.models import Service
from valinta.clients.models import Client, Mandate
from valinta.ledger.kinds import AccountKind, TransferKind
from valinta.ledger.posting import open_account
from valinta.organisers.models import Organiser


def set_scene(tenant: Organiser) -> Scene:
    """Fill the organiser with the whole cast. The tenancy scope has to name the organiser."""
    scene = programme(tenant)
    people(scene)
    tray(scene)
    scene.aino = _aino(scene)
    scene.onni = _onni(scene)
    return scene


def _aino(scene: Scene) -> Client:
    one, enrolment = client(scene, "aino", "010342-901Y", date(1942, 3, 1))
    Mandate.objects.create(
        organiser=scene.organiser,
        client=one,
        user=scene.users["kaisa"],
        kind="authorised",
        scope=["confirm", "order", "see"],
        valid=(date(2020, 9, 3), date(2021, 1, 1)),
    )
    services = scene.services
    made = decision(
        scene,
        enrolment,
        [
            _line(services["kotihoito"], 46200, 1200),
            _line(services["suihkuapu"], 19200, 800, mandatory=True),
            _line(services["ulkoilu"], 58600, 2000),
            _line(services["sairaanhoito"], 0, 400, way="own_service"),
        ],
    )
    note = Note("decide", "decision", made.pk, "", "in_force", client_id=one.pk)
    record(organiser_id=scene.organiser.pk, by_id=scene.users["paavo"].pk, at=AT, notes=[note])
    own = budget(scene, made)
    free = pot(scene, own, 104800)
    kept = pot(scene, own, 19200, services["suihkuapu"])
    home = order(scene, enrolment, "kotihoito", free, 60600, 1200)
    visits(scene, home, 4825, 7)
    scene.waiting = visits(scene, home, 2400, 1, state="accepted")[0]
    shower = order(scene, enrolment, "suihkuapu", kept, 7200, 400)
    visits(scene, shower, 1800, 1)
    order(
        scene,
        enrolment,
        "ulkoilu",
        free,
        2950,
        100,
        kind="one_off",
        valid=(date(2020, 11, 27), date(2020, 11, 28)),
    )
    return one


def _onni(scene: Scene) -> Client:
    one, enrolment = client(
        scene, "onni", "050555-902J", date(1955, 5, 5), language="sv", non_disclosure=True
    )
    made = decision(
        scene, enrolment, [_line(scene.services["siivous"], 30000, 1200, way="voucher")]
    )
    account = open_account(organiser_id=scene.organiser.pk, kind=AccountKind.VOUCHER)
    voucher = Voucher.objects.create(
        organiser=scene.organiser,
        enrolment=enrolment,
        decision=made,
        service=scene.services["siivous"],
        state="accepted",
        account_id=account,
        quantity_hundredths=1200,
        granted_cents=30000,
        valid=YEAR,
    )
    VoucherUnit.objects.create(
        organiser=scene.organiser, voucher=voucher, band=scene.band, cents=2500
    )
    transfer(scene, TransferKind.GRANT, scene.funding, account, 30000, f"grant:v:{voucher.pk}")
    part = order(scene, enrolment, "siivous", voucher, 20000, 800)
    visits(scene, part, 2500, 2, self_pay=400)
    visits(scene, part, 2500, 1, self_pay=400, state="disputed")
    return one


def _line(
    service: Service, cents: int, quantity: int, *, way: str = "budget", mandatory: bool = False
) -> dict[str, Any]:
    return {
        "service": service,
        "way": way,
        "quantity_hundredths": quantity,
        "monthly_cents": cents,
        "mandatory": mandatory,
    }
