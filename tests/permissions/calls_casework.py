"""Calls of the verbs about whose client somebody is, openings with a reason, and contacts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.permissions.calls_interest import waiting
from tests.permissions.stage import Stage
from valinta.clients import caseload_actions, contact_actions, opening_actions
from valinta.clients.models import Client, Contact, Cover
from valinta.clients.states import OpeningScope
from valinta.shared.periods import Period
from valinta.users.models import User


def _colleague(s: Stage) -> User:
    """The other case manager of the organiser."""
    own = s.side.users["case manager"]
    return next(one.user for one in s.side.played.staff.case_managers if one.user.pk != own)


def take(s: Stage) -> object:
    Client.objects.filter(pk=s.side.client_id).update(case_manager=None)
    return caseload_actions.take_client(client=s.client, **s.who)


def take_interest(s: Stage) -> object:
    return caseload_actions.take_interest(interest=waiting(s), **s.who)


def hand_over(s: Stage) -> object:
    return caseload_actions.hand_over(
        clients=[s.client], to=_colleague(s), words="Koe", **s.who
    )  # fmt: skip


def cover(s: Stage) -> Cover:
    first = s.later(500).starts_on
    return caseload_actions.cover_for(
        organiser=s.side.organiser, user=_colleague(s),
        colleague=User.objects.get(pk=s.side.users["case manager"]),
        period=Period(first, first + timedelta(days=2)), **s.who,
    )  # fmt: skip


def end_cover(s: Stage) -> object:
    made = Cover.objects.create(
        organiser=s.side.organiser, user=_colleague(s),
        covered_by_id=s.side.users["case manager"],
        valid=(s.later(600).starts_on, s.later(601).starts_on), made_at=s.at,
    )  # fmt: skip
    return caseload_actions.end_cover(cover=made, **s.who)


def open_up(s: Stage) -> object:
    return opening_actions.open_client(
        client=s.client, scope=OpeningScope.CONTACT, reason="Koetta varten avattu.", **s.who
    )


def said() -> contact_actions.Logged:
    return contact_actions.Logged("call", "follow-up", 15, datetime(2018, 1, 1, tzinfo=UTC))


def log(s: Stage) -> object:
    return contact_actions.log_contact(client=s.client, said=said(), **s.who)


def _contact(s: Stage) -> Contact:
    return Contact.objects.create(
        organiser=s.side.organiser, client=s.client, kind="call", purpose="follow-up", minutes=5,
        happened_at=s.at, logged_at=s.at, logged_by_id=s.side.users["case manager"],
    )  # fmt: skip


def change(s: Stage) -> object:
    return contact_actions.change_contact(contact=_contact(s), said=said(), **s.who)


def cancel(s: Stage) -> object:
    return contact_actions.cancel_contact(contact=_contact(s), **s.who)
