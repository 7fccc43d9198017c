"""Webhooks: addresses of the company that are told of events, and what came of each message."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from ninja import Field, Query, Router, Schema

from valinta.api.door import ApiRequest, Needs, missing
from valinta.api.hook_actions import (
    end_webhook,
    renew_webhook_secret,
    replay_webhook,
    resume_webhook,
    subscribe_webhook,
    told_secret,
    try_webhook,
)
from valinta.api.hooks import EventKind
from valinta.api.models import Sending, Subscription
from valinta.api.paging import listed, page
from valinta.api.scopes import Scope
from valinta.api.v1 import examples
from valinta.api.v1.answers import in_once
from valinta.api.v1.words import ListQuery, Text, refusals

router = Router(tags=["webhooks"])
_MAY = Needs(Scope.WEBHOOKS_MANAGE)


class WebhookIn(Schema):
    """Which address is to be told of what."""

    address: Annotated[Text, Field(min_length=9, max_length=500)]
    events: Annotated[list[EventKind], Field(min_length=1, max_length=len(EventKind))]


class WebhookOut(Schema):
    """An address that is told of events. Paused: it has failed for days; see resume."""

    id: int
    address: str
    events: list[EventKind]
    made_at: datetime
    paused_at: datetime | None
    ended_at: datetime | None


class WebhookWithSecretOut(WebhookOut):
    """The same with the secret that signs the messages. It is told this once."""

    secret: str


class WebhooksOut(Schema):
    """Webhooks in use, the newest first."""

    items: list[WebhookOut]
    next_cursor: str | None


class MessageOut(Schema):
    """A message to an address. `outcome` is an HTTP status, or a word for what went wrong."""

    id: int
    event: str = Field(description="What stood in the header webhook-id.")
    type: EventKind
    at: datetime
    state: Literal["waiting", "arrived", "given_up"]
    tries: int
    outcome: str
    tried_at: datetime | None
    next_at: datetime | None


class MessagesOut(Schema):
    """Messages to an address, the newest first. They can be looked up for 90 days."""

    items: list[MessageOut]
    next_cursor: str | None


@router.get(
    "",
    response={200: WebhooksOut, **refusals(400)},
    auth=_MAY,
    url_name="webhooks",
    operation_id="list_webhooks",
    summary="The company's webhooks",
)
def list_webhooks(request: ApiRequest, asked: Query[ListQuery]) -> dict[str, Any]:
    found, next_cursor = page(_own(request), asked.cursor, asked.limit)
    return listed([_shown(one) for one in found], next_cursor)


@router.post(
    "",
    response={201: WebhookWithSecretOut, **refusals(400, 409)},
    auth=_MAY,
    url_name="webhooks",
    operation_id="make_webhook",
    summary="Have an address told of events",
    openapi_extra=examples.MAKE_WEBHOOK,
)
def make_webhook(request: ApiRequest, given: WebhookIn) -> Any:
    def work() -> dict[str, Any]:
        caller = request.caller
        made = subscribe_webhook(
            client=caller.client,
            address=given.address,
            kinds=given.events,
            by=caller.actor,
            at=caller.at,
        )
        return {**_shown(made), "secret": told_secret(made)}

    return in_once(request, WebhookWithSecretOut, work, status=201)


@router.get(
    "/{int:webhook_id}",
    response={200: WebhookOut, **refusals(404)},
    auth=_MAY,
    url_name="webhook",
    operation_id="get_webhook",
    summary="One webhook",
)
def get_webhook(request: ApiRequest, webhook_id: int) -> dict[str, Any]:
    return _shown(_one(request, webhook_id))


@router.delete(
    "/{int:webhook_id}",
    response={200: WebhookOut, **refusals(404, 409)},
    auth=_MAY,
    url_name="webhook",
    operation_id="end_webhook",
    summary="Tell an address nothing any more",
)
def remove_webhook(request: ApiRequest, webhook_id: int) -> dict[str, Any]:
    caller = request.caller
    held = _one(request, webhook_id)
    return _shown(end_webhook(subscription=held, by=caller.actor, at=caller.at))


@router.post(
    "/{int:webhook_id}/secret",
    response={200: WebhookWithSecretOut, **refusals(404, 409)},
    auth=_MAY,
    url_name="webhook_secret",
    operation_id="renew_webhook_secret",
    summary="Sign with a new secret from now on",
)
def renew_secret(request: ApiRequest, webhook_id: int) -> Any:
    def work() -> dict[str, Any]:
        caller = request.caller
        held = renew_webhook_secret(
            subscription=_one(request, webhook_id), by=caller.actor, at=caller.at
        )
        return {**_shown(held), "secret": told_secret(held)}

    return in_once(request, WebhookWithSecretOut, work)


@router.post(
    "/{int:webhook_id}/resume",
    response={200: WebhookOut, **refusals(404, 409)},
    auth=_MAY,
    url_name="webhook_resume",
    operation_id="resume_webhook",
    summary="Start a paused webhook again, and send what was given up",
)
def resume(request: ApiRequest, webhook_id: int) -> dict[str, Any]:
    caller = request.caller
    held = _one(request, webhook_id)
    return _shown(resume_webhook(subscription=held, by=caller.actor, at=caller.at))


@router.post(
    "/{int:webhook_id}/test",
    response={200: MessageOut, **refusals(404, 409)},
    auth=_MAY,
    url_name="webhook_test",
    operation_id="test_webhook",
    summary="Send a test message",
)
def send_test(request: ApiRequest, webhook_id: int) -> dict[str, Any]:
    caller = request.caller
    held = _one(request, webhook_id)
    return _message(try_webhook(subscription=held, by=caller.actor, at=caller.at))


@router.get(
    "/{int:webhook_id}/messages",
    response={200: MessagesOut, **refusals(400, 404)},
    auth=_MAY,
    url_name="webhook_messages",
    operation_id="list_webhook_messages",
    summary="Messages to an address, and what came of them",
)
def list_messages(request: ApiRequest, webhook_id: int, asked: Query[ListQuery]) -> dict[str, Any]:
    rows = Sending.objects.filter(subscription=_one(request, webhook_id)).select_related("event")
    found, next_cursor = page(rows, asked.cursor, asked.limit)
    return listed([_message(one) for one in found], next_cursor)


@router.post(
    "/{int:webhook_id}/messages/{int:message_id}/replay",
    response={200: MessageOut, **refusals(404, 409)},
    auth=_MAY,
    url_name="webhook_replay",
    operation_id="replay_webhook",
    summary="Send a message again",
)
def replay(request: ApiRequest, webhook_id: int, message_id: int) -> dict[str, Any]:
    caller = request.caller
    rows = Sending.objects.filter(subscription=_one(request, webhook_id))
    sending = rows.select_related("event", "subscription").filter(pk=message_id).first()
    if sending is None:
        missing(request, "webhook_message", message_id)
    again = replay_webhook(sending=sending, by=caller.actor, at=caller.at)
    again.event = sending.event
    return _message(again)


def _own(request: ApiRequest) -> QuerySet[Subscription]:
    """The addresses of the company's systems; for one that is bound to a unit, of the unit's."""
    client = request.caller.client
    rows = Subscription.objects.filter(
        organiser_id=client.organiser_id, provider_id=client.provider_id, ended_at__isnull=True
    )
    return rows if client.unit_id is None else rows.filter(client__unit_id=client.unit_id)


def _one(request: ApiRequest, webhook_id: int) -> Subscription:
    found = _own(request).filter(pk=webhook_id).first()
    return found if found is not None else missing(request, "webhook", webhook_id)


def _shown(webhook: Subscription) -> dict[str, Any]:
    return {
        "id": webhook.pk,
        "address": webhook.address,
        "events": list(webhook.kinds),
        "made_at": webhook.made_at,
        "paused_at": webhook.paused_at,
        "ended_at": webhook.ended_at,
    }


def _message(sending: Sending) -> dict[str, Any]:
    return {
        "id": sending.pk,
        "event": f"evt_{sending.event_id}",
        "type": str(sending.event.kind),
        "at": sending.event.at,
        "state": str(sending.state),
        "tries": sending.tries,
        "outcome": sending.outcome,
        "tried_at": sending.tried_at,
        "next_at": sending.next_at,
    }
