"""What a company leaves behind that the month did not make: systems, files, an account, checks."""

from __future__ import annotations

from datetime import datetime, timedelta

from valinta.api.client_actions import register_api_client
from valinta.api.hook_actions import end_webhook, subscribe_webhook, try_webhook
from valinta.api.hooks import EventKind
from valinta.api.models import ApiClient, KeptAnswer, Usage
from valinta.api.scopes import Scope
from valinta.demo.identities import iban
from valinta.orders.models import Order
from valinta.processes.draw_checks import draw_checks
from valinta.processes.hand_in_file import hand_in_file
from valinta.programmes.models import Programme
from valinta.providers.account_actions import ask_account_change, withdraw_account_change
from valinta.providers.models import WithdrawalWork
from valinta.users.actor import Actor, system


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
    WithdrawalWork.objects.create(
        organiser_id=organiser_id, approval=order.offer.approval, ends_on=at.date(), reason="koe",
        tells=False, by_company=False, begun_at=at, orders=0, finished_at=at,
    )  # fmt: skip
    made = register_api_client(
        provider=company, organiser_id=organiser_id, name="Koe", scopes=list(Scope),
        ends_on=at.date() + timedelta(days=30), by=by, at=at,
    )  # fmt: skip
    _used(made.client, by, at)
    draw_checks(organiser_id=organiser_id, by=system(organiser_id), at=at)


def _used(client: ApiClient, by: Actor, at: datetime) -> None:
    """What a system's requests and its address leave."""
    own = {"organiser_id": client.organiser_id}
    Usage.objects.create(**own, client=client, since=at, requests=1)
    KeptAnswer.objects.create(**own, client=client, key="koe", fingerprint="0" * 64, made_at=at)
    # An address that is a number needs no look-up; nothing is sent, since no worker works here.
    told = subscribe_webhook(
        client=client, address="https://8.8.8.8/", kinds=[EventKind.ORDER_PLACED], by=by, at=at
    )
    try_webhook(subscription=told, by=by, at=at)
    end_webhook(subscription=told, by=by, at=at)
