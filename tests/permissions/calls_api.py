"""Calls of the verbs about the systems of providers and their webhooks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from tests.permissions.stage import Stage
from valinta.api import client_actions as systems
from valinta.api import hook_actions as hooks
from valinta.api.hooks import EventKind, SendingState
from valinta.api.models import ApiClient, Event, Sending, Subscription
from valinta.api.scopes import Scope
from valinta.orders.models import Order
from valinta.organisers.models import Organiser
from valinta.providers.models import Provider
from valinta.users.models import User


def provider(s: Stage) -> Provider:
    """The subject provider."""
    return Provider.objects.get(orders=Order.objects.get(pk=s.side.order_id))


def client(s: Stage) -> ApiClient:
    """A system of the provider."""
    return system_of(provider(s).pk, s.side.organiser)


def system_of(provider_id: int, organiser: Organiser) -> ApiClient:
    """A system of a provider, made when it is not there yet."""
    user, _ = User.objects.get_or_create(
        username=f"api:test-{provider_id}", defaults={"display_name": "test", "is_active": False}
    )
    made, _ = ApiClient.objects.get_or_create(
        user=user,
        defaults={
            "organiser": organiser, "provider_id": provider_id, "name": "test",
            "identifier": f"vc_test_{provider_id}", "scopes": ["orders:read"],
            "secret_digest": systems.digest("x"), "ends_on": date(2100, 1, 1),
            "made_at": datetime(2019, 3, 1, tzinfo=UTC),
        },
    )  # fmt: skip
    return made


def subscription(s: Stage) -> Subscription:
    """An address that is told of orders."""
    return Subscription.objects.create(
        organiser=s.side.organiser, provider=provider(s), client=client(s),
        address="https://127.0.0.1/", kinds=[EventKind.ORDER_PLACED], made_at=s.at,
    )  # fmt: skip


def told(s: Stage) -> Sending:
    """A message that arrived."""
    event = Event.objects.create(
        organiser=s.side.organiser, provider=provider(s), kind=EventKind.TEST,
        subject_kind="webhook", subject_id=1, at=s.at,
    )  # fmt: skip
    return Sending.objects.create(
        organiser=s.side.organiser, subscription=subscription(s), event=event,
        state=SendingState.ARRIVED,
    )  # fmt: skip


def register(s: Stage) -> object:
    return systems.register_api_client(
        provider=provider(s), organiser_id=s.side.organiser.pk, name="Visits",
        scopes=[Scope.ORDERS_READ], ends_on=s.at.date() + timedelta(days=30), **s.who,
    )  # fmt: skip


def rotate(s: Stage) -> object:
    return systems.rotate_api_secret(client=client(s), at_once=True, **s.who)


def revoke(s: Stage) -> object:
    return systems.revoke_api_client(client=client(s), **s.who)


def subscribe(s: Stage) -> object:
    # An address that is a number needs no look-up, and this one is public.
    return hooks.subscribe_webhook(
        client=client(s), address="https://8.8.8.8/", kinds=[EventKind.ORDER_PLACED], **s.who
    )


def end(s: Stage) -> object:
    return hooks.end_webhook(subscription=subscription(s), **s.who)


def renew(s: Stage) -> object:
    return hooks.renew_webhook_secret(subscription=subscription(s), **s.who)


def resume(s: Stage) -> object:
    return hooks.resume_webhook(subscription=subscription(s), **s.who)


def replay(s: Stage) -> object:
    return hooks.replay_webhook(sending=told(s), **s.who)


def try_out(s: Stage) -> object:
    return hooks.try_webhook(subscription=subscription(s), **s.who)
