"""S12: visits posted to the API as NDJSON, against the verb that takes in the same lines."""

from __future__ import annotations

import json
import time
from datetime import timedelta

from django.test import Client as Browser
from django.test import override_settings

from bench.figures import Figure, per_second
from bench.intake import NotTaken, take_in
from bench.volume import Volume, lines
from bench.world import REPORTED_AT, World
from valinta.api.client_actions import WithSecret, register_api_client
from valinta.api.scopes import Scope
from valinta.organisers import tenancy
from valinta.providers.models import Provider

# The site is asked over its own middleware, without a network in between.
GOAL = 0.6
TOKEN, VISITS = "/api/v1/token", "/api/v1/visits"
FORM, NDJSON = "application/x-www-form-urlencoded", "application/x-ndjson"


def measure(world: World, volume: Volume, bare: Provider, asked: Provider) -> list[Figure]:
    """Take in one provider's lines by the verb, and another's as many by a POST."""
    given = list(lines(volume.orders[bare.pk]))
    started = time.perf_counter()
    taken = take_in(world, bare, given)
    reference = time.perf_counter() - started
    if taken.counts.taken != len(given):
        raise NotTaken(f"Of {len(given)} lines: {taken.counts}.")
    ours = _posted(world, volume, asked)
    count = len(given)
    return [
        Figure(
            "S12",
            f"{count:,} visits in one POST to the API, against the verb alone",
            per_second(count, ours),
            per_second(count, reference),
            reference / ours,
            "least",
            GOAL,
        )
    ]


def _posted(world: World, volume: Volume, provider: Provider) -> float:
    """Seconds from the request to the whole answer, on the day that the lines are reported."""
    content = "\n".join(json.dumps(one) for one in lines(volume.orders[provider.pk])).encode()
    organiser = world.programme.organiser
    before, organiser.demo_today = organiser.demo_today, REPORTED_AT.date()
    organiser.save()
    try:
        with override_settings(DEMO=True):
            token = _token(_connected(world, provider))
            started = time.perf_counter()
            answer = Browser().post(
                VISITS, content, content_type=NDJSON, headers={"Authorization": f"Bearer {token}"}
            )
            said = answer.json()
            seconds = time.perf_counter() - started
    finally:
        tenancy.enter([organiser.pk], None)
        organiser.demo_today = before
        organiser.save()
    if said.get("counts", {}).get("taken") != len(said.get("lines", [])):
        raise NotTaken(f"{answer.status_code}: {str(said)[:300]}")
    return seconds


def _connected(world: World, provider: Provider) -> WithSecret:
    return register_api_client(
        provider=provider,
        organiser_id=world.programme.organiser_id,
        name="bench",
        scopes=[Scope.VISITS_WRITE],
        ends_on=REPORTED_AT.date() + timedelta(days=30),
        by=world.clerk,
        at=REPORTED_AT,
    )


def _token(made: WithSecret) -> str:
    form = f"grant_type=client_credentials&client_id={made.client.identifier}"
    form += f"&client_secret={made.secret}"
    answer = Browser().post(TOKEN, form, content_type=FORM)
    return str(answer.json()["access_token"])
