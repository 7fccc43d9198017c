"""Companies, units and organisers with things of their own, and what each must never see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from requests import Response

from tests.api import Scene, System, add_provider, connect, line, open_scene
from tests.cast import Stage
from valinta.api.hook_actions import try_webhook
from valinta.api.models import Sending, Subscription
from valinta.api.scopes import OF_THE_WHOLE, Scope
from valinta.providers.company_actions import open_unit
from valinta.visits.actions import confirm_visit
from valinta.visits.checks import Check, Drawing
from valinta.visits.models import Visit

WHO = ["everything", "reads only", "a unit", "another company", "another organiser", "nobody"]


@dataclass
class Parties:
    """Systems by who they are, what nobody but they may see, and the first company's numbers."""

    systems: dict[str, System]
    secrets: dict[str, list[str]]
    numbers: dict[str, int | str]
    stage: Stage

    def keep_to_their_own(self, who: str, response: Response) -> None:
        """Fail when an answer has anything of another in it."""
        own = set(self.secrets.get(who, []))
        for others, secrets in self.secrets.items():
            for secret in set(secrets) - own:
                assert secret not in response.text, f"{who} saw what is of {others}"


def gather(folder: Path) -> Parties:
    """Three companies of two organisers, each with an order, visits, a webhook and a statement."""
    scenes = {"everything": open_scene(), "another organiser": open_scene("kainuu")}
    scenes["another company"] = add_provider(scenes["everything"].stage, "Siivous Ky")
    secrets = {
        who: _live(scene, f"{number}-ref", folder)
        for number, (who, scene) in enumerate(scenes.items())
    }
    here = scenes["everything"]
    _settle(here, folder)
    narrow = connect(here.stage, here.provider, Scope.ORDERS_READ, Scope.VISITS_READ)
    narrow.sign_in()
    unit = _unit(here)
    systems = {who: scene.system for who, scene in scenes.items()}
    systems |= {"reads only": narrow, "a unit": unit, "nobody": System(narrow.client, "")}
    secrets |= {"reads only": secrets["everything"], "a unit": [unit.client.identifier]}
    return Parties(systems, secrets, _numbers(here), here.stage)


def _live(scene: Scene, reference: str, folder: Path) -> list[str]:
    """Let the company do something; gives what nobody else may see of it."""
    lines = [line(scene.order, f"{reference}-{number}") for number in range(3)]
    scene.system.post("/visits", {"lines": lines})
    scene.system.send(f"/visits/files?name={reference}", b"order;reference\n1;x\n", "text/csv")
    stage, words = scene.stage, f"{reference}: half an hour only"
    with stage.scope():
        hook = Subscription.objects.create(
            organiser=stage.organiser,
            provider=scene.provider,
            client=scene.system.client,
            address=f"https://{reference}.example.org/",
            kinds=["order.placed"],
            made_at=stage.now,
        )
        try_webhook(subscription=hook, by=stage.worker(scene.provider), at=stage.now)
        _drawn(scene, words)
        family = scene.order.client.family_name
    return [reference, family, scene.system.client.identifier, scene.system.secret]


def _drawn(scene: Scene, words: str) -> None:
    """The newest visit was drawn for a check, which found it wrong."""
    visit = Visit.objects.filter(provider=scene.provider).order_by("-pk")[0]
    stage = scene.stage
    drawing = Drawing.objects.create(organiser=stage.organiser, drawn_at=stage.now, seed="5eed")
    Check.objects.create(
        organiser=stage.organiser, provider=scene.provider, drawing=drawing, visit=visit,
        chance=20_000, number=0, by_gap=False, risks=["no_times"], found="wrong",
        found_at=stage.now, found_by_id=stage.manager.user_id, words=words,
    )  # fmt: skip


def _settle(scene: Scene, folder: Path) -> None:
    """The first visit of the company is confirmed and paid; the others stay open."""
    stage = scene.stage
    with stage.scope():
        first = Visit.objects.filter(provider=scene.provider).order_by("pk")[0]
        confirm_visit(visit_id=first.pk, by=stage.manager, at=stage.now)
        stage.pay(stage.settle(stage.on + timedelta(days=1)), folder)


def _unit(scene: Scene) -> System:
    """A system of a unit that no order has been given to."""
    stage, by = scene.stage, scene.stage.worker(scene.provider)
    with stage.scope():
        unit = open_unit(
            provider=scene.provider, organiser_id=stage.organiser.pk, name="Pohjoinen",
            by=by, at=stage.now,
        )  # fmt: skip
    scopes = [one for one in Scope if one not in OF_THE_WHOLE]
    made = connect(stage, scene.provider, *scopes, unit=unit)
    made.sign_in()
    return made


def _numbers(here: Scene) -> dict[str, int | str]:
    def first(path: str) -> int:
        return int(here.system.get(path).said["items"][0]["id"])

    with here.stage.scope():
        message = Sending.objects.get(subscription__provider=here.provider)
    return {
        "order_id": here.order.pk,
        "visit_id": first("/visits"),
        "webhook_id": message.subscription_id,
        "message_id": message.pk,
        "file_id": first("/visits/files"),
        "statement_id": first("/statements"),
        "code": "state_forbids",
    }
