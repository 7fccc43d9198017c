"""What a company leaves behind that the month did not make: systems, files, an account, checks."""

from __future__ import annotations

from datetime import datetime, timedelta

from valinta.api.client_actions import register_api_client
from valinta.api.hooks import EventKind
from valinta.api.models import ApiClient, Event, KeptAnswer, Sending, Subscription, Usage
from valinta.api.scopes import Scope
from valinta.demo.identities import iban
from valinta.orders.models import Order
from valinta.processes.hand_in_file import hand_in_file
from valinta.programmes.models import Programme
from valinta.providers.account_actions import ask_account_change, withdraw_account_change
from valinta.users.actor import Actor
from valinta.visits.checks import Check, Drawing
from valinta.visits.models import Visit


def leave_companys_own(programme: Programme, order: Order, by: Actor, at: datetime) -> None:
    """A row of each kind, so that every kind could leak. `by` keeps the order's company."""
    company, organiser_id = order.provider, programme.organiser_id
    hand_in_file(
        programme=programme, provider=company, name="koe.csv",
        content=[b"order;reference;day\n0;koe-f;1.3.2019\n"], by=by, at=at,
    )  # fmt: skip
    change = ask_account_change(
        provider=company, organiser_id=organiser_id, iban=iban(9_200), by=by, at=at
    )
    withdraw_account_change(change=change, by=by, at=at)
    made = register_api_client(
        provider=company, organiser_id=organiser_id, name="Koe", scopes=list(Scope),
        ends_on=at.date() + timedelta(days=30), by=by, at=at,
    )  # fmt: skip
    _used(made.client, at)
    visit = Visit.objects.filter(provider=company, organiser_id=organiser_id).order_by("pk")[0]
    drawing = Drawing.objects.create(organiser_id=organiser_id, drawn_at=at, seed="koe")
    Check.objects.create(
        organiser_id=organiser_id, provider=company, drawing=drawing, visit=visit,
        chance=1, number=0, by_gap=False, risks=[],
    )  # fmt: skip


def _used(client: ApiClient, at: datetime) -> None:
    """What a system's requests and its address leave."""
    own = {"organiser_id": client.organiser_id}
    Usage.objects.create(**own, client=client, since=at, requests=1)
    KeptAnswer.objects.create(**own, client=client, key="koe", fingerprint="0" * 64, made_at=at)
    told = Subscription.objects.create(
        **own, client=client, provider_id=client.provider_id, address="https://127.0.0.1/",
        kinds=[EventKind.ORDER_PLACED], made_at=at, ended_at=at,
    )  # fmt: skip
    event = Event.objects.create(
        **own, provider_id=client.provider_id, kind=EventKind.TEST, subject_kind="webhook",
        subject_id=told.pk, at=at,
    )  # fmt: skip
    Sending.objects.create(**own, subscription=told, event=event, state="arrived")
