"""Calls of the verbs of messages and of notices by e-mail."""

from __future__ import annotations

from tests.permissions.stage import Stage
from valinta.messages import actions as messages
from valinta.messages.addresses import code_for
from valinta.messages.models import Notice, Thread
from valinta.messages.notice_actions import choose_notices, confirm_address
from valinta.messages.states import Route
from valinta.processes.send_notices import send_notices


def ask(s: Stage) -> Thread:
    return messages.open_thread(
        client=s.client, route=Route.CASE_MANAGER, subject="Koe", words="Koe", **s.who
    )


def thread(s: Stage) -> Thread:
    """A thread that the client has begun with the case manager."""
    return messages.open_thread(
        client=s.client,
        route=Route.CASE_MANAGER,
        subject="Koe",
        words="Koe",
        by=s.side.actor("client"),
        at=s.at,
    )


def choose(s: Stage) -> object:
    return choose_notices(organiser=s.side.organiser, email="koe@example.fi", **s.who)


def confirm(s: Stage) -> object:
    choice = choose_notices(organiser=s.side.organiser, email="koe@example.fi", **s.who)
    code = code_for(choice) if choice else ""
    return confirm_address(organiser=s.side.organiser, code=code, **s.who)


def send(s: Stage) -> int:
    """With one notice that waits."""
    choose_notices(
        organiser=s.side.organiser, email="koe@example.fi", by=s.side.actor("client"), at=s.at
    )
    Notice.objects.create(organiser=s.side.organiser, user_id=s.side.users["client"], made_at=s.at)
    return send_notices(
        organiser_id=s.side.organiser.pk, site="https://valinta.example/", sender="a@b.fi", **s.who
    )
