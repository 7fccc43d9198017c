"""A sandbox is the same programme apart: made-up clients, no public list, and nothing is paid."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from tests.api import TODAY, Scene, System, line
from tests.cast import PACKS
from valinta.api.client_actions import register_api_client
from valinta.api.scopes import Scope
from valinta.catalogue.models import Listing, Offer
from valinta.clients.models import Client
from valinta.demo.sandbox import open_sandbox
from valinta.orders.models import Order
from valinta.organisers import tenancy
from valinta.organisers.models import Organiser
from valinta.processes.settle_period import SandboxPaysNothing, send_payments, settle_period
from valinta.processes.verify_books import verify_books
from valinta.programmes.models import Programme
from valinta.programmes.pack import read_pack
from valinta.settlements.actions import approve_run
from valinta.users.actor import Actor
from valinta.users.models import User
from valinta.users.permissions import Role
from valinta.visits.models import Visit


@pytest.fixture
def sandbox(scene: Scene) -> Organiser:
    """The sandbox of the scene's company."""
    pack = read_pack(PACKS / "keusote")
    made = open_sandbox(pack=pack, company=scene.provider, today=TODAY)
    tenancy.leave()
    return made


def _system(scene: Scene, sandbox: Organiser) -> System:
    worker = scene.stage.worker(scene.provider)
    by = Actor(worker.user_id, frozenset({(sandbox.pk, Role.PROVIDER)}))
    with tenancy.scope([sandbox.pk]):
        made = register_api_client(
            provider=scene.provider, organiser_id=sandbox.pk, name="Koe", scopes=list(Scope),
            ends_on=TODAY + timedelta(days=30), by=by, at=scene.stage.now,
        )  # fmt: skip
    system = System(made.client, made.secret)
    system.sign_in()
    return system


def test_a_company_tries_everything_out_with_made_up_clients(
    scene: Scene, sandbox: Organiser
) -> None:
    system = _system(scene, sandbox)
    me = system.get("/me").said
    assert (me["organiser"]["sandbox"], me["organiser"]["code"]) == (True, "keusote-sandbox")
    assert me["organiser"]["names"]["sv"].endswith("(provmiljö)")
    orders = system.get("/orders").said["items"]
    assert {one["state"] for one in orders} == {"accepted", "placed"}
    waiting = next(one for one in orders if one["state"] == "placed")
    assert system.post(f"/orders/{waiting['id']}/accept").status == 200
    with tenancy.scope([sandbox.pk]):
        order = Order.objects.get(pk=waiting["id"])
        assert verify_books() == []
    answer = system.post("/visits", {"lines": [line(order, "try-1")]}).said
    assert sum(answer["counts"].values()) == 1


def test_what_is_in_the_sandbox_and_what_is_real_never_meet(
    scene: Scene, sandbox: Organiser
) -> None:
    system = _system(scene, sandbox)
    assert system.get(f"/orders/{scene.order.pk}").status == 404
    (refused,) = system.post("/visits", {"lines": [line(scene.order, "x")]}).said["lines"]
    assert refused["code"] == "unknown_order"
    tried = {one["id"] for one in system.get("/orders").said["items"]}
    real = {one["id"] for one in scene.system.get("/orders").said["items"]}
    assert tried
    assert not tried & real
    assert scene.system.get("/me").said["organiser"]["sandbox"] is False


def test_the_sandbox_is_in_no_public_list_and_no_tray(scene: Scene, sandbox: Organiser) -> None:
    with tenancy.public_reading():
        assert Programme.objects.filter(organiser=scene.stage.organiser).exists()
        assert not Programme.objects.filter(organiser=sandbox).exists()
        assert not Offer.objects.filter(organiser=sandbox).exists()
    with tenancy.scope([sandbox.pk]):
        assert Offer.objects.exists()
        assert not Listing.objects.exists()
    page = Browser().get("/programmes/").content.decode()
    assert "(kokeilu)" not in page


def test_opening_it_again_adds_nothing_and_another_company_gets_clients_of_its_own(
    scene: Scene, sandbox: Organiser
) -> None:
    pack = read_pack(PACKS / "keusote")
    with tenancy.scope([sandbox.pk]):
        before = (Client.objects.count(), Order.objects.count())
    open_sandbox(pack=pack, company=scene.provider, today=TODAY)
    with tenancy.scope([sandbox.pk]):
        assert (Client.objects.count(), Order.objects.count()) == before
    with scene.stage.scope():
        other = scene.stage.provider("Siivous Ky")
    open_sandbox(pack=pack, company=other, today=TODAY)
    with tenancy.scope([sandbox.pk]):
        assert Order.objects.filter(provider=other).exists()
        assert not Order.objects.filter(provider=other, client__orders__provider=scene.provider)


def test_no_payment_file_is_made_of_a_sandbox(
    scene: Scene, sandbox: Organiser, tmp_path: Any
) -> None:
    hats = (Role.FINANCE_PREPARER, Role.FINANCE_APPROVER)
    one, two = (
        Actor(
            User.objects.get(username=f"{sandbox.code}.{hat}").pk,
            frozenset((sandbox.pk, role) for role in hats),
        )
        for hat in hats
    )
    at = scene.stage.now + timedelta(days=40)
    with tenancy.scope([sandbox.pk]):
        cut_off = TODAY + timedelta(days=30)
        run = settle_period(programme=Programme.objects.get(), cut_off_on=cut_off, by=one, at=at)
        run = approve_run(run=run, by=two, at=at)
        with pytest.raises(SandboxPaysNothing):
            send_payments(run=run, folder=tmp_path, by=two, at=at)
        assert Visit.objects.count() == 0
    assert list(tmp_path.iterdir()) == []
